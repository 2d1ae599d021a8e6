//! A document's tree as JSON (RFC 8259). By hand: only values are written here, and a general
//! writer with every record's fields in it would be a tenth of the engine.

use std::fmt::Write;

use caravan_domain::value::Value;

pub(super) fn write(value: &Value) -> String {
    let mut text = String::new();
    add(value, &mut text);
    text
}

fn add(value: &Value, text: &mut String) {
    match value {
        Value::Null => text.push_str("null"),
        Value::Bool(flag) => text.push_str(if *flag { "true" } else { "false" }),
        Value::Int(int) => add_number(int, text),
        Value::Float(float) if float.is_finite() => add_number(float, text),
        Value::Float(_) => text.push_str("null"),
        Value::Text(string) | Value::Prose(string) => add_string(string, text),
        Value::Bytes(bytes) => {
            let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            add_string(&hex, text);
        }
        Value::Map(map) => {
            text.push('{');
            for (place, (key, value)) in map.iter().enumerate() {
                if place > 0 {
                    text.push(',');
                }
                add_string(key, text);
                text.push(':');
                add(value, text);
            }
            text.push('}');
        }
    }
}

fn add_number(number: &impl std::fmt::Display, text: &mut String) {
    // Writing into a string cannot fail.
    let _ = write!(text, "{number}");
}

fn add_string(string: &str, text: &mut String) {
    text.push('"');
    for c in string.chars() {
        match c {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            c if c < ' ' => {
                let _ = write!(text, "\\u{:04x}", u32::from(c));
            }
            c => text.push(c),
        }
    }
    text.push('"');
}

#[cfg(test)]
mod tests {
    use caravan_domain::value::map_of;

    use super::*;

    #[test]
    fn every_value_reads_back() {
        let nasty = "云\"栖\\\n\u{1}\u{7f}𠮷";
        let value = Value::Map(map_of([
            (nasty, Some(nasty.into())),
            ("bytes", Some(Value::Bytes(vec![0, 255]))),
            ("flag", Some(true.into())),
            ("float", Some(Value::Float(-0.5))),
            ("int", Some(i64::MIN.into())),
            ("nan", Some(Value::Float(f64::NAN))),
            ("nothing", Some(Value::Map(Default::default()))),
        ]));
        let read: serde_json::Value = serde_json::from_str(&write(&value)).unwrap();
        assert_eq!(read[nasty], nasty);
        assert_eq!(read["bytes"], "00ff");
        assert_eq!(read["flag"], true);
        assert_eq!(read["float"], -0.5);
        assert_eq!(read["int"], i64::MIN);
        assert!(read["nan"].is_null());
        assert_eq!(read["nothing"], serde_json::json!({}));
    }
}

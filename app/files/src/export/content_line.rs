//! The line format that vCard (RFC 6350 section 3) and iCalendar (RFC 5545 section 3.1) share.

/// Octets of a line before it must be folded.
const LINE_MAX: usize = 75;

#[derive(Default)]
pub(super) struct ContentLines {
    text: String,
}

impl ContentLines {
    /// A line whose value is written as it is: a date, a number, a word of the standard.
    pub(super) fn raw(&mut self, name: &str, value: &str) {
        let clean = value.chars().filter(|c| !c.is_control());
        let line: String = name.chars().chain([':']).chain(clean).collect();
        self.fold(&line);
    }

    /// A line whose value is text; left out when there is none.
    pub(super) fn text(&mut self, name: &str, value: &str) {
        self.texts(name, &[value], ',');
    }

    /// Several texts in one line, left out when all are empty.
    pub(super) fn texts(&mut self, name: &str, values: &[&str], separator: char) {
        if values.iter().all(|value| value.trim().is_empty()) {
            return;
        }
        let escaped: Vec<_> = values.iter().map(|value| escape(value)).collect();
        let value = escaped.join(&separator.to_string());
        self.fold(&format!("{name}:{value}"));
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.text.into_bytes()
    }

    /// CRLF and a space wherever a line would get too long, never within a character.
    fn fold(&mut self, line: &str) {
        let mut length = 0;
        for c in line.chars() {
            if length + c.len_utf8() > LINE_MAX {
                self.text.push_str("\r\n ");
                length = 1;
            }
            self.text.push(c);
            length += c.len_utf8();
        }
        self.text.push_str("\r\n");
    }
}

fn escape(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for c in value.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' | '\r' => escaped.push_str("\\n"),
            '\t' => escaped.push(c),
            _ if c.is_control() => {}
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn line(value: &str) -> String {
        let mut lines = ContentLines::default();
        lines.text("NOTE", value);
        String::from_utf8(lines.finish()).unwrap()
    }

    #[test]
    fn texts_are_escaped() {
        assert_eq!(line("a;b,c\\d\r\ne\u{7}"), "NOTE:a\\;b\\,c\\\\d\\ne\r\n");
        assert_eq!(line(" "), "");
    }

    proptest! {
        #[test]
        fn lines_are_short_and_unfold(value in "\\PC{1,200}") {
            let folded = line(&value);
            prop_assert!(folded.is_empty() || folded.ends_with("\r\n"));
            prop_assert!(folded.split("\r\n").all(|part| part.len() <= LINE_MAX));
            if !value.trim().is_empty() {
                let unfolded = folded.replace("\r\n ", "");
                prop_assert_eq!(unfolded, format!("NOTE:{}\r\n", escape(&value)));
            }
        }
    }
}

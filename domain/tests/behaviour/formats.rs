//! What is stored or travels, byte for byte. A released fixture stays for ever: today's code reads
//! it, and writes the same. A new version of a format gets a folder of its own.

mod samples;

use core::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// `samples` against `tests/fixtures/v1/{file}`, whose lines are a name and bytes in hexadecimal.
fn check<T: Serialize + DeserializeOwned + PartialEq + Debug>(
    file: &str,
    fixture: &str,
    samples: Vec<(&str, T)>,
) {
    let written: Vec<_> = samples
        .iter()
        .map(|(name, value)| format!("{name} {}", hex(&postcard::to_allocvec(value).unwrap())))
        .collect();
    let kept: Vec<_> = fixture.lines().collect();
    assert_eq!(
        written,
        kept,
        "{file} no longer says what is written:\n{}",
        written.join("\n")
    );
    for (line, (name, value)) in kept.into_iter().zip(samples) {
        let (_, digits) = line.split_once(' ').unwrap();
        let read: T = postcard::from_bytes(&bytes(digits)).unwrap();
        assert_eq!(read, value, "{file}: {name}");
    }
}

macro_rules! fixture {
    ($name:ident, $file:literal) => {
        #[test]
        fn $name() {
            let fixture = include_str!(concat!("../fixtures/v1/", $file));
            check($file, fixture, samples::$name());
        }
    };
}

fixture!(fact_keys, "fact_keys.hex");
fixture!(facts, "facts.hex");
fixture!(decisions, "decisions.hex");
fixture!(refusals, "refusals.hex");
fixture!(rows, "rows.hex");
fixture!(labels, "labels.hex");

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes(digits: &str) -> Vec<u8> {
    digits
        .as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(core::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

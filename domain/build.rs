//! Cuts the `pinyin` crate's tables (216 KB in Wasm) down to what search needs: one toneless
//! syllable for each character of the CJK Unified Ideographs block (42 KB).

use std::collections::BTreeSet;
use std::path::PathBuf;

use pinyin::ToPinyin;

const FIRST: u32 = 0x4e00;
const LAST: u32 = 0x9fff;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let readings: Vec<Option<String>> = (FIRST..=LAST)
        .map(|code| {
            let pinyin = char::from_u32(code)?.to_pinyin()?;
            Some(keyboard(pinyin.plain()))
        })
        .collect();
    let syllables: BTreeSet<&String> = readings.iter().flatten().collect();
    let syllables: Vec<&String> = syllables.into_iter().collect();
    let index: Vec<u16> = readings
        .iter()
        .map(|reading| match reading {
            // Zero says that there is no reading.
            Some(reading) => syllables
                .binary_search(&reading)
                .map_or(0, |at| at as u16 + 1),
            None => 0,
        })
        .collect();
    let source = format!(
        "const FIRST: u32 = {FIRST};\n\
         static SYLLABLES: [&str; {}] = {syllables:?};\n\
         static INDEX: [u16; {}] = {index:?};\n",
        syllables.len(),
        index.len(),
    );
    let out = PathBuf::from(std::env::var("OUT_DIR")?).join("syllables.rs");
    std::fs::write(out, source)?;
    Ok(())
}

/// As typed: `v` for `ü`, no other marks.
fn keyboard(syllable: &str) -> String {
    syllable
        .chars()
        .map(|c| match c {
            'ü' => 'v',
            'ê' => 'e',
            _ => c,
        })
        .filter(char::is_ascii_lowercase)
        .collect()
}

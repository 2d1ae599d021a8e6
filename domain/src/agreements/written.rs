//! Agreements as plain text, as the starter texts are shipped, one file for each language:
//!
//! ```text
//! # confidentiality Title       kind, then title
//! Its text, up to the next heading or the end.
//! ```
//!
//! Whatever stands before the first heading is passed over. Both files have the same agreements in the same order.

use crate::agreements::text::{AgreementDraft, Kind, Wording};

#[must_use]
pub fn read(zh: &str, en: &str) -> Vec<AgreementDraft> {
    let (zh, en) = (read_one(zh), read_one(en));
    let pairs = zh.into_iter().zip(en);
    pairs
        .map(|((kind, zh), (_, en))| AgreementDraft {
            kind,
            zh,
            en,
            note: String::new(),
        })
        .collect()
}

fn read_one(text: &str) -> Vec<(Kind, Wording)> {
    let mut all: Vec<(Kind, Wording)> = Vec::new();
    for line in text.lines().map(str::trim_end) {
        if let Some(heading) = line.strip_prefix("# ") {
            let (kind, title) = heading.split_once(' ').unwrap_or(("", heading));
            let title = title.trim().to_owned();
            let text = String::new();
            all.push((kind.parse().unwrap_or_default(), Wording { title, text }));
        } else if let Some((_, wording)) = all.last_mut() {
            wording.text.push_str(line);
            wording.text.push('\n');
        }
    }
    for (_, wording) in &mut all {
        wording.text = wording.text.trim().to_owned();
    }
    all
}

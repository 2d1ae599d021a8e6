//! Rows of one file that share a phone or a code.

use std::collections::HashMap;

use crate::row::{Duplicate, DuplicateBy, ImportRow};

/// For each row at most one: the first row with one of its phones, otherwise with its code.
#[must_use]
pub fn duplicates(rows: &[ImportRow]) -> Vec<Duplicate> {
    let mut by_phone: HashMap<&str, u32> = HashMap::new();
    let mut by_code: HashMap<&str, u32> = HashMap::new();
    let mut found = Vec::new();
    for row in rows {
        let phones = || {
            row.draft
                .contacts
                .iter()
                .flat_map(|contact| &contact.phones)
        };
        let code = Some(row.draft.code.as_str()).filter(|code| !code.is_empty());
        let same_phone = phones()
            .filter_map(|phone| by_phone.get(phone.as_str()))
            .min();
        let same_code = code.and_then(|code| by_code.get(code));
        let earlier = same_phone
            .map(|of| (*of, DuplicateBy::Phone))
            .or(same_code.map(|of| (*of, DuplicateBy::Code)));
        if let Some((of, by)) = earlier {
            let row = row.row;
            found.push(Duplicate { row, of, by });
        }
        for phone in phones() {
            by_phone.entry(phone).or_insert(row.row);
        }
        if let Some(code) = code {
            by_code.entry(code).or_insert(row.row);
        }
    }
    found
}

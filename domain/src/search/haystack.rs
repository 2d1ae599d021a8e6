//! The text one row is found by.

use serde::{Deserialize, Serialize};

use super::spelling::spelling;
use crate::fold::plain;
use crate::phone::Phone;

/// Begins every part of a haystack.
pub(super) const PART: char = '\u{1}';
/// Ends the parts that spell the row's own name.
pub(super) const END_OF_NAME: char = '\u{2}';

/// Everything a row can be found by, in one lower-case string: the name with its spellings,
/// then whatever was added. Kept with the row, so that a search reads nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Haystack(String);

impl Haystack {
    /// Starts with the name the row is listed under.
    #[must_use]
    pub fn of(name: &str) -> Self {
        let mut haystack = Self::default();
        haystack.add_spelled(name);
        haystack.0.push(END_OF_NAME);
        haystack
    }

    /// A further name, such as a contact's: found by its text, pinyin and initials.
    #[must_use]
    pub fn name(mut self, name: &str) -> Self {
        self.add_spelled(name);
        self
    }

    /// A tag or label: found by its text and its full pinyin.
    #[must_use]
    pub fn tag(mut self, tag: &str) -> Self {
        self.add(&plain(tag).to_lowercase());
        for full in spelling(tag).full {
            self.add(&full);
        }
        self
    }

    /// A number as stored or as typed: found by any run of its digits.
    #[must_use]
    pub fn phone(mut self, phone: &str) -> Self {
        match Phone::parse(phone) {
            Ok(phone) => self.add(&phone.digits()),
            Err(_) => self.add(&digits(phone)),
        }
        self
    }

    /// Text found only as it is written: a code, an address, a note's first line.
    #[must_use]
    pub fn text(mut self, text: &str) -> Self {
        self.add(&plain(text).to_lowercase());
        self
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn add_spelled(&mut self, name: &str) {
        self.add(&plain(name).to_lowercase());
        let spelling = spelling(name);
        for typed in spelling.full.iter().chain(&spelling.initials) {
            self.add(typed);
        }
    }

    fn add(&mut self, part: &str) {
        if part.is_empty() {
            return;
        }
        self.0.push(PART);
        self.0
            .extend(part.chars().filter(|c| *c != PART && *c != END_OF_NAME));
    }
}

pub(super) fn digits(text: &str) -> String {
    plain(text).chars().filter(char::is_ascii_digit).collect()
}

//! The text one row is found by.

use super::spelling::spelling;
use crate::fold::plain;
use crate::phone;

/// Begins every part of a haystack.
pub(super) const PART: char = '\u{1}';
/// Ends the parts that spell the row's own name.
pub(super) const END_OF_NAME: char = '\u{2}';

/// Gathers everything a row can be found by into one lower-case string, kept with the row so
/// that a search reads nothing else.
#[derive(Debug, Clone, Default)]
pub struct HaystackBuilder {
    text: String,
    named: bool,
}

impl HaystackBuilder {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A name: found by its text, pinyin and initials. The first is the one the row is listed
    /// under, whose beginning ranks highest.
    pub fn name(&mut self, name: &str) {
        self.add(&plain(name).to_lowercase());
        let spelling = spelling(name);
        for typed in spelling.full.iter().chain(&spelling.initials) {
            self.add(typed);
        }
        if !self.named {
            self.named = true;
            self.text.push(END_OF_NAME);
        }
    }

    /// A tag or label: found by its text and its full pinyin.
    pub fn tag(&mut self, tag: &str) {
        self.add(&plain(tag).to_lowercase());
        for full in spelling(tag).full {
            self.add(&full);
        }
    }

    /// A number as stored or as typed: found by any run of its digits.
    pub fn phone(&mut self, phone: &str) {
        match phone::normalize(phone) {
            Ok(phone) => self.add(&phone.digits()),
            Err(_) => self.add(&digits(phone)),
        }
    }

    /// Text found only as it is written: a code, an address, a note's first line.
    pub fn text(&mut self, text: &str) {
        self.add(&plain(text).to_lowercase());
    }

    #[must_use]
    pub fn finish(self) -> String {
        self.text
    }

    fn add(&mut self, part: &str) {
        if part.is_empty() {
            return;
        }
        self.text.push(PART);
        self.text
            .extend(part.chars().filter(|c| *c != PART && *c != END_OF_NAME));
    }
}

pub(super) fn digits(text: &str) -> String {
    plain(text).chars().filter(char::is_ascii_digit).collect()
}

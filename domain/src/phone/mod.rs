//! Telephone numbers: mainland mobiles and landlines, 400/800 numbers, and numbers abroad.
//! Leaves out whether a number is in service, and who operates it.

mod parse;

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Serialize};

/// A number in its one stored form: `13812345678`, `0755-73171691`, `0755-73171691-867`,
/// `400-123-4567` or `+85291234567`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PhoneKind {
    Mobile,
    Landline,
    /// 400 and 800 numbers.
    Service,
    /// Outside mainland China, kept in E.164 form.
    Abroad,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PhoneError {
    #[error("no number given")]
    Empty,
    #[error("character {0:?} does not belong in a number")]
    Character(char),
    #[error("no telephone number has {digits} digits like this")]
    Length { digits: usize },
    #[error("no mainland number begins like this")]
    Prefix,
}

/// Reads a number as people write it: full-width digits, spaces, hyphens, brackets, `+86`,
/// `0086` or `86` in front, an extension after `-`, `转`, `#` or `ext`.
pub fn normalize(text: &str) -> Result<Phone, PhoneError> {
    parse::canonical(text).map(Phone)
}

impl Phone {
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    #[must_use]
    pub fn kind(&self) -> PhoneKind {
        match self.0.as_bytes().first() {
            Some(b'+') => PhoneKind::Abroad,
            Some(b'0') => PhoneKind::Landline,
            Some(b'1') => PhoneKind::Mobile,
            _ => PhoneKind::Service,
        }
    }

    /// For reading aloud: `138 1234 5678`; the other kinds as stored.
    #[must_use]
    pub fn spaced(&self) -> String {
        match self.kind() {
            PhoneKind::Mobile => format!("{} {} {}", &self.0[..3], &self.0[3..7], &self.0[7..]),
            _ => self.0.clone(),
        }
    }

    /// For readers who need not see it: `138****5678`, `0755-****1691`. Extensions are left out.
    #[must_use]
    pub fn masked(&self) -> String {
        let (head, number) = match self.kind() {
            PhoneKind::Mobile => self.0.split_at(3),
            PhoneKind::Abroad => self.0.split_at(4),
            PhoneKind::Landline | PhoneKind::Service => {
                let hyphen = self.0.find('-').map_or(0, |at| at + 1);
                self.0.split_at(hyphen)
            }
        };
        let number = match self.kind() {
            PhoneKind::Landline => number.split('-').next().unwrap_or_default(),
            _ => number,
        };
        let tail = &number[number.len().saturating_sub(4)..];
        format!("{head}****{tail}")
    }

    /// The digits alone, extension included: what a phone fragment is looked for in.
    #[must_use]
    pub fn digits(&self) -> String {
        self.0.chars().filter(char::is_ascii_digit).collect()
    }

    /// The `tel:` link of RFC 3966.
    #[must_use]
    pub fn uri(&self) -> String {
        match self.kind() {
            PhoneKind::Mobile => format!("tel:+86{}", self.0),
            PhoneKind::Abroad => format!("tel:{}", self.0),
            PhoneKind::Service => format!("tel:{};phone-context=+86", self.digits()),
            PhoneKind::Landline => {
                let mut parts = self.0.splitn(3, '-');
                let area = parts.next().unwrap_or_default().trim_start_matches('0');
                let number = parts.next().unwrap_or_default();
                let extension = parts.next().map(|it| format!(";ext={it}"));
                format!("tel:+86{area}{number}{}", extension.unwrap_or_default())
            }
        }
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Phone {
    type Err = PhoneError;

    fn from_str(text: &str) -> Result<Self, PhoneError> {
        normalize(text)
    }
}

impl TryFrom<String> for Phone {
    type Error = PhoneError;

    fn try_from(text: String) -> Result<Self, PhoneError> {
        normalize(&text)
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> Self {
        phone.0
    }
}

#[cfg(test)]
mod tests;

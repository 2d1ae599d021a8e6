//! What a document holds, as plain values: the shape in which commands and projections read it.
//! How it is stored and merged is the `documents` crate's affair.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::calendar::parse_day;
use crate::order::gathered;
use crate::time::{Day, Instant};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    /// A short value that is replaced whole; two people writing it at once conflict, visibly.
    Text(String),
    /// A long note whose letters merge.
    Prose(String),
    Bytes(Vec<u8>),
    Map(Map),
}

pub type Map = BTreeMap<String, Value>;

impl Value {
    /// The value at `path`, or `None` when any step is missing or is not a map.
    #[must_use]
    pub fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |value, step| match value {
            Self::Map(map) => map.get(*step),
            _ => None,
        })
    }

    /// The map at `path`; empty when there is none.
    pub fn entries<'a>(
        &'a self,
        path: &[&str],
    ) -> impl Iterator<Item = (&'a str, &'a Self)> + use<'a> {
        let map = match self.at(path) {
            Some(Self::Map(map)) => Some(map),
            _ => None,
        };
        map.into_iter()
            .flatten()
            .map(|(key, value)| (key.as_str(), value))
    }

    #[must_use]
    pub fn text(&self, path: &[&str]) -> Option<&str> {
        match self.at(path) {
            Some(Self::Text(text) | Self::Prose(text)) => Some(text),
            _ => None,
        }
    }

    /// The text at `path`, empty when there is none.
    #[must_use]
    pub fn string(&self, path: &[&str]) -> String {
        self.text(path).unwrap_or_default().to_owned()
    }

    #[must_use]
    pub fn int(&self, path: &[&str]) -> Option<i64> {
        match self.at(path) {
            Some(Self::Int(int)) => Some(*int),
            _ => None,
        }
    }

    #[must_use]
    pub fn flag(&self, path: &[&str]) -> bool {
        matches!(self.at(path), Some(Self::Bool(true)))
    }

    #[must_use]
    pub fn instant(&self, path: &[&str]) -> Option<Instant> {
        self.int(path).map(Instant::from_millis)
    }

    #[must_use]
    pub fn day(&self, path: &[&str]) -> Option<Day> {
        parse_day(self.text(path)?)
    }

    /// Text at `path`, parsed; `None` when absent or malformed.
    #[must_use]
    pub fn parsed<T: core::str::FromStr>(&self, path: &[&str]) -> Option<T> {
        self.text(path)?.parse().ok()
    }
}

/// A stored word that this version does not know; read as the default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown word")]
pub struct UnknownWord;

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Bool(flag)
    }
}

impl From<i64> for Value {
    fn from(int: i64) -> Self {
        Self::Int(int)
    }
}

impl From<Instant> for Value {
    fn from(instant: Instant) -> Self {
        Self::Int(instant.millis())
    }
}

impl From<Day> for Value {
    fn from(day: Day) -> Self {
        Self::Text(day.to_string())
    }
}

impl From<Map> for Value {
    fn from(map: Map) -> Self {
        Self::Map(map)
    }
}

/// A map from its entries, leaving out those that are empty.
#[must_use]
pub fn map_of<const N: usize>(entries: [(&str, Option<Value>); N]) -> Map {
    gathered(
        entries
            .into_iter()
            .filter_map(|(key, value)| Some((key.to_owned(), value?))),
    )
}

/// `None` for text that is blank, so that empty form fields write nothing.
#[must_use]
pub fn filled(text: &str) -> Option<Value> {
    let text = text.trim();
    (!text.is_empty()).then(|| Value::from(text))
}

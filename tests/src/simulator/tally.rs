//! How often each thing happened: a simulator in which nothing goes wrong shows nothing.

use std::collections::BTreeMap;
use std::fmt;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally(BTreeMap<String, usize>);

impl Tally {
    pub fn add(&mut self, what: impl Into<String>, times: usize) {
        if times > 0 {
            *self.0.entry(what.into()).or_default() += times;
        }
    }

    pub fn add_all(&mut self, other: &Self) {
        for (what, times) in &other.0 {
            self.add(what.as_str(), *times);
        }
    }

    #[must_use]
    pub fn of(&self, what: &str) -> usize {
        self.0.get(what).copied().unwrap_or(0)
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (what, times) in &self.0 {
            writeln!(f, "{times:>9}  {what}")?;
        }
        Ok(())
    }
}

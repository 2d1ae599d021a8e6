//! The lines and the events of a statement that was drawn up, as rows hold them. Of some years there are hundreds of
//! thousands, and nearly all of them are only wanted by whoever opens that statement.

use std::collections::BTreeSet;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::id::Id;
use crate::packed::{pack, unpack};
use crate::pay::statement::{PayLine, Why};

/// Packed, and stored so. Equal lines are equal bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiledLines {
    packed: Box<[u8]>,
    /// What every later month is reckoned with, of which a statement hardly has one: results of reviews and awards that vest.
    rare: Box<[PayLine]>,
}

impl FiledLines {
    /// In their order.
    pub fn iter(&self) -> impl Iterator<Item = PayLine> {
        // Read once before, wherever it came from.
        unpack(&self.packed).unwrap_or_default().into_iter()
    }

    #[must_use]
    pub fn to_vec(&self) -> Vec<PayLine> {
        self.iter().collect()
    }

    pub(super) fn rare(&self) -> &[PayLine] {
        &self.rare
    }

    fn of(packed: Box<[u8]>, lines: Vec<PayLine>) -> Self {
        let is_rare =
            |line: &PayLine| matches!(line.why, Why::Reviewed { .. } | Why::Vested { .. });
        let rare: Vec<_> = lines.into_iter().filter(is_rare).collect();
        Self {
            packed,
            rare: rare.into_boxed_slice(),
        }
    }
}

impl From<Vec<PayLine>> for FiledLines {
    fn from(lines: Vec<PayLine>) -> Self {
        Self::of(pack(&lines), lines)
    }
}

impl Serialize for FiledLines {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serde_bytes::serialize(&self.packed, serializer)
    }
}

impl<'de> Deserialize<'de> for FiledLines {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let packed: Vec<u8> = serde_bytes::deserialize(deserializer)?;
        let lines =
            unpack(&packed).ok_or_else(|| D::Error::custom("not lines that were packed"))?;
        Ok(Self::of(packed.into_boxed_slice(), lines))
    }
}

/// Ids that are looked for, in their order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "BTreeSet<Id>")]
pub struct FiledIds(Box<[Id]>);

impl FiledIds {
    #[must_use]
    pub fn contains(&self, id: &Id) -> bool {
        self.0.binary_search(id).is_ok()
    }

    #[must_use]
    pub fn to_set(&self) -> BTreeSet<Id> {
        self.0.iter().copied().collect()
    }
}

impl From<BTreeSet<Id>> for FiledIds {
    fn from(ids: BTreeSet<Id>) -> Self {
        Self(ids.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::id::{PersonId, TaskId};
    use crate::money::{BasisPoints, Fen};

    fn line(n: u8) -> PayLine {
        let id = Id::from_bytes([n; 16]);
        let on = date(2026, 11, 1);
        let why = match n % 3 {
            0 => Why::Task {
                task: TaskId(id),
                on,
                difficulty: n,
            },
            1 => Why::Adjusted { id, on },
            _ => Why::Vested {
                award: id,
                on,
                part: BasisPoints::WHOLE,
                of: Fen(i64::from(n)),
            },
        };
        PayLine::new(PersonId(id), Fen(i64::from(n)), why, None)
    }

    proptest! {
        #[test]
        fn lines_are_what_was_drawn_up_wherever_they_come_from(lines in proptest::collection::vec(any::<u8>(), 0..40)) {
            let lines: Vec<_> = lines.into_iter().map(line).collect();
            let filed = FiledLines::from(lines.clone());
            prop_assert_eq!(filed.to_vec(), lines.clone());
            let stored: FiledLines = postcard::from_bytes(&postcard::to_allocvec(&filed).unwrap()).unwrap();
            prop_assert_eq!(&stored, &filed);
            prop_assert_eq!(stored.to_vec(), lines.clone());
            let rare: Vec<_> = lines.into_iter().filter(|line| matches!(line.why, Why::Vested { .. })).collect();
            prop_assert_eq!(stored.rare(), rare);
        }

        #[test]
        fn other_bytes_are_refused_or_lines(bytes in any::<Vec<u8>>()) {
            let stored = postcard::to_allocvec(&serde_bytes::Bytes::new(&bytes)).unwrap();
            if let Ok(filed) = postcard::from_bytes::<FiledLines>(&stored) {
                prop_assert!(filed.iter().count() <= 255 * bytes.len());
            }
        }

        #[test]
        fn ids_are_found_that_are_there(ids in any::<BTreeSet<u8>>(), asked in any::<u8>()) {
            let id = |n: u8| Id::from_bytes([n; 16]);
            let set: BTreeSet<_> = ids.iter().map(|n| id(*n)).collect();
            let filed = FiledIds::from(set.clone());
            prop_assert_eq!(filed.contains(&id(asked)), ids.contains(&asked));
            prop_assert_eq!(filed.to_set(), set);
        }
    }
}

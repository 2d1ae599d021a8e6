//! The rows of several documents as bytes, to be read one document after the other: a device that starts has years of
//! them to read, and not the room to hold them all as they are.

use crate::row::DocumentRows;

/// Not rows of this version of the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not rows as this version writes them")]
pub struct NotRows;

/// In postcard; `None` for a document that has none.
#[must_use]
pub fn write(rows: &[Option<DocumentRows>]) -> Vec<u8> {
    postcard::to_allocvec(rows).expect("rows hold nothing that postcard cannot write")
}

/// What [`write`] wrote, as it is asked for.
#[derive(Debug, Clone)]
pub struct Written<'a> {
    left: usize,
    bytes: &'a [u8],
}

impl<'a> Written<'a> {
    /// # Errors
    /// For bytes that do not begin with how many there are.
    pub fn of(bytes: &'a [u8]) -> Result<Self, NotRows> {
        let (left, bytes) = postcard::take_from_bytes(bytes).map_err(|_| NotRows)?;
        Ok(Self { left, bytes })
    }

    /// How many documents are still to come.
    #[must_use]
    pub fn left(&self) -> usize {
        self.left
    }
}

/// Nothing comes after what cannot be read.
impl Iterator for Written<'_> {
    type Item = Result<Option<DocumentRows>, NotRows>;

    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        let read = postcard::take_from_bytes(self.bytes).map_err(|_| NotRows);
        let read = read.map(|(rows, rest)| {
            self.bytes = rest;
            rows
        });
        if read.is_err() {
            self.left = 0;
        }
        Some(read)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use std::collections::BTreeSet;

    use super::*;
    use crate::id::{ClientId, Id, PersonId, VisitId};
    use crate::time::Day;
    use crate::visits::record::{VisitKind, VisitState};
    use crate::visits::row::VisitRow;

    fn rows(purpose: &str) -> DocumentRows {
        let client = ClientId(Id::MAX);
        let visit = VisitRow {
            id: VisitId(Id::MAX),
            client,
            kind: VisitKind::Regular,
            by: PersonId(Id::MAX),
            with: BTreeSet::new(),
            planned_on: Day::MAX,
            planned_at: String::new(),
            purpose: purpose.to_owned(),
            state: VisitState::Planned,
            checked_in_at: None,
            checked_out_at: None,
            presence: None,
            photos: 0,
            next_step: String::new(),
            next_on: None,
        };
        DocumentRows {
            visits: vec![visit],
            ..DocumentRows::default()
        }
    }

    proptest! {
        #[test]
        fn what_was_written_is_read(purposes in proptest::collection::vec(proptest::option::of(".*"), 0..5)) {
            let written: Vec<_> = purposes.iter().map(|purpose| purpose.as_deref().map(rows)).collect();
            let bytes = write(&written);
            let read = Written::of(&bytes).unwrap();
            prop_assert_eq!(read.left(), written.len());
            prop_assert_eq!(read.collect::<Result<Vec<_>, _>>(), Ok(written));
        }

        #[test]
        fn other_bytes_are_not_rows_or_come_to_an_end(bytes in any::<Vec<u8>>()) {
            if let Ok(read) = Written::of(&bytes) {
                prop_assert!(read.take(100_000).count() <= bytes.len() + 1);
            }
        }
    }
}

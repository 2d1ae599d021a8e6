//! What the check found, and what of it a person's choices leave to import.

use std::collections::{BTreeMap, BTreeSet};

use caravan_domain::clients::list::SimilarClient;
use caravan_files::{
    message::Converted,
    row::{Doubt, Duplicate, ImportRow, RowError},
};
use caravan_port::act::ImportFinding;

#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Checked {
    /// Every row that can be imported and is not here yet, in the order of the file.
    pub(super) rows: Vec<ImportRow>,
    /// Rows whose very client is on this device already.
    pub(super) here: usize,
    /// Of `rows`, those that may be a client known otherwise.
    pub(super) doubles: Vec<Double>,
    pub(super) errors: Vec<RowError>,
    /// What was left out of rows that can be imported, with their numbers.
    pub(super) doubts: Vec<(u32, Doubt)>,
}

/// A row that may be a duplicate, for a person to decide.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Double {
    pub(super) row: u32,
    pub(super) name: String,
    pub(super) in_file: Option<Duplicate>,
    /// On this device, the most alike first.
    pub(super) here: Vec<SimilarClient>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Choice {
    Import,
    Skip,
}

impl Checked {
    /// `findings` are one for each row, in the same order.
    pub(super) fn new(
        rows: Vec<ImportRow>,
        converted: Converted,
        findings: Vec<ImportFinding>,
    ) -> Self {
        let in_file: BTreeMap<u32, Duplicate> = converted
            .duplicates
            .into_iter()
            .map(|duplicate| (duplicate.row, duplicate))
            .collect();
        let mut checked = Self {
            errors: converted.errors,
            ..Self::default()
        };
        for (row, finding) in rows.into_iter().zip(findings) {
            if finding.already_here {
                checked.here += 1;
                continue;
            }
            let in_file = in_file.get(&row.row).copied();
            if in_file.is_some() || !finding.similar.is_empty() {
                checked.doubles.push(Double {
                    row: row.row,
                    name: row.draft.name.clone(),
                    in_file,
                    here: finding.similar,
                });
            }
            let doubts = row.doubts.iter().map(|doubt| (row.row, doubt.clone()));
            checked.doubts.extend(doubts);
            checked.rows.push(row);
        }
        checked
    }

    /// A row can have several errors.
    pub(super) fn rows_with_errors(&self) -> usize {
        let rows: BTreeSet<_> = self.errors.iter().map(|error| error.row).collect();
        rows.len()
    }

    pub(super) fn undecided(&self, choices: &BTreeMap<u32, Choice>) -> usize {
        let open = |double: &&Double| !choices.contains_key(&double.row);
        self.doubles.iter().filter(open).count()
    }

    pub(super) fn skipped(&self, choices: &BTreeMap<u32, Choice>) -> usize {
        let skipped = |double: &&Double| choices.get(&double.row) == Some(&Choice::Skip);
        self.doubles.iter().filter(skipped).count()
    }

    /// An undecided row is not among them.
    pub(super) fn to_import<'a>(
        &'a self,
        choices: &BTreeMap<u32, Choice>,
    ) -> impl Iterator<Item = &'a ImportRow> {
        let held_back: BTreeSet<u32> = self
            .doubles
            .iter()
            .map(|double| double.row)
            .filter(|row| choices.get(row) != Some(&Choice::Import))
            .collect();
        self.rows
            .iter()
            .filter(move |row| !held_back.contains(&row.row))
    }
}

#[cfg(test)]
mod tests {
    use caravan_domain::{
        clients::{list::SimilarReason, record::ClientDraft},
        id::{ClientId, Id},
    };
    use caravan_files::row::DuplicateBy;

    use super::*;

    fn row(number: u32) -> ImportRow {
        ImportRow {
            row: number,
            client: ClientId(Id::ZERO),
            draft: ClientDraft::default(),
            owner: String::new(),
            followed_up_at: None,
            doubts: Vec::new(),
        }
    }

    fn found(already_here: bool, similar: usize) -> ImportFinding {
        let client = SimilarClient {
            id: ClientId(Id::ZERO),
            name: String::new(),
            owner_name: String::new(),
            reason: SimilarReason::SamePhone,
        };
        ImportFinding {
            already_here,
            similar: vec![client; similar],
        }
    }

    fn numbers(checked: &Checked, choices: &BTreeMap<u32, Choice>) -> Vec<u32> {
        checked.to_import(choices).map(|row| row.row).collect()
    }

    #[test]
    fn what_may_be_double_waits_for_a_choice() {
        let duplicate = Duplicate {
            row: 4,
            of: 2,
            by: DuplicateBy::Phone,
        };
        let converted = Converted {
            rows: 4,
            errors: Vec::new(),
            duplicates: vec![duplicate],
        };
        let findings = vec![
            found(false, 0),
            found(false, 2),
            found(false, 0),
            found(true, 1),
        ];
        let checked = Checked::new(vec![row(2), row(3), row(4), row(5)], converted, findings);
        assert_eq!((checked.here, checked.rows.len()), (1, 3));

        let mut choices = BTreeMap::new();
        assert_eq!(numbers(&checked, &choices), [2]);
        assert_eq!(checked.undecided(&choices), 2);

        choices.insert(3, Choice::Skip);
        choices.insert(4, Choice::Import);
        assert_eq!(numbers(&checked, &choices), [2, 4]);
        assert_eq!(
            (checked.undecided(&choices), checked.skipped(&choices)),
            (0, 1)
        );
    }
}

//! The owners that a file names, among those the reader may give clients to.

use std::collections::{BTreeMap, BTreeSet};

use caravan_domain::id::PersonId;
use caravan_files::row::ImportRow;

#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Owners {
    pub(super) known: BTreeMap<String, PersonId>,
    /// Nobody's name, or that of several: their clients stay with whoever imports.
    pub(super) unknown: BTreeSet<String>,
}

impl Owners {
    /// `people` are all to whom the reader may give a client, the reader among them.
    pub(super) fn of<'a>(
        rows: impl Iterator<Item = &'a ImportRow>,
        people: &[(PersonId, String)],
    ) -> Self {
        let named: BTreeSet<&str> = rows
            .map(|row| row.owner.as_str())
            .filter(|name| !name.is_empty())
            .collect();
        let mut owners = Self::default();
        for name in named {
            let mut found = people.iter().filter(|(_, known)| known.trim() == name);
            match (found.next(), found.next()) {
                (Some((id, _)), None) => {
                    owners.known.insert(name.to_owned(), *id);
                }
                _ => {
                    owners.unknown.insert(name.to_owned());
                }
            }
        }
        owners
    }
}

#[cfg(test)]
mod tests {
    use caravan_domain::{
        clients::record::ClientDraft,
        id::{ClientId, Id},
    };

    use super::*;

    fn owned_by(owner: &str) -> ImportRow {
        ImportRow {
            row: 2,
            client: ClientId(Id::ZERO),
            draft: ClientDraft::default(),
            owner: owner.to_owned(),
            followed_up_at: None,
            doubts: Vec::new(),
        }
    }

    #[test]
    fn a_name_that_two_people_have_is_nobodys() {
        let person = |number, name: &str| (PersonId(Id::from_bytes([number; 16])), name.to_owned());
        let people = [person(1, "华桂珍"), person(2, "王帆"), person(3, "王帆")];
        let rows = ["华桂珍", "王帆", "谢璐", ""].map(owned_by);
        let owners = Owners::of(rows.iter(), &people);
        assert_eq!(owners.known, [("华桂珍".to_owned(), people[0].0)].into());
        assert_eq!(owners.unknown, ["王帆", "谢璐"].map(str::to_owned).into());
    }
}

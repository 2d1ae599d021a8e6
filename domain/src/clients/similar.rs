//! Whether a client being typed in, or imported, is perhaps here already (撞单).

use std::collections::BTreeSet;

use crate::clients::list::{SimilarClient, SimilarReason, SimilarTo};
use crate::clients::row::ClientRow;
use crate::query::Sources;
use crate::{phone, search, uscc};

/// More would not be looked at.
const MOST_SHOWN: usize = 10;

/// Each client once, for the strongest reason; those first. Archived ones are no duplicates.
#[must_use]
pub fn similar(to: &SimilarTo, from: &Sources<'_>) -> Vec<SimilarClient> {
    let sought = Sought::read(to);
    let mut found: Vec<_> = from
        .rows
        .clients
        .values()
        .filter(|row| !row.archived && Some(row.id) != to.except)
        .filter_map(|row| Some((sought.reason(row)?, row)))
        .collect();
    found.sort_unstable_by_key(|(reason, row)| (*reason, &row.sort_name, row.id));
    found.truncate(MOST_SHOWN);
    found
        .into_iter()
        .map(|(reason, row)| SimilarClient {
            id: row.id,
            name: row.name.clone(),
            owner_name: from.owner_name(row.id.into()),
            reason,
        })
        .collect()
}

/// What was typed, in the form in which rows keep it; what cannot be read is not compared.
struct Sought {
    phones: BTreeSet<String>,
    code: String,
    key: String,
}

impl Sought {
    fn read(to: &SimilarTo) -> Self {
        Self {
            phones: to
                .phones
                .iter()
                .filter_map(|typed| phone::normalize(typed).ok())
                .map(|phone| phone.to_string())
                .collect(),
            code: uscc::normalize(&to.code),
            key: search::similarity_key(&to.name),
        }
    }

    fn reason(&self, row: &ClientRow) -> Option<SimilarReason> {
        if row.phones.iter().any(|phone| self.phones.contains(phone)) {
            Some(SimilarReason::SamePhone)
        } else if !self.code.is_empty() && row.code == self.code {
            Some(SimilarReason::SameCode)
        } else if search::alike(&self.key, &row.similarity) {
            Some(SimilarReason::SimilarName)
        } else {
            None
        }
    }
}

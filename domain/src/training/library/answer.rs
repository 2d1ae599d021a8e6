//! What is found in the library.

use serde::{Deserialize, Serialize};

use crate::document::DocumentId;
use crate::order::sort_by;
use crate::query::Sources;
use crate::search;
use crate::training::course::Topic;
use crate::training::decision::may_run;
use crate::training::library::record::EntryRow;

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LibraryList {
    pub search: String,
    pub topic: Option<Topic>,
    /// Only those that are out of use.
    pub archived: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LibraryPage {
    /// What fits best first; without a search by title.
    pub entries: Vec<EntryRow>,
    /// Whether there is anything at all.
    pub any: bool,
    pub any_archived: bool,
    pub may_run: bool,
}

pub(crate) fn page(list: &LibraryList, from: &Sources<'_>) -> LibraryPage {
    let all = from.rows.library.of(DocumentId::COMPANY);
    let asked = search::Query::parse(&list.search);
    let rank = |row: &EntryRow| match &asked {
        Some(asked) => asked.rank(&row.haystack).map(Some),
        None => Some(None),
    };
    let shown = all.iter().filter(|row| row.archived == list.archived);
    let shown = shown.filter(|row| list.topic.is_none_or(|topic| topic == row.draft.topic));
    let mut found: Vec<_> = shown.filter_map(|row| Some((rank(row)?, row))).collect();
    sort_by(&mut found, |(one_rank, one), (other_rank, other)| {
        one_rank
            .cmp(other_rank)
            .then_with(|| (&one.sort_title, one.id).cmp(&(&other.sort_title, other.id)))
    });
    LibraryPage {
        entries: found.into_iter().map(|(_, row)| row.clone()).collect(),
        any: all.iter().any(|row| !row.archived),
        any_archived: all.iter().any(|row| row.archived),
        may_run: may_run(from.me, from.facts),
    }
}

//! An entry as a record: `library/{id}{title, topic, text, link, created_by, created_at, archived_at}`. What lists and
//! pages need is all of it, so the row is the record.

use serde::{Deserialize, Serialize};

use crate::id::{EntryId, PersonId};
use crate::search::{HaystackBuilder, sort_key};
use crate::time::Instant;
use crate::training::course::Topic;
use crate::value::Value;

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct EntryDraft {
    pub title: String,
    pub topic: Topic,
    /// What it is good for, or all of it where it is short.
    pub text: String,
    /// Where the rest of it is. Blank for none.
    pub link: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryRow {
    pub id: EntryId,
    pub draft: EntryDraft,
    pub created_by: PersonId,
    pub created_at: Instant,
    pub archived: bool,
    pub haystack: String,
    pub sort_title: String,
}

#[must_use]
pub fn rows(tree: &Value) -> Vec<EntryRow> {
    tree.entries(&["library"])
        .filter_map(|(key, entry)| {
            let draft = EntryDraft {
                title: entry.string(&["title"]),
                topic: entry.parsed(&["topic"]).unwrap_or_default(),
                text: entry.string(&["text"]),
                link: entry.string(&["link"]),
            };
            let mut haystack = HaystackBuilder::new();
            haystack.name(&draft.title);
            haystack.text(&draft.text);
            Some(EntryRow {
                id: key.parse().ok()?,
                created_by: entry.parsed(&["created_by"])?,
                created_at: entry.instant(&["created_at"])?,
                archived: entry.at(&["archived_at"]).is_some(),
                haystack: haystack.finish(),
                sort_title: sort_key(&draft.title),
                draft,
            })
        })
        .collect()
}

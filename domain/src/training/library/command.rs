//! Writing in the library.

use serde::{Deserialize, Serialize};

use crate::command::{CommandError, Context, Field, Outcome};
use crate::document::DocumentId;
use crate::edit::Edit;
use crate::id::EntryId;
use crate::training::checks::{check_length, check_link, check_title};
use crate::training::library::record::EntryDraft;
use crate::value::{Value, filled, map_of};

/// Of its words, in characters: what is longer is behind the link.
pub const ENTRY_MAX: usize = 2_000;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum LibraryCommand {
    Add(EntryDraft),
    /// Writes what differs.
    Change {
        entry: EntryId,
        before: EntryDraft,
        after: EntryDraft,
    },
    SetArchived {
        entry: EntryId,
        archived: bool,
    },
}

impl LibraryCommand {
    pub(crate) fn run(self, cx: &mut Context<'_>) -> Result<Outcome, CommandError> {
        match self {
            Self::Add(draft) => {
                check(&draft)?;
                let id = EntryId(cx.ids.mint());
                let entry = map_of([
                    ("title", filled(&draft.title)),
                    ("topic", Some(draft.topic.word().into())),
                    ("text", Some(Value::Prose(draft.text))),
                    ("link", filled(&draft.link)),
                    ("created_by", Some(cx.me.to_string().into())),
                    ("created_at", Some(cx.now.into())),
                ]);
                let path = ["library", &id.to_string()];
                Ok(Outcome::of([Edit::put(DocumentId::COMPANY, &path, entry)]))
            }
            Self::Change {
                entry,
                before,
                after,
            } => {
                check(&after)?;
                must_be_there(entry, cx)?;
                Ok(Outcome::of(changes(entry, &before, &after)))
            }
            Self::SetArchived { entry, archived } => {
                must_be_there(entry, cx)?;
                let at = archived.then_some(cx.now);
                let path = ["library", &entry.to_string(), "archived_at"];
                Ok(Outcome::of([Edit::set(DocumentId::COMPANY, &path, at)]))
            }
        }
    }
}

fn changes(entry: EntryId, before: &EntryDraft, after: &EntryDraft) -> Vec<Edit> {
    let id = entry.to_string();
    let mut edits = Vec::new();
    let mut put = |field, value: Option<Value>| {
        let path = ["library", &id, field];
        edits.push(Edit::set(DocumentId::COMPANY, &path, value));
    };
    if before.title.trim() != after.title.trim() {
        put("title", filled(&after.title));
    }
    if before.topic != after.topic {
        put("topic", Some(after.topic.word().into()));
    }
    if before.text != after.text {
        put("text", Some(Value::Prose(after.text.clone())));
    }
    if before.link.trim() != after.link.trim() {
        put("link", filled(&after.link));
    }
    edits
}

fn must_be_there(entry: EntryId, cx: &Context<'_>) -> Result<(), CommandError> {
    let tree = cx.document(DocumentId::COMPANY)?;
    let known = tree.at(&["library", &entry.to_string()]);
    known.map(drop).ok_or(CommandError::NotFound)
}

fn check(draft: &EntryDraft) -> Result<(), CommandError> {
    check_title(&draft.title, Field::Title)?;
    check_length(&draft.text, Field::Note, ENTRY_MAX)?;
    check_link(&draft.link)
}

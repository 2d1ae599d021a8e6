//! What both sides do about a plan. Everything written is a new entry.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::command::{CommandError, Context, Field, Outcome, RecordRef};
use crate::development::record::{DevelopmentPlan, Item, ItemKind, LinkTo, Side};
use crate::development::rights::may_develop;
use crate::document::DocumentId;
use crate::edit::Edit;
use crate::fold::is_blank;
use crate::id::{Id, PersonId};
use crate::order::gathered;
use crate::time::Day;
use crate::value::{Map, Value, filled, map_of};

/// Of an aim, a step, a note or a reason, in characters.
pub const TEXT_MAX: usize = 2_000;
/// Aims and steps that stand in one plan.
pub const ITEMS_MAX: usize = 100;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum DevelopmentCommand {
    Add(PersonId, ItemDraft),
    /// Puts another in its place.
    Change {
        person: PersonId,
        item: Id,
        draft: ItemDraft,
    },
    Drop {
        person: PersonId,
        item: Id,
        reason: String,
    },
    Tick {
        person: PersonId,
        item: Id,
        done: bool,
    },
    Note(PersonId, String),
    /// To what was on the screen.
    Agree(PersonId, BTreeSet<Id>),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemDraft {
    pub kind: ItemKind,
    pub text: String,
    /// Of a step.
    #[serde(with = "crate::calendar::written::optional")]
    pub due: Option<Day>,
    pub whose: Side,
    pub link: Option<LinkTo>,
}

impl DevelopmentCommand {
    #[must_use]
    pub const fn person(&self) -> PersonId {
        match self {
            Self::Add(person, _)
            | Self::Change { person, .. }
            | Self::Drop { person, .. }
            | Self::Tick { person, .. }
            | Self::Note(person, _)
            | Self::Agree(person, _) => *person,
        }
    }

    /// A Reviews document begins with what is first written in it.
    #[must_use]
    pub fn reads(&self) -> Vec<DocumentId> {
        match self {
            Self::Add(..) | Self::Note(..) => Vec::new(),
            _ => vec![DocumentId::reviews(self.person())],
        }
    }

    pub(crate) fn run(self, cx: &mut Context<'_>) -> Result<Outcome, CommandError> {
        let person = self.person();
        if !may_develop(person, cx.me, cx.facts) {
            return Err(CommandError::NotAllowed);
        }
        if cx.facts.active(person).is_none() {
            return Err(CommandError::NotFound);
        }
        let entry = match self {
            Self::Add(_, draft) => {
                let standing = stored(person, cx);
                if standing.is_some_and(|plan| plan.standing().count() >= ITEMS_MAX) {
                    return Err(CommandError::TooMany);
                }
                item(&draft, BTreeSet::new())?
            }
            Self::Change {
                item: id, draft, ..
            } => {
                let before = standing(person, id, cx)?;
                if before.kind != draft.kind {
                    return Err(CommandError::NotFound);
                }
                item(&draft, [id].into())?
            }
            Self::Drop {
                item: id, reason, ..
            } => {
                standing(person, id, cx)?;
                must_say(&reason, Field::Reason)?;
                about("drop", id, Some(reason.trim().into()))
            }
            Self::Tick { item: id, done, .. } => {
                standing(person, id, cx)?;
                about(if done { "tick" } else { "untick" }, id, None)
            }
            Self::Note(_, text) => {
                must_say(&text, Field::Note)?;
                map_of([
                    ("kind", Some("note".into())),
                    ("text", Some(text.trim().into())),
                ])
            }
            Self::Agree(_, items) => {
                for id in &items {
                    standing(person, *id, cx)?;
                }
                map_of([
                    ("kind", Some("agree".into())),
                    ("items", Some(set_of(&items).into())),
                ])
            }
        };
        Ok(write(person, entry, cx))
    }
}

fn write(person: PersonId, mut entry: Map, cx: &mut Context<'_>) -> Outcome {
    entry.insert("by".to_owned(), cx.me.to_string().into());
    entry.insert("at".to_owned(), cx.now.into());
    let id = cx.ids.mint().to_string();
    let edit = Edit::put(DocumentId::reviews(person), &["plans", &id], entry);
    Outcome {
        created: Some(RecordRef::Person(person)),
        ..Outcome::of([edit])
    }
}

fn item(draft: &ItemDraft, replaces: BTreeSet<Id>) -> Result<Map, CommandError> {
    must_say(&draft.text, Field::Title)?;
    let is_step = draft.kind == ItemKind::Step;
    if is_step && draft.due.is_none() {
        return Err(CommandError::blank(Field::Due));
    }
    let of_step = |value: Option<Value>| value.filter(|_| is_step);
    Ok(map_of([
        ("kind", Some(draft.kind.word().into())),
        ("text", filled(&draft.text)),
        ("due", of_step(draft.due.map(Value::from))),
        ("whose", of_step(Some(draft.whose.word().into()))),
        ("link", draft.link.map(|link| link.to_string().into())),
        (
            "replaces",
            (!replaces.is_empty()).then(|| set_of(&replaces).into()),
        ),
    ]))
}

fn about(kind: &str, item: Id, text: Option<Value>) -> Map {
    map_of([
        ("kind", Some(kind.into())),
        ("of", Some(item.to_string().into())),
        ("text", text),
    ])
}

fn set_of(ids: &BTreeSet<Id>) -> Map {
    gathered(ids.iter().map(|id| (id.to_string(), Value::Bool(true))))
}

fn must_say(text: &str, field: Field) -> Result<(), CommandError> {
    if is_blank(text) {
        return Err(CommandError::blank(field));
    }
    match text.chars().count() > TEXT_MAX {
        true => Err(CommandError::too_long(field, TEXT_MAX)),
        false => Ok(()),
    }
}

fn stored(person: PersonId, cx: &Context<'_>) -> Option<DevelopmentPlan> {
    let tree = cx.documents.tree(DocumentId::reviews(person));
    tree.map(DevelopmentPlan::read)
}

/// One that stands.
fn standing(person: PersonId, item: Id, cx: &Context<'_>) -> Result<Item, CommandError> {
    let plan = stored(person, cx).ok_or(CommandError::NotFound)?;
    let found = plan.standing().find(|it| it.id == item).cloned();
    found.ok_or(CommandError::NotFound)
}

//! A client as a record: how its document is read, and the drafts that forms fill.
//!
//! Document: `profile/{field}`, `tags/{tag}: true`, `contacts/{id}/{field}`,
//! `contacts/{id}/phones/{id}`, `interactions/{id}`, `visits/{id}` (see [`crate::visits`]).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::clients::change::{ARCHIVED_AT, UNDONE_AT};
use crate::id::{BatchId, ClientId, ContactId, InteractionId, PersonId};
use crate::order::{gathered, sort_by};
use crate::time::Instant;
use crate::value::Value;

/// By value and by hand; the grade drives the visit cadence (R57).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum Grade {
    A,
    B,
    #[default]
    C,
    D,
}

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum Stage {
    #[default]
    Lead,
    Contacted,
    Negotiating,
    Customer,
    Dormant,
    Lost,
}

macro_rules! words {
    ($name:ident { $($variant:ident = $word:literal),* $(,)? }) => {
        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word stored in documents; never translated, never changed.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
        }

        impl core::str::FromStr for $name {
            type Err = $crate::value::UnknownWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                match word { $($word => Ok(Self::$variant),)* _ => Err($crate::value::UnknownWord) }
            }
        }
    };
}
pub(crate) use words;

words!(Grade { A = "A", B = "B", C = "C", D = "D" });
words!(Stage {
    Lead = "lead",
    Contacted = "contacted",
    Negotiating = "negotiating",
    Customer = "customer",
    Dormant = "dormant",
    Lost = "lost",
});

/// What the client form holds. Text fields keep what was typed; commands check and normalise.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ClientDraft {
    pub name: String,
    /// Unified social credit code (GB 32100).
    pub code: String,
    pub grade: Grade,
    pub stage: Stage,
    /// 省市区
    pub region: String,
    pub address: String,
    pub source: String,
    pub note: String,
    pub tags: BTreeSet<String>,
    pub contacts: Vec<ContactDraft>,
    /// RFC 5870, such as `geo:31.2304,121.4737;u=15`, WGS-84; empty when unknown.
    pub position: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ContactDraft {
    /// `None` for a contact that is being added.
    pub id: Option<ContactId>,
    pub name: String,
    pub title: String,
    /// As [`crate::birthday`] writes it, or as typed.
    pub birthday: String,
    pub email: String,
    pub wechat: String,
    pub note: String,
    /// As typed or as stored; the first is the one to call.
    pub phones: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum InteractionKind {
    Note,
    Call,
    Message,
    Meeting,
    Visit,
    /// A correction points at the entry it corrects; that entry stays.
    Correction,
    Imported,
}

words!(InteractionKind {
    Note = "note",
    Call = "call",
    Message = "message",
    Meeting = "meeting",
    Visit = "visit",
    Correction = "correction",
    Imported = "imported",
});

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InteractionDraft {
    pub kind: InteractionKind,
    pub text: String,
    /// When it happened, as the person says; `None` for now.
    pub happened_at: Option<Instant>,
    pub corrects: Option<InteractionId>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Interaction {
    pub id: InteractionId,
    pub kind: InteractionKind,
    pub text: String,
    pub happened_at: Instant,
    /// The phone's clock when it was written; evidence, not order.
    pub written_at: Instant,
    pub by: PersonId,
    pub corrects: Option<InteractionId>,
}

/// Everything but the visits, which [`crate::visits::record`] reads from the same document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Client {
    pub id: ClientId,
    /// The stored values in the form's shape; every contact has its id.
    pub draft: ClientDraft,
    pub interactions: Vec<Interaction>,
    pub created_by: Option<PersonId>,
    pub archived_at: Option<Instant>,
    pub batch: Option<BatchId>,
    /// Archived by undoing its import, not by a person who wanted this very client archived.
    pub undone: bool,
    /// Last follow-up known from an import; later ones are interactions and visits.
    pub followed_up_at: Option<Instant>,
}

impl Client {
    /// When it was written down. The id of an imported client is made from its row and tells no
    /// time; the id of its batch does.
    #[must_use]
    pub fn created_at(&self) -> Instant {
        self.batch.map_or(self.id.0, |batch| batch.0).minted_at()
    }

    /// Reads a document; whatever is missing or malformed reads as empty.
    #[must_use]
    pub fn read(id: ClientId, tree: &Value) -> Self {
        let profile = |field| tree.string(&["profile", field]);
        let mut interactions: Vec<_> = tree
            .entries(&["interactions"])
            .filter_map(|(key, value)| read_interaction(key, value))
            .collect();
        sort_by(&mut interactions, |one, other| {
            (one.happened_at, one.id).cmp(&(other.happened_at, other.id))
        });
        Self {
            id,
            draft: ClientDraft {
                name: profile("name"),
                code: profile("code"),
                grade: tree.parsed(&["profile", "grade"]).unwrap_or_default(),
                stage: tree.parsed(&["profile", "stage"]).unwrap_or_default(),
                region: profile("region"),
                address: profile("address"),
                source: profile("source"),
                note: profile("note"),
                tags: gathered(tree.entries(&["tags"]).map(|(tag, _)| tag.to_owned())),
                contacts: read_contacts(tree),
                position: profile("position"),
            },
            interactions,
            created_by: tree.parsed(&["profile", "created_by"]),
            archived_at: tree.instant(&ARCHIVED_AT),
            batch: tree.parsed(&["profile", "batch"]),
            undone: tree.instant(&ARCHIVED_AT).is_some() && tree.instant(&UNDONE_AT).is_some(),
            followed_up_at: tree.instant(&["profile", "followed_up_at"]),
        }
    }
}

fn read_contacts(tree: &Value) -> Vec<ContactDraft> {
    tree.entries(&["contacts"])
        .filter_map(|(key, contact)| {
            Some(ContactDraft {
                id: Some(key.parse().ok()?),
                name: contact.string(&["name"]),
                title: contact.string(&["title"]),
                birthday: contact.string(&["birthday"]),
                email: contact.string(&["email"]),
                wechat: contact.string(&["wechat"]),
                note: contact.string(&["note"]),
                phones: contact
                    .entries(&["phones"])
                    .filter_map(|(_, phone)| phone.text(&[]).map(str::to_owned))
                    .collect(),
            })
        })
        .collect()
}

fn read_interaction(key: &str, entry: &Value) -> Option<Interaction> {
    let written_at = entry.instant(&["written_at"])?;
    Some(Interaction {
        id: key.parse().ok()?,
        kind: entry.parsed(&["kind"]).unwrap_or(InteractionKind::Note),
        text: entry.string(&["text"]),
        happened_at: entry.instant(&["happened_at"]).unwrap_or(written_at),
        written_at,
        by: entry.parsed(&["by"])?,
        corrects: entry.parsed(&["corrects"]),
    })
}

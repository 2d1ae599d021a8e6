//! A visit as a record. It lives in its client's document at `visits/{id}`:
//! `kind`, `by`, `planned_on`, `planned_at`, `purpose`, `with/{person}: true`, `check_in{…}`,
//! `check_out{…}` (both written once), `note` (prose), `actions/{kind}{…}`, `photos/{hash}{…}`,
//! `next_step`, `next_on`, `cancelled{…}`.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::clients::record::words;
use crate::id::{BlobHash, ClientId, PersonId, VisitId};
use crate::order::{gathered, sort_by};
use crate::time::{Day, Instant};
use crate::value::Value;

/// A visit type is a list of actions; which ones, the plan says ([`crate::plan`]).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum VisitKind {
    #[default]
    Regular,
    FirstVisit,
    Service,
    StockCheck,
    Collection,
    Survey,
}

words!(VisitKind {
    Regular = "regular",
    FirstVisit = "first",
    Service = "service",
    StockCheck = "stock",
    Collection = "collection",
    Survey = "survey",
});

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ActionKind {
    Note,
    Photo,
    StockCount,
    CompetitorNote,
    Order,
    Survey,
}

words!(ActionKind {
    Note = "note",
    Photo = "photo",
    StockCount = "stock",
    CompetitorNote = "competitor",
    Order = "order",
    Survey = "survey",
});

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VisitDraft {
    pub client: ClientId,
    pub kind: VisitKind,
    #[serde(with = "crate::calendar::written")]
    pub planned_on: Day,
    /// `HH:MM` in Asia/Shanghai, empty for any time of the day.
    pub planned_at: String,
    pub purpose: String,
    /// Who goes; a manager can plan for a member of the team.
    pub by: PersonId,
    /// Co-visitors (R62).
    pub with: BTreeSet<PersonId>,
}

/// What the phone said when the person let it (or did not).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum PositionReading {
    /// RFC 5870 text with `u=` for the accuracy in metres, WGS-84.
    At(String),
    /// The person, or the phone's settings, said no.
    Refused,
    /// No fix in time: a basement.
    Unavailable,
}

/// How far a check-in can be trusted against the client's address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Presence {
    /// Within the radius of the client's position.
    Verified,
    /// No position, too vague a position, or a client without one.
    Unverified,
    /// Certainly somewhere else.
    Invalid,
}

words!(Presence {
    Verified = "verified",
    Unverified = "unverified",
    Invalid = "invalid",
});

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// The phone's clock.
    pub at: Instant,
    pub reading: PositionReading,
    pub presence: Presence,
    pub distance_m: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Photo {
    pub hash: BlobHash,
    pub taken_at: Instant,
    pub bytes: u64,
    pub width: u32,
    pub height: u32,
    pub by: PersonId,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ActionDone {
    pub at: Instant,
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum VisitState {
    Planned,
    UnderWay,
    Done,
    Cancelled,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Visit {
    pub id: VisitId,
    pub client: ClientId,
    pub kind: VisitKind,
    pub by: PersonId,
    pub with: BTreeSet<PersonId>,
    #[serde(with = "crate::calendar::written")]
    pub planned_on: Day,
    pub planned_at: String,
    pub purpose: String,
    pub check_in: Option<Check>,
    pub check_out: Option<Check>,
    pub note: String,
    pub actions: BTreeMap<ActionKind, ActionDone>,
    pub photos: Vec<Photo>,
    pub next_step: String,
    #[serde(with = "crate::calendar::written::optional")]
    pub next_on: Option<Day>,
    pub cancelled_at: Option<Instant>,
    pub cancel_reason: String,
}

impl Visit {
    /// `None` when the entry lacks what every visit has: who goes and when.
    #[must_use]
    pub fn read(client: ClientId, key: &str, entry: &Value) -> Option<Self> {
        Some(Self {
            id: key.parse().ok()?,
            client,
            kind: entry.parsed(&["kind"]).unwrap_or_default(),
            by: entry.parsed(&["by"])?,
            with: gathered(
                entry
                    .entries(&["with"])
                    .filter_map(|(person, _)| person.parse::<PersonId>().ok()),
            ),
            planned_on: entry.day(&["planned_on"])?,
            planned_at: entry.string(&["planned_at"]),
            purpose: entry.string(&["purpose"]),
            check_in: read_check(entry, "check_in"),
            check_out: read_check(entry, "check_out"),
            note: entry.string(&["note"]),
            actions: gathered(entry.entries(&["actions"]).filter_map(read_action)),
            photos: read_photos(entry),
            next_step: entry.string(&["next_step"]),
            next_on: entry.day(&["next_on"]),
            cancelled_at: entry.instant(&["cancelled", "at"]),
            cancel_reason: entry.string(&["cancelled", "reason"]),
        })
    }

    /// Every visit in a client's document.
    #[must_use]
    pub fn read_all(client: ClientId, tree: &Value) -> Vec<Self> {
        tree.entries(&["visits"])
            .filter_map(|(key, entry)| Self::read(client, key, entry))
            .collect()
    }

    #[must_use]
    pub fn state(&self) -> VisitState {
        match (&self.check_in, &self.check_out) {
            (Some(_), Some(_)) => VisitState::Done,
            (Some(_), None) => VisitState::UnderWay,
            _ if self.cancelled_at.is_some() => VisitState::Cancelled,
            _ => VisitState::Planned,
        }
    }
}

fn read_check(entry: &Value, step: &str) -> Option<Check> {
    let check = entry.at(&[step])?;
    Some(Check {
        at: check.instant(&["at"])?,
        reading: match check.text(&["position"]) {
            Some("refused") => PositionReading::Refused,
            Some(position) if position.starts_with("geo:") => {
                PositionReading::At(position.to_owned())
            }
            _ => PositionReading::Unavailable,
        },
        presence: check.parsed(&["presence"]).unwrap_or(Presence::Unverified),
        distance_m: check
            .int(&["distance_m"])
            .and_then(|metres| u32::try_from(metres).ok()),
    })
}

fn read_action((key, entry): (&str, &Value)) -> Option<(ActionKind, ActionDone)> {
    Some((
        key.parse().ok()?,
        ActionDone {
            at: entry.instant(&["at"])?,
            text: entry.string(&["text"]),
        },
    ))
}

fn read_photos(entry: &Value) -> Vec<Photo> {
    let side = |photo: &Value, step| {
        photo
            .int(&[step])
            .and_then(|side| u32::try_from(side).ok())
            .unwrap_or_default()
    };
    let mut photos: Vec<_> = entry
        .entries(&["photos"])
        .filter_map(|(key, photo)| {
            Some(Photo {
                hash: key.parse().ok()?,
                taken_at: photo.instant(&["taken_at"])?,
                bytes: u64::try_from(photo.int(&["bytes"])?).ok()?,
                width: side(photo, "width"),
                height: side(photo, "height"),
                by: photo.parsed(&["by"])?,
            })
        })
        .collect();
    sort_by(&mut photos, |one, other| {
        (one.taken_at, one.hash).cmp(&(other.taken_at, other.hash))
    });
    photos
}

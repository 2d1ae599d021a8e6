//! What lists need of a visit.

use core::ops::RangeInclusive;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::id::{ClientId, Id, PersonId, VisitId};
use crate::packed::Entry;
use crate::time::{Day, Instant};
use crate::value::Value;
use crate::visits::record::{Presence, Visit, VisitKind, VisitState};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VisitRow {
    pub id: VisitId,
    pub client: ClientId,
    pub kind: VisitKind,
    pub by: PersonId,
    pub with: BTreeSet<PersonId>,
    #[serde(with = "crate::calendar::written")]
    pub planned_on: Day,
    pub planned_at: String,
    pub purpose: String,
    pub state: VisitState,
    pub checked_in_at: Option<Instant>,
    pub checked_out_at: Option<Instant>,
    pub presence: Option<Presence>,
    pub photos: u32,
    pub next_step: String,
    #[serde(with = "crate::calendar::written::optional")]
    pub next_on: Option<Day>,
}

impl VisitRow {
    /// When somebody checked in; `None` as long as nobody has, and of a visit that was called off.
    #[must_use]
    pub fn made_at(&self) -> Option<Instant> {
        match self.state {
            VisitState::UnderWay | VisitState::Done => self.checked_in_at,
            VisitState::Planned | VisitState::Cancelled => None,
        }
    }
}

impl Entry for VisitRow {
    type Key = (ClientId, VisitId);

    fn key(&self) -> Self::Key {
        (self.client, self.id)
    }
}

/// The places of a client's visits.
pub(crate) fn of(client: ClientId) -> RangeInclusive<(ClientId, VisitId)> {
    (client, VisitId(Id::ZERO))..=(client, VisitId(Id::MAX))
}

#[must_use]
pub fn rows(client: ClientId, tree: &Value) -> Vec<VisitRow> {
    Visit::read_all(client, tree).iter().map(row).collect()
}

pub(crate) fn row(visit: &Visit) -> VisitRow {
    VisitRow {
        id: visit.id,
        client: visit.client,
        kind: visit.kind,
        by: visit.by,
        with: visit.with.clone(),
        planned_on: visit.planned_on,
        planned_at: visit.planned_at.clone(),
        purpose: visit.purpose.clone(),
        state: visit.state(),
        checked_in_at: visit.check_in.as_ref().map(|check| check.at),
        checked_out_at: visit.check_out.as_ref().map(|check| check.at),
        presence: visit.check_in.as_ref().map(|check| check.presence),
        photos: u32::try_from(visit.photos.len()).unwrap_or(u32::MAX),
        next_step: visit.next_step.clone(),
        next_on: visit.next_on,
    }
}

//! What clients say and ask, as figures need it. No record tells it yet: [`reported`] is where the modules that will
//! keep surveys, callbacks and tickets hand theirs in. Until then the indicators that rest on it say nothing, and their
//! weight goes to the rest of their dimension ([`super::score`]).

use crate::id::{ClientId, Id, PersonId};
use crate::query::Sources;
use crate::time::Instant;

/// One client's answer to a survey about one person (R09).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SurveyAnswer {
    pub id: Id,
    pub client: ClientId,
    pub person: PersonId,
    /// 0–100.
    pub percent: u8,
    pub at: Instant,
}

/// One callback that went through the fields of a client's file, done by somebody else than its owner (R08).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckedFile {
    pub id: Id,
    pub client: ClientId,
    /// Whose file it is.
    pub person: PersonId,
    pub checked: u32,
    pub right: u32,
    pub at: Instant,
}

/// One question of a client to one person, with the first answer (R11).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AnsweredQuestion {
    pub id: Id,
    pub client: ClientId,
    pub person: PersonId,
    pub asked_at: Instant,
    pub answered_at: Instant,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reported {
    pub surveys: Vec<SurveyAnswer>,
    pub callbacks: Vec<CheckedFile>,
    pub questions: Vec<AnsweredQuestion>,
}

/// What this device holds of it.
#[must_use]
pub fn reported(_: &Sources<'_>) -> Reported {
    Reported::default()
}

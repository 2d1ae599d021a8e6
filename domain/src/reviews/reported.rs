//! What clients say and ask, as figures need it: [`reported`] is where surveys hand theirs in, and where the modules that will
//! keep callbacks and tickets will. Until then the indicators that rest on those say nothing, and their weight goes to the
//! rest of their dimension ([`super::score`]).

use crate::calendar::{Period, Span};
use crate::id::{ClientId, Id, PersonId, ReplyId};
use crate::query::Sources;
use crate::time::Instant;

/// One client's answer to a survey about one person (R09).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SurveyAnswer {
    pub reply: ReplyId,
    pub person: PersonId,
    /// 0–100.
    pub percent: u8,
    /// The beginning of the month in which it came: a submitted review goes to the person, who is not to find out by the
    /// hour which client has said what.
    pub month: Instant,
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

/// What this device holds of it. The person's own holds no survey: see [`crate::policy::may_know`].
#[must_use]
pub fn reported(from: &Sources<'_>) -> Reported {
    let replies = from.facts.survey_replies.iter();
    let surveys = replies
        .filter(|(_, reply)| reply.counts())
        .map(|((person, id), reply)| SurveyAnswer {
            reply: *id,
            person: *person,
            percent: reply.satisfaction.percent(),
            month: Period::of(Span::Month, reply.at.day()).instants().start,
        });
    Reported {
        surveys: surveys.collect(),
        ..Reported::default()
    }
}

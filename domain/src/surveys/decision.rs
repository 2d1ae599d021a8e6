//! Links for surveys: issued and withdrawn by decisions, used up by the relay ([`super::taking`]).

use serde::{Deserialize, Serialize};

use crate::decision::Refusal;
use crate::facts::{Fact, FactChange, FactKey, Facts};
use crate::id::{ClientId, PersonId, ReplyId, SurveyId};
use crate::surveys::record::{Noted, SurveyReply};
use crate::surveys::rights::{may_issue, may_see_to, may_withdraw};
use crate::time::Instant;

const DAY_MILLIS: i64 = 24 * 60 * 60 * 1000;
/// A link works for so many days after the relay has received it.
pub const GOOD_DAYS: i64 = 30;
/// A client who has answered is left in peace for so many days by whom the answer was about.
pub const REST_DAYS: i64 = 30;
/// Links of one person that wait for an answer.
pub const OPEN_MAX: usize = 200;

/// New decisions are added at the end: the position is the number on the wire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SurveyDecision {
    Issue {
        survey: SurveyId,
        client: ClientId,
        about: PersonId,
        /// SHA-256 of the secret in the link.
        secret_hash: [u8; 32],
    },
    Withdraw {
        client: ClientId,
        survey: SurveyId,
    },
    /// Somebody has seen to a reply.
    SeeTo {
        about: PersonId,
        reply: ReplyId,
    },
}

/// A link, and what has become of it. What was answered does not stand here: whoever knows the client may know this.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SurveyStanding {
    pub about: PersonId,
    pub by: PersonId,
    /// The relay's time.
    pub at: Instant,
    pub expires_at: Instant,
    pub secret_hash: [u8; 32],
    pub state: SurveyState,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SurveyState {
    Open,
    Answered { at: Instant },
    Withdrawn { by: PersonId, at: Instant },
}

impl SurveyStanding {
    #[must_use]
    pub fn is_open(&self, now: Instant) -> bool {
        self.state == SurveyState::Open && now < self.expires_at
    }
}

pub(crate) fn decide(
    decision: &SurveyDecision,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    let (key, fact) = match decision {
        SurveyDecision::Issue {
            survey,
            client,
            about,
            secret_hash,
        } => {
            if facts.surveys.contains_key(&(*client, *survey)) {
                return Err(Refusal::AlreadySettled);
            }
            check_issue(actor, *client, *about, at, facts)?;
            let standing = SurveyStanding {
                about: *about,
                by: actor,
                at,
                expires_at: at.plus_millis(GOOD_DAYS * DAY_MILLIS),
                secret_hash: *secret_hash,
                state: SurveyState::Open,
            };
            (FactKey::Survey(*client, *survey), Fact::Survey(standing))
        }
        SurveyDecision::Withdraw { client, survey } => {
            let known = facts.surveys.get(&(*client, *survey));
            let known = known.ok_or(Refusal::NotFound)?;
            allowed(may_withdraw(actor, known, facts))?;
            if known.state != SurveyState::Open {
                return Err(Refusal::AlreadySettled);
            }
            let standing = SurveyStanding {
                state: SurveyState::Withdrawn { by: actor, at },
                ..known.clone()
            };
            (FactKey::Survey(*client, *survey), Fact::Survey(standing))
        }
        SurveyDecision::SeeTo { about, reply } => {
            allowed(may_see_to(actor, *about, facts))?;
            let known = facts.survey_replies.get(&(*about, *reply));
            let known = known.ok_or(Refusal::NotFound)?;
            if known.noted.is_some() {
                return Err(Refusal::AlreadySettled);
            }
            let noted = SurveyReply {
                noted: Some(Noted { by: actor, at }),
                ..known.clone()
            };
            let key = FactKey::SurveyReply(*about, *reply);
            (key, Fact::SurveyReply(noted))
        }
    };
    Ok(vec![FactChange {
        key,
        fact: Some(fact),
    }])
}

/// One link at a time from a client about a person, and time to rest after each answer: nobody asks until they like what
/// they hear.
fn check_issue(
    actor: PersonId,
    client: ClientId,
    about: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<(), Refusal> {
    allowed(may_issue(actor, client, about, facts))?;
    for known in facts.surveys_of(client).map(|(_, known)| known) {
        match known.state {
            _ if known.about != about => {}
            SurveyState::Open if known.is_open(at) => return Err(Refusal::SurveyOpen),
            SurveyState::Answered { at: answered }
                if at < answered.plus_millis(REST_DAYS * DAY_MILLIS) =>
            {
                return Err(Refusal::SurveyedLately);
            }
            _ => {}
        }
    }
    let theirs = facts.surveys.values();
    let waiting = theirs.filter(|known| known.by == actor && known.is_open(at));
    match waiting.count() < OPEN_MAX {
        true => Ok(()),
        false => Err(Refusal::TooMany),
    }
}

fn allowed(allowed: bool) -> Result<(), Refusal> {
    allowed.then_some(()).ok_or(Refusal::NotAllowed)
}

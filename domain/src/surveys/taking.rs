//! What the relay does with a link that a client has opened, as facts: see [`super`]. Whoever calls it has the secret's hash, a clock and
//! an id of its own making; the id is drawn at random, so that it says nothing about when or by which link.

use crate::document::DocumentId;
use crate::facts::{Fact, FactChange, FactKey, Facts};
use crate::fold::is_blank;
use crate::id::{ClientId, PersonId, ReplyId, SurveyId};
use crate::surveys::decision::{SurveyStanding, SurveyState};
use crate::surveys::record::{Points, STEP, Satisfaction, SurveyDigest, SurveyReply, WORDS_MAX};
use crate::time::Instant;

/// What the page says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub workspace_name: String,
    /// Whom it is about.
    pub name: String,
    pub expires_at: Instant,
}

/// What a client has said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    pub satisfaction: Satisfaction,
    pub points: Points,
    pub words: String,
}

/// Why a link asks nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Closed {
    /// Also while it has not come from the phone that made it.
    #[error("no survey has this link")]
    Unknown,
    #[error("it was answered")]
    Used,
    #[error("its time is over")]
    Expired,
    #[error("it was taken back")]
    Withdrawn,
}

/// # Errors
/// Why nothing is asked.
pub fn asked(secret_hash: &[u8; 32], now: Instant, facts: &Facts) -> Result<Asked, Closed> {
    let (_, standing) = open(secret_hash, now, facts)?;
    let workspace = facts.workspace.as_ref();
    let about = facts.people.get(&standing.about);
    Ok(Asked {
        workspace_name: workspace.map(|it| it.name.clone()).unwrap_or_default(),
        name: about.map(|it| it.name.clone()).unwrap_or_default(),
        expires_at: standing.expires_at,
    })
}

/// Uses the link up. `signed_in` says whether a session of Caravan was in the browser.
///
/// # Errors
/// Why nothing was taken.
pub fn take(
    secret_hash: &[u8; 32],
    given: Given,
    reply: ReplyId,
    signed_in: bool,
    now: Instant,
    facts: &Facts,
) -> Result<Vec<FactChange>, Closed> {
    let ((client, survey), standing) = open(secret_hash, now, facts)?;
    let about = standing.about;
    let told = SurveyReply {
        client,
        survey,
        by: standing.by,
        issued_at: standing.at,
        at: now,
        satisfaction: given.satisfaction,
        points: given.points,
        signed_in,
        noted: None,
    };
    let used = SurveyStanding {
        state: SurveyState::Answered { at: now },
        ..standing.clone()
    };
    let digest = digest_with(about, &told, facts);
    let mut changes = vec![
        set(FactKey::Survey(client, survey), Fact::Survey(used)),
        set(FactKey::SurveyReply(about, reply), Fact::SurveyReply(told)),
    ];
    if !is_blank(&given.words) {
        let words = given.words.trim().chars().take(WORDS_MAX).collect();
        let key = FactKey::SurveyWords(about, client, reply);
        changes.push(set(key, Fact::SurveyWords(words)));
    }
    changes
        .extend(digest.map(|digest| set(FactKey::SurveyDigest(about), Fact::SurveyDigest(digest))));
    Ok(changes)
}

/// What the person is told after every so many replies.
fn digest_with(about: PersonId, told: &SurveyReply, facts: &Facts) -> Option<SurveyDigest> {
    let known = facts.replies_about(about).map(|(_, reply)| reply);
    let digest = SurveyDigest::of(known.chain([told]));
    (told.counts() && digest.replies.is_multiple_of(STEP)).then_some(digest)
}

/// The secrets' hashes are compared as they are: they are hashes of 128 random bits.
fn open<'a>(
    secret_hash: &[u8; 32],
    now: Instant,
    facts: &'a Facts,
) -> Result<((ClientId, SurveyId), &'a SurveyStanding), Closed> {
    let mut surveys = facts.surveys.iter();
    let (key, standing) = surveys
        .find(|(_, known)| known.secret_hash == *secret_hash)
        .ok_or(Closed::Unknown)?;
    match standing.state {
        _ if facts.is_erased(DocumentId::from(key.0)) => Err(Closed::Withdrawn),
        SurveyState::Answered { .. } => Err(Closed::Used),
        SurveyState::Withdrawn { .. } => Err(Closed::Withdrawn),
        SurveyState::Open if now >= standing.expires_at => Err(Closed::Expired),
        SurveyState::Open => Ok((*key, standing)),
    }
}

fn set(key: FactKey, fact: Fact) -> FactChange {
    FactChange {
        key,
        fact: Some(fact),
    }
}

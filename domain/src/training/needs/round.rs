//! A round: what is asked of whom and until when, and that somebody has answered.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::decision::Refusal;
use crate::facts::{FactChange, Facts, Person};
use crate::fold::is_blank;
use crate::id::{AnswerId, PersonId, RoundId, TeamId};
use crate::role::{Role, Roles};
use crate::time::{Day, Instant};
use crate::training::course::Topic;
use crate::training::decision::may_run;
use crate::training::fact::{TrainingFact, TrainingKey};
use crate::training::required::change;

/// Of the title, in characters.
pub const ROUND_TITLE_MAX: usize = 100;
/// Of a topic in one's own words, in characters.
pub const TOPIC_MAX: usize = 40;
/// Topics of one round: more than a thumb gets through.
pub const TOPICS_MAX: usize = 20;
/// Of one person in one round; each change of mind is one more.
pub const ANSWERS_MAX: usize = 50;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum NeedTopic {
    /// One that courses and the library have.
    Of(Topic),
    Words(String),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundPlan {
    pub title: String,
    /// Each once. An answer names them by their place, so they do not change.
    pub topics: Vec<NeedTopic>,
    /// Whoever has one of them; everybody's when there is none.
    pub roles: Roles,
    /// And is in one of these; any when there is none. One of the two is said.
    pub teams: BTreeSet<TeamId>,
    /// The last day on which answers reach the relay.
    #[serde(with = "crate::calendar::written")]
    pub until: Day,
}

/// Known to everybody, as what is taught is: what is answered is not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    pub plan: RoundPlan,
    pub by: PersonId,
    /// By the relay's clock.
    pub opened_at: Instant,
    /// Before its last day was over.
    pub closed_at: Option<Instant>,
}

/// That a person has answered a round, and by which entries of their reviews.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Answered {
    /// In the order in which the relay took them. Which of them counts is [`crate::training::needs::record::standing`]'s affair.
    pub answers: Vec<AnswerId>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum NeedsDecision {
    Open(RoundPlan),
    Close,
    /// Of the person who decides.
    Answer(AnswerId),
}

impl Round {
    #[must_use]
    pub fn is_open(&self, on: Day) -> bool {
        self.closed_at.is_none() && on <= self.plan.until
    }

    #[must_use]
    pub fn asks(&self, person: PersonId, facts: &Facts) -> bool {
        let known = facts.active(person);
        known.is_some_and(|known| self.plan.is_for(known))
    }
}

impl RoundPlan {
    fn is_for(&self, person: &Person) -> bool {
        let has_role = || self.roles.intersection(&person.roles).next().is_some();
        let in_team = || person.team.is_some_and(|team| self.teams.contains(&team));
        (self.roles.is_empty() || has_role()) && (self.teams.is_empty() || in_team())
    }

    /// Whether it asks about something, and about nothing twice.
    #[must_use]
    pub fn has_sound_topics(&self) -> bool {
        let sound = |topic: &NeedTopic| match topic {
            NeedTopic::Of(_) => true,
            NeedTopic::Words(words) => {
                !is_blank(words) && words.trim() == words && words.chars().count() <= TOPIC_MAX
            }
        };
        let mut once: Vec<_> = self.topics.iter().collect();
        once.sort_unstable();
        once.dedup();
        (1..=TOPICS_MAX).contains(&self.topics.len())
            && once.len() == self.topics.len()
            && self.topics.iter().all(sound)
    }
}

/// Whoever runs training asks anybody; a team's manager asks that team.
#[must_use]
pub fn may_open(person: PersonId, teams: &BTreeSet<TeamId>, facts: &Facts) -> bool {
    let own = own_team(person, facts).map(|team| BTreeSet::from([team]));
    may_run(person, facts) || own.as_ref() == Some(teams)
}

/// The team that somebody manages.
#[must_use]
pub fn own_team(person: PersonId, facts: &Facts) -> Option<TeamId> {
    let manages = facts.has_role(person, Role::TeamManager);
    facts.active(person).filter(|_| manages)?.team
}

#[must_use]
pub fn may_close(person: PersonId, round: &Round, facts: &Facts) -> bool {
    round.by == person || may_run(person, facts)
}

pub(crate) fn decide(
    id: RoundId,
    decision: &NeedsDecision,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    let round = facts.training.rounds.get(&id);
    match (decision, round) {
        (NeedsDecision::Open(_), Some(_)) => Err(Refusal::AlreadySettled),
        (NeedsDecision::Open(plan), None) => open(id, plan, actor, at, facts),
        (_, None) => Err(Refusal::NotFound),
        (NeedsDecision::Close, Some(round)) => close(id, round, actor, at, facts),
        (NeedsDecision::Answer(answer), Some(round)) => take(id, round, *answer, actor, at, facts),
    }
}

fn open(
    id: RoundId,
    plan: &RoundPlan,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    if !may_open(actor, &plan.teams, facts) {
        return Err(Refusal::NotAllowed);
    }
    if is_blank(&plan.title) || plan.title.chars().count() > ROUND_TITLE_MAX {
        return Err(Refusal::BadName);
    }
    if !plan.teams.iter().all(|team| facts.teams.contains_key(team)) {
        return Err(Refusal::NotFound);
    }
    let asks_somebody = !(plan.roles.is_empty() && plan.teams.is_empty());
    if !asks_somebody || !plan.has_sound_topics() || plan.until < at.day() {
        return Err(Refusal::OutOfRange);
    }
    let round = Round {
        plan: RoundPlan {
            title: plan.title.trim().to_owned(),
            ..plan.clone()
        },
        by: actor,
        opened_at: at,
        closed_at: None,
    };
    Ok(vec![written(id, round)])
}

fn close(
    id: RoundId,
    round: &Round,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    if !may_close(actor, round, facts) {
        return Err(Refusal::NotAllowed);
    }
    if !round.is_open(at.day()) {
        return Err(Refusal::AlreadySettled);
    }
    let closed = Round {
        closed_at: Some(at),
        ..round.clone()
    };
    Ok(vec![written(id, closed)])
}

/// Nobody answers for another: whose answer it is follows from who decides.
fn take(
    id: RoundId,
    round: &Round,
    answer: AnswerId,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    if !round.asks(actor, facts) {
        return Err(Refusal::NotAllowed);
    }
    if !round.is_open(at.day()) {
        return Err(Refusal::RoundClosed);
    }
    if facts.training.is_answer_of(actor, answer) {
        return Err(Refusal::AlreadySettled);
    }
    let before = facts.training.answered.get(&(actor, id));
    let mut answered = before.cloned().unwrap_or_default();
    if answered.answers.len() >= ANSWERS_MAX {
        return Err(Refusal::TooMany);
    }
    answered.answers.push(answer);
    let key = TrainingKey::Answered(actor, id);
    Ok(vec![change(key, Some(TrainingFact::Answered(answered)))])
}

fn written(id: RoundId, round: Round) -> FactChange {
    change(TrainingKey::Round(id), Some(TrainingFact::Round(round)))
}

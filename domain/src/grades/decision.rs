//! What the relay settles about grades: the ladder, and where everybody stands on it.
//!
//! It judges by facts alone. What a criterion came to it cannot count; that a proposal answers the criteria of the
//! version it names it can tell.

use serde::{Deserialize, Serialize};

use crate::calendar::plus_days;
use crate::decision::Refusal;
use crate::facts::{Fact, FactChange, FactKey, Facts};
use crate::fold::is_blank;
use crate::grades::criterion::Judged;
use crate::grades::ladder::{Ladder, Ladders, Rung, VERSIONS_MAX};
use crate::grades::rights::{may_propose, may_publish, may_set, must_decide};
use crate::grades::standing::{Answered, GradeStanding, Held, Promotion, PromotionState, Wish};
use crate::id::{PersonId, PromotionId, RungId};
use crate::time::{Day, Instant};

/// Reasons, replies and wishes, in characters.
pub const TEXT_MAX: usize = 2_000;
/// Grades and proposals of one person.
const ENTRIES_MAX: usize = 200;
/// Forty years: somebody may have been here before there was a ladder.
const BACK_MAX: i64 = 14_610;
/// What was published without a network may come late, and no more than that is past.
const LATE_MAX: i64 = 31;
/// A year.
const AHEAD_MAX: i64 = 366;

/// New decisions are added at the end: the position is the number on the wire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum GradeDecision {
    /// One more version.
    Publish(Ladder),
    Step {
        person: PersonId,
        step: GradeStep,
    },
}

/// New steps are added at the end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum GradeStep {
    /// A first grade, or one put right.
    Set(Setting),
    Propose(Proposal),
    /// By whoever proposed it.
    Withdraw(PromotionId),
    Accept {
        promotion: PromotionId,
        #[serde(with = "crate::calendar::written")]
        since: Day,
        reply: String,
    },
    Decline {
        promotion: PromotionId,
        reply: String,
    },
    /// The person would like to be considered; once more replaces the words.
    Wish(String),
    Unwish,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setting {
    /// The version that was on the screen.
    pub ladder: u32,
    pub rung: RungId,
    #[serde(with = "crate::calendar::written")]
    pub since: Day,
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    pub id: PromotionId,
    /// The version that was on the screen.
    pub ladder: u32,
    pub rung: RungId,
    #[serde(with = "crate::calendar::written")]
    pub since: Day,
    pub reason: String,
    pub criteria: Vec<Judged>,
}

pub(crate) fn decide(
    decision: &GradeDecision,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    let (key, fact) = match decision {
        GradeDecision::Publish(ladder) => {
            let ladders = publish(ladder, actor, at, facts)?;
            (FactKey::Ladders, Fact::Ladders(ladders))
        }
        GradeDecision::Step { person, step } => {
            let taking = Taking {
                person: *person,
                actor,
                at,
                facts,
            };
            let standing = taking.step(step)?;
            (FactKey::Grade(*person), Fact::Grade(standing))
        }
    };
    let fact = Some(fact);
    Ok(vec![FactChange { key, fact }])
}

fn publish(
    ladder: &Ladder,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<Ladders, Refusal> {
    if !may_publish(actor, facts) {
        return Err(Refusal::NotAllowed);
    }
    ladder.check()?;
    let today = at.day();
    let earliest = plus_days(today, -LATE_MAX);
    if !(earliest..=plus_days(today, AHEAD_MAX)).contains(&ladder.in_force_from) {
        return Err(Refusal::OutOfRange);
    }
    let mut ladders = facts.ladders.clone().unwrap_or_default();
    if ladders.0.len() >= VERSIONS_MAX {
        return Err(Refusal::TooMany);
    }
    ladders.0.push(ladder.trimmed());
    Ok(ladders)
}

/// Who takes a step about whom.
struct Taking<'a> {
    person: PersonId,
    actor: PersonId,
    at: Instant,
    facts: &'a Facts,
}

impl Taking<'_> {
    fn step(&self, step: &GradeStep) -> Result<GradeStanding, Refusal> {
        if !self.facts.people.contains_key(&self.person) {
            return Err(Refusal::NotFound);
        }
        let known = self.facts.grades.get(&self.person);
        let before = known.cloned().unwrap_or_default();
        match step {
            GradeStep::Set(setting) => self.set(setting, before),
            GradeStep::Propose(proposal) => self.propose(proposal, before),
            GradeStep::Withdraw(id) => self.withdraw(*id, before),
            GradeStep::Accept {
                promotion,
                since,
                reply,
            } => self.accept(*promotion, *since, reply, before),
            GradeStep::Decline { promotion, reply } => self.decline(*promotion, reply, before),
            GradeStep::Wish(text) => self.wish(Some(text), before),
            GradeStep::Unwish => self.wish(None, before),
        }
    }

    fn set(&self, setting: &Setting, before: GradeStanding) -> Result<GradeStanding, Refusal> {
        if !may_set(self.person, self.actor, self.facts) {
            return Err(Refusal::NotAllowed);
        }
        self.must_be_active()?;
        self.must_be_on(setting.ladder, setting.rung)?;
        let earliest = plus_days(self.at.day(), -BACK_MAX);
        self.must_begin(setting.since, earliest)?;
        // Whoever has a grade is told why it becomes another.
        self.must_say(&setting.reason, !before.held.is_empty())?;
        if before.open().is_some() {
            return Err(Refusal::UnderWay);
        }
        self.hold(
            Held {
                rung: setting.rung,
                ladder: setting.ladder,
                since: setting.since,
                promotion: None,
                by: self.actor,
                at: self.at,
                reason: setting.reason.trim().to_owned(),
            },
            before,
        )
    }

    fn propose(
        &self,
        proposal: &Proposal,
        mut before: GradeStanding,
    ) -> Result<GradeStanding, Refusal> {
        if !may_propose(self.person, self.actor, self.facts) {
            return Err(Refusal::NotAllowed);
        }
        self.must_be_active()?;
        if before.open().is_some() {
            return Err(Refusal::UnderWay);
        }
        if before.promotion(proposal.id).is_some() {
            return Err(Refusal::AlreadySettled);
        }
        let rung = self.must_be_on(proposal.ladder, proposal.rung)?;
        let judged = proposal.criteria.iter().map(|it| it.criterion);
        if !judged.eq(rung.criteria.iter().copied()) {
            return Err(Refusal::NotAsSubmitted);
        }
        let holds = before.on(self.at.day()).map(|held| held.rung);
        if holds == Some(proposal.rung) {
            return Err(Refusal::AlreadySettled);
        }
        self.must_begin(proposal.since, plus_days(self.at.day(), -AHEAD_MAX))?;
        self.must_say(&proposal.reason, true)?;
        if before.promotions.len() >= ENTRIES_MAX {
            return Err(Refusal::TooMany);
        }
        before.wish = None;
        before.promotions.push(Promotion {
            id: proposal.id,
            rung: proposal.rung,
            ladder: proposal.ladder,
            since: proposal.since,
            reason: proposal.reason.trim().to_owned(),
            criteria: proposal.criteria.clone(),
            by: self.actor,
            at: self.at,
            state: PromotionState::Proposed,
        });
        Ok(before)
    }

    fn withdraw(
        &self,
        id: PromotionId,
        mut before: GradeStanding,
    ) -> Result<GradeStanding, Refusal> {
        let promotion = waiting(&mut before, id)?;
        if promotion.by != self.actor {
            return Err(Refusal::NotAllowed);
        }
        promotion.state = PromotionState::Withdrawn { at: self.at };
        Ok(before)
    }

    fn accept(
        &self,
        id: PromotionId,
        since: Day,
        reply: &str,
        mut before: GradeStanding,
    ) -> Result<GradeStanding, Refusal> {
        let promotion = waiting(&mut before, id)?;
        must_decide(self.person, promotion, self.actor, self.facts)?;
        self.must_be_active()?;
        self.must_begin(since, plus_days(self.at.day(), -AHEAD_MAX))?;
        self.must_say(reply, false)?;
        promotion.state = PromotionState::Accepted(self.answered(reply));
        let held = Held {
            rung: promotion.rung,
            ladder: promotion.ladder,
            since,
            promotion: Some(id),
            by: self.actor,
            at: self.at,
            reason: String::new(),
        };
        self.hold(held, before)
    }

    fn decline(
        &self,
        id: PromotionId,
        reply: &str,
        mut before: GradeStanding,
    ) -> Result<GradeStanding, Refusal> {
        let promotion = waiting(&mut before, id)?;
        must_decide(self.person, promotion, self.actor, self.facts)?;
        self.must_say(reply, true)?;
        promotion.state = PromotionState::Declined(self.answered(reply));
        Ok(before)
    }

    fn wish(
        &self,
        text: Option<&str>,
        mut before: GradeStanding,
    ) -> Result<GradeStanding, Refusal> {
        if self.actor != self.person {
            return Err(Refusal::NotAllowed);
        }
        if text.is_some() && before.open().is_some() {
            return Err(Refusal::UnderWay);
        }
        self.must_say(text.unwrap_or_default(), false)?;
        before.wish = text.map(|text| Wish {
            at: self.at,
            text: text.trim().to_owned(),
        });
        Ok(before)
    }

    fn answered(&self, reply: &str) -> Answered {
        Answered {
            by: self.actor,
            at: self.at,
            reply: reply.trim().to_owned(),
        }
    }

    /// With a grade decided there is nothing left to wish for.
    fn hold(&self, held: Held, mut before: GradeStanding) -> Result<GradeStanding, Refusal> {
        if before.held.len() >= ENTRIES_MAX {
            return Err(Refusal::TooMany);
        }
        before.wish = None;
        before.held.push(held);
        Ok(before)
    }

    fn must_be_active(&self) -> Result<(), Refusal> {
        let active = self.facts.active(self.person);
        active.map(|_| ()).ok_or(Refusal::NotActive)
    }

    fn must_be_on(&self, ladder: u32, rung: RungId) -> Result<&Rung, Refusal> {
        let ladders = self.facts.ladders.as_ref();
        let rung = ladders.and_then(|ladders| ladders.rung(ladder, rung));
        rung.ok_or(Refusal::NotFound)
    }

    fn must_begin(&self, since: Day, earliest: Day) -> Result<(), Refusal> {
        let latest = plus_days(self.at.day(), AHEAD_MAX);
        match (earliest..=latest).contains(&since) {
            true => Ok(()),
            false => Err(Refusal::OutOfRange),
        }
    }

    fn must_say(&self, text: &str, must: bool) -> Result<(), Refusal> {
        match (must && is_blank(text)) || text.chars().count() > TEXT_MAX {
            true => Err(Refusal::OutOfRange),
            false => Ok(()),
        }
    }
}

fn waiting(standing: &mut GradeStanding, id: PromotionId) -> Result<&mut Promotion, Refusal> {
    let mut all = standing.promotions.iter_mut();
    let promotion = all.find(|it| it.id == id).ok_or(Refusal::NotFound)?;
    match promotion.state {
        PromotionState::Proposed => Ok(promotion),
        _ => Err(Refusal::AlreadySettled),
    }
}

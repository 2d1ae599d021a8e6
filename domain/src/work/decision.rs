//! What directors and administrators decide about work: kinds of tasks and limits. Each kind is a fact of its own, so
//! that two who define kinds at once both get theirs.

use serde::{Deserialize, Serialize};

use crate::decision::Refusal;
use crate::facts::{Fact, FactChange, FactKey, Facts};
use crate::fold::is_blank;
use crate::id::PersonId;
use crate::role::Role;
use crate::tasks::kind::TaskKind;
use crate::work::kind::KindRule;
use crate::work::limits::WorkLimits;

/// Names of kinds and skills, in characters.
pub const NAME_MAX: usize = 40;
/// Kinds that a workspace can define.
pub const KINDS_MAX: usize = 100;

/// New decisions are added at the end: the position is the number on the wire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum WorkDecision {
    /// A new kind under an id made up by its author, or another rule for one that is there.
    DefineKind {
        kind: TaskKind,
        rule: KindRule,
    },
    ChangeLimits(WorkLimits),
}

#[must_use]
pub fn may_decide(actor: PersonId, facts: &Facts) -> bool {
    facts.has_role(actor, Role::Director) || facts.has_role(actor, Role::Administrator)
}

pub(crate) fn decide(
    decision: &WorkDecision,
    actor: PersonId,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    if !may_decide(actor, facts) {
        return Err(Refusal::NotAllowed);
    }
    let (key, fact) = match decision {
        WorkDecision::DefineKind { kind, rule } => {
            check(*kind, rule, facts)?;
            (FactKey::TaskKind(*kind), Fact::TaskKind(trimmed(rule)))
        }
        WorkDecision::ChangeLimits(limits) if limits.is_sound() => {
            (FactKey::WorkLimits, Fact::WorkLimits(*limits))
        }
        WorkDecision::ChangeLimits(_) => return Err(Refusal::OutOfRange),
    };
    let fact = Some(fact);
    Ok(vec![FactChange { key, fact }])
}

fn check(kind: TaskKind, rule: &KindRule, facts: &Facts) -> Result<(), Refusal> {
    let custom = matches!(kind, TaskKind::Custom(_));
    let too_long = |text: &str| text.trim().chars().count() > NAME_MAX;
    if (custom && is_blank(&rule.name)) || too_long(&rule.name) || too_long(&rule.skill) {
        return Err(Refusal::BadName);
    }
    if !rule.is_sound() {
        return Err(Refusal::OutOfRange);
    }
    let fresh = !facts.task_kinds.contains_key(&kind);
    if fresh && facts.task_kinds.len() >= KINDS_MAX {
        return Err(Refusal::TooMany);
    }
    Ok(())
}

fn trimmed(rule: &KindRule) -> KindRule {
    KindRule {
        name: rule.name.trim().to_owned(),
        skill: rule.skill.trim().to_owned(),
        ..rule.clone()
    }
}

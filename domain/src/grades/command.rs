//! What people do about grades. All of it is the relay's to settle; a device runs the same rules first.

use serde::{Deserialize, Serialize};

use crate::command::{CommandError, Context, Field, Outcome, RecordRef};
use crate::decision::Decision;
use crate::fold::is_blank;
use crate::grades::criterion::{Criterion, Judged};
use crate::grades::decision::{GradeDecision, GradeStep, Proposal, Setting, TEXT_MAX};
use crate::grades::ladder::{Ladder, MAY_MAX, NAME_MAX, Rung, RungName};
use crate::id::{PersonId, PromotionId, RungId};
use crate::time::Day;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum GradeCommand {
    Publish(LadderDraft),
    Set(PersonId, Setting),
    Propose(PersonId, ProposalDraft),
    Withdraw(PersonId, PromotionId),
    Accept {
        person: PersonId,
        promotion: PromotionId,
        #[serde(with = "crate::calendar::written")]
        since: Day,
        reply: String,
    },
    Decline {
        person: PersonId,
        promotion: PromotionId,
        reply: String,
    },
    /// The asker would like to be considered, in their own words if they like.
    Wish(String),
    Unwish,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LadderDraft {
    #[serde(with = "crate::calendar::written")]
    pub from: Day,
    /// From the lowest up.
    pub rungs: Vec<RungDraft>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RungDraft {
    /// `None` of a new grade.
    pub id: Option<RungId>,
    pub name: RungName,
    pub may: String,
    pub criteria: Vec<Criterion>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProposalDraft {
    pub ladder: u32,
    pub rung: RungId,
    #[serde(with = "crate::calendar::written")]
    pub since: Day,
    pub reason: String,
    /// As they stood on the screen.
    pub criteria: Vec<Judged>,
}

impl GradeCommand {
    pub(crate) fn run(self, cx: &mut Context<'_>) -> Result<Outcome, CommandError> {
        let (person, step) = match self {
            Self::Publish(draft) => return publish(draft, cx),
            Self::Set(person, setting) => {
                let had = cx.facts.grades.get(&person);
                must_say(&setting.reason, had.is_some_and(|it| !it.held.is_empty()))?;
                (person, GradeStep::Set(setting))
            }
            Self::Propose(person, draft) => {
                must_say(&draft.reason, true)?;
                let proposal = Proposal {
                    id: PromotionId(cx.ids.mint()),
                    ladder: draft.ladder,
                    rung: draft.rung,
                    since: draft.since,
                    reason: draft.reason,
                    criteria: draft.criteria,
                };
                (person, GradeStep::Propose(proposal))
            }
            Self::Withdraw(person, promotion) => (person, GradeStep::Withdraw(promotion)),
            Self::Accept {
                person,
                promotion,
                since,
                reply,
            } => {
                must_say(&reply, false)?;
                let step = GradeStep::Accept {
                    promotion,
                    since,
                    reply,
                };
                (person, step)
            }
            Self::Decline {
                person,
                promotion,
                reply,
            } => {
                must_say(&reply, true)?;
                (person, GradeStep::Decline { promotion, reply })
            }
            Self::Wish(text) => {
                must_say(&text, false)?;
                (cx.me, GradeStep::Wish(text))
            }
            Self::Unwish => (cx.me, GradeStep::Unwish),
        };
        Ok(Outcome {
            decisions: vec![Decision::Grade(GradeDecision::Step { person, step })],
            created: Some(RecordRef::Person(person)),
            ..Outcome::default()
        })
    }
}

fn must_say(text: &str, must: bool) -> Result<(), CommandError> {
    if must && is_blank(text) {
        return Err(CommandError::blank(Field::Reason));
    }
    match text.chars().count() > TEXT_MAX {
        true => Err(CommandError::too_long(Field::Reason, TEXT_MAX)),
        false => Ok(()),
    }
}

fn publish(draft: LadderDraft, cx: &mut Context<'_>) -> Result<Outcome, CommandError> {
    let mut rungs = Vec::new();
    for rung in draft.rungs {
        let RungDraft {
            id,
            name,
            may,
            criteria,
        } = rung;
        if is_blank(&name.zh) && is_blank(&name.en) {
            return Err(CommandError::blank(Field::Name));
        }
        let longest = name.zh.chars().count().max(name.en.chars().count());
        if longest > NAME_MAX {
            return Err(CommandError::too_long(Field::Name, NAME_MAX));
        }
        if may.chars().count() > MAY_MAX {
            return Err(CommandError::too_long(Field::Note, MAY_MAX));
        }
        rungs.push(Rung {
            id: id.unwrap_or_else(|| RungId(cx.ids.mint())),
            name,
            may,
            criteria,
        });
    }
    let ladder = Ladder {
        in_force_from: draft.from,
        rungs,
    };
    Ok(Outcome {
        decisions: vec![Decision::Grade(GradeDecision::Publish(ladder))],
        ..Outcome::default()
    })
}

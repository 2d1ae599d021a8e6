//! What people do about pay.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::command::{CommandError, Context, Field, Outcome, RecordRef};
use crate::decision::{Decision, Refusal};
use crate::document::DocumentId;
use crate::edit::Edit;
use crate::fold::is_blank;
use crate::id::{Id, PersonId};
use crate::money::{BasisPoints, Fen};
use crate::pay::adjustment::{AdjustmentSort, AdjustmentStep, Proposed, is_sound};
use crate::pay::approval::{DrawnUp, StatementStep};
use crate::pay::decision::PayDecision;
use crate::pay::digest::digest;
use crate::pay::lock::adjustments_due;
use crate::pay::period::PayPeriod;
use crate::pay::plan::PayPlan;
use crate::pay::record::{self, AdjustmentRecord};
use crate::pay::statement::PayLine;
use crate::pay::written;
use crate::time::Day;
use crate::value::{Map, Value, filled, map_of};

/// Reasons, disputes and answers, in characters.
pub const TEXT_MAX: usize = 2_000;
/// Parts of a deferred award.
pub const PARTS_MAX: usize = 60;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum PayCommand {
    /// What needs nothing but the relay's word.
    Decide(PayDecision),
    Propose {
        person: PersonId,
        draft: AdjustmentDraft,
    },
    /// The adjustment as it stands in the document.
    Approve {
        person: PersonId,
        adjustment: Id,
    },
    DrawUp(Drawing),
    /// The statement that was looked at.
    ApproveStatement {
        person: PersonId,
        period: PayPeriod,
        statement: Id,
    },
    Lock {
        person: PersonId,
        period: PayPeriod,
        statement: Id,
    },
    /// Of one's own statement; an empty line for all of it.
    Dispute {
        period: PayPeriod,
        line: String,
        text: String,
    },
    Answer {
        person: PersonId,
        dispute: Id,
        text: String,
        settled: bool,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdjustmentDraft {
    pub sort: AdjustmentSort,
    /// Yuan, as typed; never with a sign.
    pub amount: String,
    /// Of a correction: it takes something back.
    pub takes_back: bool,
    #[serde(with = "crate::calendar::written")]
    pub on: Day,
    /// Of a penalty: the case and what came of it.
    pub reason: String,
    pub dispute: Option<Id>,
    pub vesting: Option<Vesting>,
}

/// Equal parts, so many months from each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vesting {
    #[serde(with = "crate::calendar::written")]
    pub first: Day,
    pub parts: u32,
    pub months: u32,
}

/// A statement as it was reckoned and looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawing {
    pub person: PersonId,
    pub period: PayPeriod,
    pub lines: Vec<PayLine>,
    pub counted: BTreeSet<Id>,
}

impl Vesting {
    /// The days with the part of each; all of them together are the whole. `None` for numbers out of
    /// their range.
    #[must_use]
    pub fn days(self) -> Option<Vec<(Day, BasisPoints)>> {
        let parts = usize::try_from(self.parts).ok()?;
        if parts == 0 || parts > PARTS_MAX || self.months == 0 || self.months > 12 {
            return None;
        }
        let upto = |n: u32| BasisPoints::WHOLE.0 * n / self.parts;
        (0..self.parts)
            .map(|n| {
                let months = jiff::Span::new().months(i64::from(n * self.months));
                let day = self.first.checked_add(months).ok()?;
                Some((day, BasisPoints(upto(n + 1) - upto(n))))
            })
            .collect()
    }
}

impl PayCommand {
    #[must_use]
    pub fn reads(&self) -> Vec<DocumentId> {
        match self {
            Self::Decide(_) | Self::Propose { .. } | Self::DrawUp(_) | Self::Dispute { .. } => {
                Vec::new()
            }
            Self::Approve { person, .. }
            | Self::ApproveStatement { person, .. }
            | Self::Lock { person, .. }
            | Self::Answer { person, .. } => vec![DocumentId::pay(*person)],
        }
    }

    pub(crate) fn run(self, cx: &mut Context<'_>) -> Result<Outcome, CommandError> {
        match self {
            Self::Decide(decision) => Ok(decided(decision)),
            Self::Propose { person, draft } => propose(person, &draft, cx),
            Self::Approve { person, adjustment } => approve(person, adjustment, cx),
            Self::DrawUp(drawing) => draw_up(&drawing, cx),
            Self::ApproveStatement {
                person,
                period,
                statement,
            } => {
                let drawn = drawn(person, period, statement, cx)?;
                Ok(step(person, period, StatementStep::Approve(drawn)))
            }
            Self::Lock {
                person,
                period,
                statement,
            } => {
                let drawn = drawn(person, period, statement, cx)?;
                Ok(step(person, period, StatementStep::Lock(drawn)))
            }
            Self::Dispute { period, line, text } => {
                let entry = map_of([
                    ("by", Some(cx.me.to_string().into())),
                    ("at", Some(cx.now.into())),
                    ("from", Some(period.from.into())),
                    ("to", Some(period.to.into())),
                    ("line", filled(&line)),
                    ("text", Some(checked(&text)?)),
                ]);
                let id = cx.ids.mint();
                let path = ["disputes", &id.to_string()];
                Ok(Outcome {
                    created: Some(RecordRef::Pay(cx.me, id)),
                    ..Outcome::of([Edit::put(DocumentId::pay(cx.me), &path, entry)])
                })
            }
            Self::Answer {
                person,
                dispute,
                text,
                settled,
            } => answer(person, dispute, &text, settled, cx),
        }
    }
}

fn decided(decision: PayDecision) -> Outcome {
    Outcome {
        decisions: vec![Decision::Pay(decision)],
        ..Outcome::default()
    }
}

fn step(person: PersonId, period: PayPeriod, step: StatementStep) -> Outcome {
    decided(PayDecision::Statement {
        person,
        period,
        step,
    })
}

fn checked(text: &str) -> Result<Value, CommandError> {
    if is_blank(text) {
        return Err(CommandError::blank(Field::Reason));
    }
    match text.chars().count() > TEXT_MAX {
        true => Err(CommandError::too_long(Field::Reason, TEXT_MAX)),
        false => Ok(text.trim().into()),
    }
}

fn propose(
    person: PersonId,
    draft: &AdjustmentDraft,
    cx: &mut Context<'_>,
) -> Result<Outcome, CommandError> {
    let amount = draft.amount.parse::<Fen>();
    let amount = amount.map_err(|_| CommandError::malformed(Field::Amount))?;
    let back = draft.takes_back && draft.sort == AdjustmentSort::Correction;
    let amount = if back { -amount } else { amount };
    let mut entry = map_of([
        ("by", Some(cx.me.to_string().into())),
        ("at", Some(cx.now.into())),
        ("kind", Some(draft.sort.word().into())),
        ("amount", Some(amount.into())),
        ("on", Some(draft.on.into())),
        ("reason", Some(checked(&draft.reason)?)),
        ("dispute", draft.dispute.map(|id| id.to_string().into())),
    ]);
    if draft.sort == AdjustmentSort::Deferred {
        let days = draft.vesting.and_then(Vesting::days);
        let days = days.ok_or(CommandError::malformed(Field::Quantity))?;
        let days = days.into_iter();
        let vests: Map = days
            .map(|(day, part)| (day.to_string(), i64::from(part.0).into()))
            .collect();
        entry.insert("vests".to_owned(), vests.into());
    }
    let proposed = Proposed {
        sort: draft.sort,
        amount,
        on: draft.on,
        digest: digest(person, &entry),
    };
    if !is_sound(&proposed) {
        return Err(CommandError::malformed(Field::Amount));
    }
    let id = cx.ids.mint();
    let path = ["adjustments", &id.to_string()];
    Ok(Outcome {
        edits: vec![Edit::put(DocumentId::pay(person), &path, entry)],
        created: Some(RecordRef::Pay(person, id)),
        ..decided(PayDecision::Adjustment {
            person,
            id,
            step: AdjustmentStep::Propose(proposed),
        })
    })
}

fn approve(person: PersonId, adjustment: Id, cx: &Context<'_>) -> Result<Outcome, CommandError> {
    let tree = cx.document(DocumentId::pay(person))?;
    let known = record::adjustments(person, tree);
    let known = known.into_iter().find(|known| known.id == adjustment);
    let known = known.ok_or(CommandError::NotFound)?;
    Ok(decided(PayDecision::Adjustment {
        person,
        id: adjustment,
        step: AdjustmentStep::Approve(proposed(&known)),
    }))
}

fn proposed(record: &AdjustmentRecord) -> Proposed {
    Proposed {
        sort: record.kind,
        amount: record.amount,
        on: record.on,
        digest: record.digest,
    }
}

fn draw_up(drawing: &Drawing, cx: &mut Context<'_>) -> Result<Outcome, CommandError> {
    let Drawing {
        person,
        period,
        lines,
        counted,
    } = drawing;
    let (person, period) = (*person, *period);
    let adjustments = adjustments_due(person, period, cx.facts)?;
    // Something was approved after the statement was looked at.
    if !adjustments.is_subset(counted) || lines.iter().any(|line| line.person != person) {
        return Err(Refusal::NotAsSubmitted.into());
    }
    let total = lines.iter().map(PayLine::due).sum::<Fen>();
    let ids: Vec<_> = counted.iter().map(Id::to_string).collect();
    let mut written = Map::new();
    for (place, line) in lines.iter().enumerate() {
        written.insert(format!("{place:05}"), written::line(line).into());
    }
    let entry = map_of([
        ("by", Some(cx.me.to_string().into())),
        ("at", Some(cx.now.into())),
        ("from", Some(period.from.into())),
        ("to", Some(period.to.into())),
        ("total", Some(total.into())),
        ("counted", filled(&ids.join(" "))),
        ("lines", Some(written.into())),
    ]);
    let id = cx.ids.mint();
    let drawn = DrawnUp {
        id,
        total,
        digest: digest(person, &entry),
        adjustments,
    };
    let path = ["statements", &id.to_string()];
    Ok(Outcome {
        edits: vec![Edit::put(DocumentId::pay(person), &path, entry)],
        created: Some(RecordRef::Pay(person, id)),
        ..step(person, period, StatementStep::DrawUp(drawn))
    })
}

/// What the relay is told of a statement that lies in the document, if it is what was drawn up.
fn drawn(
    person: PersonId,
    period: PayPeriod,
    statement: Id,
    cx: &Context<'_>,
) -> Result<DrawnUp, CommandError> {
    let standing = cx.facts.pay_statements.get(&(person, period));
    let standing = standing.ok_or(CommandError::NotFound)?;
    let tree = cx.document(DocumentId::pay(person))?;
    let known = record::statements(person, tree);
    let known = known.into_iter().find(|known| known.id == statement);
    let known = known.ok_or(CommandError::NotFound)?;
    let same = standing.drawn.id == statement && standing.drawn.digest == known.digest;
    match same && known.period == period {
        true => Ok(standing.drawn.clone()),
        false => Err(Refusal::NotAsSubmitted.into()),
    }
}

fn answer(
    person: PersonId,
    dispute: Id,
    text: &str,
    settled: bool,
    cx: &mut Context<'_>,
) -> Result<Outcome, CommandError> {
    let document = DocumentId::pay(person);
    let key = dispute.to_string();
    cx.document(document)?
        .at(&["disputes", &key])
        .ok_or(CommandError::NotFound)?;
    let entry = map_of([
        ("by", Some(cx.me.to_string().into())),
        ("at", Some(cx.now.into())),
        ("text", Some(checked(text)?)),
        ("settled", settled.then_some(true.into())),
    ]);
    let id = cx.ids.mint().to_string();
    let path = ["disputes", &key, "answers", &id];
    Ok(Outcome::of([Edit::put(document, &path, entry)]))
}

/// A version with the numbers of another, for a form to begin with.
#[must_use]
pub fn next_version(before: &PayPlan, in_force_from: Day) -> PayPlan {
    PayPlan {
        in_force_from,
        ..before.clone()
    }
}

//! Lines of statements, adjustments and disputes with the names that they are shown by.

use std::collections::BTreeSet;

use crate::command::RecordRef;
use crate::decision::Refusal;
use crate::document::DocumentId;
use crate::id::PersonId;
use crate::order::sort_by;
use crate::pay::adjustment::{AdjustmentSort, AdjustmentState};
use crate::pay::period::PayPeriod;
use crate::pay::plan::PayPlans;
use crate::pay::record::AdjustmentRecord;
use crate::pay::rights::{may_approve, may_plan};
use crate::pay::row::PayRow;
use crate::pay::statement::{PayLine, Share, Why};
use crate::pay::view::{
    AdjustmentLine, DisputeLine, PlanVersion, PlanVersions, ShownLine, VersionState,
};
use crate::policy;
use crate::query::Sources;

fn row<'a>(person: PersonId, from: &Sources<'a>) -> Option<&'a PayRow> {
    from.rows.pay.of(DocumentId::pay(person)).first()
}

pub(super) fn shown(
    person: PersonId,
    period: PayPeriod,
    lines: Vec<PayLine>,
    from: &Sources<'_>,
) -> Vec<ShownLine> {
    let disputes = row(person, from).into_iter().flat_map(|row| &row.disputes);
    let open = disputes.filter(|it| it.period == period && it.is_open());
    let disputed: BTreeSet<_> = open.map(|it| it.line.as_str()).collect();
    let lines = lines.into_iter();
    lines
        .map(|line| {
            let (subject, representative, is_here) = subject(person, &line, from);
            ShownLine {
                disputed: disputed.contains(line.name().as_str()),
                subject,
                representative,
                is_here,
                line,
            }
        })
        .collect()
}

/// What it is about, whose order it was, and whether that can be opened here.
fn subject(person: PersonId, line: &PayLine, from: &Sources<'_>) -> (String, String, bool) {
    match &line.why {
        Why::Commission {
            client,
            order,
            share,
            ..
        }
        | Why::GivenBack {
            client,
            order,
            share,
            ..
        } => {
            let known = from.rows.orders.get(&(*client, *order));
            let standing = from.facts.orders.find(&(*client, *order));
            let whose = standing.filter(|_| *share == Share::Manager);
            let whose = whose.map(|it| from.name_of(it.representative()));
            let is_here = known.is_some();
            let name = known.map(|row| row.order.client_name);
            (name.unwrap_or_default(), whose.unwrap_or_default(), is_here)
        }
        Why::Task { task, .. } => {
            let known = from.rows.tasks.get(&(person, *task));
            let is_here = known.is_some();
            let title = known.map(|row| row.task.draft.title);
            (title.unwrap_or_default(), String::new(), is_here)
        }
        Why::Adjusted { id, .. } | Why::Penalty { id, .. } | Why::Vested { award: id, .. } => {
            let mut known = row(person, from)
                .into_iter()
                .flat_map(|row| &row.adjustments);
            let reason = known.find(|it| it.id == *id).map(|it| it.reason.clone());
            (reason.unwrap_or_default(), String::new(), false)
        }
        Why::Base { .. } => {
            let terms = from.facts.pay_terms.get(&person);
            let city = terms.map(|terms| terms.city.clone());
            (city.unwrap_or_default(), String::new(), false)
        }
        Why::Reviewed { .. } => {
            let is_here = policy::may_read(from.me, DocumentId::reviews(person), from.facts);
            (String::new(), String::new(), is_here)
        }
        Why::Ranked { .. } | Why::Best { .. } => Default::default(),
    }
}

/// The latest first.
pub(super) fn adjustments(person: PersonId, from: &Sources<'_>) -> Vec<AdjustmentLine> {
    let known = row(person, from)
        .into_iter()
        .flat_map(|row| &row.adjustments);
    let mut all: Vec<_> = known.map(|it| adjustment(person, it, from)).collect();
    all.reverse();
    all
}

fn adjustment(person: PersonId, record: &AdjustmentRecord, from: &Sources<'_>) -> AdjustmentLine {
    let key = (person, record.id);
    let standing = from.facts.pay_adjustments.get(&key).copied();
    let waits = standing.is_some_and(|it| it.state == AdjustmentState::Proposed);
    let judges = standing.map(|it| may_approve(from.me, person, it.author, from.facts));
    let deferred = standing.is_some_and(|it| {
        it.state == AdjustmentState::Approved
            && it.proposed.sort == AdjustmentSort::Deferred
            && it.forfeited_on.is_none()
    });
    let decided = standing.filter(|it| it.state != AdjustmentState::Proposed);
    AdjustmentLine {
        person,
        author_name: from.name_of(record.by),
        decided_by_name: decided.map(|it| from.name_of(it.by)).unwrap_or_default(),
        provisional: standing.as_ref() != from.settled.pay_adjustments.get(&key),
        as_proposed: standing.is_none_or(|it| it.proposed.digest == record.digest),
        may_approve: waits && judges == Some(Ok(())),
        may_withdraw: waits && record.by == from.me,
        may_forfeit: deferred && judges == Some(Ok(())),
        not_separate: waits && judges == Some(Err(Refusal::NotSeparate)),
        mark: from.marks.mark(RecordRef::Pay(person, record.id)),
        record: record.clone(),
        standing,
    }
}

/// The open ones first, then the latest.
pub(super) fn disputes(person: PersonId, from: &Sources<'_>) -> Vec<DisputeLine> {
    let known = row(person, from).into_iter().flat_map(|row| &row.disputes);
    let mut all: Vec<_> = known
        .map(|dispute| DisputeLine {
            person,
            name: from.name_of(person),
            answered_by: dispute
                .answers
                .iter()
                .map(|answer| from.name_of(answer.by))
                .collect(),
            mark: from.marks.mark(RecordRef::Pay(person, dispute.id)),
            dispute: dispute.clone(),
        })
        .collect();
    sort_by(&mut all, |one: &DisputeLine, other| {
        let order = |line: &DisputeLine| (line.dispute.is_open(), line.dispute.at);
        order(other).cmp(&order(one))
    });
    all
}

pub(crate) fn versions(from: &Sources<'_>) -> PlanVersions {
    let today = from.now.day();
    let plans = PayPlans::of(from.facts);
    let in_force = plans.on(today).map(|plan| plan.in_force_from);
    let mut versions: Vec<_> = plans
        .0
        .into_iter()
        .enumerate()
        .map(|(place, plan)| {
            let day = plan.in_force_from;
            PlanVersion {
                // The usual one comes before all that were decided.
                usual: place == 0,
                state: match day > today {
                    true => VersionState::ToCome,
                    false if in_force == Some(day) => VersionState::InForce,
                    false => VersionState::Past,
                },
                provisional: place > 0
                    && from.settled.pay_plans.get(&day) != from.facts.pay_plans.get(&day),
                plan,
            }
        })
        .collect();
    versions.reverse();
    PlanVersions {
        versions,
        may_plan: may_plan(from.me, from.facts),
    }
}

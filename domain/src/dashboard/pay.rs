//! What a month comes to in pay: a person's with what it is made of, a team's and the company's by their parts.

use std::collections::BTreeMap;

use crate::calendar::Period;
use crate::dashboard::answer::meant;
use crate::dashboard::list::{DashboardOf, DashboardPay, NextTier, PaySource};
use crate::dashboard::part::Parts;
use crate::goals::deeds::{Doers, sum};
use crate::goals::metric::Metric;
use crate::goals::place::GoalPlace;
use crate::id::PersonId;
use crate::money::Fen;
use crate::order::gathered;
use crate::pay;
use crate::pay::plan::PayPlans;
use crate::pay::statement::{Share, Why};
use crate::query::Sources;

/// `None` where the asker may not look.
pub(crate) fn pay(asked: DashboardOf, from: &Sources<'_>) -> Option<Box<DashboardPay>> {
    let (place, month) = meant(asked, from)?;
    Some(Box::new(match place {
        GoalPlace::Person(person) => of_person(person, month, from)?,
        _ => of_parts(place, month, from),
    }))
}

fn of_person(person: PersonId, month: Period, from: &Sources<'_>) -> Option<DashboardPay> {
    let mut made_of: BTreeMap<PaySource, Fen> = BTreeMap::new();
    let mut statements = Vec::new();
    for (summary, lines) in pay::answer::month(person, month.first(), from)? {
        for line in &lines {
            *made_of.entry(source(&line.why)).or_default() += line.due();
        }
        statements.push(summary);
    }
    made_of.retain(|_, amount| *amount != Fen::ZERO);
    let open = statements.iter().any(|summary| summary.so_far);
    Some(DashboardPay {
        total: statements.iter().map(|summary| summary.total).sum(),
        statements,
        made_of: gathered(made_of),
        next_tier: open.then(|| next_tier(person, month, from)).flatten(),
        parts: Vec::new(),
    })
}

const fn source(why: &Why) -> PaySource {
    match why {
        Why::Base { .. } => PaySource::Base,
        Why::Commission { share, .. } | Why::GivenBack { share, .. } => match share {
            Share::Representative => PaySource::Commission,
            Share::Manager => PaySource::Managed,
        },
        Why::Task { .. } => PaySource::Tasks,
        Why::Ranked { .. } | Why::Best { .. } | Why::Vested { .. } | Why::Reviewed { .. } => {
            PaySource::Bonus
        }
        Why::Adjusted { .. } => PaySource::Adjusted,
        Why::Penalty { .. } => PaySource::Penalty,
    }
}

fn next_tier(person: PersonId, month: Period, from: &Sources<'_>) -> Option<NextTier> {
    let plans = PayPlans::of(from.facts);
    let plan = plans.on(from.now.day())?;
    let doers = Doers::of(GoalPlace::Person(person), from);
    let net = Fen(sum(Metric::Sales, &doers, &month.instants(), from));
    let higher = plan.tiers.iter().filter(|tier| tier.from > net);
    let next = higher.min_by_key(|tier| tier.from)?;
    Some(NextTier {
        now: plan.rate(net),
        rate: next.rate,
        missing: next.from - net,
    })
}

fn of_parts(place: GoalPlace, month: Period, from: &Sources<'_>) -> DashboardPay {
    let (parts, doers) = (Parts::of(place, from), Doers::of(place, from));
    let mut sums: BTreeMap<GoalPlace, Fen> = BTreeMap::new();
    let mut total = Fen::ZERO;
    for summary in pay::answer::team(month.first(), from).statements {
        let part = parts.part_of(summary.person);
        let part = part.filter(|part| parts.contains(*part));
        if let Some(part) = part.filter(|_| doers.contains(summary.person)) {
            *sums.entry(part).or_default() += summary.total;
            total += summary.total;
        }
    }
    DashboardPay {
        total,
        statements: Vec::new(),
        made_of: Vec::new(),
        next_tier: None,
        parts: gathered(sums),
    }
}

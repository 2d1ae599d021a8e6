//! Statements: what everybody is due for a period, line by line.
//!
//! A month is reckoned as a whole up to a day; what was paid in an earlier period of the same month is
//! taken off, line by line. So a tier that is reached in the second half of a month lifts the orders of
//! the first half by a difference that says so.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::calendar::Period;
use crate::id::{ClientId, Id, OrderId, PersonId, TaskId};
use crate::money::{BasisPoints, Fen};
use crate::pay::commission::{self, Sales};
use crate::pay::event::{AdjustmentKind, PayEvents, Payee};
use crate::pay::period::{PayPeriod, month_of};
use crate::pay::plan::PayPlan;
use crate::pay::{cap, rank};
use crate::time::{Day, Instant};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    pub person: PersonId,
    pub period: PayPeriod,
    pub lines: Vec<PayLine>,
}

impl Statement {
    #[must_use]
    pub fn total(&self) -> Fen {
        self.lines.iter().map(PayLine::due).sum()
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayLine {
    pub person: PersonId,
    /// For the month so far.
    pub amount: Fen,
    /// In an earlier period of the month.
    pub paid_before: Fen,
    pub why: Why,
    /// The version of the plan by which it was reckoned: the day from which that is in force.
    #[serde(with = "crate::calendar::written::optional")]
    pub plan: Option<Day>,
}

impl PayLine {
    pub(super) fn new(person: PersonId, amount: Fen, why: Why, plan: Option<&PayPlan>) -> Self {
        Self {
            person,
            amount,
            paid_before: Fen::ZERO,
            why,
            plan: plan.map(|plan| plan.in_force_from),
        }
    }

    /// What a dispute calls the line by: the same for the same line on every device.
    #[must_use]
    pub fn name(&self) -> String {
        let share = |share: &Share| match share {
            Share::Representative => "own",
            Share::Manager => "manager",
        };
        match &self.why {
            Why::Base { .. } => "base".to_owned(),
            Why::Commission {
                order, share: of, ..
            } => format!("order/{order}/{}", share(of)),
            Why::GivenBack {
                refund, share: of, ..
            } => format!("refund/{refund}/{}", share(of)),
            Why::Task { task, .. } => format!("task/{task}"),
            Why::Ranked { .. } => "ranked".to_owned(),
            Why::Best { .. } => "best".to_owned(),
            Why::Vested { award, on, .. } => format!("award/{award}/{on}"),
            Why::Adjusted { id, .. } => format!("adjustment/{id}"),
            Why::Penalty { id, .. } => format!("penalty/{id}"),
            Why::Reviewed { result, .. } => format!("review/{result}"),
        }
    }

    /// What is paid now.
    #[must_use]
    pub fn due(&self) -> Fen {
        self.amount - self.paid_before
    }
}

/// Where a line comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    Base {
        wage: Fen,
        part: BasisPoints,
    },
    /// An order, at the rate that the month's net sales reach.
    Commission {
        order: OrderId,
        client: ClientId,
        accepted_at: Instant,
        of: Fen,
        rate: BasisPoints,
        net: Fen,
        share: Share,
    },
    /// What goes back of the commission of an order, at the rate at which it came.
    GivenBack {
        order: OrderId,
        client: ClientId,
        refund: Id,
        #[serde(with = "crate::calendar::written")]
        on: Day,
        of: Fen,
        rate: BasisPoints,
        share: Share,
    },
    Task {
        task: TaskId,
        #[serde(with = "crate::calendar::written")]
        on: Day,
        difficulty: u8,
    },
    Ranked {
        place: u32,
        net: Fen,
    },
    Best {
        net: Fen,
    },
    Vested {
        award: Id,
        #[serde(with = "crate::calendar::written")]
        on: Day,
        part: BasisPoints,
        of: Fen,
    },
    Adjusted {
        id: Id,
        #[serde(with = "crate::calendar::written")]
        on: Day,
    },
    /// What was asked may be more than what the law lets be taken.
    Penalty {
        id: Id,
        case: Id,
        #[serde(with = "crate::calendar::written")]
        on: Day,
        asked: Fen,
    },
    /// The bonus that the plan by which somebody was scored gives for a result (R17).
    Reviewed {
        result: Id,
        period: Period,
        #[serde(with = "crate::calendar::written")]
        on: Day,
        bonus: Fen,
        /// In other months, for a result of the same period that was taken back since.
        before: Fen,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Share {
    Representative,
    Manager,
}

/// What makes two lines the same line of a month, and the order in which a statement has them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum LineKey {
    Base,
    Commission(Instant, OrderId, Share),
    GivenBack(Day, Id, Share),
    Task(Day, TaskId),
    Ranked,
    Best,
    Vested(Id, Day),
    Adjusted(Day, Id),
    Penalty(Day, Id),
    Reviewed(Day, Id),
}

pub(super) fn key(why: &Why) -> LineKey {
    match *why {
        Why::Base { .. } => LineKey::Base,
        Why::Commission {
            accepted_at,
            order,
            share,
            ..
        } => LineKey::Commission(accepted_at, order, share),
        Why::GivenBack {
            on, refund, share, ..
        } => LineKey::GivenBack(on, refund, share),
        Why::Task { on, task, .. } => LineKey::Task(on, task),
        Why::Ranked { .. } => LineKey::Ranked,
        Why::Best { .. } => LineKey::Best,
        Why::Vested { award, on, .. } => LineKey::Vested(award, on),
        Why::Adjusted { on, id } => LineKey::Adjusted(on, id),
        Why::Penalty { on, id, .. } => LineKey::Penalty(on, id),
        Why::Reviewed { on, result, .. } => LineKey::Reviewed(on, result),
    }
}

/// The statements of `period`, for those who are paid by it.
#[must_use]
pub fn statements(period: PayPeriod, events: &PayEvents) -> Vec<Statement> {
    statements_after(period, events, &Paid::default())
}

/// What is locked of earlier periods of the same month, line by line.
pub type Paid = BTreeMap<PersonId, Vec<PayLine>>;

/// As [`statements`]; of those who are in `paid`, that is what the month's earlier period paid,
/// whatever it would come to now.
#[must_use]
pub fn statements_after(period: PayPeriod, events: &PayEvents, paid: &Paid) -> Vec<Statement> {
    let payees: Vec<_> = events
        .people
        .iter()
        .filter(|payee| PayPeriod::of(payee.employment, period.from).contains(&period))
        .collect();
    let mut now = reckon(period.to, events);
    let unlocked = payees.iter().any(|payee| !paid.contains_key(&payee.person));
    let before = period.paid_up_to().filter(|_| unlocked);
    let mut before = before.map(|day| reckon(day, events)).unwrap_or_default();
    let mut statements: Vec<_> = payees
        .into_iter()
        .map(|payee| {
            let paid = match paid.get(&payee.person) {
                Some(lines) => lines.iter().fold(Lines::new(), |mut all, line| {
                    let known = all.entry(key(&line.why)).or_insert_with(|| PayLine {
                        amount: Fen::ZERO,
                        ..line.clone()
                    });
                    known.amount += line.due();
                    all
                }),
                None => before.remove(&payee.person).unwrap_or_default(),
            };
            Statement {
                person: payee.person,
                period,
                lines: unpaid(now.remove(&payee.person).unwrap_or_default(), &paid),
            }
        })
        .collect();
    statements.sort_by_key(|statement| statement.person);
    statements
}

/// Everybody's lines of a month so far.
type Month = BTreeMap<PersonId, Lines>;
type Lines = BTreeMap<LineKey, PayLine>;

/// What is left of a line that was paid stays, as what it takes back.
fn unpaid(mut now: Lines, paid: &Lines) -> Vec<PayLine> {
    for (key, line) in paid {
        let left = || PayLine {
            amount: Fen::ZERO,
            ..line.clone()
        };
        now.entry(key.clone()).or_insert_with(left).paid_before = line.amount;
    }
    let lines = now.into_values();
    lines
        .filter(|line| line.due() != Fen::ZERO || matches!(line.why, Why::Penalty { .. }))
        .collect()
}

/// The month of `day`, up to and including it.
fn reckon(day: Day, events: &PayEvents) -> Month {
    let month = month_of(day);
    let sales = Sales::up_to(day, events);
    let mut lines: Vec<PayLine> = events
        .orders
        .iter()
        .flat_map(|order| commission::lines(order, month, day, &sales, events))
        .collect();
    lines.extend(
        events
            .people
            .iter()
            .filter_map(|payee| base(payee, day, events)),
    );
    lines.extend(tasks(month, day, events));
    lines.extend(vested(month, day, events));
    lines.extend(adjusted(month, day, events));
    lines.extend(reviewed(month, day, events));
    let ranks = day == day.last_of_month() && !events.unranked;
    if let Some(plan) = events.plans.on(day).filter(|_| ranks) {
        lines.extend(rank::lines(month, &sales, plan, events));
    }
    let mut all = Month::new();
    for line in lines {
        all.entry(line.person)
            .or_default()
            .insert(key(&line.why), line);
    }
    penalise(&mut all, month, day, events);
    all
}

/// Half of it is due in the middle of the month, to those who are paid then.
fn base(payee: &Payee, day: Day, events: &PayEvents) -> Option<PayLine> {
    let plan = events.plans.on(day).filter(|_| !payee.has_left)?;
    let (wage, part) = (plan.wage(&payee.city), plan.base_part(payee.employment));
    let whole = part.of(wage);
    let amount = match day == day.last_of_month() {
        true => whole,
        false => whole.times(1, 2),
    };
    let why = Why::Base { wage, part };
    (whole != Fen::ZERO).then(|| PayLine::new(payee.person, amount, why, Some(plan)))
}

fn tasks(month: Day, day: Day, events: &PayEvents) -> impl Iterator<Item = PayLine> {
    let finished = events.tasks.iter();
    let finished =
        finished.filter(move |task| month_of(task.counted_on) == month && task.counted_on <= day);
    finished.filter_map(|task| {
        let plan = events.plans.on(task.on)?;
        let why = Why::Task {
            task: task.task,
            on: task.on,
            difficulty: task.difficulty,
        };
        let rate = plan.task_rate(task.difficulty);
        (rate != Fen::ZERO).then(|| PayLine::new(task.person, rate, why, Some(plan)))
    })
}

/// The parts are cut so that all of them together are the award.
fn vested(month: Day, day: Day, events: &PayEvents) -> Vec<PayLine> {
    let mut lines = Vec::new();
    for award in &events.deferred {
        let mut vests: BTreeMap<Day, u32> = BTreeMap::new();
        for (on, part) in &award.vests {
            let of_the_day = vests.entry(*on).or_default();
            *of_the_day = of_the_day.saturating_add(part.0);
        }
        let (mut so_far, mut given) = (0u32, Fen::ZERO);
        for (on, part) in vests {
            so_far = so_far.saturating_add(part).min(BasisPoints::WHOLE.0);
            let upto = BasisPoints(so_far).of(award.amount);
            let amount = upto - given;
            given = upto;
            let lost = award.forfeited_on.is_some_and(|forfeited| forfeited <= on);
            let counted_on = award.counted_on(on);
            if month_of(counted_on) == month && counted_on <= day && !lost {
                let why = Why::Vested {
                    award: award.id,
                    on,
                    part: BasisPoints(part),
                    of: award.amount,
                };
                lines.push(PayLine::new(award.person, amount, why, None));
            }
        }
    }
    lines
}

fn adjusted(month: Day, day: Day, events: &PayEvents) -> impl Iterator<Item = PayLine> {
    let given = events.adjustments.iter();
    let given = given
        .filter(move |it| it.approved && month_of(it.counted_on) == month && it.counted_on <= day);
    let given = given.filter(|it| !matches!(it.kind, AdjustmentKind::Penalty { .. }));
    given.map(|it| {
        let why = Why::Adjusted {
            id: it.id,
            on: it.on,
        };
        PayLine::new(it.person, it.amount, why, None)
    })
}

fn reviewed(month: Day, day: Day, events: &PayEvents) -> impl Iterator<Item = PayLine> {
    let stand = events.results.iter();
    let stand = stand.filter(move |it| month_of(it.counted_on) == month && it.counted_on <= day);
    stand.filter_map(|it| {
        let why = Why::Reviewed {
            result: it.id,
            period: it.period,
            on: it.on,
            bonus: it.bonus,
            before: it.paid_before,
        };
        let amount = it.bonus - it.paid_before;
        (amount != Fen::ZERO).then(|| PayLine::new(it.person, amount, why, None))
    })
}

fn penalise(all: &mut Month, month: Day, day: Day, events: &PayEvents) {
    let Some(plan) = events.plans.on(day) else {
        return;
    };
    let falls = |on: Day| month_of(on) == month && on <= day;
    let penalised: BTreeSet<_> = events
        .adjustments
        .iter()
        .filter(|it| it.approved && falls(it.counted_on))
        .filter(|it| matches!(it.kind, AdjustmentKind::Penalty { case: Some(_) }))
        .map(|it| it.person)
        .collect();
    for payee in &events.people {
        if !penalised.contains(&payee.person) {
            continue;
        }
        let lines = all.entry(payee.person).or_default();
        let gross = lines.values().map(|line| line.amount).sum();
        let penalties = events.adjustments.iter();
        let theirs =
            penalties.filter(|it| it.approved && it.person == payee.person && falls(it.counted_on));
        for line in cap::lines(payee, gross, theirs.collect(), plan) {
            lines.insert(key(&line.why), line);
        }
    }
}

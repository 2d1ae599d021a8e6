//! Statements worked out by hand. Each table is what a person would be handed: what, and how much.
//!
//! Unless a table says otherwise: the usual plan since 2026; 3 % commission, 4 % from ¥50,000 and 5 %
//! from ¥100,000 of net sales in the month; a wage of ¥2,585; a fifth of the commission to the
//! manager. Alice and Bob work for the manager of the east; Carol works part-time, Dan is an agent.

use caravan_domain::facts::Employment;
use caravan_domain::id::{ClientId, Id, OrderId, PersonId, TaskId};
use caravan_domain::money::{BasisPoints, Fen};
use caravan_domain::pay::event::{
    Adjustment, AdjustmentKind, DeferredAward, FinishedTask, GivenBack, PayEvents, Payee, SoldOrder,
};
use caravan_domain::pay::period::PayPeriod;
use caravan_domain::pay::plan::{PayPlan, PayPlans};
use caravan_domain::pay::statement::{PayLine, Share, Statement, Why, statements};
use caravan_domain::time::{Day, Instant};
use jiff::civil::date;
use proptest::prelude::*;

use crate::field::{ALICE, BOB, CAROL, EAST_MANAGER as MANAGER, id, person};

const DAN: PersonId = person(10);

/// A day of November 2026.
fn november(day: i8) -> Day {
    date(2026, 11, day)
}

/// At noon in Shanghai.
fn noon(day: Day) -> Instant {
    caravan_domain::calendar::start_of(day).plus_millis(12 * 60 * 60 * 1000)
}

/// Nothing but what a table is about: no base, no bonuses.
fn bare(from: Day) -> PayPlan {
    PayPlan {
        base: Vec::new(),
        ranked: Vec::new(),
        best: Fen::ZERO,
        ..PayPlan::usual(from)
    }
}

fn events(plan: PayPlan) -> PayEvents {
    let payee = |person, employment| Payee {
        person,
        employment,
        city: "杭州".to_owned(),
        has_left: false,
    };
    PayEvents {
        people: vec![
            payee(MANAGER, Employment::FullTime),
            payee(ALICE, Employment::FullTime),
            payee(BOB, Employment::FullTime),
            payee(CAROL, Employment::PartTime),
            payee(DAN, Employment::OutsideAgent),
        ],
        plans: PayPlans(vec![plan]),
        ..PayEvents::default()
    }
}

fn sold(n: u8, representative: PersonId, on: Day, yuan: &str) -> SoldOrder {
    SoldOrder {
        order: OrderId(id(n)),
        client: ClientId(id(n)),
        accepted_at: noon(on),
        counted: on.into(),
        settled: None,
        amount: yuan.parse().unwrap(),
        representative,
        manager: [ALICE, BOB].contains(&representative).then_some(MANAGER),
        developed_by_manager: false,
        refunds: Vec::new(),
    }
}

fn back(mut order: SoldOrder, n: u8, on: Day, yuan: &str) -> SoldOrder {
    order.refunds.push(GivenBack {
        on,
        id: id(n),
        amount: yuan.parse().unwrap(),
        counted: on.into(),
    });
    order
}

fn adjusted(n: u8, person: PersonId, on: Day, kind: AdjustmentKind, fen: i64) -> Adjustment {
    Adjustment {
        id: id(n),
        person,
        on,
        counted_on: on,
        kind,
        amount: Fen(fen),
        approved: true,
    }
}

fn penalty(n: u8, person: PersonId, yuan: i64) -> Adjustment {
    let kind = AdjustmentKind::Penalty { case: Some(id(99)) };
    adjusted(n, person, november(20), kind, yuan * 100)
}

fn all(person: PersonId, day: Day, events: &PayEvents) -> Vec<Statement> {
    let payee = events.people.iter().find(|payee| payee.person == person);
    let periods = PayPeriod::of(payee.unwrap().employment, day).into_iter();
    periods
        .flat_map(|period| statements(period, events))
        .filter(|statement| statement.person == person)
        .collect()
}

fn number(id: Id) -> u8 {
    id.as_bytes()[0]
}

fn percent(part: BasisPoints) -> String {
    format!("{}%", Fen(i64::from(part.0)).typed())
}

fn say(line: &PayLine) -> String {
    let share = |share: &Share| match share {
        Share::Representative => "",
        Share::Manager => " for the manager",
    };
    let what = match &line.why {
        Why::Base { wage, part } => format!("base {} of {}", percent(*part), wage.typed()),
        Why::Commission {
            order,
            of,
            rate,
            share: whose,
            ..
        } => format!(
            "order {} {} at {}{}",
            number(order.0),
            of.typed(),
            percent(*rate),
            share(whose)
        ),
        Why::GivenBack {
            order,
            of,
            rate,
            share: whose,
            ..
        } => format!(
            "back of order {} {} at {}{}",
            number(order.0),
            of.typed(),
            percent(*rate),
            share(whose)
        ),
        Why::Task { difficulty, .. } => format!("task of difficulty {difficulty}"),
        Why::Ranked { place, net } => format!("place {place} with {}", net.typed()),
        Why::Best { net } => format!("best with {}", net.typed()),
        Why::Vested { part, of, .. } => format!("vested {} of {}", percent(*part), of.typed()),
        Why::Adjusted { id, .. } => format!("adjustment {}", number(*id)),
        Why::Penalty { id, asked, .. } => format!("penalty {} of {}", number(*id), asked.typed()),
        Why::Reviewed { bonus, before, .. } => {
            format!("review {} less {}", bonus.typed(), before.typed())
        }
    };
    match line.paid_before {
        Fen::ZERO => format!("{what} | {}", line.due().typed()),
        before => format!(
            "{what}, {} paid before | {}",
            before.typed(),
            line.due().typed()
        ),
    }
}

/// Every statement of the person in the month of `day`, one below the other, each with its total.
#[track_caller]
fn check(person: PersonId, day: Day, events: &PayEvents, table: &[&str]) {
    let mut said = Vec::new();
    for statement in all(person, day, events) {
        said.extend(statement.lines.iter().map(say));
        said.push(format!("total | {}", statement.total().typed()));
    }
    assert_eq!(said, table);
}

/// Every call of [`check`] is a month of somebody's that was worked by hand, with the arithmetic beside it where it is not
/// plain: tiers, rounding and splits, refunds in the month and across months, plans that change in mid-month
/// (`commission.rs`); base and bonuses, halves of a month, vesting, the limits of penalties (`rest.rs`).
#[test]
fn as_many_statements_as_were_worked_by_hand() {
    let commission = include_str!("pay/commission.rs");
    let rest = include_str!("pay/rest.rs");
    let tables = |file: &str| file.matches(" check(").count();
    assert_eq!((tables(commission), tables(rest)), (37, 27));
}

mod commission;
mod fair;
mod rest;

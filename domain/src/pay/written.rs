//! A statement's line as it is stored: `what` names its kind, the rest are that kind's fields.

use crate::id::{Id, PersonId};
use crate::money::{BasisPoints, Fen};
use crate::pay::statement::{PayLine, Share, Why};
use crate::value::{Map, Value, map_of};

pub(super) fn line(line: &PayLine) -> Map {
    let mut map = why(&line.why);
    map.insert("amount".to_owned(), line.amount.into());
    if line.paid_before != Fen::ZERO {
        map.insert("before".to_owned(), line.paid_before.into());
    }
    if let Some(plan) = line.plan {
        map.insert("plan".to_owned(), plan.into());
    }
    map
}

fn why(why: &Why) -> Map {
    let word = |word: &str| Some(Value::from(word));
    let share = |share: &Share| match share {
        Share::Representative => word("own"),
        Share::Manager => word("manager"),
    };
    let part = |part: &BasisPoints| Some(Value::Int(i64::from(part.0)));
    let fen = |fen: &Fen| Some(Value::from(*fen));
    let id = |id: Id| Some(Value::from(id.to_string()));
    match why {
        Why::Base { wage, part: of } => map_of([
            ("what", word("base")),
            ("wage", fen(wage)),
            ("part", part(of)),
        ]),
        Why::Commission {
            order,
            client,
            accepted_at,
            of,
            rate,
            net,
            share: whose,
        } => map_of([
            ("what", word("commission")),
            ("order", id(order.0)),
            ("client", id(client.0)),
            ("at", Some((*accepted_at).into())),
            ("of", fen(of)),
            ("rate", part(rate)),
            ("net", fen(net)),
            ("share", share(whose)),
        ]),
        Why::GivenBack {
            order,
            client,
            refund,
            on,
            of,
            rate,
            share: whose,
        } => map_of([
            ("what", word("given-back")),
            ("order", id(order.0)),
            ("client", id(client.0)),
            ("refund", id(*refund)),
            ("on", Some((*on).into())),
            ("of", fen(of)),
            ("rate", part(rate)),
            ("share", share(whose)),
        ]),
        Why::Task {
            task,
            on,
            difficulty,
        } => map_of([
            ("what", word("task")),
            ("task", id(task.0)),
            ("on", Some((*on).into())),
            ("difficulty", Some(Value::Int(i64::from(*difficulty)))),
        ]),
        Why::Ranked { place, net } => map_of([
            ("what", word("ranked")),
            ("place", Some(Value::Int(i64::from(*place)))),
            ("net", fen(net)),
        ]),
        Why::Best { net } => map_of([("what", word("best")), ("net", fen(net))]),
        Why::Vested {
            award,
            on,
            part: of_it,
            of,
        } => map_of([
            ("what", word("vested")),
            ("award", id(*award)),
            ("on", Some((*on).into())),
            ("part", part(of_it)),
            ("of", fen(of)),
        ]),
        Why::Adjusted { id: which, on } => map_of([
            ("what", word("adjusted")),
            ("id", id(*which)),
            ("on", Some((*on).into())),
        ]),
        Why::Penalty {
            id: which,
            case,
            on,
            asked,
        } => map_of([
            ("what", word("penalty")),
            ("id", id(*which)),
            ("case", id(*case)),
            ("on", Some((*on).into())),
            ("asked", fen(asked)),
        ]),
        Why::Reviewed {
            result,
            period,
            on,
            bonus,
            before,
        } => map_of([
            ("what", word("reviewed")),
            ("result", id(*result)),
            ("period", word(&period.to_string())),
            ("on", Some((*on).into())),
            ("bonus", fen(bonus)),
            ("paid", fen(before)),
        ]),
    }
}

/// `None` for a line that lacks what its kind has, or whose kind this version does not know.
pub(super) fn read_line(person: PersonId, entry: &Value) -> Option<PayLine> {
    Some(PayLine {
        person,
        amount: Fen(entry.int(&["amount"])?),
        paid_before: Fen(entry.int(&["before"]).unwrap_or_default()),
        why: read_why(entry)?,
        plan: entry.day(&["plan"]),
    })
}

fn read_why(entry: &Value) -> Option<Why> {
    let fen = |field| entry.int(&[field]).map(Fen);
    let part = |field| {
        let points = entry.int(&[field])?;
        u32::try_from(points).ok().map(BasisPoints)
    };
    let share = || match entry.text(&["share"])? {
        "own" => Some(Share::Representative),
        "manager" => Some(Share::Manager),
        _ => None,
    };
    Some(match entry.text(&["what"])? {
        "base" => Why::Base {
            wage: fen("wage")?,
            part: part("part")?,
        },
        "commission" => Why::Commission {
            order: entry.parsed(&["order"])?,
            client: entry.parsed(&["client"])?,
            accepted_at: entry.instant(&["at"])?,
            of: fen("of")?,
            rate: part("rate")?,
            net: fen("net")?,
            share: share()?,
        },
        "given-back" => Why::GivenBack {
            order: entry.parsed(&["order"])?,
            client: entry.parsed(&["client"])?,
            refund: entry.parsed(&["refund"])?,
            on: entry.day(&["on"])?,
            of: fen("of")?,
            rate: part("rate")?,
            share: share()?,
        },
        "task" => Why::Task {
            task: entry.parsed(&["task"])?,
            on: entry.day(&["on"])?,
            difficulty: u8::try_from(entry.int(&["difficulty"])?).ok()?,
        },
        "ranked" => Why::Ranked {
            place: u32::try_from(entry.int(&["place"])?).ok()?,
            net: fen("net")?,
        },
        "best" => Why::Best { net: fen("net")? },
        "vested" => Why::Vested {
            award: entry.parsed(&["award"])?,
            on: entry.day(&["on"])?,
            part: part("part")?,
            of: fen("of")?,
        },
        "adjusted" => Why::Adjusted {
            id: entry.parsed(&["id"])?,
            on: entry.day(&["on"])?,
        },
        "penalty" => Why::Penalty {
            id: entry.parsed(&["id"])?,
            case: entry.parsed(&["case"])?,
            on: entry.day(&["on"])?,
            asked: fen("asked")?,
        },
        "reviewed" => Why::Reviewed {
            result: entry.parsed(&["result"])?,
            period: entry.parsed(&["period"])?,
            on: entry.day(&["on"])?,
            bonus: fen("bonus")?,
            before: fen("paid")?,
        },
        _ => return None,
    })
}

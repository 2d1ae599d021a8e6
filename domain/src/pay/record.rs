//! What lies in a person's Pay document, all of it under minted ids and written once:
//! `statements/{id}{by, at, from, to, total, counted, lines/{n}{…}}`,
//! `adjustments/{id}{by, at, kind, amount, on, reason, line, vests/{day}}`,
//! `disputes/{id}{by, at, from, to, line, text}` with `disputes/{id}/answers/{id}{by, at, text, settled}`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::calendar::parse_day;
use crate::id::{Id, PersonId};
use crate::money::{BasisPoints, Fen};
use crate::order::{gathered, sort_by};
use crate::pay::adjustment::AdjustmentSort;
use crate::pay::digest::{PayDigest, digest};
use crate::pay::filed::{FiledIds, FiledLines};
use crate::pay::period::PayPeriod;
use crate::pay::written::read_line;
use crate::time::{Day, Instant};
use crate::value::Value;

/// A statement as it was drawn up. Whether it counts is the relay's word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementRecord {
    pub id: Id,
    pub by: PersonId,
    pub at: Instant,
    pub period: PayPeriod,
    pub total: Fen,
    pub lines: FiledLines,
    /// Every order, refund, task and adjustment it takes into account, those without a line too:
    /// what is not among them came later.
    pub counted: FiledIds,
    pub digest: PayDigest,
}

/// Put down by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdjustmentRecord {
    pub id: Id,
    pub by: PersonId,
    pub at: Instant,
    pub kind: AdjustmentSort,
    /// A penalty's as a positive sum.
    pub amount: Fen,
    #[serde(with = "crate::calendar::written")]
    pub on: Day,
    pub reason: String,
    /// The dispute it answers.
    pub dispute: Option<Id>,
    /// Of a deferred award: the days, as written, with the part that vests on each.
    pub vests: Vec<(String, BasisPoints)>,
    pub digest: PayDigest,
}

/// The payee does not agree with a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispute {
    pub id: Id,
    pub by: PersonId,
    pub at: Instant,
    pub period: PayPeriod,
    /// As [`PayLine::name`]; empty for the statement as a whole.
    pub line: String,
    pub text: String,
    /// The oldest first.
    pub answers: Vec<DisputeAnswer>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisputeAnswer {
    pub id: Id,
    pub by: PersonId,
    pub at: Instant,
    pub text: String,
    pub settled: bool,
}

impl Dispute {
    /// Settled by the latest answer; the payee can take it up again with another.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.answers.last().is_none_or(|answer| !answer.settled)
    }
}

impl AdjustmentRecord {
    #[must_use]
    pub fn vesting(&self) -> Vec<(Day, BasisPoints)> {
        let vests = self.vests.iter();
        vests
            .filter_map(|(day, part)| Some((parse_day(day)?, *part)))
            .collect()
    }
}

#[must_use]
pub fn statements(person: PersonId, tree: &Value) -> Vec<StatementRecord> {
    let mut all: Vec<_> = tree
        .entries(&["statements"])
        .filter_map(|(key, entry)| read_statement(person, key, entry))
        .collect();
    sort_by(&mut all, |one, other| {
        (one.period, one.id).cmp(&(other.period, other.id))
    });
    all
}

#[must_use]
pub fn adjustments(person: PersonId, tree: &Value) -> Vec<AdjustmentRecord> {
    let mut all: Vec<_> = tree
        .entries(&["adjustments"])
        .filter_map(|(key, entry)| read_adjustment(person, key, entry))
        .collect();
    sort_by(&mut all, |one, other| {
        (one.on, one.id).cmp(&(other.on, other.id))
    });
    all
}

#[must_use]
pub fn disputes(tree: &Value) -> Vec<Dispute> {
    let mut all: Vec<_> = tree
        .entries(&["disputes"])
        .filter_map(|(key, entry)| read_dispute(key, entry))
        .collect();
    sort_by(&mut all, |one, other| {
        (one.at, one.id).cmp(&(other.at, other.id))
    });
    all
}

fn digest_of(person: PersonId, entry: &Value) -> Option<PayDigest> {
    match entry {
        Value::Map(map) => Some(digest(person, map)),
        _ => None,
    }
}

fn read_period(entry: &Value) -> Option<PayPeriod> {
    Some(PayPeriod {
        from: entry.day(&["from"])?,
        to: entry.day(&["to"])?,
    })
}

fn read_statement(person: PersonId, key: &str, entry: &Value) -> Option<StatementRecord> {
    Some(StatementRecord {
        id: key.parse().ok()?,
        by: entry.parsed(&["by"])?,
        at: entry.instant(&["at"])?,
        period: read_period(entry)?,
        total: Fen(entry.int(&["total"])?),
        // Keys have as many digits as each other: their order is the lines'.
        lines: entry
            .entries(&["lines"])
            .filter_map(|(_, line)| read_line(person, line))
            .collect::<Vec<_>>()
            .into(),
        counted: gathered::<BTreeSet<_>, _>(
            entry
                .text(&["counted"])
                .unwrap_or_default()
                .split(' ')
                .filter_map(|id| id.parse::<Id>().ok()),
        )
        .into(),
        digest: digest_of(person, entry)?,
    })
}

fn read_adjustment(person: PersonId, key: &str, entry: &Value) -> Option<AdjustmentRecord> {
    let vests = entry.entries(&["vests"]).filter_map(|(day, part)| {
        let part = u32::try_from(part.int(&[])?).ok()?;
        Some((day.to_owned(), BasisPoints(part)))
    });
    Some(AdjustmentRecord {
        id: key.parse().ok()?,
        by: entry.parsed(&["by"])?,
        at: entry.instant(&["at"])?,
        kind: entry.parsed(&["kind"])?,
        amount: Fen(entry.int(&["amount"])?),
        on: entry.day(&["on"])?,
        reason: entry.string(&["reason"]),
        dispute: entry.parsed(&["dispute"]),
        vests: vests.collect(),
        digest: digest_of(person, entry)?,
    })
}

fn read_dispute(key: &str, entry: &Value) -> Option<Dispute> {
    let mut answers: Vec<_> = entry
        .entries(&["answers"])
        .filter_map(|(key, answer)| {
            Some(DisputeAnswer {
                id: key.parse().ok()?,
                by: answer.parsed(&["by"])?,
                at: answer.instant(&["at"])?,
                text: answer.string(&["text"]),
                settled: answer.flag(&["settled"]),
            })
        })
        .collect();
    sort_by(&mut answers, |one: &DisputeAnswer, other| {
        (one.at, one.id).cmp(&(other.at, other.id))
    });
    Some(Dispute {
        id: key.parse().ok()?,
        by: entry.parsed(&["by"])?,
        at: entry.instant(&["at"])?,
        period: read_period(entry)?,
        line: entry.string(&["line"]),
        text: entry.string(&["text"]),
        answers,
    })
}

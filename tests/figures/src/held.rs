//! What a device holds that has not made the firm up but read it: page by page, as the engine does at its start. Then it
//! answers everything that is asked here, and takes one change after the other. A memory never shrinks, so what it has taken by
//! then is what it takes.

use std::hint::black_box;
use std::mem::take;

use caravan_domain::facts::{FactChange, Facts};
use caravan_domain::memory::Memory;
use caravan_domain::row::{Filling, Rows};
use caravan_domain::time::Day;
use caravan_domain::written::Written;
use web_time::Instant as Clock;

use crate::file::{Block, blocks};
use crate::firm::Firm;
use crate::live::{live, weight};
use crate::{ask, changed, questions, say, times};

/// Of the 60 MB of the app: without the page, and what an engine takes that holds nothing (docs/benchmarks.md says how that
/// was reckoned).
const ALLOWED: usize = 45_000_000;

pub(crate) fn measure(open: Day) {
    let start = Clock::now();
    let mut firm = read();
    let took = start.elapsed();
    line("read", took.as_millis() as usize, "ms");
    linear("read");
    // What waits is laid over what is settled.
    let settled = firm.facts.clone();
    for (who, _, query) in questions(open) {
        black_box(ask(&firm, who, &query));
    }
    linear("every question");
    for run in 0..4 {
        changed(&mut firm, run);
        for (who, _, query) in questions(open) {
            black_box(ask(&firm, who, &query));
        }
    }
    linear("every question, after changes");
    times(&mut firm, open);
    profile(firm, settled);
}

fn read() -> Firm {
    let (mut facts, mut rows) = (Facts::default(), Filling::default());
    for block in blocks() {
        match block {
            Block::Facts(part) => part.into_iter().for_each(|(key, fact)| {
                facts.apply(FactChange {
                    key,
                    fact: Some(fact),
                });
            }),
            Block::Page(documents, written) => {
                let written = Written::of(&written).expect("rows as they were written");
                for (document, read) in documents.into_iter().zip(written) {
                    let read = read.expect("rows as they were written");
                    rows.put(document, read.unwrap_or_default());
                }
            }
        }
    }
    Firm::of(facts, rows.filled())
}

/// Which part of it weighs how much: what goes when it goes.
fn profile(mut firm: Firm, settled: Facts) {
    line("alive", live(), "bytes");
    let rows = &mut firm.rows;
    line("clients", weight(take(&mut rows.clients)), "bytes");
    line("visits", weight(take(&mut rows.visits)), "bytes");
    line("tasks", weight(take(&mut rows.tasks)), "bytes");
    line("orders", weight(take(&mut rows.orders)), "bytes");
    line("pay", weight(take(&mut rows.pay)), "bytes");
    line("goals", weight(take(&mut rows.goals)), "bytes");
    let memory = weight(take::<Memory>(&mut firm.memory));
    line("remembered", memory, "bytes");
    line(
        "index and the rest of the rows",
        weight(take::<Rows>(rows)),
        "bytes",
    );
    line("facts laid over", weight(take(&mut firm.facts)), "bytes");
    let mut settled = settled;
    line(
        "where orders stand",
        weight(take(&mut settled.orders)),
        "bytes",
    );
    line("the rest of the facts", weight(settled), "bytes");
    line("what is left", live(), "bytes");
}

#[cfg(target_arch = "wasm32")]
fn linear(case: &str) {
    let value = crate::linear_memory();
    let met = value <= ALLOWED;
    let case = format!("linear memory: {case}");
    say!(
        r#"{{"bench":"figures-memory","case":"{case}","value":{value},"unit":"bytes","peer":"caravan","n":1,"target":"≤ {ALLOWED}","met":{met}}}"#
    );
}

/// A program's memory says nothing about a Wasm's.
#[cfg(not(target_arch = "wasm32"))]
fn linear(case: &str) {
    let left = ALLOWED.saturating_sub(live());
    line(&format!("left of what is allowed: {case}"), left, "bytes");
}

fn line(case: &str, value: usize, unit: &str) {
    say!(
        r#"{{"bench":"figures-memory","case":"{case}","value":{value},"unit":"{unit}","peer":"caravan","n":1}}"#
    );
}

//! A device that knows every client comes back after ten of them have changed.

use std::time::Instant;

use anyhow::{Result, ensure};
use caravan_domain::document::DocumentId;

use crate::clients;
use crate::first_sync::{Stored, take_in};
use crate::live::Live;
use crate::relay::Relay;
use crate::report::{Report, Target};
use caravan_tests::native::Device;

pub(crate) const CHANGED: usize = 10;

pub(crate) struct Pair {
    pub(crate) writer: Device,
    pub(crate) writer_live: Live,
    pub(crate) written: Stored,
    pub(crate) reader: Device,
    pub(crate) stored: Stored,
}

struct Reconnect {
    millis: f64,
    round_trips: f64,
    credentials: f64,
    up: f64,
    down: f64,
}

pub(crate) async fn measure(
    mut pair: Pair,
    relay: &Relay,
    runs: usize,
    report: &mut Report,
) -> Result<()> {
    let mut results = Vec::with_capacity(runs);
    for run in 0..runs {
        pair.change(run).await?;
        relay.looked_into().await?;
        results.push(pair.reconnect(run).await?);
    }
    let case = format!("{} documents", pair.stored.len());
    let mut add = |bench, unit, target, value: fn(&Reconnect) -> f64| {
        let values: Vec<f64> = results.iter().map(value).collect();
        report.ours(bench, case.as_str(), &values, unit, target);
    };
    add("reconnect-time", "ms", None, |one| one.millis);
    add(
        "reconnect-round-trips",
        "",
        Some(Target::AtMost(1.0)),
        |one| one.round_trips,
    );
    add(
        "reconnect-up",
        "bytes",
        Some(Target::AtMost(200.0)),
        |one| one.credentials,
    );
    add("reconnect-up-with-http", "bytes", None, |one| one.up);
    add(
        "reconnect-down",
        "bytes",
        Some(Target::AtMost(2048.0)),
        |one| one.down,
    );
    Ok(())
}

impl Pair {
    async fn change(&mut self, run: usize) -> Result<()> {
        let mut envelopes = Vec::new();
        for document in spread(&self.written) {
            let chunks = self.written.entry(document).or_default();
            let note = format!("changed in run {run}");
            let change = clients::noted(document, chunks, &note, self.writer.id)?;
            chunks.extend_from_slice(&change);
            envelopes.push(self.writer.envelope(document, clients::payload(&change))?);
        }
        self.writer_live.push(&mut self.writer, &envelopes).await
    }

    /// From opening the socket until the changed documents have been merged and read.
    async fn reconnect(&mut self, run: usize) -> Result<Reconnect> {
        let start = Instant::now();
        let (mut live, reply) = Live::connect(&mut self.reader).await?;
        let mut round_trips = live.round_trips;
        let mut changed = reply.entries.len();
        take_in(&reply, &mut self.stored)?;
        let stored = &mut self.stored;
        live.catch_up(&mut self.reader, &reply, |reply| {
            round_trips += 1;
            changed += reply.entries.len();
            take_in(reply, stored)
        })
        .await?;
        let millis = start.elapsed().as_secs_f64() * 1000.0;
        ensure!(changed == CHANGED, "{changed} changes came in run {run}");
        Ok(Reconnect {
            millis,
            round_trips: round_trips as f64,
            credentials: live.credentials as f64,
            up: live.traffic.up() as f64,
            down: live.traffic.down() as f64,
        })
    }
}

fn spread(stored: &Stored) -> Vec<DocumentId> {
    let documents: Vec<DocumentId> = stored.keys().copied().collect();
    (0..CHANGED)
        .map(|place| documents[place * documents.len() / CHANGED])
        .collect()
}

//! Durable appends all the way: socket, signature, judgement, commit, receipt.
//!
//! "Per core" divides by the processor time of the relay's process, reading and answering included,
//! so that it holds on a busy machine too. Each writer is a person of their own whose clients nobody
//! else reads: what it costs to tell others is not in here.

use std::time::Instant;

use anyhow::Result;
use caravan_sync::codec;
use caravan_sync::frame::DeviceFrame;

use crate::clients::{self, NewClient};
use crate::live::Live;
use crate::relay::RelayProgram;
use crate::report::{Report, Target, quantile};
use crate::team;
use caravan_tests::native::Device;

const RUNS: usize = 3;

/// New clients written by some devices at once, each waiting for the receipts of its last push.
struct Case {
    devices: usize,
    /// Envelopes in a push.
    batch: usize,
    /// Pushes by all devices together.
    pushes: usize,
}

const CASES: [Case; 3] = [
    Case {
        devices: 1,
        batch: 50,
        pushes: 400,
    },
    Case {
        devices: 4,
        batch: 50,
        pushes: 400,
    },
    Case {
        devices: 16,
        batch: 1,
        pushes: 4_000,
    },
];

struct Run {
    per_second: f64,
    per_core_second: f64,
    /// Looked into and released, per second of the merger's processor time.
    merged_per_core_second: f64,
    /// Of a push until its receipts, in milliseconds.
    ack_p50: f64,
    ack_p99: f64,
}

pub(crate) async fn measure(program: &RelayProgram, report: &mut Report) -> Result<()> {
    for case in CASES {
        let mut runs = Vec::with_capacity(RUNS);
        for _ in 0..RUNS {
            runs.push(case.run(program).await?);
        }
        let name = format!("{} devices, {} a push", case.devices, case.batch);
        // The targets are for batches; a single edit pays for a signature of its own.
        let batched = |target| (case.batch > 1).then_some(target);
        let mut add = |bench, unit, target, value: fn(&Run) -> f64| {
            let values: Vec<f64> = runs.iter().map(value).collect();
            report.ours(bench, name.as_str(), &values, unit, target);
        };
        add("socket-appends", "per second", None, |run| run.per_second);
        add(
            "socket-appends-per-core",
            "per core-second",
            batched(Target::AtLeast(10_000.0)),
            |run| run.per_core_second,
        );
        add("socket-ack-p50", "ms", None, |run| run.ack_p50);
        add("merger-changes-per-core", "per core-second", None, |run| {
            run.merged_per_core_second
        });
        let soon = Some(Target::AtMost(10.0));
        add("socket-ack-p99", "ms", soon, |run| run.ack_p99);
    }
    Ok(())
}

impl Case {
    async fn run(&self, program: &RelayProgram) -> Result<Run> {
        let relay = program.start()?;
        let (mut founder, mut live) = team::found(&relay).await?;
        let mut writers = Vec::new();
        for token in team::invitations(&mut founder, &mut live, self.devices).await? {
            let mut device = Device::join(relay.address(), token, None).await?;
            let (mut live, reply) = Live::connect(&mut device).await?;
            live.catch_up(&mut device, &reply, |_| Ok(())).await?;
            let pushes = self.prepared(&mut device)?;
            writers.push((device, live, pushes));
        }
        // A director reads every client.
        drop(live);
        let (before, start) = (relay.processor()?, Instant::now());
        let mut tasks = tokio::task::JoinSet::new();
        for (device, live, pushes) in writers {
            tasks.spawn(push_all(device, live, pushes, self.batch));
        }
        let mut acks = Vec::new();
        while let Some(done) = tasks.join_next().await {
            acks.extend(done??);
        }
        let time = start.elapsed().as_secs_f64();
        let processor = (relay.processor()? - before).as_secs_f64();
        let appends = (self.pushes * self.batch) as f64;
        relay.looked_into().await?;
        let merger = relay.merger()?.as_secs_f64();
        Ok(Run {
            per_second: appends / time,
            per_core_second: appends / processor,
            merged_per_core_second: appends / merger,
            ack_p50: quantile(&acks, 0.5),
            ack_p99: quantile(&acks, 0.99),
        })
    }

    /// Signed and encoded before the clock runs: that is the phones' work.
    fn prepared(&self, device: &mut Device) -> Result<Vec<Vec<u8>>> {
        let mut pushes = Vec::new();
        for push in 0..self.pushes / self.devices {
            let mut envelopes = Vec::with_capacity(self.batch);
            for place in 0..self.batch {
                let row = push * self.batch + place;
                let NewClient { document, change } = clients::new_client(row, device)?;
                envelopes.push(device.envelope(document, clients::payload(&change))?);
            }
            pushes.push(codec::encode(&DeviceFrame::Push(envelopes))?);
        }
        Ok(pushes)
    }
}

/// One push after the other; returns how long each acknowledgement took, in milliseconds.
async fn push_all(
    mut device: Device,
    mut live: Live,
    pushes: Vec<Vec<u8>>,
    batch: usize,
) -> Result<Vec<f64>> {
    let mut acks = Vec::with_capacity(pushes.len());
    for push in pushes {
        let start = Instant::now();
        live.send(push).await?;
        live.receipts(&mut device, batch).await?;
        acks.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    Ok(acks)
}

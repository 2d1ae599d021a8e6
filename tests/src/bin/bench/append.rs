//! Durable appends all the way: socket, signature, judgement, commit, receipt.
//!
//! "Per core" divides by the processor time of the relay's process, reading and answering included,
//! so that it holds on a busy machine too. Each writer is a person of their own whose clients nobody
//! else reads: what it costs to tell others is not in here.

use std::time::{Duration, Instant};

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

/// New clients written by some devices at once.
struct Case {
    devices: usize,
    /// Envelopes in a push.
    batch: usize,
    /// Pushes by all devices together.
    pushes: usize,
    pace: Pace,
}

#[derive(Clone, Copy)]
enum Pace {
    /// Each waits for the receipts of its last push, and for nothing else: what the relay can do at most. How long a push
    /// waits is then how many devices are in front of it.
    AsTheyCan,
    /// So many envelopes a second by all together, whether the relay keeps up or not. A push waits from when it was due.
    PerSecond(u32),
}

const CASES: [Case; 6] = [
    Case {
        devices: 1,
        batch: 50,
        pushes: 400,
        pace: Pace::AsTheyCan,
    },
    Case {
        devices: 4,
        batch: 50,
        pushes: 400,
        pace: Pace::AsTheyCan,
    },
    Case {
        devices: 16,
        batch: 1,
        pushes: 4_000,
        pace: Pace::AsTheyCan,
    },
    Case {
        devices: 4,
        batch: 50,
        pushes: 400,
        pace: Pace::PerSecond(10_000),
    },
    Case {
        devices: 4,
        batch: 50,
        pushes: 400,
        pace: Pace::PerSecond(5_000),
    },
    Case {
        devices: 16,
        batch: 1,
        pushes: 4_000,
        pace: Pace::PerSecond(1_000),
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
        let name = case.name();
        // The target is for batches, as many as the relay can take; a single edit pays for a signature of its own.
        let saturated = matches!(case.pace, Pace::AsTheyCan);
        let many = (case.batch > 1 && saturated).then_some(Target::AtLeast(10_000.0));
        let mut add = |bench, unit, target, value: fn(&Run) -> f64| {
            let values: Vec<f64> = runs.iter().map(value).collect();
            report.ours(bench, name.as_str(), &values, unit, target);
        };
        add("socket-appends", "per second", None, |run| run.per_second);
        add("socket-appends-per-core", "per core-second", many, |run| {
            run.per_core_second
        });
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
    fn name(&self) -> String {
        let Self { devices, batch, .. } = self;
        match self.pace {
            Pace::AsTheyCan => format!("{devices} devices, {batch} a push"),
            Pace::PerSecond(rate) => format!("{devices} devices, {batch} a push, {rate}/s"),
        }
    }

    /// When each push of a device is due, in seconds from the start; `None` as soon as the one before is done.
    fn due(&self, device: usize) -> Option<impl Fn(usize) -> f64 + Send + 'static> {
        let Pace::PerSecond(rate) = self.pace else {
            return None;
        };
        let every = self.batch as f64 / f64::from(rate);
        let devices = self.devices;
        Some(move |push| (push * devices + device) as f64 * every)
    }

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
        for (place, (device, live, pushes)) in writers.into_iter().enumerate() {
            tasks.spawn(push_all(device, live, pushes, self.batch, self.due(place)));
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
    due: Option<impl Fn(usize) -> f64>,
) -> Result<Vec<f64>> {
    let mut acks = Vec::with_capacity(pushes.len());
    let begun = Instant::now();
    for (place, push) in pushes.into_iter().enumerate() {
        let start = match &due {
            Some(due) => begun + Duration::from_secs_f64(due(place)),
            None => Instant::now(),
        };
        tokio::time::sleep_until(start.into()).await;
        live.send(push).await?;
        live.receipts(&mut device, batch).await?;
        acks.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    Ok(acks)
}

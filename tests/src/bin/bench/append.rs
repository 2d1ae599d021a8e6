//! Durable appends through sockets: signature checked, ordered, committed, acknowledged.

use std::time::Instant;

use anyhow::Result;
use caravan_sync::codec;
use caravan_sync::frame::DeviceFrame;

use crate::clients::{self, NewClient};
use crate::device::Device;
use crate::live::Live;
use crate::relay::RelayProgram;
use crate::report::{Report, Target, quantile};
use crate::team;

const ENVELOPES: usize = 20_000;
const BATCH: usize = 50;

pub(crate) async fn measure(program: &RelayProgram, report: &mut Report) -> Result<()> {
    for devices in [1, 4] {
        let relay = program.start()?;
        let (mut founder, mut live) = team::found(&relay).await?;
        let mut writers = Vec::new();
        for token in team::links(&mut founder, &mut live, devices).await? {
            let mut device = Device::join(relay.address(), token, None).await?;
            let (mut live, reply) = Live::connect(&mut device).await?;
            live.catch_up(&mut device, &reply, |_| Ok(())).await?;
            let pushes = prepared(&mut device, ENVELOPES / devices)?;
            writers.push((device, live, pushes));
        }
        let (before, start) = (relay.processor()?, Instant::now());
        let mut tasks = tokio::task::JoinSet::new();
        for (device, live, pushes) in writers {
            tasks.spawn(push_all(device, live, pushes));
        }
        let mut acks = Vec::new();
        while let Some(done) = tasks.join_next().await {
            acks.extend(done??);
        }
        let time = start.elapsed().as_secs_f64();
        let processor = (relay.processor()? - before).as_secs_f64();
        let case = format!("{devices} sockets, {BATCH} a push");
        let appends = ENVELOPES as f64;
        let fast = Some(Target::AtLeast(10_000.0));
        report.ours(
            "socket-appends",
            case.as_str(),
            &[appends / time],
            "per second",
            None,
        );
        report.ours(
            "socket-appends-per-core",
            case.as_str(),
            &[appends / processor],
            "per core-second",
            fast,
        );
        report.ours(
            "socket-ack-p50",
            case.as_str(),
            &[quantile(&acks, 0.5)],
            "ms",
            None,
        );
        report.ours(
            "socket-ack-p99",
            case.as_str(),
            &[quantile(&acks, 0.99)],
            "ms",
            Some(Target::AtMost(10.0)),
        );
    }
    Ok(())
}

/// Signed and encoded before the clock runs: that is the phones' work.
fn prepared(device: &mut Device, count: usize) -> Result<Vec<Vec<u8>>> {
    let mut pushes = Vec::new();
    for batch in 0..count / BATCH {
        let mut envelopes = Vec::with_capacity(BATCH);
        for row in 0..BATCH {
            let NewClient { document, change } = clients::new_client(batch * BATCH + row, device)?;
            envelopes.push(device.envelope(document, clients::payload(&change))?);
        }
        pushes.push(codec::encode(&DeviceFrame::Push(envelopes))?);
    }
    Ok(pushes)
}

/// One push after the other; returns how long each acknowledgement took, in milliseconds.
async fn push_all(mut device: Device, mut live: Live, pushes: Vec<Vec<u8>>) -> Result<Vec<f64>> {
    let mut acks = Vec::with_capacity(pushes.len());
    for push in pushes {
        let start = Instant::now();
        live.send(push).await?;
        live.receipts(&mut device, BATCH).await?;
        acks.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    Ok(acks)
}

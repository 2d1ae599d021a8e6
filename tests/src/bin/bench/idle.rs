//! What a connected device costs the relay while nobody writes.

use std::time::{Duration, Instant};

use anyhow::Result;

use crate::live::Live;
use crate::relay::{Relay, RelayProgram};
use crate::report::{Report, Target};
use crate::team;
use caravan_tests::native::Device;

/// Connected before the first reading, so that what the relay allocates once is not counted.
const WARM: usize = 50;
/// Rounds of connecting, of which the median counts; the last one's sockets stay.
const ROUNDS: usize = 3;
/// How long the relay is left alone.
const QUIET: Duration = Duration::from_secs(5);

pub(crate) async fn measure(
    program: &RelayProgram,
    count: usize,
    report: &mut Report,
) -> Result<()> {
    let relay = program.start()?;
    let (mut founder, mut founder_live) = team::found(&relay).await?;
    let mut devices = Vec::with_capacity(WARM + count);
    for token in team::links(&mut founder, &mut founder_live, WARM + count).await? {
        devices.push(Device::join(relay.address(), token, None).await?);
    }
    // The first connection brings the facts; what counts here is coming back.
    for device in &mut devices {
        connect(device).await?;
    }
    let (warm, rest) = devices.split_at_mut(WARM);
    let mut open = Vec::with_capacity(WARM + count);
    for device in warm {
        open.push(connect(device).await?);
    }
    let (mut processor, mut wall, mut memory) = (Vec::new(), Vec::new(), 0.0);
    for _ in 0..ROUNDS {
        open.truncate(WARM);
        settle().await;
        let before = relay.resident()?;
        let round = Round::of(&relay, rest, &mut open).await?;
        processor.push(round.processor);
        wall.push(round.wall);
        // Later rounds find the memory of the first one's sockets again.
        let more = relay.resident()?.saturating_sub(before) as f64;
        memory = f64::max(memory, more / 1024.0 / count as f64);
    }
    let settled = relay.processor()?;
    tokio::time::sleep(QUIET).await;
    let idling = (relay.processor()? - settled).as_secs_f64();
    let case = format!("{count} sockets");
    let mut add = |bench, values: &[f64], unit, target| {
        report.ours(bench, case.as_str(), values, unit, target);
    };
    let small = Some(Target::AtMost(10.0));
    add("idle-memory", &[memory], "KB each", small);
    let quick = Some(Target::AtMost(0.3));
    add("connect-cpu", &processor, "ms each", quick);
    add("connect-time", &wall, "ms each", None);
    let share = idling / QUIET.as_secs_f64() * 100.0;
    add("idle-cpu", &[share], "% of a core", None);
    Ok(())
}

/// Milliseconds for each connection.
struct Round {
    processor: f64,
    wall: f64,
}

impl Round {
    async fn of(relay: &Relay, devices: &mut [Device], open: &mut Vec<Live>) -> Result<Self> {
        let (processor, start) = (relay.processor()?, Instant::now());
        let count = devices.len() as f64;
        for device in devices {
            open.push(connect(device).await?);
        }
        let processor = relay.processor()? - processor;
        Ok(Self {
            processor: processor.as_secs_f64() * 1000.0 / count,
            wall: start.elapsed().as_secs_f64() * 1000.0 / count,
        })
    }
}

async fn connect(device: &mut Device) -> Result<Live> {
    let (mut live, reply) = Live::connect(device).await?;
    live.catch_up(device, &reply, |_| Ok(())).await?;
    Ok(live)
}

/// Until the relay has taken leave of the sockets that were closed.
async fn settle() {
    tokio::time::sleep(Duration::from_secs(1)).await;
}

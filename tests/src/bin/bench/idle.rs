//! What a connected device costs the relay while nobody writes.

use std::time::{Duration, Instant};

use anyhow::Result;

use crate::device::Device;
use crate::live::Live;
use crate::relay::RelayProgram;
use crate::report::{Report, Target};
use crate::team;

/// Connected before the first reading, so that what the relay allocates once is not counted.
const WARM: usize = 50;
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
    let (memory, processor) = (relay.resident()?, relay.processor()?);
    let start = Instant::now();
    for device in rest {
        open.push(connect(device).await?);
    }
    let wall = start.elapsed().as_secs_f64() * 1000.0 / count as f64;
    let connecting = relay.processor()? - processor;
    let settled = relay.processor()?;
    tokio::time::sleep(QUIET).await;
    let idling = relay.processor()? - settled;
    let each = |total: f64| [total / count as f64];
    let case = format!("{count} sockets");
    let kilobytes = relay.resident()?.saturating_sub(memory) as f64 / 1024.0;
    report.ours(
        "idle-memory",
        case.as_str(),
        &each(kilobytes),
        "KB each",
        Some(Target::AtMost(10.0)),
    );
    let connect = each(connecting.as_secs_f64() * 1000.0);
    report.ours(
        "connect-cpu",
        case.as_str(),
        &connect,
        "ms each",
        Some(Target::AtMost(0.3)),
    );
    report.ours("connect-time", case.as_str(), &[wall], "ms each", None);
    let share = idling.as_secs_f64() / QUIET.as_secs_f64() * 100.0;
    report.ours("idle-cpu", case.as_str(), &[share], "% of a core", None);
    Ok(())
}

async fn connect(device: &mut Device) -> Result<Live> {
    let (mut live, reply) = Live::connect(device).await?;
    live.catch_up(device, &reply, |_| Ok(())).await?;
    Ok(live)
}

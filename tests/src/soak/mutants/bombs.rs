//! A megabyte that would inflate to a gigabyte, in each way in which something can be small outside
//! and large inside.

use std::fmt;
use std::io::Write;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use caravan_sync::codec::{self, PROTOCOL_VERSION};
use caravan_sync::envelope::Payload;
use caravan_sync::frame::{ExchangeRequest, Verdict};
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};
use hyper::Method;
use hyper::header::{CONTENT_ENCODING, CONTENT_TYPE, COOKIE, ORIGIN};

use super::mutate::{leb128, sealed};
use crate::native::{Device, Request, request};
use crate::soak::memory::Memory;
use crate::soak::raw;
use crate::soak::relay::Relay;

/// What each of them says it unfolds to, in bytes or in items.
const INSIDE: usize = 1 << 30;
/// Above what was in use before, in bytes, while one of them is turned away.
const GROWTH_MAX: u64 = 16 << 20;

/// What it came to; every one was turned away.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Bombs {
    sent: u64,
    /// Until the relay had said no: in the middle and at most, sending included.
    median: Duration,
    slowest: Duration,
    /// Of the relay, at most, in bytes.
    growth: u64,
}

impl fmt::Display for Bombs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} bombs turned away, half of them within {} ms, all within {} ms, {} MB growth",
            self.sent,
            self.median.as_millis(),
            self.slowest.as_millis(),
            self.growth.div_ceil(1 << 20),
        )
    }
}

pub(super) async fn throw(relay: &Relay, device: &mut Device, count: u64) -> Result<Bombs> {
    let zeros = vec![0; INSIDE];
    let deflated = deflated(&zeros)?;
    let gzipped = gzipped(&zeros)?;
    drop(zeros);
    // What the system's allocator keeps of a first large message is not the bombs'.
    refused_body(relay, device, &deflated, false).await?;
    let memory = Memory::watch(relay.id())?;
    let mut times = Vec::new();
    for number in 0..count {
        let began = Instant::now();
        match number % 3 {
            0 => refused_body(relay, device, &deflated, false).await?,
            1 => refused_body(relay, device, &gzipped, true).await?,
            _ => refused_change(device).await?,
        }
        times.push(began.elapsed());
    }
    let growth = memory.growth()?;
    ensure!(
        growth <= GROWTH_MAX,
        "bombs grew the relay by {growth} bytes"
    );
    times.sort();
    Ok(Bombs {
        sent: count,
        median: times.get(times.len() / 2).copied().unwrap_or_default(),
        slowest: times.last().copied().unwrap_or_default(),
        growth,
    })
}

/// A frame whose body is deflated.
fn deflated(inside: &[u8]) -> Result<Vec<u8>> {
    let mut deflater = DeflateEncoder::new(vec![PROTOCOL_VERSION, 1], Compression::best());
    deflater.write_all(inside)?;
    Ok(deflater.finish()?)
}

fn gzipped(inside: &[u8]) -> Result<Vec<u8>> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(inside)?;
    Ok(gzip.finish()?)
}

async fn refused_body(relay: &Relay, device: &Device, body: &[u8], encoded: bool) -> Result<()> {
    let mut asked = Request::new(Method::POST, "/api/exchange")
        .header(CONTENT_TYPE, "application/octet-stream")?
        .header(ORIGIN, format!("http://{}", relay.address))?
        .header(COOKIE, &device.cookie)?
        .body(body.to_vec());
    if encoded {
        asked = asked.header(CONTENT_ENCODING, "gzip")?;
    }
    let heard = request(&relay.address, asked).await?;
    let status = heard.status;
    ensure!(
        status.is_client_error(),
        "a bomb was answered with {status}"
    );
    Ok(())
}

/// Well signed, and every column of it a run of runs.
async fn refused_change(device: &mut Device) -> Result<()> {
    let change = unfolding(device);
    let envelope = device.envelope(raw::new_client(), Payload::Change(change))?;
    let weight = codec::encode(&ExchangeRequest {
        credentials: device.credentials()?,
        outbox: vec![envelope.clone()],
    })?;
    ensure!(weight.len() <= 1 << 20, "it must travel as small as it is");
    let verdicts = raw::push(device, &[envelope]).await?;
    let verdict = verdicts.first().context("there is a verdict")?;
    ensure!(
        matches!(verdict, Verdict::Refused { .. }),
        "a bomb was received: {verdict:?}"
    );
    Ok(())
}

fn unfolding(device: &Device) -> Vec<u8> {
    /// An action each, of one kind: how often in a run, so that the runs weigh most of a megabyte.
    const ACTIONS: u64 = 0x42;
    const RUN: u64 = 8_000;
    let mut column = Vec::new();
    for _ in 0..INSIDE as u64 / RUN {
        // Of a signed number the seventh bit of the last byte is the sign: 8,000 needs none more.
        leb128(&mut column, RUN);
        column.push(1);
    }
    // No dependencies, the actor, its first change, the first operation, no time, no message, nobody else.
    let mut contents = vec![0, 16];
    contents.extend(device.id.0.as_bytes());
    contents.extend([1, 1, 0, 0, 0, 1]);
    leb128(&mut contents, ACTIONS);
    leb128(&mut contents, column.len() as u64);
    contents.extend(column);
    sealed(&contents)
}

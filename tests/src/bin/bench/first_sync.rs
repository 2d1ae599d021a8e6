//! What a new device pays, and what one pays that comes back when ten clients have changed.

use std::collections::BTreeMap;
use std::time::Instant;

use anyhow::{Result, ensure};
use caravan_documents::Document;
use caravan_domain::clients::record::Client;
use caravan_domain::document::DocumentId;
use caravan_sync::frame::Reply;

use crate::clients::{self, NewClient};
use crate::live::Live;
use crate::reconnect;
use crate::relay::RelayProgram;
use crate::report::{Report, Target};
use crate::team;
use caravan_tests::native::Device;

/// Documents as a device keeps them: chunks by id.
pub(crate) type Stored = BTreeMap<DocumentId, Vec<u8>>;

const FIRST_SYNCS: usize = 3;
/// 1 MB per 10,000 small documents.
const BYTES_PER_CLIENT: f64 = 105.0;

pub(crate) async fn measure(
    program: &RelayProgram,
    clients: usize,
    runs: usize,
    report: &mut Report,
) -> Result<()> {
    let relay = program.start()?;
    let (mut writer, mut live) = team::found(&relay).await?;
    let written = write(&mut writer, &mut live, clients).await?;
    relay.looked_into().await?;
    let (mut times, mut bytes) = (Vec::new(), Vec::new());
    let mut reader = None;
    for _ in 0..FIRST_SYNCS {
        let mut device = team::another_device(&mut writer, &mut live).await?;
        relay.looked_into().await?;
        let start = Instant::now();
        let (live, stored) = first_sync(&mut device).await?;
        times.push(start.elapsed().as_secs_f64() * 1000.0);
        bytes.push(live.traffic.down() as f64);
        ensure!(
            stored.len() == clients,
            "{} of {clients} clients came",
            stored.len()
        );
        reader = Some((device, stored));
    }
    let case = format!("{clients} documents");
    let most = Target::AtMost(BYTES_PER_CLIENT * clients as f64);
    report.ours("first-sync-time", case.as_str(), &times, "ms", None);
    report.ours(
        "first-sync-down",
        case.as_str(),
        &bytes,
        "bytes",
        Some(most),
    );
    if let Some((device, stored)) = reader {
        let pair = reconnect::Pair {
            writer,
            writer_live: live,
            written,
            reader: device,
            stored,
        };
        reconnect::measure(pair, &relay, runs, report).await?;
    }
    Ok(())
}

async fn write(device: &mut Device, live: &mut Live, clients: usize) -> Result<Stored> {
    let mut written = Stored::new();
    let mut envelopes = Vec::with_capacity(clients);
    for row in 0..clients {
        let NewClient { document, change } = clients::new_client(row, device)?;
        envelopes.push(device.envelope(document, clients::payload(&change))?);
        written.insert(document, change);
    }
    live.push(device, &envelopes).await?;
    Ok(written)
}

/// Everything a device does before its lists are there, but for writing to disk: every document is
/// opened and read into a record.
async fn first_sync(device: &mut Device) -> Result<(Live, Stored)> {
    let mut stored = Stored::new();
    let (mut live, reply) = Live::connect(device).await?;
    take_in(&reply, &mut stored)?;
    live.catch_up(device, &reply, |reply| take_in(reply, &mut stored))
        .await?;
    Ok((live, stored))
}

/// Snapshots and entries into the store, opened, checked and projected.
pub(crate) fn take_in(reply: &Reply, stored: &mut Stored) -> Result<()> {
    let snapshots = reply
        .snapshots
        .iter()
        .map(|snapshot| (snapshot.document, snapshot.chunks.as_slice(), true));
    let entries = reply.entries.iter().map(|entry| {
        let envelope = &entry.envelope;
        (envelope.document, envelope.payload.bytes(), false)
    });
    for (document, bytes, whole) in snapshots.chain(entries) {
        let chunks = stored.entry(document).or_default();
        if whole {
            chunks.clear();
        }
        chunks.extend_from_slice(bytes);
        let opened = Document::load(document, chunks)?;
        if let Some(client) = document.client() {
            let read = Client::read(client, &opened.tree()?);
            ensure!(
                !read.draft.name.is_empty(),
                "a client came without its name"
            );
        }
    }
    stored.retain(|document, _| document.client().is_some());
    Ok(())
}

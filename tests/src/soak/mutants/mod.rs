//! Changes that are well formed and well signed on the outside and rotten inside, by devices of the
//! workspace itself. What the relay passes on must load for everybody else.

mod bombs;
mod mutate;

use std::collections::BTreeMap;
use std::fmt;

use anyhow::{Context, Result, bail, ensure};
use caravan_documents::Document;
use caravan_domain::document::DocumentId;
use caravan_domain::edit::Edit;
use caravan_domain::value::{Map, Value};
use caravan_sync::envelope::{Envelope, Payload};
use caravan_sync::frame::Rejection;
use caravan_sync::relay::LogEntry;

use super::device::Device as Phone;
use super::memory::Memory;
use super::raw;
use super::relay::{Relay, RelayProgram};
use crate::dice::Dice;
use crate::native::{Device, looked_into, now};

use bombs::Bombs;

/// Each of them writes in every document: an actor has one next change, and so one mutant of it.
const DEVICES: usize = 8;
/// Documents begun at once, and envelopes in a push.
const DOCUMENTS: usize = 50;
/// More memory than this above the beginning is a leak, in bytes.
const GROWTH_MAX: u64 = 64 << 20;

/// What it came to; everything that was passed on loads.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Mutants {
    pub sent: u64,
    /// Refused when they came, by what their outside says.
    pub refused: u64,
    /// Found out by the merger.
    pub quarantined: u64,
    /// Sound after all: another letter, another time.
    pub passed_on: u64,
    /// Documents that were loaded, saved and loaded again, with what was passed on.
    pub documents: u64,
    /// Of the relay, at most, in bytes.
    pub growth: u64,
    bombs: Bombs,
}

impl fmt::Display for Mutants {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} mutants, {} refused at once, {} quarantined, {} sound and passed on; {} documents load, 0 do not; \
             {} MB growth; {}",
            self.sent,
            self.refused,
            self.quarantined,
            self.passed_on,
            self.documents,
            self.growth.div_ceil(1 << 20),
            self.bombs,
        )
    }
}

/// # Errors
/// What was passed on and does not load, what panicked, or how much memory it took.
pub async fn mutants(program: &RelayProgram, seed: u64, count: u64, bombs: u64) -> Result<Mutants> {
    let dice = Dice::new(seed);
    let data = tempfile::tempdir()?;
    let mut relay = program.serve(data.path())?;
    let mut devices = devices(&relay, &dice).await?;
    let bombs = bombs::throw(
        &relay,
        devices.first_mut().context("there are devices")?,
        bombs,
    )
    .await?;
    let memory = Memory::watch(relay.id())?;
    let mut sent = 0;
    while sent < count {
        let clients: Vec<_> = (0..DOCUMENTS).map(|_| raw::new_client()).collect();
        let grown = begin(&mut devices[0], &clients, &dice).await?;
        for device in &mut devices {
            let mut outbox: Vec<Envelope> = Vec::with_capacity(grown.len());
            for document in &grown {
                let change = mutate::mutant(document, device.id, &grown, &dice)?;
                outbox.push(device.envelope(document.id(), Payload::Change(change))?);
            }
            sent += outbox.len() as u64;
            raw::push(device, &outbox).await?;
        }
    }
    looked_into(&relay.address).await?;
    let growth = memory.growth()?;
    ensure!(growth <= GROWTH_MAX, "the relay grew by {growth} bytes");
    ensure!(relay.panics() == 0, "the relay panicked");
    ensure!(relay.is_running()?, "the relay has gone");
    let workspace = devices[0].workspace;
    relay.kill()?;
    let log = raw::log(&data.path().join("relay/relay.sqlite"), workspace)?;
    let found = weigh(&log)?;
    Ok(Mutants {
        sent,
        growth,
        bombs,
        ..found
    })
}

/// All of one person, who may write every client.
async fn devices(relay: &Relay, dice: &Dice) -> Result<Vec<Device>> {
    let founder = Phone::found(&relay.address, relay.founding()?, dice).await?;
    founder.settle(&relay.address).await?;
    let links = founder.links(DEVICES).await?;
    founder.settle(&relay.address).await?;
    let mut devices = Vec::with_capacity(DEVICES);
    for token in links {
        devices.push(Device::join(relay.address.clone(), token, None).await?);
    }
    Ok(devices)
}

/// Sound documents, received.
async fn begin(device: &mut Device, clients: &[DocumentId], dice: &Dice) -> Result<Vec<Document>> {
    let (mut documents, mut outbox) = (Vec::new(), Vec::new());
    for client in clients {
        let mut document = Document::new(*client);
        let change = document.commit(device.id, now(), &profile(*client, dice))?;
        let change = change.context("the edits change something")?;
        outbox.push(device.envelope(*client, Payload::Change(change.bytes))?);
        documents.push(document);
    }
    raw::push(device, &outbox).await?;
    Ok(documents)
}

/// Scalars, a text, a record and a container: each sort of thing that a document of ours holds.
fn profile(client: DocumentId, dice: &Dice) -> Vec<Edit> {
    let word = || format!("商行 {:02x?}", dice.bytes::<3>());
    let contact: Map = [("name".to_owned(), Value::Text(word()))].into();
    vec![
        Edit::put(client, &["profile", "name"], word()),
        Edit::put(client, &["profile", "note"], Value::Prose(word())),
        Edit::put(client, &["profile", "grade"], "a"),
        Edit::put(client, &["contacts", "0"], Value::Map(contact)),
        Edit::put(client, &["tags", "fair"], true),
    ]
}

/// Takes every document as whoever is passed it would.
fn weigh(log: &[LogEntry]) -> Result<Mutants> {
    let mut found = Mutants::default();
    let mut whole: BTreeMap<DocumentId, (Vec<u8>, u64)> = BTreeMap::new();
    for entry in log {
        let envelope = Envelope::from_bytes(&entry.envelope).context("the log can be read")?;
        let Payload::Change(bytes) = envelope.payload else {
            continue;
        };
        match entry.refusal {
            Some(Rejection::Quarantined(_)) => found.quarantined += 1,
            Some(_) => found.refused += 1,
            None => {
                let (chunks, changes) = whole.entry(entry.document).or_default();
                chunks.extend(bytes);
                *changes += 1;
            }
        }
    }
    for (id, (chunks, changes)) in whole {
        // The first is the sound one they all begin with.
        found.passed_on += changes - 1;
        found.documents += 1;
        if !loads(id, &chunks) {
            bail!("{id:?} was passed on and does not load");
        }
    }
    Ok(found)
}

fn loads(id: DocumentId, chunks: &[u8]) -> bool {
    let Ok(loaded) = Document::load(id, chunks) else {
        return false;
    };
    let again = loaded.save().and_then(|saved| Document::load(id, &saved));
    again.is_ok_and(|again| {
        again.heads() == loaded.heads()
            && again.tree().is_ok()
            && again.tree().ok() == loaded.tree().ok()
    })
}

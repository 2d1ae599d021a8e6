//! A document whole, as plain bytes: what the store kept of it and what has come since.

use std::collections::BTreeSet;

use caravan_domain::document::DocumentId;
use caravan_domain::id::DeviceId;

use super::core::RelayError;
use super::log::{Log, LogEntry, StoredSnapshot};
use crate::change;
use crate::cursor::Sequence;
use crate::envelope::{Envelope, Hash, Payload};
use crate::frame::{ReceivedChange, Snapshot};

/// The document with everything that was accepted up to `upto`. A shell that keeps snapshots has
/// the `documents` crate make `chunks` compact, and stores the rest as it is.
///
/// # Errors
/// The log's failure, or that an entry cannot be read back.
pub fn assemble<L: Log>(
    document: DocumentId,
    upto: Sequence,
    log: &L,
) -> Result<StoredSnapshot, RelayError<L::Error>> {
    assemble_of(document, |entry| entry.sequence <= upto, log)
}

/// The same for one device, with all that was accepted from this device itself. What of it was not looked into yet
/// never comes to it as an entry, and it may have had to part with it since it wrote it.
pub(super) fn assemble_for<L: Log>(
    device: DeviceId,
    document: DocumentId,
    upto: Sequence,
    log: &L,
) -> Result<Snapshot, RelayError<L::Error>> {
    let counts = |entry: &LogEntry| entry.sequence <= upto || entry.device == device;
    Ok(assemble_of(document, counts, log)?.snapshot)
}

fn assemble_of<L: Log>(
    document: DocumentId,
    counts: impl Fn(&LogEntry) -> bool,
    log: &L,
) -> Result<StoredSnapshot, RelayError<L::Error>> {
    let base = changes_of_base(document, log)?;
    let mut whole = match log.snapshot(document).map_err(RelayError::Log)? {
        Some(stored) => stored,
        None => begun(document, log)?,
    };
    let entries = log
        .document_entries(document, whole.upto)
        .map_err(RelayError::Log)?;
    for entry in entries {
        if !counts(&entry) || entry.refusal.is_some() || entry.is_erased() {
            continue;
        }
        let damaged = RelayError::Damaged(entry.sequence);
        let Some(envelope) = Envelope::from_bytes(&entry.envelope) else {
            return Err(damaged);
        };
        let Payload::Change(bytes) = envelope.payload else {
            continue;
        };
        let Ok(header) = change::header(&bytes) else {
            return Err(damaged);
        };
        whole.upto = entry.sequence;
        // Its author has given it back: there it is already.
        if base.contains(&header.hash) {
            continue;
        }
        whole.snapshot.chunks.extend(bytes);
        whole.snapshot.received.push(ReceivedChange {
            device: header.actor,
            sequence: header.sequence,
            at: entry.received_at,
        });
    }
    Ok(whole)
}

/// What the log begins with: nothing, unless it was rebuilt from a device.
fn begun<L: Log>(document: DocumentId, log: &L) -> Result<StoredSnapshot, RelayError<L::Error>> {
    let base = log.base(document).map_err(RelayError::Log)?;
    Ok(StoredSnapshot {
        upto: 0,
        snapshot: base.unwrap_or_else(|| Snapshot {
            document,
            chunks: Vec::new(),
            received: Vec::new(),
        }),
    })
}

/// The changes that a rebuilt log begins with, whose authors may give them back.
pub(super) fn changes_of_base<L: Log>(
    document: DocumentId,
    log: &L,
) -> Result<BTreeSet<Hash>, RelayError<L::Error>> {
    let base = log.base(document).map_err(RelayError::Log)?;
    Ok(base.as_ref().map(changes_in).unwrap_or_default())
}

/// The changes that lie plain in it.
#[must_use]
pub fn changes_in(plain: &Snapshot) -> BTreeSet<Hash> {
    let changes = change::split(&plain.chunks).unwrap_or_default().into_iter();
    changes.filter_map(|it| change::hash(it).ok()).collect()
}

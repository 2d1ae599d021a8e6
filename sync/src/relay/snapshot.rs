//! A document whole, as plain bytes: what the store kept of it and what has come since.

use caravan_domain::document::DocumentId;
use caravan_domain::id::DeviceId;

use super::core::RelayError;
use super::log::{Log, LogEntry, StoredSnapshot};
use crate::change;
use crate::cursor::Sequence;
use crate::envelope::{Envelope, Payload};
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
    let stored = log.snapshot(document).map_err(RelayError::Log)?;
    let mut whole = stored.unwrap_or_else(|| StoredSnapshot {
        upto: 0,
        snapshot: Snapshot {
            document,
            chunks: Vec::new(),
            received: Vec::new(),
        },
    });
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
        whole.snapshot.chunks.extend(bytes);
        whole.snapshot.received.push(ReceivedChange {
            device: header.actor,
            sequence: header.sequence,
            at: entry.received_at,
        });
    }
    Ok(whole)
}

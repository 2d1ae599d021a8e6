//! Every snapshot holds what the log holds: the same changes up to the same sequence.

use caravan_documents::Document;
use caravan_domain::document::DocumentId;
use caravan_domain::time::Instant;
use caravan_sync::change;
use caravan_sync::envelope::{Envelope, Payload};
use caravan_sync::frame::{ReceivedChange, Snapshot};
use caravan_sync::relay::changes_in;
use rusqlite::OptionalExtension;

use super::Work;
use super::content::Content;
use super::finding::Damage;
use crate::store::decoded;

impl Work<'_> {
    /// How many there are.
    pub(super) fn snapshots(&mut self) -> u64 {
        let mut count = 0;
        let sql = "SELECT document, upto, bytes FROM snapshots
                   WHERE workspace = ?1 ORDER BY document";
        self.each("snapshots", sql, |work, row| {
            count += 1;
            let Some(document) = DocumentId::from_bytes(row.get_ref(0)?.as_blob()?) else {
                // Its leaf is another one's.
                return Ok(u64::MAX);
            };
            let upto = row.get::<_, i64>(1)?.cast_unsigned();
            let stored = match work.snapshot_bytes(document, upto, row.get_ref(2)?.as_blob()?) {
                Content::Plain(bytes) => decoded::<Snapshot>("snapshot", &bytes).ok(),
                Content::Damaged => None,
                Content::Erased | Content::Locked => return Ok(u64::MAX),
            };
            let stored = stored.filter(|stored| stored.document == document);
            let log = work.assembled(document, upto)?;
            let agrees = stored.zip(log).is_some_and(|(stored, log)| {
                stored.received == log.received && heads(&stored) == heads(&log)
            });
            if !agrees {
                work.found(u64::MAX, Damage::Snapshot(document));
            }
            Ok(u64::MAX)
        });
        count
    }

    /// What the log begins with: nothing, unless it was rebuilt. `None` when it cannot be read.
    fn base(&self, document: DocumentId) -> rusqlite::Result<Option<Snapshot>> {
        let stored: Option<Vec<u8>> = self
            .connection
            .prepare_cached("SELECT bytes FROM bases WHERE workspace = ?1 AND document = ?2")?
            .query_row((self.id, document.to_bytes()), |row| row.get(0))
            .optional()?;
        let Some(stored) = stored else {
            return Ok(Some(Snapshot {
                document,
                chunks: Vec::new(),
                received: Vec::new(),
            }));
        };
        Ok(match self.base_bytes(document, &stored) {
            Content::Plain(bytes) => decoded::<Snapshot>("base", &bytes).ok(),
            Content::Damaged | Content::Erased | Content::Locked => None,
        })
    }

    /// From what the log begins with and its entries alone; `None` when one of them holds no change.
    fn assembled(&self, document: DocumentId, upto: u64) -> rusqlite::Result<Option<Snapshot>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT received_at, envelope, seq FROM log INDEXED BY log_by_document
             WHERE workspace = ?1 AND document = ?2 AND seq <= ?3 AND refusal IS NULL
             ORDER BY seq",
        )?;
        let mut rows = statement.query((self.id, document.to_bytes(), upto.cast_signed()))?;
        let Some(mut whole) = self.base(document)? else {
            return Ok(None);
        };
        let base = changes_in(&whole);
        while let Some(row) = rows.next()? {
            let sequence = row.get::<_, i64>(2)?.cast_unsigned();
            let stored = row.get_ref(1)?.as_blob()?;
            let Content::Plain(bytes) = self.envelope(document, sequence, stored) else {
                return Ok(None);
            };
            let envelope = Envelope::from_bytes(&bytes);
            let Some(Payload::Change(bytes)) = envelope.map(|envelope| envelope.payload) else {
                return Ok(None);
            };
            let Ok(header) = change::header(&bytes) else {
                return Ok(None);
            };
            if base.contains(&header.hash) {
                continue;
            }
            whole.chunks.extend(bytes);
            whole.received.push(ReceivedChange {
                device: header.actor,
                sequence: header.sequence,
                at: Instant::from_millis(row.get(0)?),
            });
        }
        Ok(Some(whole))
    }
}

fn heads(snapshot: &Snapshot) -> Option<Vec<caravan_documents::ChangeHash>> {
    let document = Document::load(snapshot.document, &snapshot.chunks).ok()?;
    Some(document.heads())
}

//! Every entry is an envelope of its device that follows from the one before it.

use std::collections::{BTreeMap, HashMap};

use caravan_domain::document::DocumentId;
use caravan_domain::id::{DeviceId, Id};
use caravan_domain::time::Instant;
use caravan_sync::cursor::Sequence;
use caravan_sync::envelope::{Envelope, Hash};
use caravan_sync::frame::Rejection;
use rusqlite::Row;

use super::Work;
use super::checkpoints::Recorded;
use super::clocks::Clocks;
use super::content::Content;
use super::finding::EnvelopeFault;
use crate::audit::leaf::Kind;
use crate::audit::table::TABLES;
use crate::identity;
use crate::store::decoded;

#[derive(Debug, Default)]
pub(super) struct Log {
    pub(super) entries: u64,
    pub(super) refused: u64,
    pub(super) erased: u64,
    pub(super) locked: u64,
    pub(super) clocks: Clocks,
    /// Where each device's chain has come to.
    chains: HashMap<DeviceId, (u64, Hash)>,
    /// The same of a log that was restored once, which need not be in a device's own order: each
    /// entry by its number, with what it names and its own hash.
    links: HashMap<DeviceId, BTreeMap<u64, Link>>,
}

#[derive(Debug)]
struct Link {
    place: u64,
    sequence: Sequence,
    /// Not known of an entry that nobody can read.
    previous: Option<Hash>,
    hash: Hash,
}

impl Work<'_> {
    pub(super) fn entries(&mut self, recorded: &mut Recorded) -> Log {
        let mut log = Log::default();
        for table in TABLES.iter().filter(|table| table.kind == Kind::Entry) {
            self.each(table.what(), table.rows, |work, row| {
                let place = work.row(table, row, recorded)?;
                work.entry(row, place, &mut log)?;
                Ok(place)
            });
        }
        self.links(&log);
        for device in log.chains.keys().chain(log.links.keys()) {
            self.signatures(*device);
        }
        log.clocks.sort();
        log
    }

    fn entry(&mut self, row: &Row<'_>, place: u64, log: &mut Log) -> rusqlite::Result<()> {
        let sequence = row.get::<_, i64>(0)?.cast_unsigned();
        let refusal: Option<Vec<u8>> = row.get(7)?;
        log.entries += 1;
        log.refused += u64::from(refusal.is_some());
        if refusal.is_some_and(|bytes| decoded::<Rejection>("refusal", &bytes).is_err()) {
            self.found_entry(place, sequence, EnvelopeFault::Refusal);
        }
        let read = match self.content_of(row)? {
            Content::Plain(bytes) => Envelope::from_bytes(&bytes),
            Content::Damaged => {
                self.found_entry(place, sequence, EnvelopeFault::Encrypted);
                return Ok(());
            }
            unread => {
                log.erased += u64::from(matches!(unread, Content::Erased));
                log.locked += u64::from(matches!(unread, Content::Locked));
                return self.unread(row, place, log);
            }
        };
        let read = read.and_then(|read| Some((read.hash(self.workspace).ok()?, read)));
        let Some((hash, envelope)) = read else {
            self.found_entry(place, sequence, EnvelopeFault::Unreadable);
            return Ok(());
        };
        if row.get_ref(2)?.as_blob()? != hash.0 {
            self.found_entry(place, sequence, EnvelopeFault::Hash);
        }
        let filed = row.get_ref(1)?.as_blob()? == envelope.document.to_bytes()
            && row.get_ref(3)?.as_blob()? == envelope.device.0.as_bytes()
            && row.get::<_, i64>(4)?.cast_unsigned() == envelope.sequence;
        if !filed {
            self.found_entry(place, sequence, EnvelopeFault::Columns);
        }
        if self.refilled {
            let link = Link {
                place,
                sequence,
                previous: Some(envelope.previous),
                hash,
            };
            let links = log.links.entry(envelope.device).or_default();
            links.insert(envelope.sequence, link);
        } else {
            let chain = log.chains.entry(envelope.device).or_insert((0, Hash::NONE));
            if (envelope.sequence, envelope.previous) != (chain.0 + 1, chain.1) {
                self.found_entry(place, sequence, EnvelopeFault::Chain);
            }
            *chain = (envelope.sequence, hash);
        }
        let received_at = Instant::from_millis(row.get(5)?);
        log.clocks
            .note(sequence, &envelope, received_at, self.question.tolerance);
        Ok(())
    }

    /// An entry that nobody can read has a place in its device's chain all the same: what comes after
    /// it names its hash.
    fn unread(&mut self, row: &Row<'_>, place: u64, log: &mut Log) -> rusqlite::Result<()> {
        let device = DeviceId(Id::from_bytes(row.get(3)?));
        let number = row.get::<_, i64>(4)?.cast_unsigned();
        let sequence = row.get::<_, i64>(0)?.cast_unsigned();
        let hash = Hash(row.get(2)?);
        if self.refilled {
            let link = Link {
                place,
                sequence,
                previous: None,
                hash,
            };
            log.links.entry(device).or_default().insert(number, link);
            return Ok(());
        }
        let chain = log.chains.entry(device).or_insert((0, Hash::NONE));
        if number != chain.0 + 1 {
            self.found_entry(place, sequence, EnvelopeFault::Chain);
        }
        *chain = (number, hash);
        Ok(())
    }

    /// Of a row that begins with sequence and document and has the envelope in column 6.
    fn content_of(&self, row: &Row<'_>) -> rusqlite::Result<Content> {
        let sequence = row.get::<_, i64>(0)?.cast_unsigned();
        let stored = row.get_ref(6)?.as_blob()?;
        Ok(match DocumentId::from_bytes(row.get_ref(1)?.as_blob()?) {
            Some(document) => self.envelope(document, sequence, stored),
            None => Content::Damaged,
        })
    }

    /// A number may be missing, as long as no device gave it back; those that are there fit together.
    fn links(&mut self, log: &Log) {
        for links in log.links.values() {
            for (number, link) in links {
                let before = match number.checked_sub(1) {
                    Some(0) => Some(Hash::NONE),
                    Some(before) => links.get(&before).map(|it| it.hash),
                    None => None,
                };
                let fits = |hash| link.previous.is_none_or(|previous| hash == previous);
                if *number == 0 || !before.is_none_or(fits) {
                    self.found_entry(link.place, link.sequence, EnvelopeFault::Chain);
                }
            }
        }
    }

    /// From the device's last envelope back to the first one whose signature fits: that one vouches
    /// for all before it, because the chain is whole or was found not to be. In a log that was restored
    /// once, only up to a gap. One that nobody can read any more may have vouched for those before it.
    fn signatures(&mut self, device: DeviceId) {
        let key = self.device_key(device);
        let mut unsigned = Vec::new();
        let (mut vouched, mut excused) = (false, false);
        let mut next = None;
        let (id, workspace) = (self.id, self.workspace);
        let outcome = (|| {
            let mut statement = self.connection.prepare_cached(
                "SELECT seq, document, refusal, device_seq, NULL, NULL, envelope FROM log
                 WHERE workspace = ?1 AND device = ?2 ORDER BY device_seq DESC",
            )?;
            let mut rows = statement.query((id, device.0.as_bytes()))?;
            while let Some(row) = rows.next()? {
                let number: i64 = row.get(3)?;
                let follows = next == number.checked_add(1);
                next = Some(number);
                if vouched && follows {
                    continue;
                }
                excused &= follows;
                let envelope = match self.content_of(row)? {
                    Content::Plain(bytes) => Envelope::from_bytes(&bytes),
                    Content::Damaged => None,
                    Content::Erased | Content::Locked => {
                        excused = true;
                        continue;
                    }
                };
                vouched = envelope.is_some_and(|envelope| {
                    let signed = envelope.signed_bytes(workspace);
                    let signature = &envelope.signature.0;
                    signed.is_ok_and(|signed| identity::verify(&key, &signed, signature).is_ok())
                });
                if vouched && !self.refilled {
                    break;
                }
                if vouched {
                    continue;
                }
                let refusal: Option<Vec<u8>> = row.get(2)?;
                let refusal = refusal.map(|bytes| decoded("refusal", &bytes));
                // Kept as evidence of just that.
                if !excused && !matches!(refusal, Some(Ok(Rejection::BadSignature))) {
                    unsigned.push(row.get::<_, i64>(0)?.cast_unsigned());
                }
            }
            Ok::<_, rusqlite::Error>(())
        })();
        if let Err(error) = outcome {
            self.unreadable(u64::MAX, "entries of a device", &error);
        }
        unsigned.into_iter().rev().for_each(|sequence: Sequence| {
            self.found_entry(u64::MAX, sequence, EnvelopeFault::Signature);
        });
    }

    /// Nothing verifies under a key that is not there.
    fn device_key(&mut self, device: DeviceId) -> Vec<u8> {
        let sql = "SELECT key FROM device_keys WHERE workspace = ?1 AND device = ?2";
        let values = (self.id, device.0.as_bytes());
        let held = self.connection.query_row(sql, values, |row| row.get(0));
        held.unwrap_or_default()
    }
}

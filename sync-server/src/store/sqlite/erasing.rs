//! What is written is encrypted under its document's key, and what is decided to be erased loses it.
//! Both belong to the writing thread, so that they have one order.
//!
//! A new document's key is durable before the commit that first uses it. The key of an erased document
//! is destroyed after the commit that decides it, from which on nobody is given the document; until
//! it is, each commit and each start try again.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use caravan_domain::document::DocumentId;
use caravan_domain::facts::{Fact, FactKey};
use caravan_domain::id::{BlobHash, WorkspaceId};
use rusqlite::{Connection, params};

use super::convert::{document, id};
use super::query::all;
use crate::cipher::{self, DataKey};
use crate::store::encode::{decoded, encoded};
use crate::store::{
    Conflict, ErasedLine, ErasedList, ErasedPicture, Held, Holder, Keys, Owner, StoreError, Write,
    WriteBatch,
};

#[derive(Debug)]
pub(super) struct Erasing {
    keys: Keys,
    list: PathBuf,
    erased: HashSet<(WorkspaceId, DocumentId)>,
    /// Decided, and not carried out yet.
    due: Vec<ErasedLine>,
    /// The key store's files may still hold what was destroyed: it may have been cut in between.
    unfinished: bool,
}

impl Erasing {
    /// Finishes what was decided before.
    pub(super) fn open(
        connection: &Connection,
        keys: Keys,
        database: &Path,
    ) -> Result<Self, StoreError> {
        let folder = database.parent().unwrap_or(Path::new(""));
        let decided = decided(connection)?;
        let mut erasing = Self {
            keys,
            list: ErasedList::path(folder),
            erased: decided.iter().map(place).collect(),
            due: Vec::new(),
            unfinished: true,
        };
        for line in decided {
            let owner = (line.workspace, Holder::Document(line.document));
            if !matches!(erasing.keys.held(owner)?, Held::Destroyed) {
                erasing.due.push(line);
            }
        }
        erasing.carry_out(connection);
        Ok(erasing)
    }

    /// Encrypts what the batches hold, after making the keys that are missing. What is written of an
    /// erased document is evidence of its hash alone: its key is thrown away.
    pub(super) fn encrypt<'a>(
        &self,
        batches: impl Iterator<Item = &'a mut WriteBatch>,
    ) -> Result<(), StoreError> {
        let batches: Vec<_> = batches.collect();
        let mut missing = Vec::new();
        for batch in &batches {
            for write in &batch.writes {
                missing.extend(self.lacks_a_key(batch.workspace, write)?);
            }
        }
        self.keys.make_missing(missing)?;
        for batch in batches {
            let workspace = batch.workspace;
            for write in &mut batch.writes {
                self.encrypt_one(workspace, write)?;
            }
        }
        Ok(())
    }

    fn lacks_a_key(
        &self,
        workspace: WorkspaceId,
        write: &Write,
    ) -> Result<Option<Owner>, StoreError> {
        let document = match write {
            Write::Entry(entry) => entry.document,
            Write::Snapshot(stored) => stored.snapshot.document,
            Write::Base(base) => base.document,
            Write::Fact(fact) => match fact.change.key.kept_with() {
                Some(document) if fact.change.fact.is_some() => document,
                _ => return Ok(None),
            },
            _ => return Ok(None),
        };
        let owner = (workspace, Holder::Document(document));
        let needs_one =
            cipher::is_kept_secret(document) && !self.erased.contains(&(workspace, document));
        Ok(
            match needs_one && matches!(self.keys.held(owner)?, Held::Unknown) {
                true => Some(owner),
                false => None,
            },
        )
    }

    fn encrypt_one(&self, workspace: WorkspaceId, write: &mut Write) -> Result<(), StoreError> {
        match write {
            Write::Entry(entry) if cipher::is_kept_secret(entry.document) => {
                let place = cipher::entry(workspace, entry.document, entry.sequence);
                let key = self.key(workspace, entry.document)?;
                entry.envelope = key.encrypt(&place, &entry.envelope);
            }
            Write::Fact(fact) => {
                let (key, sequence) = (fact.change.key, fact.sequence);
                if let (Some(document), Some(plain)) = (key.kept_with(), &fact.change.fact) {
                    let place = cipher::fact(workspace, document, sequence);
                    let with = self.key(workspace, document)?;
                    let value = with.encrypt(&place, &encoded(plain));
                    *write = Write::EncryptedFact {
                        key,
                        value,
                        sequence,
                    };
                }
            }
            Write::Snapshot(stored) if cipher::is_kept_secret(stored.snapshot.document) => {
                let (document, upto) = (stored.snapshot.document, stored.upto);
                let place = cipher::snapshot(workspace, document, upto);
                let key = self.key(workspace, document)?;
                let bytes = key.encrypt(&place, &encoded(&stored.snapshot));
                *write = Write::EncryptedSnapshot {
                    document,
                    upto,
                    bytes,
                };
            }
            Write::Base(base) => {
                let document = base.document;
                let place = cipher::base(workspace, document);
                let key = self.key(workspace, document)?;
                let bytes = key.encrypt(&place, &encoded(base));
                *write = Write::EncryptedBase { document, bytes };
            }
            _ => {}
        }
        Ok(())
    }

    fn key(
        &self,
        workspace: WorkspaceId,
        document: DocumentId,
    ) -> Result<Arc<DataKey>, StoreError> {
        Ok(
            match self.keys.held((workspace, Holder::Document(document)))? {
                Held::Key(key) => key,
                Held::Destroyed | Held::Unknown => Arc::new(DataKey::thrown_away()),
            },
        )
    }

    /// Refuses a batch that would bring back a picture of what was erased, or remove one of what was not.
    pub(super) fn check(
        &self,
        connection: &Connection,
        batch: &WriteBatch,
    ) -> Result<(), StoreError> {
        for write in &batch.writes {
            let conflicts = match write {
                Write::BlobDocument { hash, document } => {
                    let blob = (batch.workspace, Holder::Blob(*hash));
                    is_erased(connection, batch.workspace, *document)?
                        || matches!(self.keys.held(blob)?, Held::Destroyed)
                }
                // Somebody has uploaded it anew meanwhile.
                Write::ForgetBlob(hash) => shown_by(connection, batch.workspace, *hash)?
                    .into_iter()
                    .any(|document| !self.erased.contains(&(batch.workspace, document))),
                _ => false,
            };
            if conflicts {
                return Err(StoreError::Conflict(Conflict::Erased));
            }
        }
        Ok(())
    }

    /// After the commit.
    pub(super) fn note(&mut self, batch: &WriteBatch) {
        for write in &batch.writes {
            let Write::Fact(fact) = write else { continue };
            if let (FactKey::Erased(document), Some(Fact::Erased(erased))) =
                (fact.change.key, &fact.change.fact)
            {
                let line = ErasedLine {
                    workspace: batch.workspace,
                    document,
                    erased: *erased,
                };
                if self.erased.insert(place(&line)) {
                    self.due.push(line);
                }
            }
        }
    }

    /// Carries out what was decided. What fails is tried again.
    pub(super) fn carry_out(&mut self, connection: &Connection) {
        self.unfinished |= !self.due.is_empty();
        if !self.unfinished {
            return;
        }
        match self.destroy(connection) {
            Ok(keys) => {
                if !self.due.is_empty() {
                    tracing::info!(documents = self.due.len(), keys, "erased for good");
                }
                self.due.clear();
                self.unfinished = false;
            }
            Err(error) => {
                let error = &error as &dyn std::error::Error;
                tracing::error!(error, "an erasure is not carried out yet");
            }
        }
    }

    /// The list first: what is on it is erased, whatever becomes of this database.
    fn destroy(&self, connection: &Connection) -> Result<usize, StoreError> {
        let folder = |error| StoreError::Folder(Arc::new(error));
        let mut list = ErasedList::read(&self.list).map_err(folder)?;
        let mut owners = Vec::new();
        let mut new = false;
        for line in &self.due {
            new |= list.add(*line);
            owners.push((line.workspace, Holder::Document(line.document)));
            for hash in self.pictures(connection, line)? {
                let owner = (line.workspace, Holder::Blob(hash));
                if let Held::Key(key) = self.keys.held(owner)? {
                    let (workspace, key) = (line.workspace, key.name());
                    new |= list.add_picture(ErasedPicture {
                        workspace,
                        hash,
                        key,
                    });
                }
                owners.push(owner);
            }
        }
        if new {
            list.write(&self.list).map_err(folder)?;
        }
        self.keys.destroy(&owners)?;
        self.keys.forget_the_past()?;
        Ok(owners.len())
    }

    /// Those that no other document shows.
    fn pictures(
        &self,
        connection: &Connection,
        line: &ErasedLine,
    ) -> Result<Vec<BlobHash>, StoreError> {
        let shown = "SELECT hash FROM blob_documents JOIN workspaces
                     ON workspaces.id = blob_documents.workspace
                     WHERE workspaces.workspace = ?1 AND document = ?2";
        let values = params![line.workspace.0.as_bytes(), line.document.to_bytes()];
        let mut hashes = all(connection, shown, values, |row| Ok(BlobHash(row.get(0)?)))?;
        let mut failed = None;
        hashes.retain(|hash| match shown_by(connection, line.workspace, *hash) {
            Ok(documents) => documents
                .into_iter()
                .all(|document| self.erased.contains(&(line.workspace, document))),
            Err(error) => {
                failed = Some(error);
                false
            }
        });
        failed.map_or(Ok(hashes), Err)
    }
}

fn place(line: &ErasedLine) -> (WorkspaceId, DocumentId) {
    (line.workspace, line.document)
}

fn shown_by(
    connection: &Connection,
    workspace: WorkspaceId,
    hash: BlobHash,
) -> Result<Vec<DocumentId>, StoreError> {
    super::query::blob_documents(connection, workspace, hash)
}

/// Whether the relay has decided it.
pub(super) fn is_erased(
    connection: &Connection,
    workspace: WorkspaceId,
    document: DocumentId,
) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM facts JOIN workspaces ON workspaces.id = facts.workspace
               WHERE workspaces.workspace = ?1 AND key = ?2 AND value IS NOT NULL";
    let key = encoded(&FactKey::Erased(document));
    let found = all(
        connection,
        sql,
        params![workspace.0.as_bytes(), key],
        |_| Ok(()),
    )?;
    Ok(!found.is_empty())
}

/// Everything this relay has decided to erase.
pub(crate) fn decided(connection: &Connection) -> Result<Vec<ErasedLine>, StoreError> {
    // The keys of these facts begin alike: a version and the position of `FactKey::Erased`.
    let sql = "SELECT workspaces.workspace, key, value
               FROM facts JOIN workspaces ON workspaces.id = facts.workspace
               WHERE key >= x'0108' AND key < x'0109' AND value IS NOT NULL";
    all(connection, sql, [], |row| {
        let (key, value): (Vec<u8>, Vec<u8>) = (row.get(1)?, row.get(2)?);
        let (key, fact): (FactKey, Fact) = (decoded("fact", &key)?, decoded("fact", &value)?);
        match (key, fact) {
            (FactKey::Erased(document), Fact::Erased(erased)) => Ok(ErasedLine {
                workspace: WorkspaceId(id(row, 0)?),
                document,
                erased,
            }),
            _ => Err(StoreError::Damaged("fact")),
        }
    })
}

/// Pictures that only erased documents show.
pub(super) fn erased_blobs(
    connection: &Connection,
    workspace: WorkspaceId,
) -> Result<Vec<BlobHash>, StoreError> {
    let erased: HashSet<_> = decided(connection)?
        .iter()
        .filter(|line| line.workspace == workspace)
        .map(|line: &ErasedLine| -> DocumentId { line.document })
        .collect();
    if erased.is_empty() {
        return Ok(Vec::new());
    }
    let sql = "SELECT hash, document FROM blob_documents
               JOIN workspaces ON workspaces.id = blob_documents.workspace
               WHERE workspaces.workspace = ?1 ORDER BY hash";
    let shown = all(connection, sql, [workspace.0.as_bytes()], |row| {
        Ok((BlobHash(row.get(0)?), document(row, 1)?))
    })?;
    let groups = shown.chunk_by(|one, other| one.0 == other.0);
    Ok(groups
        .filter(|group| group.iter().all(|(_, shown)| erased.contains(shown)))
        .filter_map(|group| group.first().map(|(hash, _)| *hash))
        .collect())
}

#[cfg(test)]
mod tests {
    use caravan_domain::id::{ClientId, Id};

    use super::*;

    #[test]
    fn the_facts_of_erasures_are_found_by_how_their_keys_begin() {
        let client: DocumentId = ClientId(Id::from_bytes([7; 16])).into();
        let key = encoded(&FactKey::Erased(client));
        assert_eq!(key[..2], [1, 8]);
        assert_eq!(key[2..], client.to_bytes());
        assert!(encoded(&FactKey::Plan) < vec![1, 8]);
    }
}

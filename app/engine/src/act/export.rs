//! Everything this device holds, as JSON with the pictures in a ZIP: the organisation owns its data.

use std::io::{Cursor, Write};

use caravan_domain::facts::{Fact, FactKey};
use serde::Serialize;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::engine::Engine;
use crate::error::EngineError;
use crate::platform::Platform;
use crate::storage::{Storage, Store};

impl<S: Storage, P: Platform> Engine<S, P> {
    pub(super) async fn export_everything(&self) -> Result<Vec<u8>, EngineError> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        let clients = self.export_clients(Vec::new()).await?;
        add(&mut archive, "clients.json", &json(&clients)?)?;
        let tasks: Vec<_> = self.state.borrow().rows.tasks.values().cloned().collect();
        add(&mut archive, "tasks.json", &json(&tasks)?)?;
        let visits: Vec<_> = self.state.borrow().rows.visits.values().cloned().collect();
        add(&mut archive, "visits.json", &json(&visits)?)?;
        add(
            &mut archive,
            "workspace.json",
            &json(&self.all_facts().await?)?,
        )?;
        let pictures: Vec<_> = self.state.borrow().blobs.keys().copied().collect();
        for hash in pictures {
            if let Some(picture) = self.storage.get(Store::Blobs, &hash.0).await? {
                add(&mut archive, &format!("photos/{hash}.jpg"), &picture)?;
            }
        }
        let bytes = archive.finish().map_err(|_| EngineError::Damaged)?;
        Ok(bytes.into_inner())
    }

    async fn all_facts(&self) -> Result<Vec<Fact>, EngineError> {
        let stored = self.storage.all(Store::Facts).await?;
        let facts = stored.iter().map(|(_, fact)| {
            let (_, fact): (FactKey, Fact) = crate::stored::read(fact)?;
            Ok(fact)
        });
        facts.collect()
    }
}

fn json<T: Serialize>(value: &T) -> Result<Vec<u8>, EngineError> {
    serde_json::to_vec(value).map_err(|_| EngineError::Damaged)
}

/// Stored as they are: pictures do not shrink, and a deflater would weigh more than it saves.
fn add(
    archive: &mut ZipWriter<Cursor<Vec<u8>>>,
    name: &str,
    bytes: &[u8],
) -> Result<(), EngineError> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    archive
        .start_file(name, options)
        .map_err(|_| EngineError::Damaged)?;
    archive.write_all(bytes).map_err(|_| EngineError::Damaged)
}

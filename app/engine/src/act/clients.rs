//! Whole client files, for an export.

use caravan_domain::clients::file::ClientFile;
use caravan_domain::id::ClientId;
use caravan_port::ask::{Ask, Told};

use crate::engine::Engine;
use crate::error::EngineError;
use crate::platform::Platform;
use crate::storage::Storage;

impl<S: Storage, P: Platform> Engine<S, P> {
    /// Those asked for that are here; every client when none is named.
    pub(crate) async fn export_clients(
        &self,
        mut clients: Vec<ClientId>,
    ) -> Result<Vec<ClientFile>, EngineError> {
        if clients.is_empty() {
            clients = self.state.borrow().rows.clients.keys().copied().collect();
        }
        let mut files = Vec::new();
        for client in clients {
            if let Told::Client(Some(file)) = self.answer(&Ask::Client(client)).await? {
                files.push(*file);
            }
        }
        Ok(files)
    }
}

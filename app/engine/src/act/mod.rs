//! What the interface asks for besides commands and answers. Whatever needs the network or a lock is
//! the worker's affair ([`Engine::act`] refuses it as offline).

mod clients;
mod drafts;
mod export;
mod import;
mod join;
mod photo;
mod rebuild;
mod refused;
mod undo;

pub use photo::Upload;

use caravan_port::act::{Act, ActError, Done};

use crate::engine::Engine;
use crate::platform::Platform;
use crate::storage::Storage;

impl<S: Storage, P: Platform> Engine<S, P> {
    /// # Errors
    /// Why it was not done; nothing has changed then.
    pub async fn act(&self, act: Act) -> Result<Done, ActError> {
        let done = match act {
            Act::SaveDraft { key, draft } => self.save_draft(key, draft).await,
            Act::DropDraft { key } => self.drop_draft(key).await,
            Act::StorePhoto {
                jpeg,
                width,
                height,
            } => self.store_photo(jpeg, width, height).await,
            Act::LoadPhoto(hash) => self.load_photo(hash).await.map(Done::PhotoBytes),
            Act::Undo(undo) => self.undo(undo).await,
            Act::Dismiss(sequence) => self.dismiss(sequence).await,
            Act::DismissLoss => self.dismiss_loss().await,
            Act::WriteAgain(sequence) => self.write_again(sequence).await,
            Act::WriteAllAgain => self.write_all_again().await,
            Act::CheckImport(probes) => self.check_import(&probes).map(Done::Import),
            Act::ExportEverything => self.export_everything().await.map(Done::File),
            Act::ExportClients(clients) => self.export_clients(clients).await.map(Done::Clients),
            Act::Persisted(persisted) => self.note_persisted(persisted).await,
            Act::Leave => self.wipe(false).await.map(|()| Done::Nothing),
            Act::LookAtInvitation { .. }
            | Act::Join(_)
            | Act::SignIn(_)
            | Act::SyncNow
            | Act::Unlock(_)
            | Act::Lock
            | Act::LockAfter(_)
            | Act::AddPasskey { .. }
            | Act::ChangePassword { .. }
            | Act::GiveBack { .. } => {
                return Err(ActError::Offline);
            }
        };
        Ok(done?)
    }
}

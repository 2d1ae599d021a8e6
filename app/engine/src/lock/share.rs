//! The relay's share of what a device is encrypted with, as it comes and, when the relay has lost it, as it goes back.

use caravan_sync::join::Share;

use super::read;
use crate::engine::Engine;
use crate::error::EngineError;
use crate::platform::Platform;
use crate::storage::cipher::Cipher;
use crate::storage::sealed::Sealed;
use crate::storage::{Storage, Store, Transaction};
use crate::stored;

impl<S: Storage, C: Cipher, P: Platform> Engine<Sealed<S, C>, P> {
    /// The relay has given its share, which begins the lease anew. One that was rebuilt gives another, by which nothing opens
    /// here: both are kept until one of them has opened the device, and the relay is told if it is the earlier one.
    ///
    /// # Errors
    /// The storage's failure.
    pub async fn take_share(&self, share: &Share) -> Result<(), EngineError> {
        if !self.storage().is_sealed() {
            return Ok(());
        }
        let _writer = self.writer().await;
        let now = self.platform.now();
        let mut progress = self.state.borrow().progress;
        progress.last_contact_at = Some(now);
        let mut transaction = Transaction::default();
        match read::<Share>(self.storage(), stored::SHARE).await? {
            Some(held) if held != *share => {
                transaction.put(Store::Meta, stored::OTHER_SHARE, stored::write(share));
            }
            _ => {
                transaction.put(Store::Meta, stored::SHARE, stored::write(share));
                transaction.delete(Store::Meta, stored::OTHER_SHARE);
            }
        }
        transaction.put(Store::Meta, stored::PROGRESS, stored::write(&progress));
        self.storage().commit(transaction).await?;
        let mut state = self.state.borrow_mut();
        state.progress = progress;
        state.has_share = true;
        if let Some(locked) = &mut state.locked {
            locked.has_share = true;
        }
        state.touched.connection = true;
        state.touched.lock = true;
        Ok(())
    }

    /// The share that the relay is to be told.
    ///
    /// # Errors
    /// The storage's failure.
    pub async fn share_to_tell(&self) -> Result<Option<Share>, EngineError> {
        let storage = self.storage();
        let other = storage.get(Store::Meta, stored::OTHER_SHARE).await?;
        match other.filter(|_| !storage.is_locked()) {
            Some(_) => Ok(read(storage, stored::SHARE).await?),
            None => Ok(None),
        }
    }

    /// The relay has it, and gives it from now on.
    ///
    /// # Errors
    /// The storage's failure: it is told again.
    pub async fn share_told(&self) -> Result<(), EngineError> {
        let mut transaction = Transaction::default();
        transaction.delete(Store::Meta, stored::OTHER_SHARE);
        Ok(self.storage().commit(transaction).await?)
    }
}

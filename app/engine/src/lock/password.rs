//! Another password for somebody who knows the one they have: first the account's, at the relay, then this device's. Cut
//! anywhere in between, the device opens with the old one, and doing both once more comes to the same.

use caravan_sync::join::{PasswordRequest, Share};

use super::secret::{self, Secret};
use super::{NotUnlocked, read};
use crate::engine::Engine;
use crate::error::EngineError;
use crate::platform::Platform;
use crate::storage::cipher::Cipher;
use crate::storage::sealed::Sealed;
use crate::storage::{Storage, Store, Transaction};
use crate::stored::{self, By, Lock};

impl<S: Storage, C: Cipher, P: Platform> Engine<Sealed<S, C>, P> {
    /// Whether this password opens the device; one that is not encrypted opens by any.
    ///
    /// # Errors
    /// As for unlocking.
    pub async fn knows_password(&self, password: &str) -> Result<(), NotUnlocked> {
        if self.storage().is_sealed() {
            self.master(Secret::Password(password)).await?;
        }
        Ok(())
    }

    /// What to ask of the relay.
    ///
    /// # Errors
    /// `NotJoined`, or when the key cannot be used.
    pub async fn password_request(
        &self,
        old: &str,
        new: &str,
    ) -> Result<PasswordRequest, EngineError> {
        let (workspace, device, challenge) = self.asking()?;
        let signed = PasswordRequest::signed_bytes(workspace, device, challenge, old, new);
        Ok(PasswordRequest {
            workspace,
            device,
            challenge,
            signature: self.platform.sign(&signed).await?,
            old: old.to_owned(),
            new: new.to_owned(),
        })
    }

    /// From here on the device opens by `new`, and no more by `old`. A passkey goes on opening it.
    ///
    /// # Errors
    /// As for unlocking; the device opens by `old` then.
    pub async fn change_password(&self, old: &str, new: &str) -> Result<(), NotUnlocked> {
        if !self.storage().is_sealed() {
            return Ok(());
        }
        let _writer = self.writer().await;
        let storage = self.storage();
        let master = self.master(Secret::Password(old)).await?;
        let share: Option<Share> = read(storage, stored::SHARE).await?;
        let share = share.ok_or(NotUnlocked::LeaseOver)?;
        let way = secret::by_password(storage.cipher(), new, &share, &master).await?;
        let lock: Option<Lock> = read(storage, stored::LOCK).await?;
        let mut lock = lock.ok_or(NotUnlocked::Failed)?;
        lock.ways
            .retain(|way| !matches!(way.by, By::Password { .. }));
        lock.ways.insert(0, way);
        self.keep_ways(lock).await
    }

    /// The ways in anew, in one transaction. The master key is the same: nothing else is to be sealed again.
    pub(super) async fn keep_ways(&self, lock: Lock) -> Result<(), NotUnlocked> {
        let mut transaction = Transaction::default();
        transaction.put(Store::Meta, stored::LOCK, stored::write(&lock));
        self.storage().inner().commit(transaction).await?;
        let mut state = self.state.borrow_mut();
        state.lock = Some(lock);
        state.touched.lock = true;
        Ok(())
    }
}

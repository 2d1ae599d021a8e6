//! Removing a workspace from the device: by the person's word, or by revocation.

use crate::engine::Engine;
use crate::error::EngineError;
use crate::platform::Platform;
use crate::state::State;
use crate::storage::{Storage, Store, Transaction};
use crate::stored;

impl<S: Storage, P: Platform> Engine<S, P> {
    /// Removes everything of this workspace. `revoked` is remembered, so that the screen can say
    /// why it is empty.
    ///
    /// # Errors
    /// The storage's failure; everything is still there then.
    pub async fn wipe(&self, revoked: bool) -> Result<(), EngineError> {
        let _writer = self.writer().await;
        let mut transaction = Transaction::default();
        for store in Store::ALL {
            transaction.delete_prefix(store, []);
        }
        if revoked {
            transaction.put(Store::Meta, stored::REVOKED, vec![1]);
        }
        self.storage.commit(transaction).await?;
        let mut empty = State {
            revoked,
            ..State::default()
        };
        empty.touched.everything = true;
        *self.state.borrow_mut() = empty;
        // Without it nothing that was stored can be taken for this device's any more.
        self.platform.forget_key().await?;
        Ok(())
    }
}

//! What is being typed, and small things the device remembers.

use caravan_port::act::Done;

use crate::engine::Engine;
use crate::error::EngineError;
use crate::platform::Platform;
use crate::storage::{Storage, Store, Transaction};
use crate::stored;

impl<S: Storage, P: Platform> Engine<S, P> {
    pub(super) async fn save_draft(
        &self,
        key: String,
        draft: Vec<u8>,
    ) -> Result<Done, EngineError> {
        let mut transaction = Transaction::default();
        transaction.put(Store::Drafts, key.as_bytes(), draft);
        self.storage.commit(transaction).await?;
        self.state.borrow_mut().touched.drafts.insert(key);
        Ok(Done::Nothing)
    }

    pub(super) async fn drop_draft(&self, key: String) -> Result<Done, EngineError> {
        let mut transaction = Transaction::default();
        transaction.delete(Store::Drafts, key.as_bytes());
        self.storage.commit(transaction).await?;
        self.state.borrow_mut().touched.drafts.insert(key);
        Ok(Done::Nothing)
    }

    pub(super) async fn dismiss_loss(&self) -> Result<Done, EngineError> {
        let mut transaction = Transaction::default();
        transaction.delete(Store::Meta, stored::LOST);
        self.storage.commit(transaction).await?;
        let mut state = self.state.borrow_mut();
        state.lost = None;
        state.touched.connection = true;
        Ok(Done::Nothing)
    }

    pub(super) async fn note_persisted(&self, persisted: bool) -> Result<Done, EngineError> {
        if self.state.borrow().persisted == Some(persisted) {
            return Ok(Done::Nothing);
        }
        let mut transaction = Transaction::default();
        transaction.put(Store::Meta, stored::PERSISTED, vec![u8::from(persisted)]);
        self.storage.commit(transaction).await?;
        let mut state = self.state.borrow_mut();
        state.persisted = Some(persisted);
        state.touched.storage = true;
        Ok(Done::Nothing)
    }
}

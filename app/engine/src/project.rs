//! Rows that an older version of the app has projected are made anew, a few documents at a time,
//! so that a new version starts as quickly as the old one.

use crate::engine::Engine;
use crate::error::EngineError;
use crate::platform::Platform;
use crate::stage::Stage;
use crate::storage::Storage;

impl<S: Storage, P: Platform> Engine<S, P> {
    /// Projects up to `most` documents; whether any are left.
    ///
    /// # Errors
    /// The storage's failure. A document that cannot be read is passed over.
    pub async fn project_some(&self, most: usize) -> Result<bool, EngineError> {
        let _writer = self.writer().await;
        let some: Vec<_> = self
            .state
            .borrow()
            .unprojected
            .iter()
            .take(most)
            .copied()
            .collect();
        let mut stage = Stage::default();
        for id in some {
            match self.open(id).await {
                Ok(Some(opened)) => {
                    let rows = opened.rows()?;
                    stage.project(&self.state.borrow(), id, rows);
                }
                Ok(None) | Err(EngineError::Document(_) | EngineError::Damaged) => {
                    self.state.borrow_mut().unprojected.remove(&id);
                }
                Err(error) => return Err(error),
            }
        }
        self.commit(stage).await?;
        Ok(!self.state.borrow().unprojected.is_empty())
    }
}

//! Taking back one's own last edits.

use std::collections::BTreeSet;

use caravan_domain::command::Outcome;
use caravan_domain::label::CommandLabel;
use caravan_domain::policy;
use caravan_port::act::Done;

use crate::engine::Engine;
use crate::error::EngineError;
use crate::platform::Platform;
use crate::run::standing;
use crate::stage::Stage;
use crate::storage::Storage;

impl<S: Storage, P: Platform> Engine<S, P> {
    /// Writes back what was there before, as a new change; refused where anybody has written since.
    pub(super) async fn undo(&self, undo: u64) -> Result<Done, EngineError> {
        let _writer = self.writer().await;
        let (edits, left) = {
            let state = self.state.borrow();
            let known = state.undo.iter().find(|known| known.undo == undo);
            let known = known.ok_or(EngineError::CannotUndo)?;
            let (edits, left) = (known.edits.clone(), known.left.clone());
            let me = state.identity()?.person;
            let allowed = edits.iter().all(|edit| {
                state.holds(edit.document) && policy::may_write(me, edit.document, &state.facts)
            });
            if !allowed {
                return Err(EngineError::CannotUndo);
            }
            (edits, left)
        };
        let documents: BTreeSet<_> = edits.iter().map(|edit| edit.document).collect();
        let opened = self.open_all(documents.into_iter().collect()).await?;
        if standing(&edits, |id| opened.get(&id).map(|it| &it.document))? != left {
            return Err(EngineError::CannotUndo);
        }
        let outcome = Outcome {
            edits,
            ..Outcome::default()
        };
        let mut stage = Stage::default();
        self.stage_outcome(&mut stage, CommandLabel::Undo, outcome, opened)
            .await?;
        stage.undone = Some(undo);
        self.commit(stage).await?;
        Ok(Done::Nothing)
    }
}

//! A document that was erased for good leaves the device with everything that tells of it. What stays
//! is what its own author wrote and has not been told the end of: the envelopes in the outbox, which
//! the relay refuses, and the lines that come of it, until the person takes them off the list. The
//! client's name goes even from those.

use caravan_domain::document::DocumentId;
use caravan_domain::facts::{FactChange, FactKey};

use crate::engine::Engine;
use crate::error::EngineError;
use crate::platform::Platform;
use crate::stage::Stage;
use crate::storage::{Storage, Store};
use crate::stored::{self, Outgoing};

/// The document that a fact says was erased.
pub(super) fn erased_by(fact: &FactChange) -> Option<DocumentId> {
    match (fact.key, &fact.fact) {
        (FactKey::Erased(document), Some(_)) => Some(document),
        _ => None,
    }
}

impl<S: Storage, P: Platform> Engine<S, P> {
    pub(super) async fn erase(&self, stage: &mut Stage, id: DocumentId) -> Result<(), EngineError> {
        if !stage.purges(id) {
            self.purge(stage, id).await?;
        }
        let (pictures, waiting, told) = {
            let state = self.state.borrow();
            let pictures = state.blobs.values();
            let pictures = pictures.filter(|note| note.document == Some(id));
            let pictures: Vec<_> = pictures.map(|note| note.hash).collect();
            let waiting = state.outbox.iter().filter(|it| it.is_about(id));
            let waiting: Vec<_> = waiting.map(|it| it.sequence).collect();
            let told = state.attention.values();
            let told = told.filter(|it| it.outgoing.is_about(id));
            (pictures, waiting, told.cloned().collect::<Vec<_>>())
        };
        for hash in pictures {
            stage.blob(hash, None);
        }
        for sequence in waiting {
            let key = sequence.to_be_bytes();
            if let Some(stored) = self.storage.get(Store::Outbox, &key).await? {
                let mut outgoing: Outgoing = stored::read(&stored)?;
                outgoing.subject.clear();
                stage.without_subject(outgoing);
            }
        }
        for mut attention in told {
            attention.outgoing.subject.clear();
            stage.tell_again(attention);
        }
        Ok(())
    }
}

//! What leaves a device only until its person has signed something. Drafts and pictures of which there is no other copy
//! stay for then. Whether the client itself comes back is another matter: it may go to somebody else meanwhile, and
//! nobody tells a device that waits. So what was put by is noted, and goes when the way is open and its client has not come.

use std::collections::BTreeSet;

use caravan_domain::agreements::standing::waits;
use caravan_domain::document::DocumentId;
use caravan_domain::facts::{FactChange, FactKey, Facts};
use caravan_domain::id::ClientId;
use caravan_sync::frame::Reply;

use crate::engine::Engine;
use crate::error::EngineError;
use crate::platform::Platform;
use crate::stage::Stage;
use crate::storage::{Storage, Store};

impl<S: Storage, P: Platform> Engine<S, P> {
    /// Whether client data leaves this device only until its person has signed something: what they were typing about it,
    /// and pictures that are still to be uploaded, stay for then.
    pub(super) fn will_wait(&self, reply: &Reply) -> Result<bool, EngineError> {
        let state = self.state.borrow();
        let me = state.identity()?.person;
        let settled = &state.settled;
        let asked = settled.requirements.keys();
        let mut facts = Facts::default();
        for agreement in asked {
            for key in [
                FactKey::Requirement(*agreement),
                FactKey::Signed(me, *agreement),
            ] {
                let fact = settled.get(key);
                facts.apply(FactChange { key, fact });
            }
        }
        let key = FactKey::Person(me);
        let fact = settled.get(key);
        facts.apply(FactChange { key, fact });
        for change in &reply.facts {
            if matches!(
                change.key,
                FactKey::Requirement(_) | FactKey::Person(_) | FactKey::Signed(..)
            ) {
                facts.apply(change.clone());
            }
        }
        Ok(waits(me, &facts))
    }

    /// As [`Engine::purge`], of what may come back: what only this device has stays.
    pub(super) async fn put_by(
        &self,
        stage: &mut Stage,
        id: DocumentId,
    ) -> Result<(), EngineError> {
        self.drop_pictures(stage, id, |note| note.uploaded).await?;
        stage.purge(id);
        if self.has_left_behind(id).await? {
            let known = self.state.borrow().put_by.clone();
            stage.put_by.get_or_insert(known).insert(id);
        }
        Ok(())
    }

    async fn has_left_behind(&self, id: DocumentId) -> Result<bool, EngineError> {
        let unsent = {
            let state = self.state.borrow();
            let mut all = state.blobs.values();
            all.any(|note| note.document == Some(id) && !note.uploaded)
        };
        let named = id.id.to_string();
        let drafts = self.storage.keys(Store::Drafts).await?;
        let mut drafts = drafts.iter().map(|key| String::from_utf8_lossy(key));
        Ok(unsent || drafts.any(|key| key.contains(&named)))
    }

    /// The relay has sent everything that its person may see: what was put by of anything else has nowhere to go.
    pub(super) async fn drop_put_by(&self, stage: &mut Stage) -> Result<(), EngineError> {
        let put_by = match &stage.put_by {
            Some(put_by) => put_by.clone(),
            None => self.state.borrow().put_by.clone(),
        };
        if put_by.is_empty() {
            return Ok(());
        }
        for id in put_by {
            let here = {
                let state = self.state.borrow();
                let client = DocumentId::from(ClientId(id.id));
                let both = [client, DocumentId::orders(ClientId(id.id))];
                both.into_iter().any(|id| stage.will_hold(&state, id))
            };
            if here {
                continue;
            }
            self.drop_drafts(stage, id).await?;
            let pictures: Vec<_> = {
                let state = self.state.borrow();
                let all = state.blobs.values();
                let theirs = all.filter(|note| note.document == Some(id));
                theirs.map(|note| note.hash).collect()
            };
            for hash in pictures {
                stage.blob(hash, None);
            }
        }
        stage.put_by = Some(BTreeSet::new());
        Ok(())
    }
}

//! A document that went and comes again is without what this device wrote in it and has not sent. It goes in again: it may
//! count now, whoever wrote it has not been told otherwise, and what they write next would take its number.

use std::borrow::Cow;
use std::collections::BTreeSet;

use caravan_documents::Applied;
use caravan_domain::document::DocumentId;
use caravan_domain::policy;
use caravan_sync::envelope::Payload;
use caravan_sync::frame::{Receipt, Rejection, Verdict};

use crate::engine::Engine;
use crate::error::EngineError;
use crate::open::Opened;
use crate::platform::Platform;
use crate::stage::Stage;
use crate::storage::{Storage, Store};
use crate::stored::{self, Outgoing};

impl<S: Storage, P: Platform> Engine<S, P> {
    /// What waits in the outbox, or is received only now, stands again in documents that have come with this reply, and in
    /// those that nobody else has written in: they come without a word. `receipts` are the reply's.
    pub(super) async fn put_unsent_in_again(
        &self,
        stage: &mut Stage,
        receipts: &[Receipt],
    ) -> Result<(), EngineError> {
        let refused = receipts.iter().filter(|it| is_refused(it));
        let refused: BTreeSet<_> = refused.map(|it| it.sequence).collect();
        for id in self.gone_with_unsent(stage)? {
            let mut opened = match stage.opened(id) {
                Some(opened) => opened.clone(),
                None => Opened::new(id),
            };
            let mut again = Vec::new();
            for change in self.unsent(id, &refused).await? {
                let mut grown = opened.document.clone();
                // What rests on something that is not there will be refused.
                if let Ok(Applied::Merged) = grown.apply(&change) {
                    opened.document = grown;
                    again.extend(change);
                }
            }
            if !again.is_empty() {
                stage.append(&self.state.borrow(), opened, &again, Vec::new())?;
            }
        }
        Ok(())
    }

    /// The documents of which something waits, that were not here and are now, or may be.
    fn gone_with_unsent(&self, stage: &Stage) -> Result<Vec<DocumentId>, EngineError> {
        let state = self.state.borrow();
        let unsent = state.outbox.documents();
        let gone: Vec<_> = unsent.filter(|id| !state.holds(*id)).collect();
        if gone.is_empty() {
            return Ok(gone);
        }
        let me = state.identity()?.person;
        let mut facts = Cow::Borrowed(&state.settled);
        for change in stage.facts() {
            facts.to_mut().apply(change.clone());
        }
        let comes = |id: &DocumentId| {
            let may = || !stage.purges(*id) && policy::may_read(me, *id, &facts);
            stage.will_hold(&state, *id) || may()
        };
        Ok(gone.into_iter().filter(comes).collect())
    }

    /// The changes of the document that wait, oldest first.
    async fn unsent(
        &self,
        id: DocumentId,
        refused: &BTreeSet<u64>,
    ) -> Result<Vec<Vec<u8>>, EngineError> {
        let waiting: Vec<_> = {
            let state = self.state.borrow();
            let waiting = state.outbox.of_document(id);
            waiting.filter(|it| !refused.contains(it)).collect()
        };
        let mut changes = Vec::new();
        for sequence in waiting {
            let key = sequence.to_be_bytes();
            let Some(stored) = self.storage.get(Store::Outbox, &key).await? else {
                continue;
            };
            let outgoing: Outgoing = stored::read(&stored)?;
            if let Payload::Change(bytes) = outgoing.envelope.payload {
                changes.push(bytes);
            }
        }
        Ok(changes)
    }
}

fn is_refused(receipt: &Receipt) -> bool {
    // A repeated one counts already.
    matches!(receipt.verdict, Verdict::Refused { reason, .. } if reason != Rejection::Repeated)
}

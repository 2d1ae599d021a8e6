//! What becomes of a device when its relay's log is another one. At first what is here and what the
//! relay has are merged. When the relay takes nothing back any more, what it has counts, with what
//! waits here for it; whatever else stands in a document is taken out and told to the person, because
//! nobody else will ever have it.

use std::collections::BTreeSet;

use caravan_documents::{Applied, StoredChange};
use caravan_domain::command::RecordRef;
use caravan_domain::document::DocumentId;
use caravan_domain::facts::{FactChange, FactKey};
use caravan_domain::label::CommandLabel;
use caravan_sync::envelope::{Envelope, Hash, Payload, Signature};
use caravan_sync::frame::{Rejection, Reply, Snapshot};

use crate::engine::Engine;
use crate::error::EngineError;
use crate::giving::Came;
use crate::open::Opened;
use crate::platform::Platform;
use crate::stage::Stage;
use crate::state::State;
use crate::storage::Storage;
use crate::stored::{Attention, KEPT_FROM, Outgoing, Repair};
use crate::subject::subject;

impl<S: Storage, P: Platform> Engine<S, P> {
    /// The relay's log is another one than that of the last reply.
    pub(crate) fn begin_again(&self, stage: &mut Stage) {
        stage.repair = Some(Some(Repair::Giving));
        let state = self.state.borrow();
        for (hash, note) in &state.blobs {
            // The relay says itself which of them it has.
            let mut note = note.clone();
            note.uploaded = false;
            stage.blob(*hash, Some(note));
        }
    }

    /// From its beginning the relay tells every fact there is: the others are no more. Grants come
    /// with their documents.
    pub(super) fn forget_facts(&self, stage: &mut Stage, reply: &Reply) {
        let told: BTreeSet<_> = reply.facts.iter().map(|change| change.key).collect();
        let state = self.state.borrow();
        for key in facts_here(&state).filter(|key| !told.contains(key)) {
            stage.fact(&state, FactChange { key, fact: None });
        }
    }

    /// Takes leave of all that has not come, now that all has that the relay has.
    pub(super) async fn settle_rest(
        &self,
        stage: &mut Stage,
        came: &Came,
    ) -> Result<(), EngineError> {
        let rest: Vec<_> = {
            let state = self.state.borrow();
            let before = &state.giving.came;
            let rest = state.notes.values().filter(|known| {
                let id = known.note.document;
                let whole = came.whole.contains(&id) || before.whole.contains(&id);
                !whole && !stage.purges(id)
            });
            rest.map(|known| {
                let id = known.note.document;
                let granted = came.granted.contains(&id) || before.granted.contains(&id);
                (id, known.note.held && !stage.leaves(id), granted)
            })
            .collect()
        };
        for (id, held, granted) in rest {
            match (held, granted) {
                (true, granted) => self.settle(stage, id, None, granted).await?,
                (false, true) => {}
                (false, false) => self.purge(stage, id).await?,
            }
        }
        stage.repair = Some(None);
        Ok(())
    }

    /// The document as the relay has it, with what waits here for the relay.
    pub(super) async fn settle(
        &self,
        stage: &mut Stage,
        id: DocumentId,
        snapshot: Option<&Snapshot>,
        granted: bool,
    ) -> Result<(), EngineError> {
        let own = match stage.opened(id) {
            Some(opened) => Some(opened.clone()),
            None if !stage.leaves(id) && self.state.borrow().holds(id) => self.open(id).await?,
            None => None,
        };
        let mut settled = match snapshot {
            Some(snapshot) => Opened::load_snapshot(id, &snapshot.chunks)?,
            None => Opened::new(id),
        };
        let before = settled.document.changes_since_genesis()?.count();
        let mut lost = Vec::new();
        if let Some(own) = &own {
            for change in own.document.changes_since_genesis()? {
                let mut grown = settled.document.clone();
                match grown.apply(&change.bytes)? {
                    Applied::Known => {}
                    Applied::Merged if self.waits(id, &change) => settled.document = grown,
                    // It goes back to what it was without it when the relay has refused it.
                    _ if self.waits(id, &change) => {}
                    _ => lost.push(change),
                }
            }
            settled.received = own.received.clone();
        }
        if let Some(snapshot) = snapshot {
            settled.note_received(&snapshot.received);
        }
        let now_in = settled.document.changes_since_genesis()?.count();
        if !lost.is_empty() {
            stage.take_out_of(id);
            let lost = lost.iter().map(|change| change.hash).collect();
            self.forget_lost(stage, id, &lost).await?;
        }
        for change in lost {
            self.tell_lost(stage, id, change);
        }
        match (now_in, granted) {
            (0, granted) => {
                self.purge(stage, id).await?;
                if granted {
                    stage.empty(&self.state.borrow(), id);
                }
            }
            _ => {
                let unchanged = own.is_some_and(|own| {
                    own.document.heads() == settled.document.heads()
                        && own.received.len() == settled.received.len()
                });
                if !unchanged || before == 0 {
                    stage.replace(&self.state.borrow(), settled)?;
                }
            }
        }
        Ok(())
    }

    pub(crate) fn waits(&self, id: DocumentId, change: &StoredChange) -> bool {
        let state = self.state.borrow();
        let mine = state.identity().is_ok_and(|me| me.device == change.device);
        mine && state
            .outbox
            .iter()
            .any(|it| it.document == id && it.change == change.sequence)
    }

    fn tell_lost(&self, stage: &mut Stage, document: DocumentId, change: StoredChange) {
        let state = self.state.borrow();
        let payload = Payload::Change(change.bytes);
        let told = state.attention.values();
        if told
            .map(|it| &it.outgoing.envelope.payload)
            .any(|it| *it == payload)
        {
            return;
        }
        let last = state
            .attention
            .last_key_value()
            .map_or(0, |(last, _)| *last);
        let number = KEPT_FROM.max(last.saturating_add(1)) + stage.told_lost() as u64;
        let now = self.platform.now();
        let record = document.client().map(RecordRef::from);
        stage.tell_lost(Attention {
            outgoing: Outgoing {
                envelope: Envelope {
                    document,
                    device: change.device,
                    sequence: number,
                    previous: Hash::NONE,
                    written_at: now,
                    payload,
                    signature: Signature([0; 64]),
                },
                label: CommandLabel::Write,
                record,
                subject: subject(&state, record, None),
            },
            refused_at: now,
            reason: Rejection::RestsOnRefused,
        });
    }
}

/// What has come in a reply, whole or by its grant.
pub(super) fn came(reply: &Reply) -> Came {
    let whole = reply.snapshots.iter().map(|snapshot| snapshot.document);
    let granted = reply.facts.iter().filter_map(|change| match change {
        FactChange {
            key: FactKey::Grant(id),
            fact: Some(_),
        } => Some(*id),
        _ => None,
    });
    Came {
        whole: whole.collect(),
        granted: granted.collect(),
    }
}

/// Grants are settled with their documents.
fn facts_here(state: &State) -> impl Iterator<Item = FactKey> + use<'_> {
    let keys = state.settled.keys();
    keys.chain([FactKey::Plan])
        .filter(|key| !matches!(key, FactKey::Grant(_)))
}

//! Giving back what a restored relay lacks: `POST /api/refill`. It is asked how far it has come with
//! each device's envelopes; own ones beyond that wait again, others' are offered. When the relay
//! takes nothing back any more, what it has counts alone ([`super::settle`]).

use std::collections::BTreeMap;

use caravan_domain::document::DocumentId;
use caravan_domain::id::DeviceId;
use caravan_domain::time::Instant;
use caravan_sync::cursor::{CatchUp, Cursor};
use caravan_sync::envelope::Payload;
use caravan_sync::frame::{BATCH_TARGET, PUSH_MAX, Verdict};
use caravan_sync::refill::{ASKED_MAX, RefillAnswer, RefillRequest};

use super::push::ENVELOPE_BYTES;
use crate::engine::Engine;
use crate::error::EngineError;
use crate::giving::Giving;
use crate::platform::Platform;
use crate::stage::Stage;
use crate::state::State;
use crate::storage::{Key, Storage, Store};
use crate::stored::{self, Kept, Repair, whose};

/// Keys by the device and its own count.
pub(crate) type KeptOfAll = BTreeMap<DeviceId, BTreeMap<u64, Key>>;

/// Own envelopes that wait again out of one transaction.
const AT_ONCE: usize = 256;

impl<S: Storage, P: Platform> Engine<S, P> {
    /// What to ask or to give next; `None` when there is nothing to do for now.
    ///
    /// # Errors
    /// The storage's failure.
    pub async fn refill_request(&self) -> Result<Option<RefillRequest>, EngineError> {
        let now = self.platform.now();
        {
            let state = self.state.borrow();
            let cursor = state.progress.cursor;
            let giving = state.repair == Some(Repair::Giving) && !state.copied;
            // First everything is to be here that the relay has.
            let level = cursor.catch_up == CatchUp::Done;
            if !giving || !level || state.giving.rests(cursor.sequence, now) {
                return Ok(None);
            }
        }
        if self.state.borrow().giving.asked {
            return self.next_to_give().await.map(Some);
        }
        let mut devices: Vec<_> = self.kept_of_all().await?.into_keys().collect();
        let own = self.state.borrow().identity()?.device;
        devices.retain(|device| *device != own);
        devices.truncate(ASKED_MAX - 1);
        devices.insert(0, own);
        Ok(Some(RefillRequest {
            devices,
            envelopes: Vec::new(),
        }))
    }

    /// Takes in the answer to this request. Durable when it returns.
    ///
    /// # Errors
    /// When it could not be stored: it is asked again.
    pub async fn take_refill(
        &self,
        request: &RefillRequest,
        answer: RefillAnswer,
    ) -> Result<(), EngineError> {
        let _writer = self.writer().await;
        {
            let mut state = self.state.borrow_mut();
            state.touched.outbox = true;
            let complete = answer.lacks_from.len() == request.devices.len()
                && answer.verdicts.len() == request.envelopes.len();
            if answer.epoch != state.progress.epoch || !complete {
                state.giving.asked = false;
                state.giving.queue.clear();
                let position = state.progress.cursor.sequence;
                state.giving.rest(position, self.platform.now());
                return Ok(());
            }
        }
        if request.devices.is_empty() {
            let mut state = self.state.borrow_mut();
            for verdict in &answer.verdicts {
                state.giving.queue.pop_front();
                state.giving.waits += u32::from(*verdict == Verdict::Waits);
            }
        } else {
            self.take_lacks(request, &answer).await?;
        }
        let all_offered = self.state.borrow().giving.queue.is_empty();
        match (answer.until, all_offered) {
            (None, _) => self.begin_to_settle().await,
            (Some(_), true) => {
                let mut state = self.state.borrow_mut();
                let position = state.progress.cursor.sequence;
                state.giving.rest(position, self.platform.now());
                Ok(())
            }
            (Some(_), false) => Ok(()),
        }
    }

    /// Whether the relay is being given back what it lacks, and how many envelopes are left.
    #[must_use]
    pub fn giving_back(&self) -> Option<u32> {
        self.state.borrow().giving_back()
    }

    /// Whether the present connection is to be given up for a new one.
    #[must_use]
    pub fn begins_again(&self) -> bool {
        self.state.borrow().giving.begins_again
    }

    async fn take_lacks(
        &self,
        request: &RefillRequest,
        answer: &RefillAnswer,
    ) -> Result<(), EngineError> {
        let own = self.state.borrow().identity()?.device;
        let mut kept = self.kept_of_all().await?;
        let mut queue = Vec::new();
        for (device, from) in request.devices.iter().zip(&answer.lacks_from) {
            let known = kept.remove(device).unwrap_or_default();
            let lacking = from.map(|from| known.into_iter().filter(move |(it, _)| *it >= from));
            let lacking: Vec<_> = lacking.into_iter().flatten().map(|(_, key)| key).collect();
            match *device == own {
                true => self.wait_again(lacking, answer.facts_of).await?,
                false => queue.extend(lacking),
            }
        }
        let mut state = self.state.borrow_mut();
        state.giving.asked = true;
        state.giving.waits = 0;
        // Without a refill nothing of others' is taken.
        state.giving.queue = match answer.until {
            Some(_) => queue.into(),
            None => Default::default(),
        };
        state.outbox.offer_all();
        Ok(())
    }

    /// Own envelopes that the relay lacks count as not sent, but for what was decided before the facts that it was rebuilt
    /// with: there it stands, and decided again it would undo what came after it.
    async fn wait_again(
        &self,
        keys: Vec<Key>,
        facts_of: Option<Instant>,
    ) -> Result<(), EngineError> {
        for keys in keys.chunks(AT_ONCE) {
            let mut stage = Stage::default();
            for key in keys {
                let Some(kept) = self.storage.get(Store::History, key).await? else {
                    continue;
                };
                let kept: Kept = stored::read(&kept)?;
                let decided = matches!(kept.envelope.payload, Payload::Decision(_));
                if decided && facts_of.is_some_and(|then| kept.received_at <= then) {
                    continue;
                }
                let outgoing = self.outgoing_again(kept.envelope);
                stage.send_again(key.clone(), outgoing);
            }
            self.commit(stage).await?;
        }
        Ok(())
    }

    async fn next_to_give(&self) -> Result<RefillRequest, EngineError> {
        let keys: Vec<_> = {
            let state = self.state.borrow();
            state.giving.queue.iter().take(PUSH_MAX).cloned().collect()
        };
        let mut request = RefillRequest::default();
        let mut bytes = 0;
        for key in keys {
            let Some(kept) = self.storage.get(Store::History, &key).await? else {
                // It was purged meanwhile.
                self.state.borrow_mut().giving.queue.retain(|it| *it != key);
                continue;
            };
            let kept: Kept = stored::read(&kept)?;
            bytes += kept.envelope.payload.bytes().len() + ENVELOPE_BYTES;
            if bytes > BATCH_TARGET && !request.envelopes.is_empty() {
                break;
            }
            request.envelopes.push(kept.envelope);
        }
        Ok(request)
    }

    /// The keys of what is kept of each device, by its own count.
    pub(crate) async fn kept_of_all(&self) -> Result<KeptOfAll, EngineError> {
        let mut all: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
        for key in self.storage.keys(Store::History).await? {
            if let Some((device, sequence)) = whose(&key) {
                all.entry(device).or_default().insert(sequence, key);
            }
        }
        Ok(all)
    }

    async fn begin_to_settle(&self) -> Result<(), EngineError> {
        let mut stage = Stage::default();
        let mut progress = self.state.borrow().progress;
        progress.cursor = every_document(progress.cursor);
        stage.progress = Some(progress);
        stage.repair = Some(Some(Repair::Settling));
        self.commit(stage).await?;
        let mut state = self.state.borrow_mut();
        let missed = state.giving.missed;
        state.giving = Giving {
            missed,
            begins_again: true,
            ..Giving::default()
        };
        state.outbox.offer_all();
        Ok(())
    }
}

/// Once more every document as the relay has it. Facts were followed, and go on from where they are.
pub(crate) const fn every_document(cursor: Cursor) -> Cursor {
    Cursor {
        catch_up: CatchUp::Everything {
            after: DocumentId::WORKSPACE,
        },
        ..cursor
    }
}

impl State {
    pub(crate) fn giving_back(&self) -> Option<u32> {
        let giving = self.repair == Some(Repair::Giving);
        giving.then(|| self.giving.left().saturating_add(self.outbox.len()))
    }
}

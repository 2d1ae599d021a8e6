//! Taking what devices give back of others' envelopes, while a restored log is refilled.

use caravan_domain::id::DeviceId;
use caravan_sync::envelope::Envelope;
use caravan_sync::frame::Verdict;
use caravan_sync::refill::{RefillAnswer, RefillRequest};

use super::{Change, Workspace, WorkspaceError};
use crate::clock;
use crate::identity::verify;

impl Workspace {
    /// What the relay lacks, and what became of what it was given, once that is durable.
    ///
    /// # Errors
    /// When nothing could be written; the device gives it again later.
    pub async fn refill(&self, request: RefillRequest) -> Result<RefillAnswer, WorkspaceError> {
        let verdicts = self.take_given(request.envelopes).await?;
        let now = clock::now();
        Ok(RefillAnswer {
            epoch: self.epoch(),
            now,
            until: self.look(|core| core.refilling(now).map(|refill| refill.until)),
            lacks_from: self.lacking(&request.devices),
            verdicts,
            facts_of: self.look(|core| core.facts_of()),
        })
    }

    fn lacking(&self, devices: &[DeviceId]) -> Vec<Option<u64>> {
        let lacks = |device: &DeviceId| self.look(|core| core.lacks_from(*device));
        devices.iter().map(lacks).collect()
    }

    async fn take_given(&self, envelopes: Vec<Envelope>) -> Result<Vec<Verdict>, WorkspaceError> {
        if envelopes.is_empty() {
            return Ok(Vec::new());
        }
        let given = self.change(move |core, pending, log| {
            let verify = |key: &caravan_sync::join::PublicKey,
                          bytes: &[u8],
                          signature: &caravan_sync::envelope::Signature| {
                verify(&key.0, bytes, &signature.0).is_ok()
            };
            let now = clock::now();
            let mut admission = core.refill(pending, now, &envelopes, &verify, log)?;
            let receipts = std::mem::take(&mut admission.receipts).into_iter();
            Ok(Change {
                answer: receipts.map(|receipt| receipt.verdict).collect(),
                admission,
                also: Vec::new(),
            })
        });
        given.await
    }
}

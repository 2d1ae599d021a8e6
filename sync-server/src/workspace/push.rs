//! Taking what a device pushes.

use caravan_domain::id::DeviceId;
use caravan_sync::envelope::Envelope;
use caravan_sync::frame::{Receipt, Verdict};
use caravan_sync::relay::Standing;

use super::{Change, Workspace, WorkspaceError};
use crate::clock;
use crate::identity::verify;
use crate::metrics::{Metrics, VerdictLabels};

#[derive(Debug)]
pub enum Pushed {
    Receipts(Vec<Receipt>),
    /// The device may not push any more.
    Revoked,
}

impl Workspace {
    /// What became of each envelope, once that is durable.
    ///
    /// # Errors
    /// When nothing could be written; the device pushes again later.
    pub async fn push(
        &self,
        device: DeviceId,
        envelopes: Vec<Envelope>,
    ) -> Result<Pushed, WorkspaceError> {
        if envelopes.is_empty() {
            return Ok(Pushed::Receipts(Vec::new()));
        }
        if self.look(|core| matches!(core.standing(device), Standing::Active(_))) {
            let documents = envelopes.iter().map(|it| it.document);
            // The commit fails with it, and says so.
            let _ = self.room.store.expect(self.id(), documents.collect()).await;
        }
        let pushed = self.change(move |core, pending, log| {
            let active = matches!(core.standing(device), Standing::Active(_));
            if !active || core.key(device).is_none() {
                return Ok(Change::none(Pushed::Revoked));
            }
            let mut admission = core.admit(
                pending,
                clock::now(),
                device,
                &envelopes,
                &|key, bytes, signature| verify(&key.0, bytes, &signature.0).is_ok(),
                log,
            )?;
            let receipts = std::mem::take(&mut admission.receipts);
            Ok(Change {
                answer: Pushed::Receipts(receipts),
                admission,
                also: Vec::new(),
            })
        });
        let pushed = pushed.await?;
        if let Pushed::Receipts(receipts) = &pushed {
            count(&self.room.metrics, receipts);
        }
        Ok(pushed)
    }
}

fn count(metrics: &Metrics, receipts: &[Receipt]) {
    for receipt in receipts {
        let verdict = match receipt.verdict {
            Verdict::Received { .. } => "received",
            Verdict::Refused { .. } => "refused",
            Verdict::OutOfOrder { .. } => "out_of_order",
            Verdict::Waits => "waits",
        };
        let labels = VerdictLabels { verdict };
        metrics.envelopes.get_or_create(&labels).inc();
    }
}

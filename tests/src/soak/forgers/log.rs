//! What stands in the log afterwards.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result, ensure};
use caravan_domain::id::{DeviceId, WorkspaceId};
use caravan_relay::identity::verify;
use caravan_sync::envelope::Envelope;
use caravan_sync::frame::Rejection;
use caravan_sync::relay::LogEntry;

use crate::native::Device;
use crate::soak::raw;

/// Of these devices of one workspace exactly what is in `counts` counts; whatever else they sent is there once, with
/// a reason, or not at all. How much that is.
pub(super) fn check(
    store: &Path,
    devices: &[Device],
    counts: &BTreeSet<(DeviceId, u64)>,
) -> Result<usize> {
    let first = devices.first().context("somebody was there")?;
    let workspace = first.workspace;
    let known: BTreeMap<_, _> = devices.iter().map(|device| (device.id, device)).collect();
    let mut chains: BTreeMap<DeviceId, BTreeMap<u64, LogEntry>> = BTreeMap::new();
    let mut kept = 0;
    for entry in raw::log(store, workspace)? {
        if !known.contains_key(&entry.device) {
            continue;
        }
        let number = (entry.device, entry.device_sequence);
        let refused = entry.refusal.is_some();
        ensure!(
            refused != counts.contains(&number),
            "{number:?} was to be refused or was not: {:?}",
            entry.refusal
        );
        kept += usize::from(refused);
        let chain = chains.entry(entry.device).or_default();
        let again = chain.insert(entry.device_sequence, entry);
        ensure!(again.is_none(), "{number:?} is in the log twice");
    }
    for (id, chain) in chains {
        let device = known.get(&id).context("only those known were kept")?;
        is_authentic(workspace, device, &chain)?;
    }
    Ok(kept)
}

/// By the rule of `docs/protocol.md`, from the log alone.
fn is_authentic(
    workspace: WorkspaceId,
    device: &Device,
    chain: &BTreeMap<u64, LogEntry>,
) -> Result<()> {
    let key = device.key.public();
    let mut next = None;
    for (sequence, entry) in chain.iter().rev() {
        let envelope = Envelope::from_bytes(&entry.envelope).context("an entry is damaged")?;
        let signed = envelope.signed_bytes(workspace)?;
        let vouched = next == Some((sequence + 1, envelope.hash(workspace)?));
        let authentic = vouched || verify(&key, &signed, &envelope.signature.0).is_ok();
        let counts = entry.refusal != Some(Rejection::BadSignature);
        ensure!(
            authentic || !counts,
            "nothing proves that {sequence} is of {}",
            device.id
        );
        next = authentic.then_some((*sequence, envelope.previous));
    }
    Ok(())
}

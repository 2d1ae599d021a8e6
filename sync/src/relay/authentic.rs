//! Which envelopes of a push their device has signed.
//!
//! Each envelope names the hash of the one before it, so a signature vouches for everything that
//! leads up to it: of an unbroken run only the last one is verified, which is the dearest step of a
//! push by far. When that fails the one before it is tried, so that a wrong signature costs nobody
//! but the envelopes which no later signature covers.
//!
//! Only the device's very next envelope vouches: it has its place in the log right after the one it
//! vouches for, in the same transaction, so that whoever reads the log finds the same proof. The
//! reasons are in `docs/decisions/0008-a-signature-vouches-for-its-chain.md`.

use caravan_domain::id::WorkspaceId;

use super::admit::Verify;
use crate::envelope::{Envelope, Hash};
use crate::join::PublicKey;

/// An envelope with what its bytes alone say.
pub(super) struct Checked<'a> {
    pub(super) envelope: &'a Envelope,
    /// `None` when the payload does not even begin like a change.
    pub(super) hash: Option<Hash>,
    /// Whether the device's key stands behind it.
    pub(super) authentic: bool,
}

/// Without `vouching` each one must stand for itself: in a refill two that follow one another may be
/// written at different times, or only one of them.
pub(super) fn checked<'a>(
    workspace: WorkspaceId,
    key: &PublicKey,
    envelopes: &'a [Envelope],
    vouching: bool,
    verify: &Verify<'_>,
) -> Vec<Checked<'a>> {
    let mut checked = Vec::with_capacity(envelopes.len());
    // The one after, if the device stands behind it.
    let mut next: Option<&Envelope> = None;
    for envelope in envelopes.iter().rev() {
        let signed = envelope.signed_bytes(workspace).ok();
        let hash = signed.as_deref().map(Hash::of);
        let vouched = next.is_some_and(|next| follows(next, envelope, hash));
        let authentic =
            vouched || signed.is_some_and(|signed| verify(key, &signed, &envelope.signature));
        next = (authentic && vouching).then_some(envelope);
        checked.push(Checked {
            envelope,
            hash,
            authentic,
        });
    }
    checked.reverse();
    checked
}

/// Whether `next` has the place after `envelope` and names it.
fn follows(next: &Envelope, envelope: &Envelope, hash: Option<Hash>) -> bool {
    next.device == envelope.device
        && envelope.sequence.checked_add(1) == Some(next.sequence)
        && hash == Some(next.previous)
}

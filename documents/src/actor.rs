//! A device is the actor of what it writes: the same 16 bytes.

use automerge::ActorId;
use caravan_domain::id::{DeviceId, Id};

pub(crate) fn of_device(device: DeviceId) -> ActorId {
    ActorId::from(*device.0.as_bytes())
}

/// `None` for the genesis and for whatever else is not a device.
pub(crate) fn device(actor: &ActorId) -> Option<DeviceId> {
    let bytes: [u8; 16] = actor.to_bytes().try_into().ok()?;
    let is_genesis = bytes == *crate::genesis::actor();
    (!is_genesis).then(|| DeviceId(Id::from_bytes(bytes)))
}

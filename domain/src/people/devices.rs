//! Revoking devices.

use crate::decision::Refusal;
use crate::facts::{Device, Fact, FactChange, FactKey, Facts};
use crate::id::{DeviceId, PersonId};
use crate::time::Instant;

use super::authority::{may_edit_details, may_touch, must};
use super::decision::set;

/// A device that is revoked already stays as it is.
pub(super) fn revoke(
    device: DeviceId,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    let before = facts.devices.get(&device).ok_or(Refusal::NotFound)?;
    must(may_edit_details(before.person, actor, facts))?;
    if let Some(person) = facts.people.get(&before.person) {
        must(may_touch(person, actor, facts))?;
    }
    Ok(revoked(device, before, at).into_iter().collect())
}

/// Whoever is deactivated loses every device.
pub(super) fn revoke_all_of(person: PersonId, at: Instant, facts: &Facts) -> Vec<FactChange> {
    facts
        .devices
        .iter()
        .filter(|(_, device)| device.person == person)
        .filter_map(|(id, device)| revoked(*id, device, at))
        .collect()
}

fn revoked(id: DeviceId, before: &Device, at: Instant) -> Option<FactChange> {
    let after = Device {
        revoked_at: Some(at),
        ..before.clone()
    };
    before
        .revoked_at
        .is_none()
        .then(|| set(FactKey::Device(id), Fact::Device(after)))
}

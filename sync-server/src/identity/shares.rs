//! The relay's share of what a device's storage is encrypted with. Nothing is stored for it: it follows
//! from one secret of this relay, so that a restored backup still has the share of a device that
//! joined after it. A revoked device is not told its share any more.

use caravan_domain::id::{DeviceId, WorkspaceId};
use caravan_sync::join::Share;
use ring::hmac;

#[derive(Debug)]
pub struct Shares(hmac::Key);

impl Shares {
    #[must_use]
    pub fn new(secret: &[u8; 32]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, secret))
    }

    #[must_use]
    pub fn of(&self, workspace: WorkspaceId, device: DeviceId) -> Share {
        let mut about = b"caravan share v1\0".to_vec();
        about.extend_from_slice(workspace.0.as_bytes());
        about.extend_from_slice(device.0.as_bytes());
        let mut share = [0; 32];
        share.copy_from_slice(hmac::sign(&self.0, &about).as_ref());
        Share(share)
    }
}

#[cfg(test)]
mod tests {
    use caravan_domain::id::Id;

    use super::*;

    #[test]
    fn every_device_of_every_relay_has_its_own_and_keeps_it() {
        let workspace = |number| WorkspaceId(Id::from_bytes([number; 16]));
        let device = |number| DeviceId(Id::from_bytes([number; 16]));
        let share = Shares::new(&[1; 32]).of(workspace(1), device(1));
        assert_eq!(share, Shares::new(&[1; 32]).of(workspace(1), device(1)));
        assert_ne!(share, Shares::new(&[1; 32]).of(workspace(1), device(2)));
        assert_ne!(share, Shares::new(&[1; 32]).of(workspace(2), device(1)));
        assert_ne!(share, Shares::new(&[2; 32]).of(workspace(1), device(1)));
    }
}

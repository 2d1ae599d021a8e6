//! How often one address or one device may ask. The leaky buckets are `governor`'s.

use std::net::IpAddr;
use std::num::NonZeroU32;

use caravan_domain::id::{DeviceId, WorkspaceId};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::config::LimitConfig;

/// An office behind one address may be this many devices.
const DEVICES_PER_ADDRESS: u32 = 40;

#[derive(Debug)]
pub struct RateLimits {
    joins: DefaultKeyedRateLimiter<IpAddr>,
    sign_ins: DefaultKeyedRateLimiter<IpAddr>,
    surveys: DefaultKeyedRateLimiter<IpAddr>,
    accounts: DefaultKeyedRateLimiter<(WorkspaceId, String)>,
    by_address: DefaultKeyedRateLimiter<IpAddr>,
    by_device: DefaultKeyedRateLimiter<DeviceId>,
}

impl RateLimits {
    #[must_use]
    pub fn new(limits: &LimitConfig) -> Self {
        let per_device = limits.exchanges_per_second;
        let many = NonZeroU32::new(DEVICES_PER_ADDRESS).unwrap_or(NonZeroU32::MIN);
        let per_address = per_device.saturating_mul(many);
        Self {
            joins: RateLimiter::keyed(Quota::per_minute(limits.joins_per_minute)),
            surveys: RateLimiter::keyed(Quota::per_minute(limits.joins_per_minute)),
            sign_ins: RateLimiter::keyed(Quota::per_minute(limits.sign_ins_per_minute)),
            accounts: RateLimiter::keyed(Quota::per_minute(limits.sign_ins_per_minute)),
            by_address: RateLimiter::keyed(Quota::per_second(per_address)),
            by_device: RateLimiter::keyed(Quota::per_second(per_device)),
        }
    }

    /// Links cannot be guessed, so this only keeps the noise down.
    #[must_use]
    pub fn may_join(&self, address: IpAddr) -> bool {
        self.joins.check_key(&network(address)).is_ok()
    }

    /// As often as joining: neither link can be guessed. Many phones may be behind a carrier's one address.
    #[must_use]
    pub fn may_open_survey(&self, address: IpAddr) -> bool {
        self.surveys.check_key(&network(address)).is_ok()
    }

    /// Passwords can be guessed: neither one address for many people nor many addresses for one
    /// person get far.
    #[must_use]
    pub fn may_sign_in(&self, address: IpAddr, workspace: WorkspaceId, person: &str) -> bool {
        let account = (workspace, person.trim().to_lowercase());
        self.sign_ins.check_key(&network(address)).is_ok()
            && self.accounts.check_key(&account).is_ok()
    }

    /// Before it is known who asks.
    #[must_use]
    pub fn may_ask(&self, address: IpAddr) -> bool {
        self.by_address.check_key(&network(address)).is_ok()
    }

    /// Once the device has shown that it is the one it says.
    #[must_use]
    pub fn may_exchange(&self, device: DeviceId) -> bool {
        self.by_device.check_key(&device).is_ok()
    }

    /// Forgets whoever has been quiet.
    pub fn sweep(&self) {
        self.joins.retain_recent();
        self.sign_ins.retain_recent();
        self.surveys.retain_recent();
        self.accounts.retain_recent();
        self.by_address.retain_recent();
        self.by_device.retain_recent();
    }
}

/// One household holds a whole /64 of IPv6, so that is what counts as one address.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::V6([a, b, c, d, 0, 0, 0, 0].into())
        }
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use caravan_domain::id::Id;

    use super::*;
    use crate::config::LimitOptions;

    const OURS: WorkspaceId = WorkspaceId(Id::ZERO);

    #[test]
    fn one_person_is_not_guessed_from_many_addresses() {
        let limits = RateLimits::new(&LimitOptions::default().resolve());
        let address = |last: u8| IpAddr::from([198, 51, 100, last]);
        for last in 0..10 {
            assert!(limits.may_sign_in(address(last), OURS, "EM-7K3QX"));
        }
        assert!(!limits.may_sign_in(address(11), OURS, " em-7k3qx "));
        assert!(limits.may_sign_in(address(11), OURS, "EM-OTHER"));
    }

    #[test]
    fn the_eleventh_try_in_a_minute_is_refused_also_from_a_neighbouring_address() {
        let limits = RateLimits::new(&LimitOptions::default().resolve());
        let mine: IpAddr = "2001:db8::1".parse().unwrap();
        let neighbour: IpAddr = "2001:db8::2".parse().unwrap();
        let elsewhere: IpAddr = "2001:db8:0:1::1".parse().unwrap();
        for try_number in 0..10 {
            assert!(limits.may_sign_in(mine, OURS, &try_number.to_string()));
        }
        assert!(!limits.may_sign_in(neighbour, OURS, "x"));
        assert!(limits.may_sign_in(elsewhere, OURS, "x"));
    }
}

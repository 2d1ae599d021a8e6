//! The power goes at every commit in turn, before it and after it: nothing is lost, nothing is
//! done twice, and both devices end alike.

use caravan_domain::id::ClientId;
use caravan_domain::role::Role;
use caravan_engine::storage::memory::Fault;

use crate::support::{Device, Relay, assert_alike, create, name_of, reboot, rename};

#[test]
fn a_crash_at_any_commit_loses_nothing() {
    let calm = script(None);
    assert!(
        calm > 8,
        "the script commits too little to be worth cutting"
    );
    for cut in 0..calm {
        for fault in [Fault::CrashBefore, Fault::CrashAfter] {
            script(Some((cut, fault)));
        }
    }
}

/// Works on two devices, one of which is cut; how often that one committed.
fn script(cut: Option<(u64, Fault)>) -> u64 {
    let relay = Relay::new();
    let ada = relay.found();
    let mut bo = relay.invite_as(&ada, "Bo", 2, Role::Director);
    let client = create(&ada, "first");
    relay.settle(&ada);
    let before = bo.storage().inner().commits();
    if let Some((after, fault)) = cut {
        bo.storage().inner().fail(after, fault);
    }
    settle(&relay, &mut bo);
    for round in 0..3 {
        keep_renaming(&mut bo, client, &format!("bo {round}"));
        rename(&ada, client, &format!("ada {round}")).unwrap();
        relay.settle(&ada);
        settle(&relay, &mut bo);
        relay.settle(&ada);
    }
    keep_renaming(&mut bo, client, "last");
    settle(&relay, &mut bo);
    relay.settle(&ada);
    assert_eq!(name_of(&ada, client).as_deref(), Some("last"), "{cut:?}");
    assert_alike(&ada, &bo);
    assert_alike(&bo, &reboot(&bo));
    bo.storage().inner().commits() - before
}

/// The person tries again when the name is not there after the restart.
fn keep_renaming(device: &mut Device, client: ClientId, name: &str) {
    while name_of(device, client).as_deref() != Some(name) {
        if rename(device, client, name).is_err() {
            *device = reboot(device);
        }
    }
}

fn settle(relay: &Relay, device: &mut Device) {
    loop {
        match relay.exchange(device) {
            Ok(caravan_engine::Next::Settled) if device.waiting() == 0 => return,
            Ok(_) => {}
            Err(_) => *device = reboot(device),
        }
    }
}

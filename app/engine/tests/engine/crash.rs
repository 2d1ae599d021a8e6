//! The power goes at every commit in turn, before it and after it: nothing is lost, nothing is
//! done twice, and both devices end alike.

use caravan_domain::id::ClientId;
use caravan_domain::role::Role;
use caravan_engine::storage::Store;
use caravan_engine::storage::memory::Fault;
use futures_executor::block_on;

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

/// A document's parts are replaced by one in the transaction of the write that makes them too many: there is nothing
/// between the new and the removal of the old, and a cut leaves either all the old parts or the new one.
/// `CARAVAN_FOLDS` says how often; docs/evidence.md has what came of 500.
#[test]
fn a_crash_while_parts_are_folded_leaves_the_document_whole() {
    let folds = std::env::var("CARAVAN_FOLDS").ok();
    let folds: u32 = folds.and_then(|folds| folds.parse().ok()).unwrap_or(40);
    let relay = Relay::new();
    let mut ada = relay.found();
    let client = create(&ada, "0");
    let mut name = 0;
    let mut folded = 0;
    while folded < folds {
        let before = parts(&ada);
        let fault = match folded % 2 {
            0 => Fault::CrashBefore,
            _ => Fault::CrashAfter,
        };
        let full = before > 16;
        if full {
            ada.storage().inner().fail(0, fault);
        }
        name += 1;
        let written = rename(&ada, client, &name.to_string());
        assert_eq!(written.is_err(), full);
        if full {
            folded += 1;
            ada = reboot(&ada);
            let expected = match fault {
                Fault::CrashAfter => (name, 1),
                Fault::CrashBefore | Fault::Full => (name - 1, before),
            };
            assert_eq!(name_of(&ada, client), Some(expected.0.to_string()));
            assert_eq!(parts(&ada), expected.1);
            assert!(!block_on(ada.heads(client.into())).unwrap().is_empty());
        }
        if name % 1000 == 0 {
            relay.settle(&ada);
        }
    }
    relay.settle(&ada);
    assert_alike(&ada, &reboot(&ada));
}

fn parts(device: &Device) -> usize {
    device.storage().inner().len_of(Store::Documents)
}

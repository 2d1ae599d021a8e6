//! Encryption of what a device stores, its lock and its lease.

use std::collections::BTreeSet;

use caravan_domain::document::DocumentId;
use caravan_domain::id::{ClientId, Id};
use caravan_engine::lock::{LEASE_DAYS, NotUnlocked};
use caravan_engine::platform::Platform;
use caravan_engine::storage::memory::{Fault, MemoryStorage};
use caravan_engine::storage::{Storage, Store, Transaction, contract};
use caravan_engine::{Next, lock};
use caravan_port::act::Act;
use caravan_port::ask::{Ask, Told};
use caravan_port::message::RunError;
use caravan_port::view::{Locked, Passkey, Session};
use caravan_sync::cursor::Epoch;
use caravan_sync::join::{Joined, Share};
use futures_executor::block_on;

use crate::support::{
    Device, PASSWORD, Relay, assert_alike, create, name_of, reboot, rename, start,
};
use crate::vault::Vault;

const NAME: &str = "龙井路四十四号茶业";
const HOUR: i64 = 60 * 60_000;
const DAY: i64 = 24 * HOUR;

fn unlock(device: &Device, password: &str) -> Result<(), NotUnlocked> {
    block_on(device.unlock_by_password(password))
}

fn session(device: &Device) -> Session {
    match block_on(device.answer(&Ask::Session)).unwrap() {
        Told::Session(session) => session,
        other => panic!("{other:?}"),
    }
}

fn locked(device: &Device) -> Locked {
    match session(device) {
        Session::Locked(locked) => *locked,
        other => panic!("{other:?}"),
    }
}

/// In which stores these words can be read.
fn seen(memory: &MemoryStorage, words: &str) -> Vec<Store> {
    let holds = |store: &Store| {
        let all = block_on(memory.all(*store)).unwrap();
        all.iter().any(|(key, value)| {
            [key, value].iter().any(|bytes| {
                bytes
                    .windows(words.len())
                    .any(|part| part == words.as_bytes())
            })
        })
    };
    Store::ALL.into_iter().filter(holds).collect()
}

/// A device that holds and wrote as much as one can.
fn full_device() -> (Relay, Device, Device, ClientId) {
    let relay = Relay::new();
    let ada = relay.found();
    let bo = relay.invite(&ada, "Bo", 2);
    relay.settle(&ada);
    let client = create(&bo, NAME);
    relay.settle(&bo);
    relay.settle(&ada);
    rename(&ada, client, &format!("{NAME}甲")).unwrap();
    rename(&bo, client, &format!("{NAME}乙")).unwrap();
    relay.settle(&ada);
    relay.exchange(&bo).unwrap();
    rename(&bo, client, &format!("{NAME}丙")).unwrap();
    for act in [
        Act::SaveDraft {
            key: "client/new".to_owned(),
            draft: NAME.as_bytes().to_vec(),
        },
        Act::StorePhoto {
            jpeg: NAME.as_bytes().to_vec(),
            width: 1,
            height: 1,
        },
    ] {
        block_on(bo.act(act)).unwrap();
    }
    block_on(bo.keep_glimpse()).unwrap();
    (relay, ada, bo, client)
}

#[test]
fn the_contract_holds_sealed_or_not() {
    let open = || {
        block_on(lock::open(
            MemoryStorage::new(),
            Vault::default(),
            Default::default(),
        ))
    };
    block_on(contract::keeps_what_it_is_given(&open().unwrap()));
    block_on(contract::commits_whole(&open().unwrap()));

    let (_, _, bo, _) = full_device();
    let mut transaction = Transaction::default();
    for store in Store::ALL {
        if !matches!(store, Store::Meta | Store::Keys) {
            transaction.delete_prefix(store, []);
        }
    }
    block_on(bo.storage().commit(transaction)).unwrap();
    block_on(contract::keeps_what_it_is_given(bo.storage()));
    block_on(contract::commits_whole(bo.storage()));
}

#[test]
fn nothing_of_a_client_can_be_read_in_what_is_stored() {
    let (_, _, bo, client) = full_device();
    assert!(name_of(&bo, client).is_some());
    assert_eq!(seen(bo.storage().inner(), NAME), []);

    // The same values through the lock: the search finds what is there.
    let plain = MemoryStorage::new();
    let mut transaction = Transaction::default();
    for store in Store::ALL {
        for (key, value) in block_on(bo.storage().all(store)).unwrap() {
            transaction.put(store, key, value);
        }
    }
    block_on(plain.commit(transaction)).unwrap();
    let everywhere = [
        Store::Documents,
        Store::Pages,
        Store::Outbox,
        Store::Undo,
        Store::Drafts,
        Store::Blobs,
        Store::History,
        Store::Glimpse,
    ];
    assert_eq!(seen(&plain, NAME), everywhere);
}

#[test]
fn a_locked_device_shows_and_takes_nothing_until_it_is_unlocked() {
    let (relay, _, bo, client) = full_device();
    let (rows, waiting) = (bo.rows().clone(), bo.waiting());
    block_on(bo.lock()).unwrap();
    for device in [&bo, &reboot(&bo)] {
        assert!(!locked(device).lease_over);
        assert_eq!(device.me(), None);
        assert!(device.rows().clients.is_empty());
        assert_eq!(rename(device, client, "x"), Err(RunError::NotJoined));
        assert_eq!(unlock(device, "correct horse"), Err(NotUnlocked::Wrong));
        assert!(device.rows().clients.is_empty());
    }
    unlock(&bo, PASSWORD).unwrap();
    assert_eq!(*bo.rows(), rows);
    assert_eq!(bo.waiting(), waiting);
    assert_alike(&bo, &reboot(&bo));
    relay.settle(&bo);
}

#[test]
fn it_stays_open_across_a_restart_while_it_is_used_and_no_longer() {
    let (_, _, bo, _) = full_device();
    bo.platform().wait(50 * 60_000);
    block_on(bo.note_use(false));
    bo.platform().wait(50 * 60_000);
    block_on(bo.lock_if_idle()).unwrap();
    let bo = reboot(&bo);
    assert!(bo.me().is_some());
    block_on(bo.lock_after(5));
    bo.platform().wait(4 * 60_000);
    assert!(reboot(&bo).me().is_some());
    bo.platform().wait(60_000);
    let again = reboot(&bo);
    assert!(!locked(&again).lease_over);
    assert!(!again.storage().cipher().keeps_a_key());

    unlock(&again, PASSWORD).unwrap();
    assert!(again.storage().cipher().keeps_a_key());
    again.platform().wait(6 * 60_000);
    block_on(again.lock_if_idle()).unwrap();
    assert!(again.me().is_none());
    assert!(!again.storage().cipher().keeps_a_key());
}

#[test]
fn after_the_lease_only_the_relay_helps() {
    let (relay, _, bo, client) = full_device();
    let share = Share([0; 32]);
    block_on(bo.lock_after(u32::MAX));
    bo.platform().wait((LEASE_DAYS - 1) * DAY);
    assert!(reboot(&bo).me().is_some(), "the lease still goes");
    bo.platform().wait(DAY);
    for device in [&reboot(&bo), &bo] {
        block_on(device.lock_if_idle()).unwrap();
        assert!(locked(device).lease_over);
        assert!(!device.storage().cipher().keeps_a_key());
        assert_eq!(unlock(device, PASSWORD), Err(NotUnlocked::LeaseOver));
    }
    block_on(bo.take_share(&Share([1; 32]))).unwrap();
    assert_eq!(unlock(&bo, PASSWORD), Err(NotUnlocked::Wrong));
    block_on(bo.take_share(&share)).unwrap();
    unlock(&bo, PASSWORD).unwrap();
    assert!(name_of(&bo, client).is_some());
    relay.settle(&bo);
    bo.platform().wait((LEASE_DAYS - 1) * DAY);
    block_on(bo.lock_if_idle()).unwrap();
    assert!(bo.me().is_some(), "every contact begins the lease anew");
}

#[test]
fn a_clock_that_is_a_year_off_asks_for_the_relay_and_loses_nothing() {
    for years in [-1, 1] {
        let (relay, _, bo, client) = full_device();
        bo.platform().wait(years * 365 * DAY);
        let bo = reboot(&bo);
        assert_eq!(unlock(&bo, PASSWORD), Err(NotUnlocked::LeaseOver));
        block_on(bo.take_share(&Share([0; 32]))).unwrap();
        unlock(&bo, PASSWORD).unwrap();
        assert!(name_of(&bo, client).is_some());
        relay.settle(&bo);
    }
    for days in [-1, 1] {
        let (_, _, bo, _) = full_device();
        bo.platform().wait(days * DAY);
        let bo = reboot(&bo);
        unlock(&bo, PASSWORD).unwrap();
    }
}

/// Cut before the commit it opens with the old one, after it with the new one: never with neither.
#[test]
fn another_password_opens_it_wherever_the_power_goes() {
    const NEW: &str = "quite another one";
    for fault in [None, Some(Fault::CrashBefore), Some(Fault::CrashAfter)] {
        let (_, _, bo, client) = full_device();
        let passkey = Passkey {
            credential: vec![1, 2],
            salt: [3; 32],
        };
        let made = [4; 32];
        block_on(bo.add_passkey(PASSWORD, passkey, &made)).unwrap();
        assert_eq!(
            block_on(bo.change_password("wrong", NEW)),
            Err(NotUnlocked::Wrong)
        );
        if let Some(fault) = fault {
            bo.storage().inner().fail(0, fault);
        }
        let changed = block_on(bo.change_password(PASSWORD, NEW));
        assert_eq!(changed.is_ok(), fault.is_none());
        let written = fault != Some(Fault::CrashBefore);
        let (opens, not) = match written {
            true => (NEW, PASSWORD),
            false => (PASSWORD, NEW),
        };
        let bo = reboot(&bo);
        block_on(bo.lock()).unwrap();
        assert_eq!(unlock(&bo, not), Err(NotUnlocked::Wrong));
        unlock(&bo, opens).unwrap();
        assert!(name_of(&bo, client).is_some());
        block_on(bo.lock()).unwrap();
        block_on(bo.unlock_by_passkey(&made)).unwrap();
        // What was cut short is done once more.
        if !written {
            block_on(bo.change_password(PASSWORD, NEW)).unwrap();
        }
        block_on(bo.knows_password(NEW)).unwrap();
    }
}

#[test]
fn a_passkey_opens_it_as_well() {
    let (_, _, bo, client) = full_device();
    let passkey = Passkey {
        credential: vec![5; 16],
        salt: [6; 32],
    };
    let made = [7; 32];
    let refused = block_on(bo.add_passkey("wrong", passkey.clone(), &made));
    assert_eq!(refused, Err(NotUnlocked::Wrong));
    block_on(bo.add_passkey(PASSWORD, passkey.clone(), &made)).unwrap();
    block_on(bo.lock()).unwrap();
    let bo = reboot(&bo);
    assert_eq!(locked(&bo).passkey, Some(passkey));
    let refused = block_on(bo.unlock_by_passkey(&[8; 32]));
    assert_eq!(refused, Err(NotUnlocked::Wrong));
    block_on(bo.unlock_by_passkey(&made)).unwrap();
    assert!(name_of(&bo, client).is_some());
    block_on(bo.lock()).unwrap();
    unlock(&bo, PASSWORD).unwrap();
}

#[test]
fn a_document_that_goes_takes_its_key_with_it() {
    let (_, _, bo, client) = full_device();
    let (document, memory) = (DocumentId::from(client), bo.storage().inner());
    let parts = || {
        let all = block_on(memory.all(Store::Documents)).unwrap();
        all.into_iter()
            .filter(|(key, _)| key.starts_with(&document.to_bytes()))
            .collect::<Vec<_>>()
    };
    let before = parts();
    assert!(!before.is_empty());
    let mut removing = Transaction::default();
    removing.delete_prefix(Store::Documents, document.to_bytes());
    block_on(bo.storage().commit(removing)).unwrap();
    // Somebody has kept what was stored, and has the device unlocked as well.
    let mut again = Transaction::default();
    for (key, value) in before {
        again.put(Store::Documents, key, value);
    }
    block_on(memory.commit(again)).unwrap();
    assert!(!parts().is_empty());
    let bo = reboot(&bo);
    assert!(bo.me().is_some());
    assert!(block_on(bo.heads(document)).is_err());
}

#[test]
fn a_copied_profile_is_as_locked_as_the_device_was() {
    let (_, _, bo, _) = full_device();
    block_on(bo.lock()).unwrap();
    let stolen = bo.storage().inner().copied();
    let thief = start(stolen, Vault::default(), bo.platform().clone());
    assert!(thief.rows().clients.is_empty());
    assert_eq!(unlock(&thief, "password"), Err(NotUnlocked::Wrong));
}

#[test]
fn a_revoked_device_wipes_itself_locked_or_not() {
    let (_, _, bo, _) = full_device();
    block_on(bo.lock()).unwrap();
    assert!(bo.locked().is_some());
    let next = block_on(bo.receive(caravan_sync::frame::RelayFrame::Revoked)).unwrap();
    assert_eq!(next, Next::Wiped);
    for device in [&bo, &reboot(&bo)] {
        assert_eq!(session(device), Session::Revoked);
    }
    for store in Store::ALL {
        let left = bo.storage().inner().len_of(store);
        assert_eq!(left, usize::from(store == Store::Meta), "{store:?}");
    }
}

#[test]
fn a_commit_that_fails_leaves_its_keys_as_they_were() {
    for fault in [Fault::CrashBefore, Fault::CrashAfter, Fault::Full] {
        let (relay, _, bo, client) = full_device();
        bo.storage().inner().fail(0, fault);
        let draft = caravan_domain::clients::record::ClientDraft {
            name: "另一家".to_owned(),
            ..Default::default()
        };
        let create = caravan_domain::clients::command::ClientCommand::Create(draft);
        let failed = crate::support::run(&bo, caravan_domain::command::Command::Client(create));
        assert!(failed.is_err());
        let bo = match fault {
            Fault::Full => bo,
            Fault::CrashBefore | Fault::CrashAfter => reboot(&bo),
        };
        let other = self::create(&bo, "第三家");
        assert!(name_of(&bo, client).is_some() && name_of(&bo, other).is_some());
        relay.settle(&bo);
        assert_alike(&bo, &reboot(&bo));
    }
}

/// Any order of writing parts of two documents and removing either, in transactions of any length: what is
/// read afterwards is what a storage that seals nothing holds, and keys are there for it alone.
#[test]
fn what_is_written_and_removed_in_one_transaction_is_as_if_nothing_were_sealed() {
    const STEPS: u32 = 6;
    let (_, _, bo, _) = full_device();
    let sealed = bo.storage();
    for order in 0..STEPS.pow(4) {
        for cut in [0, 2] {
            let plain = MemoryStorage::new();
            let mut clearing = Transaction::default();
            clearing.delete_prefix(Store::Documents, []);
            block_on(sealed.commit(clearing)).unwrap();
            let steps = (0..4).map(|at| order / STEPS.pow(at) % STEPS);
            let mut transaction = Transaction::default();
            for (at, step) in steps.enumerate() {
                let document = DocumentId::from(ClientId(Id::from_bytes([step as u8 / 3; 16])));
                let part = |number: u8| [&document.to_bytes()[..], &[number]].concat();
                match step % 3 {
                    2 => transaction.delete_prefix(Store::Documents, document.to_bytes()),
                    number => {
                        transaction.put(Store::Documents, part(number as u8), vec![at as u8]);
                    }
                }
                if at + 1 == cut || at == 3 {
                    let transaction = std::mem::take(&mut transaction);
                    block_on(plain.commit(transaction.clone())).unwrap();
                    block_on(sealed.commit(transaction)).unwrap();
                }
            }
            let found = block_on(sealed.all(Store::Documents)).unwrap();
            assert_eq!(found, block_on(plain.all(Store::Documents)).unwrap());
            let held: BTreeSet<_> = found.iter().map(|(key, _)| key[..17].to_vec()).collect();
            let keys = block_on(sealed.inner().keys(Store::Keys)).unwrap();
            let keys: BTreeSet<_> = keys.into_iter().filter(|key| key.len() == 17).collect();
            assert_eq!(keys, held, "order {order}");
        }
    }
}

#[test]
fn a_device_from_before_the_lock_is_read_as_it_is() {
    let (relay, _, bo, client) = full_device();
    let plain = MemoryStorage::new();
    let mut transaction = Transaction::default();
    for store in Store::ALL {
        for (key, value) in block_on(bo.storage().all(store)).unwrap() {
            transaction.put(store, key, value);
        }
    }
    for key in [&b"lock"[..], b"share", b"use"] {
        transaction.delete(Store::Meta, key);
    }
    block_on(plain.commit(transaction)).unwrap();
    let old = start(plain, Vault::default(), bo.platform().clone());
    assert!(name_of(&old, client).is_some());
    assert!(!old.storage().is_sealed());
    rename(&old, client, "新名").unwrap();
    assert_eq!(name_of(&reboot(&old), client).as_deref(), Some("新名"));
    assert_ne!(seen(old.storage().inner(), NAME), []);

    // Its person signs in once more, as the page “Me” asks.
    let (workspace, person, device) = old.me().unwrap();
    let joined = Joined {
        workspace,
        workspace_name: "Silk".to_owned(),
        person,
        device,
        epoch: Epoch(7),
        challenge: Default::default(),
        now: old.platform().now(),
        share: Share([0; 32]),
        lost: None,
    };
    block_on(async {
        let lock = old.new_lock(PASSWORD, &joined.share).await.unwrap();
        old.joined_under(joined, Some(lock)).await.unwrap();
        old.stay_open().await;
    });
    assert_eq!(seen(old.storage().inner(), NAME), []);
    assert!(old.waiting() > 0);
    assert_eq!(name_of(&reboot(&old), client).as_deref(), Some("新名"));
    block_on(old.lock()).unwrap();
    unlock(&old, PASSWORD).unwrap();
    relay.settle(&old);
    assert_eq!(name_of(&old, client).as_deref(), Some("新名"));
}

//! Grants, refusals and revocation.

use caravan_domain::clients::command::ClientCommand;
use caravan_domain::command::Command;
use caravan_domain::document::DocumentId;
use caravan_domain::people::decision::PeopleDecision;
use caravan_engine::storage::Store;
use caravan_port::act::Act;
use caravan_port::ask::{Ask, Told};
use caravan_port::view::{Session, SyncView};
use caravan_sync::frame::Rejection;
use futures_executor::block_on;

use crate::support::{Device, Relay, create, name_of, reboot, rename, run};

fn sync_view(device: &Device) -> SyncView {
    match block_on(device.answer(&Ask::Sync)).unwrap() {
        Told::Sync(view) => view,
        other => panic!("{other:?}"),
    }
}

fn assign(device: &Device, client: caravan_domain::id::ClientId, to: &Device) {
    let (_, owner, _) = to.me().unwrap();
    let clients = vec![client];
    run(
        device,
        Command::Client(ClientCommand::Assign { clients, owner }),
    )
    .unwrap();
}

#[test]
fn a_decision_shows_before_the_relay_has_taken_it() {
    let relay = Relay::new();
    let ada = relay.found();
    let bo = relay.invite(&ada, "Bo", 2);
    relay.settle(&ada);
    let client = create(&ada, "云栖茶业");
    relay.settle(&ada);
    assign(&ada, client, &bo);
    let file = |device: &Device| match block_on(device.answer(&Ask::Client(client))).unwrap() {
        Told::Client(Some(file)) => file,
        other => panic!("{other:?}"),
    };
    for device in [&ada, &reboot(&ada)] {
        assert_eq!(file(device).owner_name, "Bo");
        assert!(file(device).owner_is_provisional);
    }
    relay.settle(&ada);
    assert_eq!(file(&ada).owner_name, "Bo");
    assert!(!file(&ada).owner_is_provisional);
    relay.settle(&bo);
    assert_eq!(name_of(&bo, client).as_deref(), Some("云栖茶业"));
}

#[test]
fn what_is_lost_leaves_the_device_and_what_was_unsent_is_told() {
    let relay = Relay::new();
    let ada = relay.found();
    let bo = relay.invite(&ada, "Bo", 2);
    relay.settle(&ada);
    let client = create(&bo, "云栖茶业");
    relay.settle(&bo);
    relay.settle(&ada);
    rename(&bo, client, "unsent").unwrap();
    let draft = Act::SaveDraft {
        key: format!("clients/{client}/edit"),
        draft: b"untold".to_vec(),
    };
    block_on(bo.act(draft)).unwrap();
    assert_eq!(bo.storage().len_of(Store::Undo), 2);
    assign(&ada, client, &ada);
    relay.settle(&ada);
    relay.settle(&bo);
    for device in [&bo, &reboot(&bo)] {
        assert_eq!(name_of(device, client), None);
        assert!(!device.documents().contains(&DocumentId::from(client)));
        let view = sync_view(device);
        assert_eq!(view.attention.len(), 1);
        assert_eq!(view.attention[0].reason, Rejection::NotAllowed);
        assert_eq!(view.attention[0].subject, "unsent");
    }
    for store in [Store::Documents, Store::Undo, Store::Drafts] {
        assert_eq!(bo.storage().len_of(store), 0, "{store:?}");
    }

    let sequence = sync_view(&bo).attention[0].sequence;
    block_on(bo.act(Act::Dismiss(sequence))).unwrap();
    assert_eq!(sync_view(&reboot(&bo)).attention, []);

    assign(&ada, client, &bo);
    relay.settle(&ada);
    relay.settle(&bo);
    assert_eq!(name_of(&bo, client).as_deref(), Some("云栖茶业"));
    rename(&bo, client, "again").unwrap();
    relay.settle(&bo);
    relay.settle(&ada);
    assert_eq!(name_of(&ada, client).as_deref(), Some("again"));
    assert_eq!(sync_view(&bo).attention, []);
}

#[test]
fn a_revoked_device_wipes_itself() {
    let relay = Relay::new();
    let ada = relay.found();
    let bo = relay.invite(&ada, "Bo", 2);
    create(&bo, "secret");
    let (_, _, device) = bo.me().unwrap();
    relay.settle(&ada);
    run(
        &ada,
        Command::People(PeopleDecision::RevokeDevice { device }),
    )
    .unwrap();
    relay.settle(&ada);
    relay.settle(&bo);
    for device in [&bo, &reboot(&bo)] {
        assert_eq!(
            block_on(device.answer(&Ask::Session)).unwrap(),
            Told::Session(Session::Revoked)
        );
        assert!(device.rows().clients.is_empty());
    }
    assert_eq!(bo.storage().len_of(Store::Outbox), 0);
}

//! A relay that was restored from a backup gets back what devices keep.

use caravan_domain::clients::command::ClientCommand;
use caravan_domain::command::Command;
use caravan_engine::storage::Store;
use caravan_port::act::{JoinForm, SignInForm};
use caravan_port::ask::{Ask, Told};
use caravan_port::view::Connection;
use caravan_sync::frame::{Rejection, RelayFrame, Trouble};
use futures_executor::block_on;

use crate::support::{
    Device, Relay, assert_alike, create, name_of, reboot, rename, run, sync_view,
};

fn kept(device: &Device) -> usize {
    device.storage().inner().len_of(Store::History)
}

#[test]
fn what_the_backup_lacks_comes_back_from_writer_and_reader() {
    let relay = Relay::new();
    let ada = relay.found();
    let bo = relay.invite(&ada, "Bo", 2);
    let backup = relay.back_up();
    let own = create(&ada, "云栖茶业");
    relay.settle(&ada);
    let of_bo = create(&bo, "锦绣布庄");
    relay.settle(&bo);
    rename(&bo, of_bo, "锦绣绸庄").unwrap();
    relay.settle(&bo);
    relay.settle(&ada);
    // Bo's phone is gone, and Ada's is started again in between.
    relay.restore(backup);
    relay.settle(&ada);
    let ada = reboot(&ada);
    assert_eq!(sync_view(&ada).giving_back, Some(0));
    relay.give_back(&ada);
    relay.settle(&ada);
    relay.end_refill();
    relay.give_back(&ada);
    relay.settle(&ada);
    assert_eq!(sync_view(&ada).giving_back, None);
    assert!(sync_view(&ada).attention.is_empty());
    assert_eq!(name_of(&ada, own).as_deref(), Some("云栖茶业"));
    assert_eq!(name_of(&ada, of_bo).as_deref(), Some("锦绣绸庄"));
    let fresh = relay.another(&ada, 9);
    assert_alike(&fresh, &ada);
}

#[test]
fn what_nobody_can_prove_is_told_and_taken_out() {
    let relay = Relay::new();
    let ada = relay.found();
    let bo = relay.invite(&ada, "Bo", 2);
    let second = relay.invite(&ada, "Cy", 3);
    let backup = relay.back_up();
    let client = create(&bo, "锦绣布庄");
    relay.settle(&bo);
    relay.settle(&ada);
    let (_, owner, _) = second.me().unwrap();
    let clients = vec![client];
    let assign = ClientCommand::Assign { clients, owner };
    run(&ada, Command::Client(assign)).unwrap();
    relay.settle(&ada);
    // It comes whole here, without an envelope.
    relay.settle(&second);
    rename(&second, client, "锦绣绸庄").unwrap();
    relay.settle(&second);
    relay.restore(backup);
    relay.settle(&second);
    relay.give_back(&second);
    relay.exchange(&second).unwrap();
    assert_eq!(second.waiting(), 1, "it rests on what is not there");
    assert!(!second.has_waiting(), "and is not offered again at once");
    assert_eq!(name_of(&second, client).as_deref(), Some("锦绣绸庄"));
    relay.end_refill();
    relay.give_back(&second);
    relay.settle(&second);
    assert_eq!(name_of(&second, client), None);
    let attention = sync_view(&second).attention;
    assert!(
        attention
            .iter()
            .any(|it| it.reason == Rejection::RestsOnRefused)
    );
    let lines = attention.iter().map(|it| it.sequence);
    let texts = lines.flat_map(
        |it| match block_on(second.answer(&Ask::Refused(it))).unwrap() {
            Told::Refused(refused) => refused.words,
            other => panic!("{other:?}"),
        },
    );
    let texts: Vec<_> = texts.map(|it| it.text).collect();
    // What rests on it comes back by the merger, which this relay does not have.
    assert!(texts.iter().any(|it| it == "锦绣布庄"), "{texts:?}");
}

/// Bo's phone is gone, and the relay takes nothing back any more when Ada's comes.
#[test]
fn what_the_relay_has_no_more_is_told_and_not_kept_for_it() {
    let relay = Relay::new();
    let ada = relay.found();
    let bo = relay.invite(&ada, "Bo", 2);
    let client = create(&bo, "锦绣布庄");
    relay.settle(&bo);
    relay.settle(&ada);
    let (backup, before) = (relay.back_up(), kept(&ada));
    rename(&bo, client, "锦绣绸庄").unwrap();
    relay.settle(&bo);
    relay.settle(&ada);
    assert_eq!(kept(&ada), before + 1);
    relay.restore(backup);
    relay.end_refill();
    relay.settle(&ada);
    relay.give_back(&ada);
    relay.settle(&ada);
    assert_eq!(name_of(&ada, client).as_deref(), Some("锦绣布庄"));
    assert_eq!(sync_view(&ada).attention.len(), 1);
    assert_eq!(
        kept(&ada),
        before,
        "what the relay has is kept, and nothing else"
    );
}

#[test]
fn a_device_that_the_backup_does_not_know_asks_for_itself() {
    let relay = Relay::new();
    let ada = relay.found();
    let bo = relay.invite(&ada, "Bo", 2);
    relay.settle(&bo);
    let client = create(&bo, "锦绣布庄");
    relay.settle(&bo);
    let (workspace, person, device) = bo.me().unwrap();
    let form = |named: &str| SignInForm {
        workspace,
        person: named.to_owned(),
        password: "a long password".to_owned(),
        label: String::new(),
    };
    for named in [" Bo ", &person.code().to_lowercase()] {
        let request = block_on(bo.sign_in_request(form(named))).unwrap();
        assert_eq!(request.device, device);
    }
    let request = block_on(bo.sign_in_request(form("Ada"))).unwrap();
    assert_ne!(request.device, device, "somebody else gets another");
    let link = |own_device| JoinForm {
        token: [3; 16],
        name: String::new(),
        workspace_name: None,
        password: String::new(),
        label: String::new(),
        own_device,
        renewing: false,
    };
    let request = block_on(bo.join_request(link(true))).unwrap();
    assert_ne!(request.device, device, "the relay knows it");
    let next = block_on(bo.receive(RelayFrame::Refused(Trouble::Unknown))).unwrap();
    assert_eq!(next, caravan_engine::Next::Trouble(Trouble::Unknown));
    bo.set_connection(Connection::Trouble(Trouble::Unknown));
    let request = block_on(bo.join_request(link(false))).unwrap();
    assert_ne!(request.device, device, "the link is for somebody new");
    let request = block_on(bo.join_request(link(true))).unwrap();
    assert_eq!(request.device, device);
    // With an empty chain, and all it wrote.
    rename(&bo, client, "锦绣绸庄").unwrap();
    relay.bind_again(&bo, person, request);
    assert_eq!(name_of(&bo, client).as_deref(), Some("锦绣绸庄"));
    relay.give_back(&bo);
    assert_eq!(bo.waiting(), 2, "the first one waits again");
}

#[test]
fn whom_the_backup_does_not_know_finds_their_words() {
    let relay = Relay::new();
    let ada = relay.found();
    let bo = relay.invite(&ada, "Bo", 2);
    let client = create(&bo, "锦绣布庄");
    relay.settle(&bo);
    rename(&bo, client, "锦绣绸庄").unwrap();
    bo.set_connection(Connection::Trouble(Trouble::Unknown));
    relay.join_as_somebody_new(&bo);
    let attention = sync_view(&bo).attention;
    assert_eq!(attention.len(), 2);
    assert_eq!(kept(&bo), 0);
    // Told that the relay knows them, whoever comes next finds nothing.
    relay.join_as_somebody_new(&bo);
    assert!(sync_view(&bo).attention.is_empty());
}

#[test]
fn nobody_keeps_what_they_may_not_read() {
    let relay = Relay::new();
    let ada = relay.found();
    let bo = relay.invite(&ada, "Bo", 2);
    relay.settle(&ada);
    let client = create(&bo, "锦绣布庄");
    relay.settle(&bo);
    relay.settle(&ada);
    rename(&ada, client, "锦绣绸庄").unwrap();
    relay.settle(&ada);
    relay.settle(&bo);
    assert_eq!(kept(&bo), 2, "an own one and another's");
    let (_, owner, _) = ada.me().unwrap();
    let clients = vec![client];
    run(
        &ada,
        Command::Client(ClientCommand::Assign { clients, owner }),
    )
    .unwrap();
    relay.settle(&ada);
    relay.settle(&bo);
    assert_eq!(kept(&bo), 0);
}

#[test]
fn after_ninety_days_it_is_let_go() {
    let relay = Relay::new();
    let ada = relay.found();
    for number in 0..40 {
        create(&ada, &format!("商行 {number}"));
    }
    relay.settle(&ada);
    let before = kept(&ada);
    assert!(before >= 40);
    relay.days_pass(91);
    for number in 0..10 {
        create(&ada, &format!("布庄 {number}"));
        relay.settle(&ada);
    }
    assert!(kept(&ada) <= 10, "{} are kept", kept(&ada));
}

#[test]
fn pictures_count_as_not_uploaded_when_the_log_is_another_one() {
    let relay = Relay::new();
    let ada = relay.found();
    let client = create(&ada, "云栖茶业");
    let hash = crate::support::photograph(&ada, client);
    relay.settle(&ada);
    block_on(ada.uploaded(hash)).unwrap();
    assert!(ada.uploads().is_empty());
    let backup = relay.back_up();
    relay.restore(backup);
    relay.settle(&ada);
    assert_eq!(ada.uploads().len(), 1);
}

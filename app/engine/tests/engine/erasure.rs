//! A client erased for good, as the phones see it.

use caravan_domain::clients::command::ClientCommand;
use caravan_domain::clients::erasure::{EraseClient, ErasureReason};
use caravan_domain::clients::list::ClientList;
use caravan_domain::command::{Command, CommandError};
use caravan_domain::decision::Refusal;
use caravan_domain::document::DocumentId;
use caravan_domain::id::ClientId;
use caravan_domain::people::decision::{PeopleDecision, PersonChange};
use caravan_domain::query::{Answer, Query};
use caravan_domain::role::Role;
use caravan_domain::visits::command::VisitCommand;
use caravan_domain::visits::record::{PositionReading, VisitKind};
use caravan_engine::storage::{Storage, Store};
use caravan_port::act::{Act, Done};
use caravan_port::ask::{Ask, Told};
use caravan_port::message::RunError;
use caravan_sync::frame::Rejection;
use futures_executor::block_on;

use crate::support::{Device, Relay, create, name_of, reboot, rename, run, sync_view};

fn erase(device: &Device, client: ClientId) -> Result<(), RunError> {
    let reason = ErasureReason::Asked;
    let erase = EraseClient { client, reason };
    run(device, Command::Client(ClientCommand::Erase(erase))).map(drop)
}

fn has_file(device: &Device, client: ClientId) -> bool {
    match block_on(device.answer(&Ask::Client(client))).unwrap() {
        Told::Client(file) => file.is_some(),
        other => panic!("{other:?}"),
    }
}

fn listed(device: &Device) -> u32 {
    let list = Query::Clients(ClientList {
        limit: 9,
        ..ClientList::default()
    });
    match block_on(device.answer(&Ask::Rows(list))).unwrap() {
        Told::Rows(Answer::Clients(page)) => page.total,
        other => panic!("{other:?}"),
    }
}

/// In how many stored values of the device the words are.
fn found(device: &Device, words: &str) -> usize {
    let words = words.as_bytes();
    let holds = |value: &[u8]| value.windows(words.len()).any(|window| window == words);
    let stores = Store::ALL.into_iter().map(|store| {
        let all = block_on(device.storage().all(store)).unwrap();
        all.iter()
            .filter(|(key, value)| holds(key) || holds(value))
            .count()
    });
    stores.sum()
}

#[test]
fn the_decision_hides_it_at_once_and_a_refusal_brings_it_back() {
    let relay = Relay::new();
    let ada = relay.found();
    let cy = relay.invite_as(&ada, "Cy", 3, Role::Administrator);
    relay.settle(&ada);
    let (client, other) = (create(&ada, "云栖茶业"), create(&ada, "昆明花市"));
    relay.settle(&ada);
    relay.settle(&cy);
    // Somebody takes the right away while the phone is away.
    let (_, person, _) = ada.me().unwrap();
    let roles = PersonChange::Roles([Role::AccountManager].into());
    let change = PeopleDecision::ChangePerson {
        person,
        change: roles,
    };
    run(&cy, Command::People(change)).unwrap();
    relay.settle(&cy);
    erase(&ada, client).unwrap();
    for device in [&ada, &reboot(&ada)] {
        assert_eq!(name_of(device, client), None);
        assert!(!has_file(device, client));
        assert_eq!(listed(device), 1);
        assert_eq!(name_of(device, other).as_deref(), Some("昆明花市"));
        let again = erase(device, client);
        let settled = CommandError::Refused(Refusal::AlreadySettled);
        assert_eq!(again, Err(RunError::Command(settled)));
    }
    // Other writes meanwhile rewrite the page on which it stands.
    rename(&ada, other, "大理花市").unwrap();
    relay.settle(&ada);
    for device in [&ada, &reboot(&ada)] {
        assert_eq!(name_of(device, client).as_deref(), Some("云栖茶业"));
        assert!(has_file(device, client));
        assert_eq!(listed(device), 2);
        let reason = Rejection::Decision(Refusal::NotAllowed);
        assert_eq!(sync_view(device).attention[0].reason, reason);
    }
}

#[test]
fn only_a_director_or_an_administrator_is_let() {
    let relay = Relay::new();
    let ada = relay.found();
    let bo = relay.invite(&ada, "Bo", 2);
    relay.settle(&ada);
    let client = create(&bo, "云栖茶业");
    relay.settle(&bo);
    let refused = CommandError::Refused(Refusal::NotAllowed);
    assert_eq!(erase(&bo, client), Err(RunError::Command(refused)));
    assert!(has_file(&bo, client));
}

#[test]
fn nothing_of_it_stays_but_the_authors_own_unsent_words() {
    let relay = Relay::new();
    let ada = relay.found();
    let bo = relay.invite(&ada, "Bo", 2);
    relay.settle(&ada);
    let (client, other) = (create(&bo, "云栖茶业"), create(&bo, "昆明花市"));
    relay.settle(&bo);
    let store = Act::StorePhoto {
        jpeg: b"a picture of the shop".to_vec(),
        width: 4,
        height: 3,
    };
    let Ok(Done::Photo(photo)) = block_on(bo.act(store)) else {
        panic!("a picture was stored");
    };
    let reading = PositionReading::Refused;
    let visit = VisitCommand::DropIn {
        client,
        kind: VisitKind::default(),
        reading,
    };
    let visit = run(&bo, Command::Visit(visit)).unwrap().created;
    let Some(caravan_domain::command::RecordRef::Visit(_, visit)) = visit else {
        panic!("a visit was begun");
    };
    let command = VisitCommand::AddPhoto {
        client,
        visit,
        photo,
    };
    run(&bo, Command::Visit(command)).unwrap();
    relay.settle(&bo);
    relay.settle(&ada);
    let draft = Act::SaveDraft {
        key: format!("clients/{client}/edit"),
        draft: "云栖茶业 half typed".as_bytes().to_vec(),
    };
    block_on(bo.act(draft)).unwrap();
    assert!(found(&bo, "云栖茶业") > 3 && found(&ada, "云栖茶业") > 1);
    assert_eq!(found(&bo, "a picture of the shop"), 1);

    erase(&ada, client).unwrap();
    relay.settle(&ada);
    let note = VisitCommand::WriteNote {
        client,
        visit,
        note: "my own words".to_owned(),
    };
    run(&bo, Command::Visit(note)).unwrap();
    let waiting = sync_view(&bo).outbox;
    assert_eq!(waiting[0].subject, "云栖茶业");
    relay.settle(&bo);

    for device in [&ada, &reboot(&ada), &bo, &reboot(&bo)] {
        assert_eq!(found(device, "云栖茶业"), 0);
        assert_eq!(found(device, "a picture of the shop"), 0);
        assert!(!device.documents().contains(&DocumentId::from(client)));
        assert!(!has_file(device, client));
        assert_eq!(name_of(device, other).as_deref(), Some("昆明花市"));
        assert_eq!(listed(device), 1);
    }
    for device in [&bo, &reboot(&bo)] {
        let told = sync_view(device).attention;
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].reason, Rejection::Erased);
        assert_eq!((told[0].subject.as_str(), told[0].record), ("", None));
        let Told::Refused(words) =
            block_on(device.answer(&Ask::Refused(told[0].sequence))).unwrap()
        else {
            panic!("what was refused can be read");
        };
        assert!(words.words.iter().any(|word| word.text == "my own words"));
        assert!(!words.can_write_again);
        assert_eq!(found(device, "my own words"), 1);
    }
    let sequence = sync_view(&bo).attention[0].sequence;
    block_on(bo.act(Act::Dismiss(sequence))).unwrap();
    assert_eq!(found(&reboot(&bo), "my own words"), 0);
    // Nothing of the other one is gone.
    rename(&bo, other, "大理花市").unwrap();
    relay.settle(&bo);
    relay.settle(&ada);
    assert_eq!(name_of(&ada, other).as_deref(), Some("大理花市"));
}

/// What was told before the erasure names the client, too.
#[test]
fn older_lines_and_what_waits_lose_the_clients_name() {
    let relay = Relay::new();
    let ada = relay.found();
    let bo = relay.invite(&ada, "Bo", 2);
    relay.settle(&ada);
    let client = create(&ada, "云栖茶业");
    relay.settle(&ada);
    let (_, owner, _) = bo.me().unwrap();
    let clients = vec![client];
    let assign = ClientCommand::Assign { clients, owner };
    run(&ada, Command::Client(assign)).unwrap();
    relay.settle(&ada);
    relay.settle(&bo);
    let clients = vec![client];
    let (_, owner, _) = ada.me().unwrap();
    let back = ClientCommand::Assign { clients, owner };
    run(&ada, Command::Client(back)).unwrap();
    relay.settle(&ada);
    rename(&bo, client, "written in vain").unwrap();
    relay.settle(&bo);
    assert_eq!(sync_view(&bo).attention[0].subject, "written in vain");
    erase(&ada, client).unwrap();
    relay.settle(&ada);
    relay.settle(&bo);
    for device in [&bo, &reboot(&bo)] {
        let told = sync_view(device).attention;
        assert_eq!((told.len(), told[0].subject.as_str()), (1, ""));
        assert_eq!(told[0].reason, Rejection::NotAllowed);
        // Once, in the change itself: these are the person's own words.
        assert_eq!(found(device, "written in vain"), 1);
    }
}

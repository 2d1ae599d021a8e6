//! What a device does by itself.

use std::cell::RefCell;

use caravan_domain::clients::command::ClientCommand;
use caravan_domain::clients::record::ClientDraft;
use caravan_domain::command::{Command, CommandError, Field};
use caravan_domain::mark::Mark;
use caravan_domain::query::{Answer, Query};
use caravan_domain::role::Role;
use caravan_engine::storage::Store;
use caravan_engine::storage::memory::Fault;
use caravan_engine::{CommandId, Watches};
use caravan_port::act::{Act, ActError, Done};
use caravan_port::ask::{Ask, Told};
use caravan_port::message::RunError;
use caravan_port::view::SyncLine;
use futures_executor::block_on;

use crate::support::{Relay, boot, create, name_of, reboot, rename, run};

#[test]
fn a_command_is_durable_with_its_rows_and_its_outbox_entry() {
    let ada = Relay::new().found();
    let client = create(&ada, "云栖茶业");
    assert_eq!(ada.waiting(), 1);
    let again = reboot(&ada);
    assert_eq!(name_of(&again, client).as_deref(), Some("云栖茶业"));
    assert_eq!(*again.rows(), *ada.rows());
    assert_eq!(again.waiting(), 1);
    let facts = again.query(&Query::People).unwrap();
    assert_eq!(facts, ada.query(&Query::People).unwrap());
}

#[test]
fn a_refused_command_writes_nothing() {
    let ada = Relay::new().found();
    let commits = ada.storage().inner().commits();
    let blank = Command::Client(ClientCommand::Create(ClientDraft::default()));
    let refused = run(&ada, blank);
    assert_eq!(
        refused,
        Err(RunError::Command(CommandError::Blank(Field::Name)))
    );
    assert_eq!(ada.storage().inner().commits(), commits);
}

#[test]
fn a_full_device_changes_nothing_in_memory_either() {
    let ada = Relay::new().found();
    let client = create(&ada, "before");
    ada.storage().inner().fail(0, Fault::Full);
    assert_eq!(rename(&ada, client, "after"), Err(RunError::StorageFull));
    assert_eq!(name_of(&ada, client).as_deref(), Some("before"));
    assert_eq!(ada.waiting(), 1);
    rename(&ada, client, "after").unwrap();
    assert_eq!(name_of(&reboot(&ada), client).as_deref(), Some("after"));
}

#[test]
fn nobody_writes_before_joining() {
    let device = boot(&Default::default(), 3);
    let command = Command::Client(ClientCommand::Create(ClientDraft {
        name: "a".to_owned(),
        ..ClientDraft::default()
    }));
    assert_eq!(run(&device, command), Err(RunError::NotJoined));
}

#[test]
fn many_small_writes_are_folded_into_one_part() {
    let ada = Relay::new().found();
    let client = create(&ada, "0");
    for number in 1..60 {
        rename(&ada, client, &number.to_string()).unwrap();
    }
    assert!(ada.storage().inner().len_of(Store::Documents) < 20);
    assert_eq!(name_of(&reboot(&ada), client).as_deref(), Some("59"));
    let Ok(Told::Client(Some(file))) = block_on(reboot(&ada).answer(&Ask::Client(client))) else {
        panic!("the client is here");
    };
    assert_eq!(file.client.draft.name, "59");
    assert_eq!(file.mark, Mark::Saved);
}

#[test]
fn a_repeated_command_with_a_name_is_run_once() {
    let ada = Relay::new().found();
    let id = Some(CommandId {
        tab: [5; 16],
        number: 8,
    });
    let command = Command::Client(ClientCommand::Create(ClientDraft {
        name: "once".to_owned(),
        ..ClientDraft::default()
    }));
    let first = block_on(ada.run(command.clone(), id)).unwrap();
    let second = block_on(reboot(&ada).run(command, id)).unwrap();
    assert_eq!(first, second);
    assert_eq!(reboot(&ada).rows().clients.len(), 1);
}

#[test]
fn undo_writes_back_once() {
    let ada = Relay::new().found();
    let client = create(&ada, "before");
    let undo = rename(&ada, client, "after").unwrap().undo.unwrap();
    block_on(ada.act(Act::Undo(undo))).unwrap();
    assert_eq!(name_of(&ada, client).as_deref(), Some("before"));
    assert_eq!(
        block_on(ada.act(Act::Undo(undo))),
        Err(ActError::CannotUndo)
    );
    let Told::Undo(left) = block_on(ada.answer(&Ask::Undo)).unwrap() else {
        panic!("undo lines");
    };
    assert_eq!(left.len(), 1, "only the creation is left");
}

#[test]
fn undo_leaves_alone_what_was_written_since() {
    let relay = Relay::new();
    let ada = relay.found();
    let bo = relay.invite_as(&ada, "Bo", 2, Role::Director);
    let client = create(&ada, "before");
    let undo = rename(&ada, client, "after").unwrap().undo.unwrap();
    relay.settle(&ada);
    relay.settle(&bo);
    rename(&bo, client, "Bo's").unwrap();
    relay.settle(&bo);
    relay.settle(&ada);
    assert_eq!(
        block_on(reboot(&ada).act(Act::Undo(undo))),
        Err(ActError::CannotUndo)
    );
    assert_eq!(name_of(&ada, client).as_deref(), Some("Bo's"));
}

#[test]
fn undoing_a_creation_takes_the_client_out_of_the_lists() {
    let ada = Relay::new().found();
    let draft = ClientDraft {
        name: "mistake".to_owned(),
        ..ClientDraft::default()
    };
    let ran = run(&ada, Command::Client(ClientCommand::Create(draft))).unwrap();
    block_on(ada.act(Act::Undo(ran.undo.unwrap()))).unwrap();
    assert!(ada.rows().clients.values().all(|row| row.archived));
}

#[test]
fn drafts_outlive_the_power() {
    let ada = Relay::new().found();
    let save = Act::SaveDraft {
        key: "client/new".to_owned(),
        draft: vec![1, 2],
    };
    block_on(ada.act(save)).unwrap();
    let ada = reboot(&ada);
    let ask = Ask::Draft("client/new".to_owned());
    assert_eq!(
        block_on(ada.answer(&ask)).unwrap(),
        Told::Draft(Some(vec![1, 2]))
    );
    let drop = Act::DropDraft {
        key: "client/new".to_owned(),
    };
    block_on(ada.act(drop)).unwrap();
    assert_eq!(block_on(ada.answer(&ask)).unwrap(), Told::Draft(None));
}

#[test]
fn watches_hear_news_and_only_news() {
    let ada = Relay::new().found();
    let watches = RefCell::new(Watches::default());
    watches
        .borrow_mut()
        .watch([0; 16], 1, Ask::Rows(Query::Plan));
    watches.borrow_mut().watch([0; 16], 2, Ask::SyncLine);
    assert_eq!(block_on(ada.tell(&watches)).len(), 2, "at once");
    assert_eq!(block_on(ada.tell(&watches)).len(), 0);
    create(&ada, "news");
    let told = block_on(ada.tell(&watches));
    let [(_, 2, sent)] = told.as_slice() else {
        panic!("{told:?}")
    };
    assert_eq!(sent.read::<SyncLine>().unwrap().waiting, 1);
    watches.borrow_mut().forget([0; 16]);
    create(&ada, "more");
    assert_eq!(block_on(ada.tell(&watches)).len(), 0);
}

#[test]
fn lists_show_what_is_waiting() {
    let ada = Relay::new().found();
    create(&ada, "云栖茶业");
    let query = Query::Clients(caravan_domain::clients::list::ClientList {
        limit: 10,
        ..Default::default()
    });
    let Answer::Clients(page) = ada.query(&query).unwrap() else {
        panic!("a page of clients");
    };
    assert_eq!(page.total, 1);
    assert_eq!(page.lines[0].mark, Mark::Saved);
    assert_eq!(
        page.lines[0].owner_name, "Ada",
        "whoever writes a client down owns it"
    );
}

#[test]
fn pictures_are_kept_under_their_hash() {
    let ada = Relay::new().found();
    let store = Act::StorePhoto {
        jpeg: vec![7; 1000],
        width: 4,
        height: 3,
    };
    let Ok(Done::Photo(photo)) = block_on(ada.act(store)) else {
        panic!("a picture was stored");
    };
    let loaded = block_on(reboot(&ada).act(Act::LoadPhoto(photo.hash)));
    assert_eq!(loaded, Ok(Done::PhotoBytes(Some(vec![7; 1000]))));
    assert_eq!(ada.uploads(), [], "no document shows it yet");
}

#[test]
fn everything_can_be_taken_away() {
    let ada = Relay::new().found();
    create(&ada, "云栖茶业");
    let Ok(Done::File(file)) = block_on(ada.act(Act::ExportEverything)) else {
        panic!("a file was made");
    };
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(file)).unwrap();
    let clients = std::io::read_to_string(archive.by_name("clients.json").unwrap()).unwrap();
    assert!(clients.contains("云栖茶业"));
    assert!(archive.by_name("workspace.json").is_ok());
}

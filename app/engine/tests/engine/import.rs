//! Many clients at once.

use caravan_domain::clients::command::{ClientCommand, ImportedClient};
use caravan_domain::clients::list::{SimilarReason, SimilarTo};
use caravan_domain::clients::record::{ClientDraft, ContactDraft};
use caravan_domain::command::Command;
use caravan_domain::id::{BatchId, ClientId, Id};
use caravan_port::act::{Act, Done, ImportFinding, ImportProbe};
use caravan_port::ask::{Ask, Told};
use futures_executor::block_on;

use crate::support::{Device, Relay, reboot, run};

fn imported(number: u16) -> ImportedClient {
    let mut id = [0; 16];
    id[14..].copy_from_slice(&number.to_be_bytes());
    ImportedClient {
        client: ClientId(Id::from_bytes(id)),
        draft: ClientDraft {
            name: format!("云栖{number}号茶业"),
            contacts: vec![ContactDraft {
                name: "王丽".to_owned(),
                phones: vec![format!("1380000{number:04}")],
                ..ContactDraft::default()
            }],
            ..ClientDraft::default()
        },
        owner: None,
        followed_up_at: None,
    }
}

fn import(device: &Device, numbers: std::ops::Range<u16>) {
    let batch = BatchId(Id::from_bytes([3; 16]));
    let clients = numbers.map(imported).collect();
    run(
        device,
        Command::Client(ClientCommand::Import { batch, clients }),
    )
    .unwrap();
}

fn check(device: &Device, name: &str, phone: &str, client: u16) -> ImportFinding {
    let probe = ImportProbe {
        client: imported(client).client,
        similar: SimilarTo {
            name: name.to_owned(),
            phones: vec![phone.to_owned()],
            ..SimilarTo::default()
        },
    };
    match block_on(device.act(Act::CheckImport(vec![probe]))) {
        Ok(Done::Import(mut findings)) => findings.remove(0),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_repeated_import_adds_what_is_missing() {
    let relay = Relay::new();
    let ada = relay.found();
    import(&ada, 0..300);
    assert_eq!(ada.rows().clients.len(), 300);
    import(&ada, 200..500);
    assert_eq!(ada.waiting(), 500);
    let Told::Imports(batches) = block_on(reboot(&ada).answer(&Ask::Imports)).unwrap() else {
        panic!("batches");
    };
    assert_eq!((batches.len(), batches[0].clients), (1, 500));
    relay.settle(&ada);
    assert_eq!(ada.waiting(), 0);
    assert_eq!(relay.core.borrow().facts().grants.len(), 500);
}

#[test]
fn an_undone_import_can_be_made_again() {
    let ada = Relay::new().found();
    import(&ada, 0..3);
    let undo = ClientCommand::UndoImport {
        batch: BatchId(Id::from_bytes([3; 16])),
        clients: vec![imported(0).client, imported(1).client],
    };
    run(&ada, Command::Client(undo)).unwrap();
    assert!(!check(&ada, "x", "", 0).already_here);
    assert!(check(&ada, "x", "", 2).already_here);
    import(&reboot(&ada), 0..3);
    let ada = reboot(&ada);
    assert!(ada.rows().clients.values().all(|row| !row.archived));
    assert!(check(&ada, "x", "", 0).already_here);
}

#[test]
fn an_import_is_held_against_what_is_here() {
    let ada = Relay::new().found();
    import(&ada, 0..50);
    let reason = |finding: ImportFinding| finding.similar.first().map(|found| found.reason);
    assert!(check(&ada, "x", "", 7).already_here);
    assert!(!check(&ada, "x", "", 77).already_here);
    assert_eq!(
        reason(check(&ada, "别的", "138 0000 0007", 77)),
        Some(SimilarReason::SamePhone)
    );
    assert_eq!(
        reason(check(&ada, "运栖7号茶业", "", 77)),
        Some(SimilarReason::SimilarName)
    );
    assert_eq!(reason(check(&ada, "完全不同的公司", "", 77)), None);
}

//! Clients as an import makes them, by the real command, as changes ready to be signed.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result};
use caravan_documents::Document;
use caravan_domain::clients::command::ClientCommand;
use caravan_domain::clients::record::{ClientDraft, ContactDraft, Grade, Stage};
use caravan_domain::command::{Command, Context, Documents};
use caravan_domain::document::DocumentId;
use caravan_domain::edit::Edit;
use caravan_domain::facts::{Employment, Fact, FactChange, FactKey, Facts, Person, PersonStatus};
use caravan_domain::id::DeviceId;
use caravan_domain::role::Role;
use caravan_domain::value::Value;
use caravan_sync::envelope::Payload;

use caravan_tests::native::{Device, Ids, now};

/// The first change of a client; the same fields as `clientDocument` of the peer.
pub(crate) struct NewClient {
    pub(crate) document: DocumentId,
    pub(crate) change: Vec<u8>,
}

pub(crate) fn new_client(row: usize, device: &Device) -> Result<NewClient> {
    let facts = facts(device);
    let mut ids = Ids;
    let mut context = Context {
        me: device.person,
        now: now(),
        ids: &mut ids,
        facts: &facts,
        documents: &Nothing,
    };
    let command = Command::Client(ClientCommand::Create(draft(row)));
    let outcome = command.run(&mut context)?;
    let document = outcome
        .edits
        .first()
        .context("a new client has fields")?
        .document;
    let change = commit(&mut Document::new(document), device.id, &outcome.edits)?;
    Ok(NewClient { document, change })
}

/// A note on a client, as one more change on top of `chunks`.
pub(crate) fn noted(
    client: DocumentId,
    chunks: &[u8],
    note: &str,
    device: DeviceId,
) -> Result<Vec<u8>> {
    let mut document = Document::load(client, chunks)?;
    let edit = Edit::put(client, &["profile", "note"], Value::Prose(note.to_owned()));
    commit(&mut document, device, &[edit])
}

pub(crate) fn payload(change: &[u8]) -> Payload {
    Payload::Change(change.to_vec())
}

fn commit(document: &mut Document, device: DeviceId, edits: &[Edit]) -> Result<Vec<u8>> {
    let change = document.commit(device, now(), edits)?;
    Ok(change.context("the edits change something")?.bytes)
}

fn draft(row: usize) -> ClientDraft {
    ClientDraft {
        name: format!("Client {row:06} Trading Co., Ltd."),
        code: format!("91330106MA2{row:06}X"),
        grade: Grade::ALL[row % Grade::ALL.len()],
        stage: Stage::Customer,
        region: "浙江省杭州市西湖区".to_owned(),
        address: format!("文三路 {row} 号"),
        source: "import".to_owned(),
        tags: BTreeSet::from(["imported".to_owned()]),
        contacts: vec![ContactDraft {
            name: format!("Contact {row:06}"),
            phones: vec![format!("138{row:08}")],
            ..ContactDraft::default()
        }],
        ..ClientDraft::default()
    }
}

/// Enough of the workspace for the command to let the device's person write.
fn facts(device: &Device) -> Facts {
    let mut facts = Facts::default();
    facts.apply(FactChange {
        key: FactKey::Person(device.person),
        fact: Some(Fact::Person(Person {
            name: "Bench".to_owned(),
            roles: [Role::Director].into(),
            team: None,
            status: PersonStatus::Active,
            employment: Employment::FullTime,
            phone: String::new(),
            joined_at: now(),
        })),
    });
    facts
}

struct Nothing;

impl Documents for Nothing {
    fn tree(&self, _document: DocumentId) -> Option<&Value> {
        None
    }
}

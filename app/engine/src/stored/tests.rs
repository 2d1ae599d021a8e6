//! What every released version has written, byte for byte. A layout that changes gets a new version
//! and a new fixture; the old one stays and must still be read.

use caravan_domain::document::DocumentId;
use caravan_domain::edit::Edit;
use caravan_domain::facts::{Grant, Team};
use caravan_domain::id::{
    BlobHash, ClientId, DeviceId, Id, PersonId, TeamId, VisitId, WorkspaceId,
};
use caravan_domain::label::CommandLabel;
use caravan_domain::row::ROWS_VERSION;
use caravan_domain::time::Instant;
use caravan_sync::cursor::{CatchUp, Cursor, Epoch};
use caravan_sync::envelope::{Envelope, Hash, Payload, Signature};
use caravan_sync::frame::{Challenge, ReceivedChange, Rejection};
use caravan_sync::join::Share;

use super::*;

fn id(byte: u8) -> Id {
    Id::from_bytes([byte; 16])
}

fn at(millis: i64) -> Instant {
    Instant::from_millis(millis)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Today's app writes the fixture, and reads it.
fn assert_kept<T: Stored + PartialEq + std::fmt::Debug>(value: &T, fixture: &str) {
    let written = write(value);
    assert_eq!(hex(&written), fixture.replace([' ', '\n'], ""));
    assert_eq!(&read::<T>(&written).unwrap(), value);
}

fn outgoing() -> Outgoing {
    Outgoing {
        envelope: Envelope {
            document: DocumentId::from(ClientId(id(1))),
            device: DeviceId(id(2)),
            sequence: 3,
            previous: Hash([4; 32]),
            written_at: at(5),
            payload: Payload::Change(vec![6, 7]),
            signature: Signature([8; 64]),
        },
        label: CommandLabel::ChangeClient,
        record: Some(ClientId(id(1)).into()),
        subject: "云".to_owned(),
    }
}

#[test]
fn identity_version_1() {
    let identity = Identity {
        workspace: WorkspaceId(id(1)),
        workspace_name: "Silk".to_owned(),
        person: PersonId(id(2)),
        device: DeviceId(id(3)),
    };
    assert_kept(&identity, IDENTITY_1);
}

#[test]
fn chain_version_1() {
    let chain = Chain {
        sequence: 300,
        previous: Hash([1; 32]),
    };
    assert_kept(&chain, CHAIN_1);
}

#[test]
fn progress_version_1() {
    let progress = Progress {
        epoch: Epoch(7),
        cursor: Cursor {
            sequence: 300,
            catch_up: CatchUp::Everything {
                after: DocumentId::from(ClientId(id(1))),
            },
        },
        challenge: Challenge([2; 16]),
        last_contact_at: Some(at(3)),
        last_received_at: None,
        clock_skew_millis: Some(-4),
    };
    assert_kept(&progress, PROGRESS_1);
}

#[test]
fn lock_version_1() {
    let lock = Lock {
        ways: vec![
            Way {
                by: By::Password {
                    salt: [1; 32],
                    rounds: 600_000,
                },
                sealed: vec![2, 3],
            },
            Way {
                by: By::Passkey {
                    credential: vec![4],
                    salt: [5; 32],
                },
                sealed: vec![6],
            },
        ],
    };
    assert_kept(&lock, LOCK_1);
    assert_kept(&Share([7; 32]), SHARE_1);
    let used = Use {
        last: at(8),
        stays_open_minutes: 300,
    };
    assert_kept(&used, USE_1);
}

fn page() -> Page {
    let mut note = Note::new(DocumentId::from(ClientId(id(1))));
    note.held = true;
    note.next_part = 2;
    note.loose_parts = 1;
    note.grant = Some(Grant {
        owner: PersonId(id(2)),
        shared_with: [PersonId(id(3))].into(),
    });
    note.received_at = Some(at(4));
    note.records = vec![(id(5), at(6))];
    Page::new(vec![note], &[None]).of_rows_version(1)
}

#[test]
fn page_version_1() {
    assert_kept(&page(), PAGE_1);
}

#[test]
fn rows_of_another_version_are_projected_anew() {
    let page = page().of_rows_version(ROWS_VERSION.wrapping_sub(1));
    let page: Page = read(&write(&page)).unwrap();
    let mut read = Vec::new();
    page.each(|_, rows| read.push(rows)).unwrap();
    assert_eq!(read, [None]);
}

#[test]
fn part_version_1() {
    let part = Part {
        chunks: vec![1, 2, 3],
        received: vec![ReceivedChange {
            device: DeviceId(id(4)),
            sequence: 5,
            at: at(6),
        }],
    };
    assert_kept(&part, PART_1);
}

#[test]
fn outgoing_version_1() {
    assert_kept(&outgoing(), OUTGOING_1);
}

#[test]
fn kept_version_1() {
    let kept = Kept {
        received_at: at(9),
        envelope: outgoing().envelope,
    };
    assert_kept(&kept, KEPT_1);
    let key = kept.key();
    assert!(key.starts_with(&kept.envelope.document.to_bytes()));
    assert_eq!(whose(&key), Some((DeviceId(id(2)), 3)));
    assert_eq!(whose(b"too short"), None);
}

#[test]
fn repair_version_1() {
    assert_kept(&Repair::Giving, REPAIR_1);
    assert_kept(&Repair::Settling, "0101");
}

#[test]
fn put_by_version_1() {
    let put_by = BTreeSet::from([
        DocumentId::from(ClientId(id(1))),
        DocumentId::orders(ClientId(id(1))),
    ]);
    assert_kept(&put_by, PUT_BY_1);
}

#[test]
fn attention_version_1() {
    let attention = Attention {
        outgoing: outgoing(),
        refused_at: at(9),
        reason: Rejection::NotAllowed,
    };
    assert_kept(&attention, ATTENTION_1);
}

#[test]
fn undoable_version_2() {
    let undoable = Undoable {
        undo: 1,
        label: CommandLabel::SetNextStep,
        subject: "b".to_owned(),
        written_at: at(2),
        edits: vec![Edit::put(ClientId(id(3)), &["profile", "name"], "a")],
        left: vec![Edit::delete(ClientId(id(3)), &["profile", "name"])],
    };
    assert_kept(&undoable, UNDOABLE_2);
}

#[test]
fn blob_note_version_1() {
    let note = BlobNote {
        hash: BlobHash([1; 32]),
        bytes: 300,
        document: Some(DocumentId::from(ClientId(id(2)))),
        uploaded: true,
    };
    assert_kept(&note, BLOB_NOTE_1);
}

#[test]
fn answered_version_1() {
    let answered = Answered {
        command: CommandId {
            tab: [1; 16],
            number: 2,
        },
        order: 3,
        ran: caravan_port::message::Ran {
            created: Some(caravan_domain::command::RecordRef::Visit(
                ClientId(id(4)),
                VisitId(id(5)),
            )),
            undo: Some(6),
        },
    };
    assert_kept(&answered, ANSWERED_1);
}

#[test]
fn fact_version_1() {
    let team = Team {
        name: "East".to_owned(),
        closed: false,
    };
    assert_kept(&(FactKey::Team(TeamId(id(1))), Fact::Team(team)), FACT_1);
}

#[test]
fn glimpse_version_1() {
    let glimpse = Glimpse {
        build: "a".to_owned(),
        day: at(0).day(),
        told: vec![1, 2],
    };
    assert_kept(&glimpse, GLIMPSE_1);
}

#[test]
fn what_a_newer_app_wrote_is_not_guessed_at() {
    let mut bytes = write(&Chain::default());
    bytes[0] += 1;
    assert_eq!(read::<Chain>(&bytes), Err(Unreadable::Newer));
    assert_eq!(read::<Chain>(&[]), Err(Unreadable::Damaged));
    assert_eq!(read::<Chain>(&[1]), Err(Unreadable::Damaged));
}

const LOCK_1: &str = "0102000101010101010101010101010101010101010101010101010101010101010101c0cf2402020301010405050505050505050505050505050505050505050505050505050505050505050106";
const SHARE_1: &str = "010707070707070707070707070707070707070707070707070707070707070707";
const USE_1: &str = "0110ac02";
const IDENTITY_1: &str = "\
    01010101010101010101010101010101010453696c6b020202020202020202020202020202020303 \
    0303030303030303030303030303";
const CHAIN_1: &str = "01ac020101010101010101010101010101010101010101010101010101010101010101";
const PROGRESS_1: &str = "\
    0107ac02010101010101010101010101010101010101020202020202020202020202020202020106 \
    000107";
const PAGE_1: &str = "\
    01010101010101010101010101010101010101010201010202020202020202020202020202020201 \
    03030303030303030303030303030303010801050505050505050505050505050505050c01020100";
const PART_1: &str = "01030102030104040404040404040404040404040404050c";
const OUTGOING_1: &str = "\
    01010101010101010101010101010101010102020202020202020202020202020202030404040404 \
    0404040404040404040404040404040404040404040404040404040a000206074008080808080808 \
    08080808080808080808080808080808080808080808080808080808080808080808080808080808 \
    08080808080808080808080808080808080101000101010101010101010101010101010103e4ba91";
const KEPT_1: &str = "\
    01120101010101010101010101010101010101020202020202020202020202020202020304040404 \
    040404040404040404040404040404040404040404040404040404040a0002060740080808080808 \
    08080808080808080808080808080808080808080808080808080808080808080808080808080808 \
    080808080808080808080808080808080808";
const REPAIR_1: &str = "0100";
const PUT_BY_1: &str = "
    01 02
    01 01010101010101010101010101010101
    05 01010101010101010101010101010101";
const ATTENTION_1: &str = "\
    01010101010101010101010101010101010102020202020202020202020202020202030404040404 \
    0404040404040404040404040404040404040404040404040404040a000206074008080808080808 \
    08080808080808080808080808080808080808080808080808080808080808080808080808080808 \
    08080808080808080808080808080808080101000101010101010101010101010101010103e4ba91 \
    1201";
const UNDOABLE_2: &str = "\
    020112016204010103030303030303030303030303030303020770726f66696c65046e616d650004 \
    0161010103030303030303030303030303030303020770726f66696c65046e616d6501";
const BLOB_NOTE_1: &str = "\
    010101010101010101010101010101010101010101010101010101010101010101ac020101020202 \
    0202020202020202020202020201";
const ANSWERED_1: &str = "\
    01010101010101010101010101010101010203010104040404040404040404040404040404050505 \
    050505050505050505050505050106";
const GLIMPSE_1: &str = "0101610a313937302d30312d3031020102";
const FACT_1: &str = "01010101010101010101010101010101010101044561737400";

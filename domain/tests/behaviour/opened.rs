//! One client, one visit, opened: the line of time and the marks.

use caravan_domain::clients::command::ClientCommand;
use caravan_domain::clients::file::{ClientFile, TimelineSubject};
use caravan_domain::clients::open::{OpenDocument, open};
use caravan_domain::clients::ownership::OwnershipDecision;
use caravan_domain::clients::record::{InteractionDraft, InteractionKind};
use caravan_domain::command::{Command, RecordRef};
use caravan_domain::decision::{Decision, decide};
use caravan_domain::id::{ClientId, InteractionId, PersonId, VisitId};
use caravan_domain::mark::Mark;
use caravan_domain::time::Instant;
use caravan_domain::visits;
use caravan_domain::visits::command::VisitCommand;
use caravan_domain::visits::list::VisitFile;
use caravan_domain::visits::record::PositionReading;

use crate::field::{
    ALICE, BOB, CAROL, EAST_MANAGER, FINANCE, Field, MORNING, id, named, today, visit_to,
};

const RECEIVED: Instant = MORNING.plus_millis(99);

/// The file when only paths that `received` names have reached the relay.
fn file(field: &Field, me: PersonId, client: ClientId, received: &[&str]) -> ClientFile {
    let received_at = |path: &[&str]| {
        received
            .contains(&path.join("/").as_str())
            .then_some(RECEIVED)
    };
    let document = OpenDocument {
        tree: &field.trees[&client.into()],
        conflicts: &[],
        received_at: &received_at,
    };
    field.with_sources(me, |from| open(client, &document, from))
}

fn visit_file(field: &Field, me: PersonId, client: ClientId, visit: VisitId) -> Option<VisitFile> {
    let check_in = format!("visits/{visit}/check_in");
    let received_at = |path: &[&str]| (path.join("/") == check_in).then_some(RECEIVED);
    let document = OpenDocument {
        tree: &field.trees[&client.into()],
        conflicts: &[],
        received_at: &received_at,
    };
    field.with_sources(me, |from| {
        visits::open::open(client, visit, &document, from)
    })
}

fn log(field: &mut Field, client: ClientId, corrects: Option<InteractionId>) {
    field.now = field.now.plus_millis(1000);
    let draft = InteractionDraft {
        kind: InteractionKind::Call,
        text: "通话".to_owned(),
        happened_at: None,
        corrects,
    };
    let command = ClientCommand::LogInteraction { client, draft };
    field.run(ALICE, Command::Client(command)).unwrap();
}

fn step(field: &mut Field, command: VisitCommand) {
    field.now = field.now.plus_millis(1000);
    field.run(ALICE, Command::Visit(command)).unwrap();
}

/// A client with one call, its correction, one visit done and one planned.
fn busy() -> (Field, ClientId, VisitId, VisitId) {
    let mut field = Field::new();
    let client = field.create(ALICE, named("甲"));
    log(&mut field, client, None);
    let call = field.client(client).interactions[0].id;
    log(&mut field, client, Some(call));
    let done = field.plan_visit(ALICE, visit_to(client, ALICE, today()));
    let planned = field.plan_visit(ALICE, visit_to(client, ALICE, today()));
    let reading = PositionReading::Refused;
    step(
        &mut field,
        VisitCommand::CheckIn {
            client,
            visit: done,
            reading: reading.clone(),
        },
    );
    step(
        &mut field,
        VisitCommand::CheckOut {
            client,
            visit: done,
            reading,
        },
    );
    (field, client, done, planned)
}

#[test]
fn one_line_of_time_latest_first() {
    let (field, client, done, planned) = busy();
    let file = file(&field, ALICE, client, &[]);
    let subjects: Vec<_> = file
        .timeline
        .iter()
        .map(|entry| match &entry.subject {
            TimelineSubject::Visit(line) => format!("visit {}", line.row.id),
            TimelineSubject::Interaction { kind, .. } => format!("{kind:?}"),
            TimelineSubject::Created => "created".to_owned(),
        })
        .collect();
    assert_eq!(
        subjects,
        [&*format!("visit {done}"), "Correction", "Call", "created"]
    );
    let TimelineSubject::Interaction {
        id: correction,
        corrects,
        ..
    } = file.timeline[1].subject
    else {
        panic!("{:?}", file.timeline[1]);
    };
    let TimelineSubject::Interaction {
        id: call,
        corrected_by,
        ..
    } = file.timeline[2].subject
    else {
        panic!("{:?}", file.timeline[2]);
    };
    assert_eq!((corrects, corrected_by), (Some(call), Some(correction)));
    assert_eq!(file.timeline[3].by_name, "爱丽");
    let open: Vec<_> = file.open_visits.iter().map(|line| line.row.id).collect();
    assert_eq!(open, [planned]);
}

#[test]
fn each_entry_tells_whether_the_relay_has_it() {
    let (mut field, client, ..) = busy();
    field.marks.insert(RecordRef::Client(client), Mark::Saved);
    let call = field.client(client).interactions[0].id;
    let received = format!("interactions/{call}");
    let file = file(&field, ALICE, client, &[&received]);
    assert_eq!(file.mark, Mark::Saved);
    assert_eq!(file.timeline[2].mark, Mark::Received(Some(RECEIVED)));
    assert_eq!(file.timeline[2].received_at, Some(RECEIVED));
    assert_eq!(file.timeline[1].mark, Mark::Saved);
    field.marks.clear();
    // All received, by a snapshot that does not say when.
    let file = self::file(&field, ALICE, client, &[]);
    assert_eq!(file.timeline[1].mark, Mark::Received(None));
}

#[test]
fn who_may_do_what_with_the_file() {
    let (mut field, client, ..) = busy();
    let share = Decision::Ownership(OwnershipDecision::Share {
        client,
        with: CAROL,
    });
    field.decide(ALICE, &share).unwrap();
    for (me, may_edit, may_assign, may_share) in [
        (ALICE, true, false, true),
        (EAST_MANAGER, true, true, true),
        (CAROL, true, false, false),
        (FINANCE, false, false, false),
    ] {
        let file = file(&field, me, client, &[]);
        assert_eq!(
            (file.may_edit, file.may_assign, file.may_share),
            (may_edit, may_assign, may_share),
            "{me}"
        );
        assert_eq!(file.shared_with, [(CAROL, "卡罗".to_owned())]);
    }
}

#[test]
fn an_owner_decided_on_this_phone_is_provisional() {
    let (mut field, client, ..) = busy();
    assert!(!file(&field, ALICE, client, &[]).owner_is_provisional);
    let assign = Decision::Ownership(OwnershipDecision::Assign {
        clients: vec![client],
        owner: BOB,
    });
    for change in decide(&assign, EAST_MANAGER, MORNING, &field.facts).unwrap() {
        field.facts.apply(change);
    }
    let file = file(&field, EAST_MANAGER, client, &[]);
    assert!(file.owner_is_provisional);
    assert_eq!((file.owner, &*file.owner_name), (Some(BOB), "鲍勃"));
}

#[test]
fn a_visit_opened() {
    let (field, client, done, planned) = busy();
    let file = visit_file(&field, ALICE, client, done).unwrap();
    assert_eq!(file.check_in_received_at, Some(RECEIVED));
    assert_eq!(file.check_out_received_at, None);
    assert_eq!(file.actions.len(), 3);
    assert!(file.may_edit && !file.may_check);
    assert!(
        visit_file(&field, ALICE, client, planned)
            .unwrap()
            .may_check
    );
    let seen_by_manager = visit_file(&field, EAST_MANAGER, client, planned).unwrap();
    assert!(seen_by_manager.may_edit && !seen_by_manager.may_check);
    assert_eq!(visit_file(&field, ALICE, client, VisitId(id(1))), None);
}

//! The steps of a visit: each stands alone, and what is evidence is written once.

use std::collections::BTreeSet;

use caravan_domain::command::{Command, CommandError, Field as FormField};
use caravan_domain::edit::path_of;
use caravan_domain::id::{BlobHash, ClientId, PersonId, VisitId};
use caravan_domain::value::Value;
use caravan_domain::visits::command::{NewPhoto, VisitCommand};
use caravan_domain::visits::record::{
    ActionKind, PositionReading, Presence, Visit, VisitDraft, VisitKind, VisitState,
};
use jiff::civil::date;

use crate::field::{
    ALICE, BOB, CAROL, DIRECTOR, EAST_MANAGER, Field, MORNING, named, today, visit_to, written,
};

const AT_THE_DOOR: &str = "geo:31.230400,121.473700;crs=wgs84;u=15";

fn client_at_the_bund(field: &mut Field) -> ClientId {
    let mut draft = named("外滩商行");
    draft.position = "geo:31.2304,121.4737".to_owned();
    field.create(ALICE, draft)
}

fn reading(uri: &str) -> PositionReading {
    PositionReading::At(uri.to_owned())
}

fn check_in(client: ClientId, visit: VisitId, reading: PositionReading) -> Command {
    Command::Visit(VisitCommand::CheckIn {
        client,
        visit,
        reading,
    })
}

fn check_out(client: ClientId, visit: VisitId) -> Command {
    Command::Visit(VisitCommand::CheckOut {
        client,
        visit,
        reading: PositionReading::Unavailable,
    })
}

fn cancel(client: ClientId, visit: VisitId) -> Command {
    Command::Visit(VisitCommand::Cancel {
        client,
        visit,
        reason: " 客户出差 ".to_owned(),
    })
}

fn read(field: &Field, client: ClientId, visit: VisitId) -> Visit {
    Visit::read_all(client, &field.trees[&client.into()])
        .into_iter()
        .find(|read| read.id == visit)
        .unwrap()
}

fn planned() -> (Field, ClientId, VisitId) {
    let mut field = Field::new();
    let client = client_at_the_bund(&mut field);
    let visit = field.plan_visit(ALICE, visit_to(client, ALICE, today()));
    (field, client, visit)
}

#[test]
fn a_visit_goes_from_plan_to_done() {
    let (mut field, client, visit) = planned();
    assert_eq!(read(&field, client, visit).state(), VisitState::Planned);
    field
        .run(ALICE, check_in(client, visit, reading(AT_THE_DOOR)))
        .unwrap();
    let under_way = read(&field, client, visit);
    assert_eq!(under_way.state(), VisitState::UnderWay);
    let check = under_way.check_in.unwrap();
    assert_eq!((check.at, check.presence), (MORNING, Presence::Verified));
    assert_eq!(check.distance_m, Some(0));
    assert_eq!(check.reading, reading(AT_THE_DOOR));
    field.now = MORNING.plus_millis(1_800_000);
    field.run(ALICE, check_out(client, visit)).unwrap();
    let done = read(&field, client, visit);
    assert_eq!(done.state(), VisitState::Done);
    assert_eq!(done.check_out.unwrap().at, field.now);
}

#[test]
fn presence_is_graded_by_the_plan() {
    for (reading, presence, distance_m) in [
        (
            reading("geo:31.2306,121.4737;u=20"),
            Presence::Verified,
            Some(22),
        ),
        (
            reading("geo:31.2354,121.4737;u=20"),
            Presence::Unverified,
            Some(556),
        ),
        (
            reading("geo:31.2306,121.4737;u=800"),
            Presence::Unverified,
            Some(22),
        ),
        (
            reading("geo:31.3304,121.4737;u=20"),
            Presence::Invalid,
            Some(11_120),
        ),
        (PositionReading::Refused, Presence::Unverified, None),
        (PositionReading::Unavailable, Presence::Unverified, None),
    ] {
        let (mut field, client, visit) = planned();
        field
            .run(ALICE, check_in(client, visit, reading.clone()))
            .unwrap();
        let check = read(&field, client, visit).check_in.unwrap();
        assert_eq!(
            (check.presence, check.distance_m),
            (presence, distance_m),
            "{reading:?}"
        );
        if !matches!(reading, PositionReading::At(_)) {
            assert_eq!(check.reading, reading);
        }
    }
}

#[test]
fn a_client_without_a_position_leaves_a_check_unverified() {
    let mut field = Field::new();
    let client = field.create(ALICE, named("无址"));
    let visit = field.plan_visit(ALICE, visit_to(client, ALICE, today()));
    field
        .run(ALICE, check_in(client, visit, reading(AT_THE_DOOR)))
        .unwrap();
    let check = read(&field, client, visit).check_in.unwrap();
    assert_eq!(
        (check.presence, check.distance_m),
        (Presence::Unverified, None)
    );
}

#[test]
fn checks_are_written_once_in_order_and_by_the_visitor() {
    let (mut field, client, visit) = planned();
    assert_eq!(
        field.run(ALICE, check_out(client, visit)),
        Err(CommandError::NotBegun)
    );
    let arrive = check_in(client, visit, PositionReading::Unavailable);
    assert_eq!(
        field.run(EAST_MANAGER, arrive.clone()),
        Err(CommandError::NotAllowed)
    );
    let nowhere = check_in(client, visit, reading("here"));
    assert_eq!(
        field.run(ALICE, nowhere),
        Err(CommandError::Malformed(FormField::Position))
    );
    field.run(ALICE, arrive.clone()).unwrap();
    assert_eq!(
        field.run(ALICE, arrive.clone()),
        Err(CommandError::AlreadyDone)
    );
    assert_eq!(
        field.run(ALICE, cancel(client, visit)),
        Err(CommandError::AlreadyDone)
    );
    field.run(ALICE, check_out(client, visit)).unwrap();
    assert_eq!(
        field.run(ALICE, check_out(client, visit)),
        Err(CommandError::AlreadyDone)
    );
    let rewrite = Command::Resolve {
        document: client.into(),
        path: path_of(&["visits", &visit.to_string(), "check_in"]),
        value: Value::Null,
    };
    assert_eq!(field.run(ALICE, rewrite), Err(CommandError::NotAllowed));
    let unknown = check_in(
        client,
        VisitId(crate::field::id(9)),
        PositionReading::Refused,
    );
    assert_eq!(field.run(ALICE, unknown), Err(CommandError::NotFound));
}

#[test]
fn a_cancelled_visit_does_not_begin() {
    let (mut field, client, visit) = planned();
    field.run(ALICE, cancel(client, visit)).unwrap();
    let cancelled = read(&field, client, visit);
    assert_eq!(cancelled.state(), VisitState::Cancelled);
    assert_eq!(cancelled.cancel_reason, "客户出差");
    let arrive = check_in(client, visit, PositionReading::Unavailable);
    assert_eq!(field.run(ALICE, arrive), Err(CommandError::AlreadyDone));
    assert_eq!(
        field.run(ALICE, cancel(client, visit)),
        Err(CommandError::AlreadyDone)
    );
}

#[test]
fn dropping_in_plans_for_today_and_begins() {
    let mut field = Field::new();
    let client = client_at_the_bund(&mut field);
    let drop_in = Command::Visit(VisitCommand::DropIn {
        client,
        kind: VisitKind::Service,
        reading: reading(AT_THE_DOOR),
    });
    field.run(ALICE, drop_in).unwrap();
    let visits = Visit::read_all(client, &field.trees[&client.into()]);
    let [visit] = &visits[..] else {
        panic!("{visits:?}");
    };
    assert_eq!((visit.state(), visit.by), (VisitState::UnderWay, ALICE));
    assert_eq!(
        (visit.kind, visit.planned_on),
        (VisitKind::Service, today())
    );
}

fn replan(visit: VisitId, before: &VisitDraft, after: &VisitDraft) -> Command {
    Command::Visit(VisitCommand::Replan {
        visit,
        before: before.clone(),
        after: after.clone(),
    })
}

#[test]
fn replanning_writes_only_what_differs() {
    let (mut field, client, visit) = planned();
    let before = visit_to(client, ALICE, today());
    let same = field
        .propose(ALICE, replan(visit, &before, &before))
        .unwrap();
    assert_eq!(written(&same), [""; 0]);
    let mut after = before.clone();
    after.planned_on = date(2026, 11, 9);
    after.planned_at = "14:30".to_owned();
    after.with = BTreeSet::from([BOB]);
    let outcome = field
        .propose(ALICE, replan(visit, &before, &after))
        .unwrap();
    assert_eq!(
        written(&outcome),
        [
            format!("visits/{visit}/planned_on = 2026-11-09"),
            format!("visits/{visit}/planned_at = 14:30"),
            format!("visits/{visit}/with/{BOB} = Bool(true)"),
        ]
    );
    field
        .run(ALICE, check_in(client, visit, PositionReading::Refused))
        .unwrap();
    assert_eq!(
        field.run(ALICE, replan(visit, &before, &after)),
        Err(CommandError::AlreadyDone)
    );
}

#[test]
fn a_plan_is_checked() {
    let mut field = Field::new();
    let client = client_at_the_bund(&mut field);
    let with = |change: fn(&mut VisitDraft)| {
        let mut draft = visit_to(client, ALICE, today());
        change(&mut draft);
        draft
    };
    let too_long = CommandError::TooLong {
        field: FormField::Note,
        max: 500,
    };
    for (draft, error) in [
        (
            with(|it| it.planned_at = "25:00".to_owned()),
            CommandError::Malformed(FormField::Date),
        ),
        (
            with(|it| it.planned_at = "9:00".to_owned()),
            CommandError::Malformed(FormField::Date),
        ),
        (with(|it| it.purpose = "长".repeat(501)), too_long),
        (
            with(|it| it.with = [crate::field::person(99)].into()),
            CommandError::NotFound,
        ),
        (
            with(|it| it.by = crate::field::person(99)),
            CommandError::NotFound,
        ),
        // Colleagues do not send each other.
        (with(|it| it.by = BOB), CommandError::NotAllowed),
        (
            with(|it| it.client = ClientId(crate::field::id(99))),
            CommandError::NotFound,
        ),
    ] {
        let plan = Command::Visit(VisitCommand::Plan(draft.clone()));
        assert_eq!(field.run(ALICE, plan), Err(error), "{draft:?}");
    }
    field.plan_visit(EAST_MANAGER, visit_to(client, ALICE, today()));
    field.plan_visit(DIRECTOR, visit_to(client, ALICE, today()));
}

#[test]
fn whoever_comes_along_gets_the_file() {
    let mut field = Field::new();
    let client = client_at_the_bund(&mut field);
    let mut draft = visit_to(client, ALICE, today());
    draft.with = BTreeSet::from([CAROL, EAST_MANAGER]);
    field.plan_visit(ALICE, draft);
    let shared = &field.facts.grants[&client.into()].shared_with;
    // The manager reads it anyway.
    assert_eq!(*shared, BTreeSet::from([CAROL]));
    // Carol may plan, and may not pass the file on.
    let mut along = visit_to(client, CAROL, today());
    along.with = BTreeSet::from([BOB]);
    field.plan_visit(CAROL, along);
    let shared: BTreeSet<PersonId> = field.facts.grants[&client.into()].shared_with.clone();
    assert_eq!(shared, BTreeSet::from([CAROL]));
}

fn photo(byte: u8) -> NewPhoto {
    NewPhoto {
        hash: BlobHash([byte; 32]),
        bytes: 123_456,
        width: 1600,
        height: 1200,
    }
}

#[test]
fn what_a_visit_leaves_behind() {
    let (mut field, client, visit) = planned();
    let note = |note: &str| {
        let note = note.to_owned();
        Command::Visit(VisitCommand::WriteNote {
            client,
            visit,
            note,
        })
    };
    let action = |text: &str| {
        Command::Visit(VisitCommand::DoAction {
            client,
            visit,
            action: ActionKind::CompetitorNote,
            text: text.to_owned(),
        })
    };
    let add = |byte| {
        Command::Visit(VisitCommand::AddPhoto {
            client,
            visit,
            photo: photo(byte),
        })
    };
    let next = |step: &str, on| {
        let step = step.to_owned();
        Command::Visit(VisitCommand::SetNext {
            client,
            visit,
            step,
            on,
        })
    };
    let friday = Some(date(2026, 11, 6));
    for command in [
        note("谈了价格"),
        action("对手降价"),
        add(1),
        next(" 送样品 ", friday),
    ] {
        let path = written(&field.propose(ALICE, command.clone()).unwrap());
        assert!(!path.is_empty());
        field.run(ALICE, command.clone()).unwrap();
        // The same again writes nothing.
        assert_eq!(written(&field.propose(ALICE, command).unwrap()), [""; 0]);
    }
    field.now = MORNING.plus_millis(60_000);
    assert_eq!(
        written(&field.propose(ALICE, action("对手降价一成")).unwrap()),
        [format!(
            "visits/{visit}/actions/competitor/text = 对手降价一成"
        )]
    );
    assert_eq!(
        written(&field.propose(ALICE, next("送样品", None)).unwrap()),
        [format!("visits/{visit}/next_on removed")]
    );
    field.run(EAST_MANAGER, add(2)).unwrap();
    let read = read(&field, client, visit);
    assert_eq!(read.note, "谈了价格");
    assert_eq!(read.actions[&ActionKind::CompetitorNote].at, MORNING);
    assert_eq!((&*read.next_step, read.next_on), ("送样品", friday));
    let photos: Vec<_> = read
        .photos
        .iter()
        .map(|photo| (photo.hash, photo.by))
        .collect();
    assert_eq!(
        photos,
        [
            (BlobHash([1; 32]), ALICE),
            (BlobHash([2; 32]), EAST_MANAGER)
        ]
    );
    let long = note(&"长".repeat(20_001));
    assert!(matches!(
        field.run(ALICE, long),
        Err(CommandError::TooLong { .. })
    ));
}

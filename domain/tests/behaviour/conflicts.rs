//! Fields that two people wrote at once: what is put before whom, and picking one value.

use caravan_domain::clients::open::OpenDocument;
use caravan_domain::command::{Command, CommandError};
use caravan_domain::conflict::{
    Conflict, Contestable, FoundConflict, WrittenValue, contested, is_settled_by_picking, open,
};
use caravan_domain::document::DocumentId;
use caravan_domain::edit::{Path, path_of};
use caravan_domain::id::{DeviceId, PersonId, TaskId};
use caravan_domain::query::{Answer, Query};
use caravan_domain::tasks::list::TaskLine;
use caravan_domain::today::view::TodayView;
use caravan_domain::value::Value;
use caravan_domain::visits::command::VisitCommand;
use caravan_domain::visits::record::{ActionKind, PositionReading};

use crate::field::{
    ALICE, BOB, CAROL, DIRECTOR, EAST_MANAGER, FINANCE, Field, MORNING, WEST_MANAGER, id, named,
    today, visit_to, written,
};
use crate::task_commands::draft;

/// Bob's device wrote the first value, one that nobody knows the second.
fn at_once(path: &Path, values: [&str; 2]) -> FoundConflict {
    let values = values.into_iter().zip([95, 96]);
    FoundConflict {
        path: path.clone(),
        values: values
            .map(|(text, device)| WrittenValue {
                value: Value::from(text),
                by: DeviceId(id(device)),
                at: MORNING,
            })
            .collect(),
    }
}

fn shown(
    field: &Field,
    me: PersonId,
    record: Contestable,
    found: &[FoundConflict],
) -> Vec<Conflict> {
    let document = OpenDocument {
        tree: &field.trees[&record.place().0],
        conflicts: found,
        received_at: &|_| None,
    };
    field.with_sources(me, |from| open(record, &document, from))
}

fn below(record: Contestable, steps: &[&str]) -> Path {
    let (_, mut path) = record.place();
    path.extend(path_of(steps));
    path
}

fn task_line(field: &Field, me: PersonId, task: TaskId) -> TaskLine {
    match field.ask(me, &Query::Task(ALICE, task)) {
        Answer::Task(Some(line)) => *line,
        other => panic!("{other:?}"),
    }
}

fn of_today(field: &Field, me: PersonId) -> Box<TodayView> {
    match field.ask(me, &Query::Today) {
        Answer::Today(today) => today,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_conflict_names_its_writers_and_what_was_written_once_is_none() {
    let mut field = Field::new();
    let client = field.create(ALICE, named("甲"));
    let visit = field.plan_visit(ALICE, visit_to(client, ALICE, today()));
    field.give_device(BOB, DeviceId(id(95)));
    let (record, of_visit) = (
        Contestable::Client(client),
        Contestable::Visit(client, visit),
    );
    let found = [
        at_once(&below(record, &["profile", "name"]), ["乙", "丙"]),
        at_once(&below(of_visit, &["next_step"]), ["寄样品", "送合同"]),
        // Two checks at once are both evidence: there is nothing to choose.
        at_once(&below(of_visit, &["check_in"]), ["一", "二"]),
        // It goes along with what was done; the later of two calls is no better than the earlier.
        at_once(&below(record, &["profile", "followed_up_at"]), ["1", "2"]),
    ];
    assert_eq!(contested(client.into(), &found).len(), 2);
    let of_client = shown(&field, ALICE, record, &found);
    assert_eq!(of_client.len(), 2, "a client's file has its visits'");
    let by: Vec<_> = of_client[0]
        .values
        .iter()
        .map(|written| (written.by, written.by_name.as_str()))
        .collect();
    assert_eq!(by, [(Some(BOB), "鲍勃"), (None, "")]);
    let [of_visit] = &shown(&field, ALICE, of_visit, &found)[..] else {
        panic!("the next step alone is the visit's");
    };
    assert_eq!(of_visit.path.last().unwrap(), "next_step");
}

#[test]
fn of_a_task_that_two_wrote_at_once_everybody_who_may_edit_it_sees_both() {
    let mut field = Field::new();
    let client = field.create(ALICE, named("甲"));
    let task = field.create_task(EAST_MANAGER, draft(ALICE));
    field.give_device(BOB, DeviceId(id(95)));
    let record = Contestable::Task(ALICE, task);
    let names = [&client.to_string()[..], &BOB.to_string()];
    let found = [
        at_once(&below(record, &["title"]), ["送样品", "送合同"]),
        at_once(&below(record, &["client"]), names),
        at_once(&below(record, &["done_at"]), ["1", "2"]),
        at_once(&below(record, &["created_by"]), ["1", "2"]),
    ];
    for (person, sees) in [
        (ALICE, 2),
        (EAST_MANAGER, 2),
        (DIRECTOR, 2),
        (BOB, 0),
        (WEST_MANAGER, 0),
        (FINANCE, 0),
    ] {
        let shown = shown(&field, person, record, &found);
        assert_eq!(shown.len(), sees, "{person}");
    }
    let of_client = &shown(&field, ALICE, record, &found)[1];
    let names: Vec<_> = of_client.values.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["甲", "鲍勃"], "what an id stands for");

    assert!(!task_line(&field, ALICE, task).contested);
    let paths = contested(ALICE.into(), &found);
    field.project_with(ALICE.into(), &paths);
    assert!(task_line(&field, ALICE, task).contested);
    for (person, told) in [(ALICE, 1), (EAST_MANAGER, 1), (BOB, 0), (CAROL, 0)] {
        let today = of_today(&field, person).conflicts;
        assert_eq!(today.len(), told, "{person}");
        let expected = (record, "回访老客户".to_owned());
        assert!(today.iter().all(|it| *it == expected), "{today:?}");
    }
}

#[test]
fn of_a_course_and_of_the_library_those_who_write_them_see_both() {
    let mut field = Field::new();
    let course = crate::training::add(&mut field);
    crate::library::add(&mut field, "价格异议应对");
    let entry = field.rows.library.of(DocumentId::COMPANY)[0].id;
    let (course, entry) = (Contestable::Course(course), Contestable::Entry(entry));
    let found = [
        at_once(&below(course, &["title"]), ["一", "二"]),
        at_once(&below(course, &["lessons", "1", "title"]), ["一", "二"]),
        at_once(&below(course, &["archived_at"]), ["1", "2"]),
        at_once(&below(entry, &["link"]), ["一", "二"]),
    ];
    for (person, sees) in [(DIRECTOR, [2, 1]), (EAST_MANAGER, [0, 0]), (ALICE, [0, 0])] {
        let counts = [course, entry].map(|record| shown(&field, person, record, &found).len());
        assert_eq!(counts, sees, "{person}");
    }
    let paths = contested(DocumentId::COMPANY, &found);
    field.project_with(DocumentId::COMPANY, &paths);
    let told = |person| {
        let today = of_today(&field, person).conflicts.into_iter();
        today.map(|(record, _)| record).collect::<Vec<_>>()
    };
    assert_eq!(told(DIRECTOR), [course, entry]);
    assert_eq!(told(ALICE), []);
}

/// Picking is writing: whoever may not edit the task may not pick, and nobody writes what is written once.
#[test]
fn picking_writes_where_one_may_write_and_nowhere_else() {
    let mut field = Field::new();
    let task = field.create_task(EAST_MANAGER, draft(ALICE));
    let record = Contestable::Task(ALICE, task);
    let pick = |step: &str| Command::Resolve {
        document: ALICE.into(),
        path: below(record, &[step]),
        value: Value::from("送合同"),
    };
    for person in [ALICE, EAST_MANAGER, DIRECTOR] {
        let picked = field.propose(person, pick("title")).unwrap();
        let expected = format!("{}/title", below(record, &[]).join("/"));
        assert!(written(&picked)[0].contains(&expected), "{person}");
    }
    for person in [BOB, WEST_MANAGER, FINANCE] {
        let refused = field.propose(person, pick("title"));
        assert_eq!(refused, Err(CommandError::NotAllowed), "{person}");
    }
    for step in ["created_by", "done_at"] {
        let refused = field.propose(ALICE, pick(step));
        assert_eq!(refused, Err(CommandError::NotAllowed), "{step}");
    }
    let elsewhere = path_of(&["goals", "1", "updates", "1"]);
    assert!(!is_settled_by_picking(ALICE.into(), &elsewhere));
}

/// Field by field, so that of two who write it up at once neither's words are hidden.
#[test]
fn what_was_seen_on_a_visit_is_written_beside_when() {
    let mut field = Field::new();
    let client = field.create(ALICE, named("甲"));
    let visit = field.plan_visit(ALICE, visit_to(client, ALICE, today()));
    let step = |field: &mut Field, command| {
        let outcome = field.propose(ALICE, Command::Visit(command)).unwrap();
        let paths = outcome.edits.iter().map(|edit| edit.path[2..].join("/"));
        paths.collect::<Vec<_>>()
    };
    let reading = PositionReading::Refused;
    let check_in = VisitCommand::CheckIn {
        client,
        visit,
        reading,
    };
    field.run(ALICE, Command::Visit(check_in)).unwrap();
    let seen = |text: &str| VisitCommand::DoAction {
        client,
        visit,
        action: ActionKind::StockCount,
        text: text.to_owned(),
    };
    let both = ["actions/stock/at", "actions/stock/text"];
    assert_eq!(step(&mut field, seen("十箱")), both);
    assert_eq!(step(&mut field, seen("")), both[..1]);
}

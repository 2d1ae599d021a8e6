//! The first screen and the reminders.

use caravan_domain::clients::command::ClientCommand;
use caravan_domain::clients::record::{ClientDraft, ContactDraft, Grade};
use caravan_domain::command::{Command, RecordRef};
use caravan_domain::conflict::Contestable;
use caravan_domain::edit::path_of;
use caravan_domain::id::{ClientId, PersonId, VisitId};
use caravan_domain::mark::Mark;
use caravan_domain::query::{Answer, Query};
use caravan_domain::tasks::kind::TaskKind;
use caravan_domain::tasks::record::TaskDraft;
use caravan_domain::time::Day;
use caravan_domain::today::reminders::{Reminder, ReminderKind};
use caravan_domain::today::view::TodayView;
use caravan_domain::visits::command::VisitCommand;
use caravan_domain::visits::record::{PositionReading, VisitState};
use jiff::civil::date;

use crate::field::{ALICE, BOB, DIRECTOR, Field, MORNING, contact, named, today, visit_to};

const DAY_MILLIS: i64 = 86_400_000;

fn view(field: &Field, me: PersonId) -> TodayView {
    match field.ask(me, &Query::Today) {
        Answer::Today(view) => *view,
        other => panic!("{other:?}"),
    }
}

fn reminders(field: &Field, days: u32) -> Vec<Reminder> {
    match field.ask(ALICE, &Query::Reminders { days }) {
        Answer::Reminders(reminders) => reminders,
        other => panic!("{other:?}"),
    }
}

fn check_in(field: &mut Field, client: ClientId, visit: VisitId) {
    let reading = PositionReading::Unavailable;
    let command = VisitCommand::CheckIn {
        client,
        visit,
        reading,
    };
    field.run(ALICE, Command::Visit(command)).unwrap();
}

fn check_out(field: &mut Field, client: ClientId, visit: VisitId) {
    let reading = PositionReading::Unavailable;
    let command = VisitCommand::CheckOut {
        client,
        visit,
        reading,
    };
    field.run(ALICE, Command::Visit(command)).unwrap();
}

fn born(name: &str, birthday: &str) -> ClientDraft {
    ClientDraft {
        contacts: vec![ContactDraft {
            birthday: birthday.to_owned(),
            ..contact(name, &["13812345678"])
        }],
        ..named(&format!("{name}的店"))
    }
}

#[test]
fn an_empty_phone_is_told_so() {
    let field = Field::new();
    let view = view(&field, ALICE);
    assert!(!view.has_clients);
    assert_eq!(view.today, today());
    assert!(view.visits.is_empty() && view.tasks.is_empty() && view.follow_ups.is_empty());
}

#[test]
fn visits_of_the_day_with_what_is_left_from_earlier() {
    let mut field = Field::new();
    let client = field.create(ALICE, named("甲"));
    let on = |day: Day, at: &str, by| {
        let mut draft = visit_to(client, by, day);
        draft.planned_at = at.to_owned();
        draft
    };
    let yesterday = date(2026, 11, 4);
    let done = field.plan_visit(ALICE, on(today(), "08:00", ALICE));
    let late = field.plan_visit(ALICE, on(today(), "16:00", ALICE));
    let early = field.plan_visit(ALICE, on(today(), "11:00", ALICE));
    let begun = field.plan_visit(ALICE, on(today(), "18:00", ALICE));
    let missed = field.plan_visit(ALICE, on(yesterday, "", ALICE));
    field.plan_visit(ALICE, on(date(2026, 11, 6), "", ALICE));
    field.plan_visit(DIRECTOR, on(today(), "", BOB));
    let cancelled = field.plan_visit(ALICE, on(today(), "", ALICE));
    check_in(&mut field, client, done);
    check_out(&mut field, client, done);
    check_in(&mut field, client, begun);
    let cancel = VisitCommand::Cancel {
        client,
        visit: cancelled,
        reason: String::new(),
    };
    field.run(ALICE, Command::Visit(cancel)).unwrap();

    let view = view(&field, ALICE);
    let shown: Vec<_> = view.visits.iter().map(|line| line.row.id).collect();
    assert_eq!(shown, [begun, early, late, missed, done]);
    assert_eq!(view.visits[0].row.state, VisitState::UnderWay);
    assert_eq!(view.visits_done, 1);
}

#[test]
fn tasks_due_by_today() {
    let mut field = Field::new();
    for (title, due) in [
        ("明天", Some(date(2026, 11, 6))),
        ("今天", Some(today())),
        ("上周", Some(date(2026, 10, 30))),
        ("某天", None),
    ] {
        field.create_task(
            ALICE,
            TaskDraft {
                assignee: ALICE,
                title: title.to_owned(),
                detail: String::new(),
                kind: TaskKind::Other,
                due,
                client: None,
                difficulty: None,
                estimate: None,
            },
        );
    }
    let titles = |me| {
        let tasks = view(&field, me).tasks.into_iter();
        tasks.map(|line| line.task.draft.title).collect::<Vec<_>>()
    };
    assert_eq!(titles(ALICE), ["上周", "今天"]);
    assert_eq!(titles(DIRECTOR), [""; 0]);
}

#[test]
fn follow_ups_of_ones_own_clients_best_grade_first() {
    let mut field = Field::new();
    let graded = |name: &str, grade| ClientDraft {
        grade,
        ..named(name)
    };
    field.now = MORNING.plus_millis(-100 * DAY_MILLIS);
    let visited = field.create(ALICE, graded("已约", Grade::A));
    let lost = field.create(
        ALICE,
        ClientDraft {
            stage: caravan_domain::clients::record::Stage::Lost,
            ..graded("流失", Grade::A)
        },
    );
    let archived = field.create(ALICE, graded("归档", Grade::A));
    field.create(BOB, graded("别人", Grade::A));
    field.create(ALICE, graded("丁", Grade::D));
    field.now = MORNING.plus_millis(-50 * DAY_MILLIS);
    field.create(ALICE, graded("乙", Grade::A));
    field.now = MORNING.plus_millis(-60 * DAY_MILLIS);
    field.create(ALICE, graded("甲", Grade::A));
    field.now = MORNING.plus_millis(-3 * DAY_MILLIS);
    field.create(ALICE, graded("新", Grade::A));
    field.now = MORNING;
    field.plan_visit(ALICE, visit_to(visited, ALICE, date(2026, 11, 20)));
    field
        .run(ALICE, Command::Client(ClientCommand::Archive(archived)))
        .unwrap();
    let view = view(&field, ALICE);
    let names: Vec<_> = view
        .follow_ups
        .iter()
        .map(|line| line.name.as_str())
        .collect();
    assert_eq!(names, ["甲", "乙", "丁"]);
    assert_eq!(view.follow_ups_total, 3);
    assert!(view.follow_ups.iter().all(|line| line.id != lost));
}

#[test]
fn the_longest_lists_are_cut_and_counted() {
    let mut field = Field::new();
    field.now = MORNING.plus_millis(-100 * DAY_MILLIS);
    for n in 0..25 {
        field.create(ALICE, named(&format!("客户{n}")));
    }
    field.now = MORNING;
    let view = view(&field, ALICE);
    assert_eq!((view.follow_ups.len(), view.follow_ups_total), (20, 25));
}

#[test]
fn birthdays_solar_and_lunar_within_the_plan() {
    let mut field = Field::new();
    for (name, birthday) in [
        ("今天", "1980-11-05"),
        ("后天", "11-07"),
        // 2026-11-09 is the first day of the tenth lunar month.
        ("农历", "农历1975年十月初一"),
        ("昨天", "11-04"),
        ("下月", "12-12"),
        ("将来", "11-13"),
    ] {
        field.create(ALICE, born(name, birthday));
    }
    field.create(BOB, born("别人", "11-06"));
    let lines: Vec<_> = view(&field, ALICE)
        .birthdays
        .into_iter()
        .map(|line| (line.contact, line.on.day(), line.in_days, line.phone))
        .collect();
    let line = |name: &str, day, ahead| (name.to_owned(), day, ahead, "13812345678".to_owned());
    assert_eq!(
        lines,
        [line("今天", 5, 0), line("后天", 7, 2), line("农历", 9, 4)]
    );
    let mut plan = field.facts.plan();
    plan.birthdays_ahead_days = 1;
    field.facts.plan = Some(plan);
    assert_eq!(view(&field, ALICE).birthdays.len(), 1);
}

#[test]
fn what_waits_and_what_disagrees() {
    let mut field = Field::new();
    let client = field.create(ALICE, named("甲"));
    field.create(ALICE, named("乙"));
    field
        .marks
        .insert(RecordRef::Client(client), Mark::NeedsAttention);
    field.project_with(client.into(), &[path_of(&["profile", "name"])]);
    let view = view(&field, ALICE);
    assert_eq!((view.waiting_in_outbox, view.needs_attention), (0, 1));
    let contested = Contestable::Client(client);
    assert_eq!(view.conflicts, [(contested, "甲".to_owned())]);
}

#[test]
fn reminders_of_every_kind_in_order() {
    let mut field = Field::new();
    let client = field.create(ALICE, born("张三", "11-08"));
    field.now = MORNING.plus_millis(-100 * DAY_MILLIS);
    let neglected = field.create(ALICE, named("冷落"));
    field.now = MORNING;
    let mut visit = visit_to(client, ALICE, date(2026, 11, 7));
    visit.planned_at = "09:30".to_owned();
    visit.purpose = "签约".to_owned();
    field.plan_visit(ALICE, visit);
    field.create_task(
        ALICE,
        TaskDraft {
            assignee: ALICE,
            title: "备货".to_owned(),
            detail: String::new(),
            kind: TaskKind::Other,
            due: Some(date(2026, 11, 6)),
            client: None,
            difficulty: None,
            estimate: None,
        },
    );
    let found = reminders(&field, 7);
    let kinds: Vec<_> = found
        .iter()
        .map(|reminder| (reminder.kind, reminder.on, reminder.title.as_str()))
        .collect();
    assert_eq!(
        kinds,
        [
            (ReminderKind::FollowUp, date(2026, 8, 27), "冷落"),
            (ReminderKind::Task, date(2026, 11, 6), "备货"),
            (ReminderKind::Visit, date(2026, 11, 7), "张三的店"),
            (ReminderKind::Birthday, date(2026, 11, 8), "张三"),
        ]
    );
    assert_eq!((&*found[2].at, &*found[2].detail), ("09:30", "签约"));
    assert_eq!(found[0].record, RecordRef::Client(neglected));
    assert_eq!(reminders(&field, 1).len(), 2);
}

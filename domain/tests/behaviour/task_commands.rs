//! Writing tasks.

use caravan_domain::command::{Command, CommandError, Field as FormField};
use caravan_domain::facts::PersonStatus;
use caravan_domain::id::{PersonId, TaskId};
use caravan_domain::tasks::command::TaskCommand;
use caravan_domain::tasks::kind::TaskKind;
use caravan_domain::tasks::record::{Task, TaskDraft, TaskStatus};
use jiff::civil::date;

use crate::field::{
    ALICE, BOB, DIRECTOR, EAST_MANAGER, FINANCE, Field, MORNING, WEST_MANAGER, id, today, written,
};

pub(crate) fn draft(assignee: PersonId) -> TaskDraft {
    TaskDraft {
        assignee,
        title: " 回访老客户 ".to_owned(),
        detail: "带样品".to_owned(),
        kind: TaskKind::FollowUp,
        due: Some(today()),
        client: None,
        difficulty: None,
        estimate: None,
    }
}

fn create(assignee: PersonId) -> Command {
    Command::Task(TaskCommand::Create(draft(assignee)))
}

fn set_status(task: TaskId, status: TaskStatus) -> Command {
    Command::Task(TaskCommand::SetStatus {
        assignee: ALICE,
        task,
        status,
    })
}

fn set_progress(task: TaskId, percent: u8) -> Command {
    Command::Task(TaskCommand::SetProgress {
        assignee: ALICE,
        task,
        percent,
    })
}

fn read(field: &Field, task: TaskId) -> Task {
    Task::read_all(ALICE, &field.trees[&ALICE.into()])
        .into_iter()
        .find(|read| read.id == task)
        .unwrap()
}

#[test]
fn who_gives_tasks_to_whom() {
    for (from, to, expected) in [
        (ALICE, ALICE, true),
        (FINANCE, FINANCE, true),
        (EAST_MANAGER, ALICE, true),
        (DIRECTOR, ALICE, true),
        (BOB, ALICE, false),
        (WEST_MANAGER, ALICE, false),
        (FINANCE, ALICE, false),
    ] {
        let given = Field::new().run(from, create(to));
        if expected {
            assert!(given.is_ok(), "{from} {to}");
        } else {
            assert_eq!(given, Err(CommandError::NotAllowed), "{from} {to}");
        }
    }
    let mut field = Field::new();
    field.set_status(ALICE, PersonStatus::Deactivated);
    assert_eq!(
        field.run(DIRECTOR, create(ALICE)),
        Err(CommandError::NotFound)
    );
}

#[test]
fn a_task_remembers_who_gave_it() {
    let mut field = Field::new();
    let task = field.create_task(EAST_MANAGER, draft(ALICE));
    let read = read(&field, task);
    assert_eq!((read.created_by, read.created_at), (EAST_MANAGER, MORNING));
    assert_eq!(
        (&*read.draft.title, &*read.draft.detail),
        ("回访老客户", "带样品")
    );
    assert_eq!((read.status, read.progress), (TaskStatus::Open, 0));
}

#[test]
fn a_change_writes_only_what_differs() {
    let mut field = Field::new();
    let task = field.create_task(ALICE, draft(ALICE));
    let before = read(&field, task).draft;
    let mut after = before.clone();
    after.title = "回访".to_owned();
    after.due = None;
    let change = |after: &TaskDraft| {
        Command::Task(TaskCommand::Change {
            task,
            before: before.clone(),
            after: after.clone(),
        })
    };
    assert_eq!(
        written(&field.propose(ALICE, change(&before)).unwrap()),
        [""; 0]
    );
    assert_eq!(
        written(&field.propose(ALICE, change(&after)).unwrap()),
        [
            format!("tasks/{task}/title = 回访"),
            format!("tasks/{task}/due removed")
        ]
    );
    after.due = Some(date(2026, 12, 1));
    after.kind = TaskKind::Research;
    after.detail.push('！');
    field.run(ALICE, change(&after)).unwrap();
    assert_eq!(read(&field, task).draft, after);
}

#[test]
fn progress_and_status_follow_each_other() {
    let mut field = Field::new();
    let task = field.create_task(ALICE, draft(ALICE));
    field.run(ALICE, set_progress(task, 40)).unwrap();
    assert_eq!(read(&field, task).status, TaskStatus::UnderWay);
    assert_eq!(
        written(&field.propose(ALICE, set_progress(task, 40)).unwrap()),
        [""; 0]
    );
    assert_eq!(
        field.run(ALICE, set_progress(task, 101)),
        Err(CommandError::Malformed(FormField::Progress))
    );
    field
        .run(ALICE, set_status(task, TaskStatus::Done))
        .unwrap();
    assert_eq!(read(&field, task).done_at, Some(MORNING));
    assert_eq!(
        written(
            &field
                .propose(ALICE, set_status(task, TaskStatus::Done))
                .unwrap()
        ),
        [""; 0]
    );
    assert_eq!(
        field.run(ALICE, set_progress(task, 50)),
        Err(CommandError::AlreadyDone)
    );
    field
        .run(ALICE, set_status(task, TaskStatus::UnderWay))
        .unwrap();
    assert_eq!(read(&field, task).done_at, None);
}

#[test]
fn what_a_form_gets_wrong_is_said_beside_the_field() {
    let with = |change: fn(&mut TaskDraft)| {
        let mut draft = draft(ALICE);
        change(&mut draft);
        Command::Task(TaskCommand::Create(draft))
    };
    for (command, field) in [
        (with(|it| it.title = "长".repeat(201)), FormField::Title),
        (with(|it| it.detail = "长".repeat(20_001)), FormField::Note),
    ] {
        let refused = Field::new().run(ALICE, command).unwrap_err();
        assert!(matches!(refused, CommandError::TooLong { field: at, .. } if at == field));
    }
    let blank = with(|it| it.title = " ".to_owned());
    assert_eq!(
        Field::new().run(ALICE, blank),
        Err(CommandError::Blank(FormField::Title))
    );
    let unknown = set_progress(TaskId(id(9)), 1);
    assert_eq!(
        Field::new().run(ALICE, unknown),
        Err(CommandError::NotFound)
    );
}

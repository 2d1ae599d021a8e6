//! What happens to a task on its way: time, help, another's hands (R26).

use caravan_domain::command::{Command, CommandError, Field as FormField, RecordRef};
use caravan_domain::id::{PersonId, TaskId};
use caravan_domain::query::{Answer, Query};
use caravan_domain::tasks::command::{HandOver, TaskCommand};
use caravan_domain::tasks::event::TaskEventKind;
use caravan_domain::tasks::list::{TaskEventLine, TaskLine};
use caravan_domain::tasks::record::TaskStatus;

use crate::field::{ALICE, BOB, CAROL, DIRECTOR, EAST_MANAGER, Field};
use crate::task_commands::draft;

fn log(task: TaskId, minutes: i32) -> Command {
    Command::Task(TaskCommand::LogTime {
        assignee: ALICE,
        task,
        minutes,
    })
}

fn ask(task: TaskId, words: &str) -> Command {
    Command::Task(TaskCommand::AskForHelp {
        assignee: ALICE,
        task,
        words: words.to_owned(),
    })
}

fn settle(task: TaskId) -> Command {
    Command::Task(TaskCommand::SettleHelp {
        assignee: ALICE,
        task,
        words: "明天一起去".to_owned(),
    })
}

fn hand_over(assignee: PersonId, task: TaskId, to: PersonId) -> Command {
    let one = HandOver { assignee, task, to };
    Command::Task(TaskCommand::HandOver {
        tasks: vec![one],
        words: "换人".to_owned(),
    })
}

impl Field {
    fn line(&self, me: PersonId, assignee: PersonId, task: TaskId) -> Option<TaskLine> {
        match self.ask(me, &Query::Task(assignee, task)) {
            Answer::Task(line) => line.map(|line| *line),
            other => panic!("{other:?}"),
        }
    }

    fn history(&self, me: PersonId, assignee: PersonId, task: TaskId) -> Vec<TaskEventLine> {
        match self.ask(me, &Query::TaskHistory(assignee, task)) {
            Answer::TaskHistory(lines) => lines,
            other => panic!("{other:?}"),
        }
    }

    fn calls(&self, me: PersonId) -> (usize, u32) {
        match self.ask(me, &Query::Today) {
            Answer::Today(view) => (view.calls.len(), view.overruns),
            other => panic!("{other:?}"),
        }
    }

    fn hand_over(
        &mut self,
        me: PersonId,
        assignee: PersonId,
        task: TaskId,
        to: PersonId,
    ) -> TaskId {
        self.now = self.now.plus_millis(1_000);
        match self.run(me, hand_over(assignee, task, to)) {
            Ok(Some(RecordRef::Task(now, task))) if now == to => task,
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn time_adds_up_and_is_corrected_by_less() {
    let mut field = Field::new();
    let task = field.create_task(EAST_MANAGER, draft(ALICE));
    field.run(ALICE, log(task, 30)).unwrap();
    field.run(ALICE, log(task, 45)).unwrap();
    field.run(ALICE, log(task, -15)).unwrap();
    let line = field.line(ALICE, ALICE, task).unwrap();
    assert_eq!((line.task.logged, line.estimate), (60, 45));
    assert!(line.is_overrun());
    assert_eq!(line.task.status, TaskStatus::UnderWay);
    for minutes in [0, -61, i32::MAX] {
        assert_eq!(
            field.run(ALICE, log(task, minutes)),
            Err(CommandError::Malformed(FormField::Estimate))
        );
    }
    assert_eq!(
        field.calls(EAST_MANAGER),
        (0, 1),
        "it takes longer than it should"
    );
}

#[test]
fn a_call_for_help_reaches_whoever_answers_for_the_person() {
    let mut field = Field::new();
    let task = field.create_task(EAST_MANAGER, draft(ALICE));
    field.run(ALICE, ask(task, "客户要求合同盖章")).unwrap();
    for (person, calls) in [(EAST_MANAGER, 1), (DIRECTOR, 1), (ALICE, 0), (BOB, 0)] {
        assert_eq!(field.calls(person).0, calls, "{person}");
    }
    let line = field.line(EAST_MANAGER, ALICE, task).unwrap();
    assert_eq!(line.task.help.unwrap().words, "客户要求合同盖章");
    field.run(EAST_MANAGER, settle(task)).unwrap();
    assert_eq!(field.calls(EAST_MANAGER).0, 0);
    assert_eq!(
        field.run(ALICE, settle(task)),
        Err(CommandError::AlreadyDone)
    );
    field.run(ALICE, ask(task, "")).unwrap();
    assert_eq!(field.calls(EAST_MANAGER).0, 1);
}

/// Alice asks again while her manager, who has not heard of that, answers the call before.
#[test]
fn an_answer_settles_the_call_it_was_given_to() {
    let mut field = Field::new();
    let task = field.create_task(EAST_MANAGER, draft(ALICE));
    field.run(ALICE, ask(task, "第一次")).unwrap();
    let answer = field.propose(EAST_MANAGER, settle(task)).unwrap();
    field.now = field.now.plus_millis(1);
    field.run(ALICE, ask(task, "第二次")).unwrap();
    for edit in answer.edits {
        field.write(&edit);
        field.project(edit.document);
    }
    let line = field.line(EAST_MANAGER, ALICE, task).unwrap();
    assert_eq!(line.task.help.unwrap().words, "第二次");
}

#[test]
fn a_task_goes_on_at_another_with_its_whole_history() {
    let mut field = Field::new();
    let first = field.create_task(EAST_MANAGER, draft(ALICE));
    field.now = field.now.plus_millis(1_000);
    field.run(ALICE, log(first, 30)).unwrap();
    field.run(ALICE, ask(first, "做不完")).unwrap();
    let second = field.hand_over(EAST_MANAGER, ALICE, first, BOB);
    let third = field.hand_over(DIRECTOR, BOB, second, CAROL);

    let old = field.line(DIRECTOR, ALICE, first).unwrap();
    assert_eq!(old.task.status, TaskStatus::HandedOver);
    assert_eq!(
        old.handed_to,
        [(RecordRef::Task(BOB, second), "鲍勃".to_owned())]
    );
    let now = field.line(CAROL, CAROL, third).unwrap().task;
    assert_eq!(
        (now.from, now.status),
        (Some((BOB, second)), TaskStatus::UnderWay)
    );
    assert_eq!((now.logged, now.draft.title), (30, "回访老客户".to_owned()));
    assert_eq!(now.help.unwrap().words, "做不完", "the call goes with it");

    // Everybody reads it whole in what they have, and the director from either end.
    let whole = field.history(CAROL, CAROL, third);
    let kinds: Vec<_> = whole.iter().map(|line| line.event.what).collect();
    assert!(
        matches!(
            kinds[..],
            [
                TaskEventKind::Created,
                TaskEventKind::Logged(30),
                TaskEventKind::AskedForHelp(_),
                TaskEventKind::HandedOver { to: BOB, .. },
                TaskEventKind::HandedOver { to: CAROL, .. },
            ]
        ),
        "{kinds:?}"
    );
    assert_eq!(whole[3].event.words, "换人");
    assert_eq!((&*whole[3].by_name, &*whole[3].to_name), ("东主管", "鲍勃"));
    assert_eq!(field.history(DIRECTOR, ALICE, first), whole);
    assert_eq!(field.history(DIRECTOR, BOB, second), whole);
}

#[test]
fn who_hands_over_what() {
    let given = |me, to| {
        let mut field = Field::new();
        let task = field.create_task(EAST_MANAGER, draft(ALICE));
        field.run(me, hand_over(ALICE, task, to)).map(drop)
    };
    assert_eq!(given(EAST_MANAGER, BOB), Ok(()));
    assert_eq!(given(DIRECTOR, CAROL), Ok(()));
    assert_eq!(given(EAST_MANAGER, CAROL), Err(CommandError::NotAllowed));
    assert_eq!(given(ALICE, BOB), Err(CommandError::NotAllowed));
    assert_eq!(given(EAST_MANAGER, ALICE), Err(CommandError::AlreadyDone));
}

#[test]
fn what_was_handed_over_stays_so() {
    let mut field = Field::new();
    let task = field.create_task(EAST_MANAGER, draft(ALICE));
    field.hand_over(EAST_MANAGER, ALICE, task, BOB);
    let status = |status| {
        Command::Task(TaskCommand::SetStatus {
            assignee: ALICE,
            task,
            status,
        })
    };
    for command in [
        status(TaskStatus::Open),
        status(TaskStatus::Done),
        ask(task, ""),
        hand_over(ALICE, task, BOB),
    ] {
        assert_eq!(
            field.run(EAST_MANAGER, command),
            Err(CommandError::AlreadyDone)
        );
    }
    let other = field.create_task(EAST_MANAGER, draft(ALICE));
    let by_hand = Command::Task(TaskCommand::SetStatus {
        assignee: ALICE,
        task: other,
        status: TaskStatus::HandedOver,
    });
    assert_eq!(field.run(ALICE, by_hand), Err(CommandError::AlreadyDone));
}

#[test]
fn many_are_made_or_handed_over_together_or_not_at_all() {
    let mut field = Field::new();
    let many = TaskCommand::CreateMany([ALICE, BOB].map(draft).to_vec());
    field.run(EAST_MANAGER, Command::Task(many)).unwrap();
    assert_eq!(field.rows.tasks.len(), 2);
    let (good, mut bad) = (draft(ALICE), draft(BOB));
    bad.title.clear();
    let many = TaskCommand::CreateMany(vec![good, bad]);
    assert!(field.run(EAST_MANAGER, Command::Task(many)).is_err());
    let too_many = TaskCommand::CreateMany(vec![draft(ALICE); 201]);
    assert_eq!(
        field.run(EAST_MANAGER, Command::Task(too_many)),
        Err(CommandError::TooMany)
    );
    assert_eq!(field.rows.tasks.len(), 2);
}

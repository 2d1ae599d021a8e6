//! Giving tasks and doing them.

use caravan_domain::command::Command;
use caravan_domain::tasks::command::TaskCommand;
use caravan_domain::tasks::kind::TaskKind;
use caravan_domain::tasks::record::{TaskDraft, TaskStatus};

use super::{Work, anybody};
use crate::dice::Dice;
use crate::simulator::phone::Phone;

pub(super) fn task(phone: &Phone, dice: &Dice, word: String) -> Option<Work> {
    let tasks: Vec<_> = phone.engine.rows().tasks.keys().collect();
    match dice.pick(&tasks).copied().filter(|_| dice.percent(50)) {
        Some((assignee, task)) => {
            let command = match dice.percent(50) {
                true => TaskCommand::SetProgress {
                    assignee,
                    task,
                    percent: u8::try_from(dice.below(100)).ok()?,
                },
                false => TaskCommand::SetStatus {
                    assignee,
                    task,
                    status: *dice.pick(&[TaskStatus::UnderWay, TaskStatus::Done])?,
                },
            };
            Some((Command::Task(command), None))
        }
        None => {
            let create = TaskCommand::Create(TaskDraft {
                assignee: anybody(phone, dice)?,
                title: word.clone(),
                detail: String::new(),
                kind: TaskKind::default(),
                due: None,
                client: None,
                difficulty: None,
                estimate: None,
            });
            Some((Command::Task(create), Some(word)))
        }
    }
}

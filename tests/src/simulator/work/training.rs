//! Writing courses, requiring them, learning and passing.

use caravan_domain::command::Command;
use caravan_domain::role::Role;
use caravan_domain::training::command::TrainingCommand;
use caravan_domain::training::course::{CourseDraft, LessonDraft, Mode, Topic};
use caravan_domain::training::decision::CourseRule;
use caravan_port::ask::{Ask, Told};
use futures_executor::block_on;

use super::Work;
use crate::dice::Dice;
use crate::simulator::phone::Phone;

pub(super) fn training(phone: &Phone, dice: &Dice, word: String) -> Option<Work> {
    let courses: Vec<_> = {
        let rows = phone.engine.rows();
        rows.courses.iter().map(|(_, row)| row.id).collect()
    };
    let Some(id) = dice.pick(&courses).copied().filter(|_| dice.percent(80)) else {
        let add = TrainingCommand::AddCourse(CourseDraft {
            title: word.clone(),
            topic: Topic::default(),
            about: String::new(),
            ..CourseDraft::default()
        });
        return Some((Command::Training(add), Some(word)));
    };
    let (command, written) = match dice.below(6) {
        0..=1 => {
            let lesson = LessonDraft {
                title: word.clone(),
                mode: Mode::default(),
                text: String::new(),
                link: String::new(),
            };
            (TrainingCommand::AddLesson { course: id, lesson }, true)
        }
        2 => {
            let archived = dice.percent(30);
            let archive = TrainingCommand::SetArchived {
                course: id,
                archived,
            };
            (archive, false)
        }
        3 => {
            let rule = CourseRule {
                required_of: [Role::AccountManager].into(),
                ..CourseRule::default()
            };
            (TrainingCommand::SetRule { course: id, rule }, false)
        }
        _ => {
            let Ok(Told::Course(Some(file))) = block_on(phone.engine.answer(&Ask::Course(id)))
            else {
                panic!("{id} has a row and no file");
            };
            let (lesson, _) = dice.pick(&file.course.lessons)?;
            let read = TrainingCommand::ReadLesson {
                course: id,
                lesson: *lesson,
            };
            (read, false)
        }
    };
    Some((Command::Training(command), written.then_some(word)))
}

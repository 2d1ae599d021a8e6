//! Calling classes, coming to them and marking who came; role plays scored, courses required of one person, paths laid.

use std::collections::{BTreeMap, BTreeSet};

use caravan_domain::command::Command;
use caravan_domain::id::{ClassId, CourseId, Id, LessonId, PathId, PersonId};
use caravan_domain::role::Role;
use caravan_domain::time::Day;
use caravan_domain::training::classes::decision::{Attendance, Class, ClassDecision, ClassPlan};
use caravan_domain::training::command::TrainingCommand;
use caravan_domain::training::paths::decision::Path;
use caravan_domain::training::sheets::command::ScoreDraft;
use caravan_domain::training::sheets::decision::{Criterion, Sheet};

use super::{Work, anybody};
use crate::dice::Dice;
use crate::simulator::people::{ANN, BO};
use crate::simulator::phone::Phone;

/// The relay cannot look into courses, and does not ask whether there is one.
const COURSE: CourseId = CourseId(Id::from_bytes([6; 16]));
const LESSON: LessonId = LessonId(Id::from_bytes([7; 16]));

pub(super) fn class(phone: &Phone, dice: &Dice, word: String) -> Option<Work> {
    let course = any_course(phone, dice);
    let learns = phone.number >= ANN && phone.number <= BO;
    if learns && dice.percent(70) {
        let (class, _) = any_class(phone, dice)?;
        let decision = match dice.percent(85) {
            true => ClassDecision::Come(dice.percent(75)),
            // Their own as well, which is refused.
            false => mark(phone, dice, class)?,
        };
        return Some(plain(TrainingCommand::Class { class, decision }));
    }
    let today = phone.engine.today();
    match dice.below(12) {
        0..=3 => Some((hold(phone, dice, course, &word)?, Some(word))),
        4..=6 => {
            let (class, _) = any_class(phone, dice)?;
            let decision = mark(phone, dice, class)?;
            Some(plain(TrainingCommand::Class { class, decision }))
        }
        7 => {
            let (class, _) = any_class(phone, dice)?;
            let decision = ClassDecision::CallOff;
            Some(plain(TrainingCommand::Class { class, decision }))
        }
        8..=9 => score(phone, dice, course, word),
        10 => required(phone, dice, course, today),
        _ => path(phone, dice, course, &word),
    }
}

fn plain(command: TrainingCommand) -> Work {
    (Command::Training(command), None)
}

fn any_course(phone: &Phone, dice: &Dice) -> CourseId {
    let rows = phone.engine.rows();
    let all: Vec<_> = rows.courses.iter().map(|(_, row)| row.id).collect();
    dice.pick(&all).copied().unwrap_or(COURSE)
}

fn any_class(phone: &Phone, dice: &Dice) -> Option<(ClassId, Class)> {
    let settled = phone.engine.settled();
    let all = settled.training.classes.iter();
    let all: Vec<_> = all.map(|(id, class)| (*id, class.clone())).collect();
    dice.pick(&all).cloned()
}

fn hold(phone: &Phone, dice: &Dice, course: CourseId, word: &str) -> Option<Command> {
    let people: Vec<PersonId> = phone.engine.settled().people.keys().copied().collect();
    let me = phone.person()?;
    let trainer = *dice.pick(&people)?;
    let others = people.iter().copied();
    let others = others.filter(|it| *it != me && *it != trainer);
    let invited = others.filter(|_| dice.percent(80)).collect();
    Some(called(phone, dice, course, trainer, invited, word))
}

/// For today, with fewer seats than people invited, most times.
fn called(
    phone: &Phone,
    dice: &Dice,
    course: CourseId,
    trainer: PersonId,
    invited: BTreeSet<PersonId>,
    word: &str,
) -> Command {
    Command::Training(TrainingCommand::HoldClass(ClassPlan {
        course,
        lesson: LESSON,
        title: "门店陈列".into(),
        on: phone.engine.today(),
        starts: 540,
        minutes: 90,
        place: word.to_owned(),
        trainer,
        room: 1 + u16::from(dice.percent(30)),
        invited,
    }))
}

/// A class to which these are invited.
pub(in crate::simulator) fn class_for(
    phone: &Phone,
    dice: &Dice,
    trainer: PersonId,
    invited: BTreeSet<PersonId>,
) -> Work {
    let word = phone.words.next();
    let hold = called(phone, dice, COURSE, trainer, invited, &word);
    (hold, Some(word))
}

pub(in crate::simulator) fn come(class: ClassId) -> Command {
    let decision = ClassDecision::Come(true);
    Command::Training(TrainingCommand::Class { class, decision })
}

/// Somebody of those who have a seat.
pub(in crate::simulator) fn marked(phone: &Phone, dice: &Dice, class: ClassId) -> Option<Command> {
    let decision = mark(phone, dice, class)?;
    Some(Command::Training(TrainingCommand::Class {
        class,
        decision,
    }))
}

fn mark(phone: &Phone, dice: &Dice, class: ClassId) -> Option<ClassDecision> {
    let seats = {
        let settled = phone.engine.settled();
        let seats = settled.training.seats.keys();
        let of_it = seats.filter(|(_, id)| *id == class);
        of_it.map(|(person, _)| *person).collect::<Vec<_>>()
    };
    let all = [
        Attendance::Present,
        Attendance::Late,
        Attendance::Absent,
        Attendance::Excused,
    ];
    let marks: BTreeMap<_, _> = seats
        .into_iter()
        .filter(|person| Some(*person) != phone.person() || dice.percent(10))
        .filter(|_| dice.percent(70))
        .map(|person| (person, dice.any(&all)))
        .collect();
    (!marks.is_empty()).then_some(ClassDecision::Mark(marks))
}

fn score(phone: &Phone, dice: &Dice, course: CourseId, word: String) -> Option<Work> {
    let sheets: Vec<_> = {
        let settled = phone.engine.settled();
        settled.training.sheets.keys().copied().collect()
    };
    let Some((course, lesson)) = dice.pick(&sheets).copied().filter(|_| dice.percent(80)) else {
        return Some((sheet(course, dice.percent(50)), None));
    };
    let draft = ScoreDraft {
        person: anybody(phone, dice)?,
        course,
        lesson,
        points: vec![u8::try_from(dice.below(11)).ok()?],
        remarks: vec![String::new()],
        overall: word.clone(),
    };
    let score = TrainingCommand::Score(draft);
    Some((Command::Training(score), Some(word)))
}

/// For whoever runs the workspace.
pub(in crate::simulator) fn any_sheet() -> Command {
    sheet(COURSE, true)
}

fn sheet(course: CourseId, needed: bool) -> Command {
    let sheet = Sheet {
        title: "首次拜访".into(),
        criteria: vec![Criterion {
            name: "开场".into(),
            points: 10,
        }],
        pass_percent: 60,
        needed,
    };
    Command::Training(TrainingCommand::SetSheet {
        course,
        lesson: LESSON,
        sheet: Some(sheet),
    })
}

/// Somebody's role play, by a sheet of [`any_sheet`].
pub(in crate::simulator) fn scored(phone: &Phone, dice: &Dice, person: PersonId) -> Option<Work> {
    let word = phone.words.next();
    let score = TrainingCommand::Score(ScoreDraft {
        person,
        course: COURSE,
        lesson: LESSON,
        points: vec![u8::try_from(dice.below(11)).ok()?],
        remarks: vec![String::new()],
        overall: word.clone(),
    });
    Some((Command::Training(score), Some(word)))
}

fn required(phone: &Phone, dice: &Dice, course: CourseId, due: Day) -> Option<Work> {
    let person = anybody(phone, dice)?;
    Some(plain(match dice.percent(75) {
        true => TrainingCommand::Require {
            person,
            course,
            due,
        },
        false => TrainingCommand::Release { person, course },
    }))
}

fn path(phone: &Phone, dice: &Dice, course: CourseId, word: &str) -> Option<Work> {
    let paths: Vec<PathId> = {
        let settled = phone.engine.settled();
        settled.training.paths.keys().copied().collect()
    };
    let path = dice.pick(&paths).copied().filter(|_| dice.percent(60));
    let plan = Path {
        title: word.to_owned(),
        courses: vec![course],
        roles: [Role::AccountManager].into(),
        required: dice.percent(50),
        ..Path::default()
    };
    let plan = (path.is_none() || dice.percent(70)).then_some(plan);
    let written = plan.is_some().then(|| word.to_owned());
    let set = TrainingCommand::SetPath { path, plan };
    Some((Command::Training(set), written))
}

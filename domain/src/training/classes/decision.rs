//! Holding a class, coming to it, and marking who was there.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::clients::record::words;
use crate::decision::Refusal;
use crate::facts::{FactChange, Facts};
use crate::fold::is_blank;
use crate::id::{ClassId, CourseId, LessonId, PersonId};
use crate::role::Role;
use crate::time::{Day, Instant};
use crate::training::decision::may_run;
use crate::training::fact::{TrainingFact, TrainingKey};
use crate::training::required::{answers_for, change};

/// Of what it is called, and of the place, in characters.
pub const PLACE_MAX: usize = 100;
/// Seats, and people invited.
pub const ROOM_MAX: u16 = 500;
pub const DAY_MINUTES: u16 = 24 * 60;

/// What is said of a class when it is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassPlan {
    pub course: CourseId,
    pub lesson: LessonId,
    /// What the lesson is called, for whoever has not the course open.
    pub title: String,
    #[serde(with = "crate::calendar::written")]
    pub on: Day,
    /// Minutes after midnight.
    pub starts: u16,
    pub minutes: u16,
    pub place: String,
    pub trainer: PersonId,
    /// So many can come.
    pub room: u16,
    pub invited: BTreeSet<PersonId>,
}

/// As it hangs on the notice board: known to everybody. Who comes is said in [`Seat`]s.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Class {
    pub course: CourseId,
    pub lesson: LessonId,
    pub title: String,
    #[serde(with = "crate::calendar::written")]
    pub on: Day,
    pub starts: u16,
    pub minutes: u16,
    pub place: String,
    pub trainer: PersonId,
    pub room: u16,
    pub by: PersonId,
    pub invited: u16,
    pub coming: u16,
    pub called_off: bool,
}

/// One person's place in a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Seat {
    /// What they have said themselves.
    pub coming: Option<bool>,
    pub marked: Option<Marked>,
}

impl Seat {
    /// Whether they were there; `None` as long as nobody has said, and for those excused (R10).
    #[must_use]
    pub fn counts(&self) -> Option<bool> {
        let marked = self.marked?.attendance;
        (marked != Attendance::Excused).then(|| marked.was_there())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Marked {
    pub attendance: Attendance,
    pub by: PersonId,
    pub at: Instant,
}

/// Whoever holds a class knows its seats by this: not everybody's reviews are theirs to read.
pub type Register = BTreeMap<PersonId, Seat>;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Attendance {
    Present,
    Late,
    Absent,
    /// Counts neither for nor against anybody.
    Excused,
}

words!(Attendance {
    Present = "present",
    Late = "late",
    Absent = "absent",
    Excused = "excused",
});

impl Attendance {
    #[must_use]
    pub const fn was_there(self) -> bool {
        matches!(self, Self::Present | Self::Late)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClassDecision {
    Hold(ClassPlan),
    CallOff,
    /// Of the person who decides.
    Come(bool),
    Mark(BTreeMap<PersonId, Attendance>),
}

/// Who calls classes. Whom they may invite is [`answers_for`]'s affair.
#[must_use]
pub fn may_hold(person: PersonId, facts: &Facts) -> bool {
    [Role::TeamManager, Role::Director, Role::Hr]
        .into_iter()
        .any(|role| facts.has_role(person, role))
}

#[must_use]
pub fn may_call_off(person: PersonId, class: &Class, facts: &Facts) -> bool {
    class.by == person || may_run(person, facts)
}

/// Whoever holds the class, or answers for the person.
#[must_use]
pub fn may_mark(actor: PersonId, person: PersonId, class: &Class, facts: &Facts) -> bool {
    actor != person && (class.trainer == actor || answers_for(actor, person, facts))
}

pub(crate) fn decide(
    id: ClassId,
    decision: &ClassDecision,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    if let ClassDecision::Hold(plan) = decision {
        return hold(id, plan, actor, at, facts);
    }
    let class = facts.training.classes.get(&id).ok_or(Refusal::NotFound)?;
    if class.called_off {
        return Err(Refusal::AlreadySettled);
    }
    match decision {
        ClassDecision::Hold(_) => Err(Refusal::AlreadySettled),
        ClassDecision::CallOff => call_off(id, class, actor, facts),
        ClassDecision::Come(coming) => come(id, class, *coming, actor, at, facts),
        ClassDecision::Mark(marks) => mark(id, class, marks, actor, at, facts),
    }
}

fn hold(
    id: ClassId,
    plan: &ClassPlan,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    if facts.training.classes.contains_key(&id) {
        return Err(Refusal::AlreadySettled);
    }
    let answers = |person: &PersonId| answers_for(actor, *person, facts);
    if !may_hold(actor, facts) || !plan.invited.iter().all(answers) {
        return Err(Refusal::NotAllowed);
    }
    let mut people = plan.invited.iter().chain([&plan.trainer]);
    if !people.all(|person| facts.active(*person).is_some()) {
        return Err(Refusal::NotActive);
    }
    if plan.invited.contains(&plan.trainer) {
        return Err(Refusal::NotSeparate);
    }
    let bad = |text: &String| is_blank(text) || text.chars().count() > PLACE_MAX;
    if [&plan.title, &plan.place].into_iter().any(bad) {
        return Err(Refusal::BadName);
    }
    let invited = u16::try_from(plan.invited.len()).unwrap_or(u16::MAX);
    let in_range = (1..=ROOM_MAX).contains(&plan.room)
        && (1..=ROOM_MAX).contains(&invited)
        && plan.starts < DAY_MINUTES
        && (1..=DAY_MINUTES).contains(&plan.minutes)
        && plan.on >= at.day();
    if !in_range {
        return Err(Refusal::OutOfRange);
    }
    let class = Class {
        course: plan.course,
        lesson: plan.lesson,
        title: plan.title.trim().to_owned(),
        on: plan.on,
        starts: plan.starts,
        minutes: plan.minutes,
        place: plan.place.trim().to_owned(),
        trainer: plan.trainer,
        room: plan.room,
        by: actor,
        invited,
        coming: 0,
        called_off: false,
    };
    let seats = plan.invited.iter().map(|person| (*person, Seat::default()));
    let mut changes = seat_changes(id, &class, seats.collect(), &Register::new(), true);
    changes.insert(0, written(id, class));
    Ok(changes)
}

fn call_off(
    id: ClassId,
    class: &Class,
    actor: PersonId,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    if !may_call_off(actor, class, facts) {
        return Err(Refusal::NotAllowed);
    }
    let class = Class {
        called_off: true,
        ..class.clone()
    };
    Ok(vec![written(id, class)])
}

/// The relay gives the last seat once, whoever asked for it offline.
fn come(
    id: ClassId,
    class: &Class,
    coming: bool,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    let seat = facts.training.seats.get(&(actor, id));
    let seat = seat.copied().ok_or(Refusal::NotFound)?;
    if class.on < at.day() {
        return Err(Refusal::AlreadySettled);
    }
    let came = seat.coming == Some(true);
    if coming && !came && class.coming >= class.room {
        return Err(Refusal::ClassFull);
    }
    let others = class.coming.saturating_sub(u16::from(came));
    let said = Seat {
        coming: Some(coming),
        ..seat
    };
    let changed = Class {
        coming: others.saturating_add(u16::from(coming)),
        ..class.clone()
    };
    let mut changes = with_register(id, class, [(actor, said)].into(), facts);
    changes.push(written(id, changed));
    Ok(changes)
}

fn mark(
    id: ClassId,
    class: &Class,
    marks: &BTreeMap<PersonId, Attendance>,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    let may = |person: &PersonId| may_mark(actor, *person, class, facts);
    if !marks.keys().all(may) {
        return Err(Refusal::NotAllowed);
    }
    if class.on > at.day() {
        return Err(Refusal::NotYet);
    }
    let register = facts.training.registers.get(&(class.trainer, id));
    let known = |person: PersonId| {
        let seat = facts.training.seats.get(&(person, id)).copied();
        seat.or_else(|| register?.get(&person).copied())
    };
    let mut seats = Register::new();
    for (person, attendance) in marks {
        let seat = known(*person).ok_or(Refusal::NotFound)?;
        let marked = Marked {
            attendance: *attendance,
            by: actor,
            at,
        };
        let marked = Some(marked);
        seats.insert(*person, Seat { marked, ..seat });
    }
    Ok(with_register(id, class, seats, facts))
}

/// A device that does not know the register shows the seats alone; the relay knows it always.
fn with_register(id: ClassId, class: &Class, seats: Register, facts: &Facts) -> Vec<FactChange> {
    let register = facts.training.registers.get(&(class.trainer, id));
    let known = register.cloned().unwrap_or_default();
    seat_changes(id, class, seats, &known, register.is_some())
}

fn seat_changes(
    id: ClassId,
    class: &Class,
    seats: Register,
    before: &Register,
    has_register: bool,
) -> Vec<FactChange> {
    let mut register = before.clone();
    let mut changes: Vec<_> = seats
        .iter()
        .map(|(person, seat)| {
            let key = TrainingKey::Seat(*person, id);
            change(key, Some(TrainingFact::Seat(*seat)))
        })
        .collect();
    register.extend(seats);
    if has_register {
        let key = TrainingKey::Register(class.trainer, id);
        changes.push(change(key, Some(TrainingFact::Register(register))));
    }
    changes
}

fn written(id: ClassId, class: Class) -> FactChange {
    change(TrainingKey::Class(id), Some(TrainingFact::Class(class)))
}

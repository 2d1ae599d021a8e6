//! Classes that the asker has to do with.

use std::collections::BTreeSet;

use crate::id::{ClassId, CourseId, PersonId};
use crate::order::sort_by;
use crate::query::Sources;
use crate::training::answer::title_of;
use crate::training::classes::decision::{Class, Register, Seat, may_call_off, may_hold, may_mark};
use crate::training::classes::view::{ClassFile, ClassLine, ClassSeat, ClassesView};
use crate::training::required::answers_for;

/// Classes of the next days that the first screen tells of.
const AHEAD_DAYS: i64 = 7;

pub(crate) fn view(from: &Sources<'_>) -> ClassesView {
    let today = from.now.day();
    let (mut ahead, mut over): (Vec<_>, Vec<_>) =
        lines(from).partition(|line| line.class.on >= today);
    sort_by(&mut ahead, |one, other| order(one).cmp(&order(other)));
    sort_by(&mut over, |one, other| order(other).cmp(&order(one)));
    ClassesView {
        ahead,
        over,
        may_hold: may_hold(from.me, from.facts),
    }
}

/// What the asker is invited to, holds, or has yet to mark.
pub(crate) fn of_today(from: &Sources<'_>) -> Vec<ClassLine> {
    let today = from.now.day();
    let soon = crate::calendar::plus_days(today, AHEAD_DAYS);
    let mut lines: Vec<_> = lines(from)
        .filter(|line| !line.class.called_off && line.class.on <= soon)
        .filter(|line| match line.class.on >= today {
            true => line.seat.is_some() || line.class.trainer == from.me,
            false => line.to_mark > 0 && line.class.trainer == from.me,
        })
        .collect();
    sort_by(&mut lines, |one, other| order(one).cmp(&order(other)));
    lines
}

/// Of a course, those that are still to come and concern the asker.
pub(crate) fn of_course(course: CourseId, from: &Sources<'_>) -> Vec<ClassLine> {
    let today = from.now.day();
    let mut lines: Vec<_> = lines(from)
        .filter(|line| line.class.course == course && line.class.on >= today)
        .filter(|line| !line.class.called_off)
        .collect();
    sort_by(&mut lines, |one, other| order(one).cmp(&order(other)));
    lines
}

pub(crate) fn file(id: ClassId, from: &Sources<'_>) -> Option<ClassFile> {
    let class = from.facts.training.classes.get(&id)?;
    let mut people: Vec<_> = seats(id, class, from)
        .into_iter()
        .map(|(person, seat)| {
            let (attended, of) = attended(person, from);
            ClassSeat {
                person,
                name: from.name_of(person),
                seat,
                may_mark: may_mark(from.me, person, class, from.facts),
                attended,
                of,
            }
        })
        .collect();
    sort_by(&mut people, |one, other| {
        (&one.name, one.person).cmp(&(&other.name, other.person))
    });
    let today = from.now.day();
    Some(ClassFile {
        line: line(id, class, from),
        people,
        begun: class.on <= today,
        over: class.on < today,
        may_call_off: !class.called_off && may_call_off(from.me, class, from.facts),
    })
}

/// What the asker knows of its seats: who holds it knows them all, and so does whoever reads that person's reviews;
/// others their own and those for whom they answer.
fn seats(id: ClassId, class: &Class, from: &Sources<'_>) -> Register {
    let held = from.facts.training.registers.get(&(class.trainer, id));
    let held = held.filter(|_| knows(class.trainer, from));
    let mut seats = held.cloned().unwrap_or_default();
    let others = known_seats(from).filter(|((_, of), _)| *of == id);
    seats.extend(others.map(|((person, _), seat)| (*person, *seat)));
    seats
}

fn known_seats<'a>(
    from: &'a Sources<'a>,
) -> impl Iterator<Item = (&'a (PersonId, ClassId), &'a Seat)> {
    let seats = from.facts.training.seats.iter();
    seats.filter(|((person, _), _)| knows(*person, from))
}

fn knows(person: PersonId, from: &Sources<'_>) -> bool {
    person == from.me || answers_for(from.me, person, from.facts)
}

/// Of the classes at which the person was marked and not excused.
fn attended(person: PersonId, from: &Sources<'_>) -> (u16, u16) {
    let (mut there, mut of) = (0, 0);
    for (_, seat) in from.facts.training.seats_of(person) {
        if let Some(counts) = seat.counts() {
            there += u16::from(counts);
            of += 1;
        }
    }
    (there, of)
}

/// Of one person, with what they have said and what was marked.
pub(crate) fn seats_of(person: PersonId, from: &Sources<'_>) -> Vec<ClassLine> {
    let known = &from.facts.training;
    let seats = known.seats_of(person).filter_map(|(id, seat)| {
        let class = known.classes.get(&id)?;
        let said = seat.marked.is_some() || seat.coming.is_some();
        Some(ClassLine {
            seat: said.then_some(seat),
            to_mark: 0,
            ..line(id, class, from)
        })
    });
    seats.collect()
}

fn lines(from: &Sources<'_>) -> impl Iterator<Item = ClassLine> {
    let known = &from.facts.training;
    let mut concerned: BTreeSet<ClassId> = known_seats(from).map(|((_, id), _)| *id).collect();
    let own = known.classes.iter();
    let own = own.filter(|(_, class)| class.by == from.me || knows(class.trainer, from));
    concerned.extend(own.map(|(id, _)| *id));
    concerned.into_iter().filter_map(|id| {
        let class = known.classes.get(&id)?;
        Some(line(id, class, from))
    })
}

fn line(id: ClassId, class: &Class, from: &Sources<'_>) -> ClassLine {
    let open = |seat: &Seat| seat.marked.is_none();
    let due = class.on <= from.now.day() && !class.called_off;
    let seats = match due {
        true => seats(id, class, from),
        false => Register::new(),
    };
    let to_mark = seats
        .iter()
        .filter(|(person, seat)| open(seat) && may_mark(from.me, **person, class, from.facts));
    let key = (from.me, id);
    let (seat, settled) = (
        from.facts.training.seats.get(&key),
        from.settled.training.seats.get(&key),
    );
    ClassLine {
        id,
        course_title: title_of(class.course, from),
        trainer_name: from.name_of(class.trainer),
        seat: seat.copied(),
        to_mark: u16::try_from(to_mark.count()).unwrap_or(u16::MAX),
        provisional: seat != settled,
        class: class.clone(),
    }
}

fn order(line: &ClassLine) -> (crate::time::Day, u16, ClassId) {
    (line.class.on, line.class.starts, line.id)
}

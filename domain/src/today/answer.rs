//! What the first screen and the calendar export say, from rows alone.

use std::collections::BTreeSet;

use crate::agreements;
use crate::calendar::plus_days;
use crate::clients;
use crate::command::RecordRef;
use crate::conflict;
use crate::development;
use crate::goals;
use crate::grades;
use crate::handovers;
use crate::id::{Id, TaskId};
use crate::order::sort_by;
use crate::policy;
use crate::query::Sources;
use crate::recognition;
use crate::reviews;
use crate::surveys;
use crate::tasks;
use crate::tasks::list::TaskLine;
use crate::tasks::record::Task;
use crate::time::Day;
use crate::today::birthdays::birthdays;
use crate::today::follow_ups::{FOLLOW_UPS_SHOWN, follow_ups};
use crate::today::reminders::{Reminder, ReminderKind};
use crate::today::view::TodayView;
use crate::training;
use crate::visits;
use crate::visits::list::VisitLine;
use crate::visits::record::VisitState;
use crate::visits::row::VisitRow;
use crate::work::load::worth;

const CALLS_SHOWN: usize = 20;

pub(crate) fn today(from: &Sources<'_>) -> TodayView {
    let today = from.now.day();
    let plan = from.facts.plan();
    let follow_ups = follow_ups(today, &plan, from);
    let follow_ups_total = u32::try_from(follow_ups.len()).unwrap_or(u32::MAX);
    let visits = visits_of_today(today, from);
    let (calls, overruns) = of_the_team(today, from);
    TodayView {
        today,
        visits_done: done_in(&visits),
        visits,
        tasks: tasks_due(today, from),
        calls,
        overruns,
        follow_ups: follow_ups
            .into_iter()
            .take(FOLLOW_UPS_SHOWN)
            .map(|(_, row)| clients::answer::line(row, &plan, from))
            .collect(),
        follow_ups_total,
        birthdays: birthdays(today, plan.birthdays_ahead_days, from),
        courses: training::answer::to_learn(from),
        classes: training::classes::answer::of_today(from),
        rounds: training::needs::answer::of_today(from),
        goals: goals::answer::of_today(from),
        reviews: reviews::answer::of_today(from),
        feedback: surveys::answer::of_today(from),
        capsules: handovers::answer::unread(from),
        grades: grades::answer::of_today(from),
        development: development::answer::of_today(from),
        agreements: agreements::answer::to_sign(from),
        waits_for_signature: agreements::standing::waits(from.me, from.facts),
        to_countersign: agreements::answer::to_countersign(from),
        recognition: recognition::answer::of_today(from),
        waiting_in_outbox: from.marks.waiting(),
        needs_attention: from.marks.needing_attention(),
        conflicts: conflict::of_today(from),
        has_clients: !from.rows.clients.is_empty(),
    }
}

/// From today on, for so many days, whatever is overdue included: a calendar that leaves it out
/// would hide it.
pub(crate) fn reminders(days: u32, from: &Sources<'_>) -> Vec<Reminder> {
    let today = from.now.day();
    let until = plus_days(today, i64::from(days));
    let visits = my_open_visits(from)
        .filter(|row| row.state == VisitState::Planned && row.planned_on <= until)
        .map(|row| of_visit(row, from));
    let tasks = my_open_tasks(from)
        .filter_map(|task| Some((task, task.draft.due.filter(|due| *due <= until)?)))
        .map(|(task, due)| of_task(task, due));
    let follow_ups = follow_ups(until, &from.facts.plan(), from)
        .into_iter()
        .map(|(due, row)| Reminder {
            kind: ReminderKind::FollowUp,
            record: row.id.into(),
            title: row.name.clone(),
            detail: row.next_step.clone(),
            on: due,
            at: String::new(),
        });
    let birthdays = birthdays(today, days, from)
        .into_iter()
        .map(|line| Reminder {
            kind: ReminderKind::Birthday,
            record: line.client.into(),
            title: line.contact,
            detail: line.client_name,
            on: line.on,
            at: String::new(),
        });
    let mut reminders: Vec<_> = visits
        .chain(tasks)
        .chain(follow_ups)
        .chain(birthdays)
        .collect();
    sort_by(&mut reminders, |one, other| {
        (one.on, one.kind, &one.at, one.record).cmp(&(
            other.on,
            other.kind,
            &other.at,
            other.record,
        ))
    });
    reminders
}

fn of_visit(row: &VisitRow, from: &Sources<'_>) -> Reminder {
    let line = visits::answer::line(row, from);
    Reminder {
        kind: ReminderKind::Visit,
        record: line.record(),
        title: line.client_name,
        detail: row.purpose.clone(),
        on: row.planned_on,
        at: row.planned_at.clone(),
    }
}

fn of_task(task: &Task, due: Day) -> Reminder {
    Reminder {
        kind: ReminderKind::Task,
        record: RecordRef::Task(task.draft.assignee, task.id),
        title: task.draft.title.clone(),
        detail: task.draft.detail.clone(),
        on: due,
        at: String::new(),
    }
}

fn visits_of_today(today: Day, from: &Sources<'_>) -> Vec<VisitLine> {
    let waiting = |row: &&VisitRow| row.state == VisitState::UnderWay || row.planned_on <= today;
    let done = my_visits_done(today, from);
    let mut rows: Vec<_> = done.iter().collect();
    rows.extend(my_open_visits(from).filter(waiting));
    sort_by(&mut rows, |one, other| {
        let place = |row: &VisitRow| match row.state {
            VisitState::UnderWay => 0,
            VisitState::Planned if row.planned_on == today => 1,
            // Forgotten ones wait: what comes next is on today's plan.
            VisitState::Planned => 2,
            VisitState::Done | VisitState::Cancelled => 3,
        };
        let places = place(one).cmp(&place(other));
        places.then_with(|| visits::answer::soonest_first(one, other))
    });
    rows.into_iter()
        .map(|row| visits::answer::line(row, from))
        .collect()
}

fn done_in(visits: &[VisitLine]) -> u32 {
    let done = visits
        .iter()
        .filter(|line| line.row.state == VisitState::Done);
    u32::try_from(done.count()).unwrap_or(u32::MAX)
}

pub(crate) fn tasks_due(today: Day, from: &Sources<'_>) -> Vec<TaskLine> {
    let mut due: Vec<_> = my_open_tasks(from)
        .filter(|task| task.draft.due.is_some_and(|due| due <= today))
        .collect();
    sort_by(&mut due, |one, other| {
        tasks::answer::order(one).cmp(&tasks::answer::order(other))
    });
    due.into_iter()
        .map(|task| tasks::answer::line(task, from))
        .collect()
}

/// Whom the asker answers for besides themselves.
fn of_the_team(today: Day, from: &Sources<'_>) -> (Vec<TaskLine>, u32) {
    if !tasks::answer::leads(from) {
        return (Vec::new(), 0);
    }
    let open = from.rows.index.open_tasks.values();
    let others = open.filter(|task| task.draft.assignee != from.me);
    let held = |person| policy::holds(person, from.me, from.facts);
    let (mut calling, mut overruns) = (Vec::new(), 0);
    for task in others {
        let late = task.draft.due.is_some_and(|due| due < today);
        let overrun = late || task.logged > worth(task, from.facts).1;
        let calls = task.help.as_ref().map(|call| call.at);
        if (overrun || calls.is_some()) && held(task.draft.assignee) {
            overruns += u32::from(overrun);
            calling.extend(calls.map(|at| (at, task)));
        }
    }
    sort_by(&mut calling, |(one, a), (other, b)| {
        (one, a.id).cmp(&(other, b.id))
    });
    let calling = calling.into_iter().take(CALLS_SHOWN);
    let lines = calling.map(|(_, task)| tasks::answer::line(task, from));
    (lines.collect(), overruns)
}

/// Planned or under way.
fn my_open_visits<'a>(from: &Sources<'a>) -> impl Iterator<Item = &'a VisitRow> + use<'a> {
    let (rows, me) = (from.rows, from.me);
    let open = rows.index.open_visits.values();
    open.filter(move |row| visits::answer::goes(row, me))
}

/// Those begun on this day that are over.
fn my_visits_done(day: Day, from: &Sources<'_>) -> Vec<VisitRow> {
    let mut done = BTreeSet::new();
    let made = &from.rows.index.made;
    made.months_of_people(None, &(day..=day), &mut |_, month| {
        let that_day = month.iter().filter(|made| made.at.day() == day);
        done.extend(that_day.map(|made| (made.client, made.visit)));
    });
    let over = from.rows.visits.some(&done);
    let over = over.filter(|row| row.state == VisitState::Done);
    over.filter(|row| visits::answer::goes(row, from.me))
        .collect()
}

fn my_open_tasks<'a>(from: &Sources<'a>) -> impl Iterator<Item = &'a Task> + use<'a> {
    let (rows, me) = (from.rows, from.me);
    let mine = (me, TaskId(Id::ZERO))..=(me, TaskId(Id::MAX));
    let open = rows.index.open_tasks.range(mine);
    open.map(|(_, task)| task)
}

//! Tasks: who gives whom what to do, and how far it gets.

use caravan_domain::calendar::plus_days;
use caravan_domain::id::{PersonId, TaskId};
use caravan_domain::tasks::kind::TaskKind;
use caravan_domain::time::{Day, Instant};

use super::time::at;
use crate::dice::Dice;

pub(super) struct Errand {
    pub(super) assignee: PersonId,
    pub(super) title: String,
    pub(super) detail: String,
    pub(super) kind: TaskKind,
    /// Place in the list of the assignee's clients.
    pub(super) client: Option<usize>,
    pub(super) due: Day,
    pub(super) written: Instant,
    pub(super) progress: Option<(Instant, u8)>,
    pub(super) done: Option<Instant>,
    /// Once it is written down.
    pub(super) id: Option<TaskId>,
}

/// Where on the way to being done a task is today.
#[derive(Clone, Copy)]
pub(super) enum Fate {
    Done,
    /// Due some days ago.
    Overdue,
    DueToday,
    Ahead,
}

/// The tasks of a year for one person: one in `every` days that are done, then `open`.
pub(super) fn errands(
    assignee: PersonId,
    words: &[(&str, &str)],
    days: (Day, Day, i64),
    open: &[Fate],
    dice: &Dice,
) -> Vec<Errand> {
    let (since, today, every) = days;
    let mut errands = Vec::new();
    // One after the other, so that no two open ones are the same.
    let start = dice.below(words.len());
    let mut words = words.iter().copied().cycle().skip(start);
    let mut day = plus_days(since, dice.between(2, every));
    while day < plus_days(today, -12) {
        errands.push(errand(
            assignee,
            words.next(),
            Fate::Done,
            (day, today),
            dice,
        ));
        day = plus_days(day, dice.between(every * 2 / 3, every * 4 / 3));
    }
    let open = open.iter().map(|fate| {
        let written = plus_days(today, -dice.between(7, 9));
        errand(assignee, words.next(), *fate, (written, today), dice)
    });
    errands.extend(open);
    errands
}

fn errand(
    assignee: PersonId,
    words: Option<(&str, &str)>,
    fate: Fate,
    (day, today): (Day, Day),
    dice: &Dice,
) -> Errand {
    let (title, detail) = words.unwrap_or_default();
    let due = match fate {
        Fate::Done => plus_days(day, dice.between(4, 10)),
        Fate::Overdue => plus_days(today, -dice.between(1, 5)),
        Fate::DueToday => today,
        Fate::Ahead => plus_days(today, dice.between(2, 9)),
    };
    let done = match fate {
        Fate::Done => Some(at(
            plus_days(due, -dice.between(-1, 2)),
            dice.between(600, 1080),
        )),
        _ => None,
    };
    let percent = dice.any(&[25, 50, 75]);
    let progress = at(plus_days(day, 2), dice.between(600, 1080));
    Errand {
        assignee,
        title: title.to_owned(),
        detail: detail.to_owned(),
        kind: match dice.below(4) {
            0 => TaskKind::NewClient,
            1 => TaskKind::Research,
            2 => TaskKind::Other,
            _ => TaskKind::FollowUp,
        },
        client: None,
        due,
        written: at(day, dice.between(8 * 60 + 30, 9 * 60 + 30)),
        progress: (dice.percent(60) && done.is_none_or(|done| progress < done))
            .then_some((progress, percent)),
        done,
        id: None,
    }
}

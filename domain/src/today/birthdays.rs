//! Birthdays of the days ahead, solar and lunar (R60).

use std::collections::BTreeMap;

use crate::birthday::Birthday;
use crate::calendar::{days_between, plus_days};
use crate::order::sort_by;
use crate::query::Sources;
use crate::time::Day;
use crate::today::view::BirthdayLine;

/// Of contacts of the asker's own and shared clients; the soonest first.
pub(super) fn birthdays(today: Day, ahead: u32, from: &Sources<'_>) -> Vec<BirthdayLine> {
    let until = plus_days(today, i64::from(ahead));
    let mut calendar = Calendar::starting(today);
    let mut lines = Vec::new();
    for (row, grant) in from.clients() {
        if row.archived || row.birthdays.is_empty() || !from.is_mine_or_shared(grant) {
            continue;
        }
        for known in &row.birthdays {
            let Some(on) = calendar.next(&known.birthday).filter(|on| *on <= until) else {
                continue;
            };
            lines.push(BirthdayLine {
                client: row.id,
                client_name: row.name.clone(),
                contact: known.contact.clone(),
                phone: known.phone.clone(),
                birthday: known.birthday.clone(),
                on,
                in_days: u32::try_from(days_between(today, on)).unwrap_or_default(),
            });
        }
    }
    sort_by(&mut lines, |one, other| {
        (one.on, &one.contact).cmp(&(other.on, &other.contact))
    });
    lines
}

/// Remembers each day of the year it has looked up: among thousands of contacts few are new, and
/// the lunar calendar is slow to ask.
struct Calendar {
    today: Day,
    known: BTreeMap<Birthday, Option<Day>>,
}

impl Calendar {
    fn starting(today: Day) -> Self {
        Self {
            today,
            known: BTreeMap::new(),
        }
    }

    /// `None` for what cannot be read.
    fn next(&mut self, stored: &str) -> Option<Day> {
        let birthday = stored.parse::<Birthday>().ok()?.without_year();
        *self
            .known
            .entry(birthday)
            .or_insert_with(|| birthday.next(self.today))
    }
}

//! What is said of a class and of a seat, in the reader's words.

use caravan_domain::{
    training::classes::decision::{Attendance, Class},
    work::hours::clock,
};
use leptos::prelude::*;

use crate::{format::Format, ui::Tone};

#[derive(Clone, Copy)]
pub(super) struct AttendanceNames([Signal<String>; 4]);

/// To be called while a component is being built.
impl AttendanceNames {
    pub(super) fn new() -> Self {
        Self([
            tr!(classes.present),
            tr!(classes.late),
            tr!(classes.absent),
            tr!(classes.excused),
        ])
    }

    pub(super) fn name(self, attendance: Attendance) -> String {
        let mut known = Attendance::ALL.iter();
        let place = known.position(|known| *known == attendance);
        place.map(|place| self.0[place].get()).unwrap_or_default()
    }

    pub(super) fn options(self) -> Signal<Vec<(String, String)>> {
        Signal::derive(move || {
            let named = Attendance::ALL.iter();
            named
                .map(|it| (it.word().to_owned(), self.name(*it)))
                .collect()
        })
    }
}

pub(super) const fn tone_of(attendance: Attendance) -> Tone {
    match attendance {
        Attendance::Present => Tone::Good,
        Attendance::Late => Tone::Warning,
        Attendance::Absent => Tone::Bad,
        Attendance::Excused => Tone::Neutral,
    }
}

/// The day and the hours, such as “tomorrow 09:30–11:00”.
pub(super) fn when(class: &Class, format: Format) -> String {
    let ends = class.starts.saturating_add(class.minutes);
    let (from, to) = (clock(class.starts), clock(ends % (24 * 60)));
    format!("{} {from}–{to}", format.near_day(class.on))
}

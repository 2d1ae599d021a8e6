//! Birthdays in words: 8月15日, 农历八月十五, 15 Aug.

use caravan_domain::birthday::Birthday;
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub(crate) struct BirthdayWords {
    solar: Signal<String>,
    lunar: Signal<String>,
    leap: Signal<String>,
}

/// To be called while a component is being built.
pub(crate) fn use_birthday_words() -> BirthdayWords {
    BirthdayWords {
        solar: tr!(format.birthday_solar),
        lunar: tr!(format.birthday_lunar),
        leap: tr!(format.birthday_leap),
    }
}

impl BirthdayWords {
    pub(crate) fn words(self, birthday: Birthday) -> String {
        let (calendar, year, month, day, leap) = match birthday {
            Birthday::Solar { year, month, day } => (self.solar, year, month, day, false),
            Birthday::Lunar {
                year,
                month,
                day,
                leap,
            } => (self.lunar, year, month, day, leap),
        };
        let leap = if leap { self.leap.get() } else { String::new() };
        let date = match year {
            Some(year) => format!("{year}-{month:02}-{day:02}"),
            None => format!("{month:02}-{day:02}"),
        };
        format!("{} {leap}{date}", calendar.get())
    }
}

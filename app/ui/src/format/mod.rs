//! Numbers, dates and times as this trade and this language write them. Days are Shanghai's, weeks begin on Monday.

mod birthday;
mod clock;
mod money;
mod number;
mod words;

use caravan_domain::{
    calendar::Period,
    money::Fen,
    time::{Day, Instant},
};

pub(crate) use birthday::use_birthday_words;
pub(crate) use clock::{now, provide_clock, today};
pub(crate) use words::Language;

use crate::{
    i18n::Locale,
    prefs::{self, use_language},
};

/// Formats for the reader; every method follows the language and, where it matters, the passing of time.
#[derive(Clone, Copy)]
pub(crate) struct Format(prefs::Language);

pub(crate) fn use_format() -> Format {
    Format(use_language())
}

impl Format {
    fn language(self) -> Language {
        match self.0.get() {
            Locale::zh => Language::Zh,
            Locale::en => Language::En,
        }
    }

    /// 11月22日 周日 · Sun 22 Nov; with its year when it is not this one.
    pub(crate) fn day(self, day: Day) -> String {
        words::day(self.language(), day, today())
    }

    /// 今天, 昨天, 3天后, and further away the day itself.
    pub(crate) fn near_day(self, day: Day) -> String {
        words::near_day(self.language(), day, today())
    }

    /// 2026年第4季度 · Q4 2026
    pub(crate) fn period(self, period: Period) -> String {
        words::period(self.language(), period)
    }

    /// 14:02
    pub(crate) fn time(self, at: Instant) -> String {
        words::time(at)
    }

    /// 14:02 today, otherwise with its day.
    pub(crate) fn moment(self, at: Instant) -> String {
        words::moment(self.language(), at, today())
    }

    /// 350 米, 2.3 公里.
    pub(crate) fn distance(self, metres: f64) -> String {
        words::distance(self.language(), metres)
    }

    /// 45 分钟, 1.5 小时.
    pub(crate) fn duration(self, minutes: u32) -> String {
        words::duration(self.language(), minutes)
    }

    /// ¥12,345.67
    pub(crate) fn money(self, amount: Fen) -> String {
        money::exact(amount)
    }

    /// ¥1.23万 · ¥12.3K: for a sum of which the last fen says nothing.
    pub(crate) fn about(self, amount: Fen) -> String {
        money::about(self.language(), amount)
    }

    /// 12,345
    pub(crate) fn count(self, count: u64) -> String {
        number::grouped(count)
    }
}

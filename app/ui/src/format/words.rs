//! The words themselves, apart from any signal.

use caravan_domain::{
    calendar::{Period, Span, days_between},
    time::{Day, Instant},
};
use jiff::civil::Weekday;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    Zh,
    En,
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

fn weekday(language: Language, day: Day) -> &'static str {
    let (zh, en) = match day.weekday() {
        Weekday::Monday => ("周一", "Mon"),
        Weekday::Tuesday => ("周二", "Tue"),
        Weekday::Wednesday => ("周三", "Wed"),
        Weekday::Thursday => ("周四", "Thu"),
        Weekday::Friday => ("周五", "Fri"),
        Weekday::Saturday => ("周六", "Sat"),
        Weekday::Sunday => ("周日", "Sun"),
    };
    match language {
        Language::Zh => zh,
        Language::En => en,
    }
}

fn month(day: Day) -> &'static str {
    usize::try_from(day.month() - 1)
        .ok()
        .and_then(|month| MONTHS.get(month))
        .copied()
        .unwrap_or_default()
}

pub(super) fn day(language: Language, day: Day, today: Day) -> String {
    match (language, day.year() == today.year()) {
        (Language::Zh, true) => format!(
            "{}月{}日 {}",
            day.month(),
            day.day(),
            weekday(language, day)
        ),
        (Language::Zh, false) => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        (Language::En, true) => format!("{} {} {}", weekday(language, day), day.day(), month(day)),
        (Language::En, false) => format!("{} {} {}", day.day(), month(day), day.year()),
    }
}

pub(super) fn period(language: Language, period: Period) -> String {
    let (year, number) = (period.year(), period.number());
    match (language, period.span()) {
        (Language::Zh, Span::Year) => format!("{year}年"),
        (Language::Zh, Span::Quarter) => format!("{year}年第{number}季度"),
        (Language::Zh, Span::Month) => format!("{year}年{number}月"),
        (Language::En, Span::Year) => year.to_string(),
        (Language::En, Span::Quarter) => format!("Q{number} {year}"),
        (Language::En, Span::Month) => format!("{} {year}", month(period.first())),
    }
}

pub(super) fn near_day(language: Language, then: Day, today: Day) -> String {
    let days = days_between(today, then);
    match (language, days) {
        (Language::Zh, 0) => "今天".to_owned(),
        (Language::Zh, 1) => "明天".to_owned(),
        (Language::Zh, -1) => "昨天".to_owned(),
        (Language::Zh, 2..=6) => format!("{days}天后"),
        (Language::Zh, -6..=-2) => format!("{}天前", -days),
        (Language::En, 0) => "today".to_owned(),
        (Language::En, 1) => "tomorrow".to_owned(),
        (Language::En, -1) => "yesterday".to_owned(),
        (Language::En, 2..=6) => format!("in {days} days"),
        (Language::En, -6..=-2) => format!("{} days ago", -days),
        _ => day(language, then, today),
    }
}

pub(super) fn time(at: Instant) -> String {
    let civil = at.in_shanghai();
    format!("{:02}:{:02}", civil.hour(), civil.minute())
}

pub(super) fn moment(language: Language, at: Instant, today: Day) -> String {
    if at.day() == today {
        time(at)
    } else {
        format!("{} {}", day(language, at.day(), today), time(at))
    }
}

/// To ten metres, and from one kilometre on to a hundred: a phone knows no better.
pub(super) fn distance(language: Language, metres: f64) -> String {
    let tens = (metres / 10.0).round() * 10.0;
    match (language, tens < 1000.0) {
        (Language::Zh, true) => format!("{tens:.0} 米"),
        (Language::Zh, false) => format!("{:.1} 公里", metres / 1000.0),
        (Language::En, true) => format!("{tens:.0} m"),
        (Language::En, false) => format!("{:.1} km", metres / 1000.0),
    }
}

/// In hours from one hour on, to a tenth.
pub(super) fn duration(language: Language, minutes: u32) -> String {
    let tenths = (u64::from(minutes) * 10 + 30) / 60;
    match (language, minutes < 60, tenths % 10) {
        (Language::Zh, true, _) => format!("{minutes} 分钟"),
        (Language::En, true, _) => format!("{minutes} min"),
        (Language::Zh, false, 0) => format!("{} 小时", tenths / 10),
        (Language::En, false, 0) => format!("{} h", tenths / 10),
        (Language::Zh, false, rest) => format!("{}.{rest} 小时", tenths / 10),
        (Language::En, false, rest) => format!("{}.{rest} h", tenths / 10),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_near_and_far() {
        let today = date(2026, 11, 22);
        let zh = |day| near_day(Language::Zh, day, today);
        assert_eq!(zh(date(2026, 11, 22)), "今天");
        assert_eq!(zh(date(2026, 11, 20)), "2天前");
        assert_eq!(zh(date(2026, 12, 22)), "12月22日 周二");
        assert_eq!(zh(date(2027, 1, 2)), "2027年1月2日");
        assert_eq!(
            near_day(Language::En, date(2026, 11, 27), today),
            "in 5 days"
        );
        assert_eq!(day(Language::En, today, today), "Sun 22 Nov");
    }

    #[test]
    fn periods_are_said_as_people_say_them() {
        let day = date(2026, 11, 22);
        let said = |language| Span::ALL.map(|span| period(language, Period::of(span, day)));
        assert_eq!(
            said(Language::Zh),
            ["2026年", "2026年第4季度", "2026年11月"]
        );
        assert_eq!(said(Language::En), ["2026", "Q4 2026", "Nov 2026"]);
    }

    #[test]
    fn a_moment_names_its_day_unless_it_is_today() {
        let at = Instant::from_millis(1_767_196_799_999);
        assert_eq!(moment(Language::Zh, at, at.day()), "23:59");
        assert_eq!(
            moment(Language::En, at, date(2026, 1, 1)),
            "31 Dec 2025 23:59"
        );
    }

    #[test]
    fn durations_are_as_exact_as_an_estimate() {
        assert_eq!(duration(Language::Zh, 45), "45 分钟");
        assert_eq!(duration(Language::En, 60), "1 h");
        assert_eq!(duration(Language::Zh, 100), "1.7 小时");
    }

    #[test]
    fn distances_are_as_exact_as_a_phone() {
        assert_eq!(distance(Language::Zh, 344.0), "340 米");
        assert_eq!(distance(Language::En, 996.0), "1.0 km");
        assert_eq!(distance(Language::Zh, 12_340.0), "12.3 公里");
    }
}

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::time::Day;

fn stored(text: &str) -> String {
    parse(text)
        .unwrap_or_else(|refused| panic!("{text}: {refused}"))
        .to_string()
}

#[test]
fn messy_forms_become_one() {
    for (written, kept) in [
        ("1998-01-08", "solar:1998-01-08"),
        ("1983/2/7", "solar:1983-02-07"),
        ("1983.2.7", "solar:1983-02-07"),
        ("1983-02-07 00:00:00", "solar:1983-02-07"),
        ("85年6月1日", "solar:1985-06-01"),
        ("２００３年６月１日", "solar:2003-06-01"),
        ("一九八三年二月七日", "solar:1983-02-07"),
        ("6月1日", "solar:06-01"),
        ("六月一号", "solar:06-01"),
        ("2-29", "solar:02-29"),
        ("19850601", "solar:1985-06-01"),
        ("阳历八月十五", "solar:08-15"),
        ("农历八月十五", "lunar:08-15"),
        ("八月十五", "lunar:08-15"),
        ("农历8月15日", "lunar:08-15"),
        ("(农历)8-15", "lunar:08-15"),
        ("农历1983年腊月廿三", "lunar:1983-12-23"),
        ("腊月廿三", "lunar:12-23"),
        ("正月初一", "lunar:01-01"),
        ("冬月二十一", "lunar:11-21"),
        ("闰四月初一", "lunar:L04-01"),
        ("农历三月卅", "lunar:03-30"),
        ("除夕", "lunar:12-30"),
    ] {
        assert_eq!(stored(written), kept, "{written}");
    }
}

#[test]
fn what_is_no_day_is_refused() {
    for (written, reason) in [
        ("", BirthdayError::Empty),
        ("不详", BirthdayError::Unreadable),
        ("1983", BirthdayError::Unreadable),
        ("1983-02-30", BirthdayError::NoSuchDay),
        ("1983-02-29", BirthdayError::NoSuchDay),
        ("0983-02-07", BirthdayError::NoSuchDay),
        ("农历十三月初一", BirthdayError::NoSuchDay),
        ("农历三月三十一", BirthdayError::NoSuchDay),
    ] {
        assert_eq!(parse(written), Err(reason), "{written}");
    }
}

fn next(birthday: &str, from: Day) -> Day {
    parse(birthday).unwrap().next(from).unwrap()
}

#[test]
fn solar_birthdays_come_round() {
    assert_eq!(next("1983/2/7", date(2026, 2, 7)), date(2026, 2, 7));
    assert_eq!(next("1983/2/7", date(2026, 2, 8)), date(2027, 2, 7));
    assert_eq!(next("2000-02-29", date(2026, 1, 1)), date(2026, 2, 28));
    assert_eq!(next("2000-02-29", date(2028, 1, 1)), date(2028, 2, 29));
}

/// Mid-Autumn, New Year and New Year's Eve as the Hong Kong Observatory's tables give them.
#[test]
fn lunar_birthdays_follow_the_moon() {
    assert_eq!(next("农历八月十五", date(2026, 1, 1)), date(2026, 9, 25));
    assert_eq!(next("农历八月十五", date(2026, 9, 26)), date(2027, 9, 15));
    assert_eq!(next("正月初一", date(2026, 1, 1)), date(2026, 2, 17));
    assert_eq!(next("腊月廿三", date(2026, 1, 1)), date(2026, 2, 10));
    // 2025's twelfth month has 29 days, 2023's has 30.
    assert_eq!(next("除夕", date(2026, 1, 1)), date(2026, 2, 16));
    assert_eq!(next("除夕", date(2024, 1, 1)), date(2024, 2, 9));
}

#[test]
fn leap_months_fall_back_to_the_ordinary_one() {
    // 2025 had a leap sixth month from 25 July, 2026 has none.
    assert_eq!(next("闰六月初一", date(2025, 1, 1)), date(2025, 7, 25));
    assert_eq!(next("闰六月初一", date(2026, 1, 1)), date(2026, 7, 14));
    assert_eq!(next("六月初一", date(2025, 1, 1)), date(2025, 6, 25));
}

fn any_birthday() -> impl Strategy<Value = Birthday> {
    let year = proptest::option::of(1900i16..=2100);
    (year, 1u8..=12, 1u8..=31, any::<bool>(), any::<bool>()).prop_filter_map(
        "a day of its calendar",
        |(year, month, day, lunar, leap)| {
            if lunar {
                Birthday::lunar(year, month, day, leap).ok()
            } else {
                Birthday::solar(year, month, day).ok()
            }
        },
    )
}

proptest! {
    #[test]
    fn the_stored_form_reads_back(birthday in any_birthday()) {
        prop_assert_eq!(parse(&birthday.to_string()), Ok(birthday));
    }

    #[test]
    fn every_birthday_comes_within_thirteen_months(birthday in any_birthday(), days in 0i32..25_000) {
        let from = date(2026, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap();
        let kept = birthday.next(from).unwrap();
        prop_assert!(kept >= from && (kept - from).get_days() <= 385, "{} {}", from, kept);
        prop_assert_eq!(birthday.next(kept), Some(kept));
    }

    #[test]
    fn any_text_is_read_or_refused(text in "(农历|闰|[0-9初廿十一二年月日/.-]|\\PC){0,12}") {
        if let Ok(birthday) = parse(&text) {
            let _ = birthday.next(date(2026, 11, 22));
        }
    }
}

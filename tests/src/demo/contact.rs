//! Contacts: their names, phones that no operator gives out, and birthdays in both calendars.

use caravan_domain::birthday::Birthday;
use caravan_domain::calendar::{days_between, plus_days};
use caravan_domain::clients::record::ContactDraft;
use caravan_domain::time::Day;

use super::words::people::{GIVEN, SURNAMES, TITLES};
use crate::dice::Dice;

/// One to three, the first of whom decides.
pub(super) fn contacts(dice: &Dice) -> Vec<ContactDraft> {
    let count = [1, 1, 2, 2, 3][dice.below(5)];
    let mut contacts: Vec<ContactDraft> = Vec::new();
    for place in 0..count {
        let contact = contact(place, dice);
        if contacts.iter().all(|known| known.name != contact.name) {
            contacts.push(contact);
        }
    }
    contacts
}

fn contact(place: usize, dice: &Dice) -> ContactDraft {
    let name = name(dice);
    let phones = 1 + usize::from(dice.percent(18));
    ContactDraft {
        title: TITLES[place.min(TITLES.len() - 1)][dice.below(4)].to_owned(),
        birthday: match dice.below(100) {
            0..30 => solar(dice),
            30..48 => lunar(dice),
            _ => String::new(),
        },
        email: match dice.percent(12) {
            true => format!("contact{}@example.com", dice.between(100, 9999)),
            false => String::new(),
        },
        wechat: match dice.percent(35) {
            true => format!("demo_{}", dice.between(10_000, 99_999)),
            false => String::new(),
        },
        phones: (0..phones).map(|_| phone(dice)).collect(),
        name,
        ..ContactDraft::default()
    }
}

pub(super) fn name(dice: &Dice) -> String {
    format!("{}{}", dice.any(SURNAMES), dice.any(GIVEN))
}

/// 164 is a range that no operator has been given.
pub(super) fn phone(dice: &Dice) -> String {
    format!("164{:08}", dice.between(10_000_000, 99_999_999))
}

fn solar(dice: &Dice) -> String {
    let (year, month, day) = (
        dice.between(1962, 1998),
        dice.between(1, 12),
        dice.between(1, 28),
    );
    format!("solar:{year}-{month:02}-{day:02}")
}

fn lunar(dice: &Dice) -> String {
    let (year, month, day) = (
        dice.between(1962, 1990),
        dice.between(1, 12),
        dice.between(1, 29),
    );
    format!("lunar:{year}-{month:02}-{day:02}")
}

/// A solar birthday that is kept `ahead` days from today.
pub(super) fn solar_in(ahead: i64, today: Day, dice: &Dice) -> String {
    let day = plus_days(today, ahead);
    // Leap years have every day.
    let year = 1968 + 4 * dice.between(0, 7);
    format!("solar:{year}-{:02}-{:02}", day.month(), day.day())
}

/// A lunar birthday that is kept within a week, if the calendar has one.
pub(super) fn lunar_soon(today: Day, dice: &Dice) -> Option<String> {
    let days = (1..=12).flat_map(|month| (1..=29).map(move |day| (month, day)));
    let soon: Vec<_> = days
        .filter_map(|(month, day)| Birthday::lunar(None, month, day, false).ok())
        .filter(|birthday| {
            let next = birthday.next(today);
            next.is_some_and(|next| (0..6).contains(&days_between(today, next)))
        })
        .collect();
    let kept = soon.get(dice.below(soon.len()))?.to_string();
    let year = dice.between(1962, 1988);
    Some(kept.replace("lunar:", &format!("lunar:{year}-")))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn birthdays_of_this_week_are_kept_this_week() {
        let (today, dice) = (date(2026, 11, 22), Dice::new(5));
        let solar: Birthday = solar_in(3, today, &dice).parse().unwrap();
        assert_eq!(solar.next(today), Some(date(2026, 11, 25)));
        let lunar: Birthday = lunar_soon(today, &dice).unwrap().parse().unwrap();
        assert!(lunar.next(today).unwrap() < date(2026, 11, 28));
    }
}

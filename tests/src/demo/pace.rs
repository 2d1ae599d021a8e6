//! When a client was seen or called: looked at from today backwards, so that most are in their
//! grade's cadence and some have been left too long.

use caravan_domain::calendar::{days_between, plus_days};
use caravan_domain::clients::record::{Grade, Stage};
use caravan_domain::plan::Plan;
use caravan_domain::time::Day;

use super::time::working;
use crate::dice::Dice;

pub(super) struct Pace {
    /// In order, each day once, none of them today.
    pub(super) touches: Vec<Day>,
    /// When the next is due after the last of them.
    pub(super) next: Day,
}

pub(super) fn pace(grade: Grade, stage: Stage, since: Day, today: Day, dice: &Dice) -> Pace {
    let cadence = f64::from(Plan::default().cadence(grade).unwrap_or(90));
    let neglected = dice.percent(12);
    let since_last = match stage {
        Stage::Lost | Stage::Dormant => 1.2 + dice.part() * 2.0,
        _ if neglected => 1.02 + dice.part() * 0.5,
        _ => dice.part() * 0.95,
    };
    let last = plus_days(today, -whole(cadence * since_last).max(1));
    let mut touches = Vec::new();
    let mut day = working(last);
    while day > since {
        touches.push(day);
        // Further back the team was less used to writing things down.
        let age = days_between(day, today) as f64 / 365.0;
        let gap = cadence * (0.7 + dice.part() * 0.8) * (1.0 + 3.0 * age);
        day = working(plus_days(day, -whole(gap).max(2)));
    }
    touches.reverse();
    let last = touches.last().copied().unwrap_or(since);
    Pace {
        touches,
        next: plus_days(last, whole(cadence)),
    }
}

fn whole(days: f64) -> i64 {
    days.round() as i64
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_go_forward_and_end_before_today() {
        let (since, today) = (date(2025, 11, 22), date(2026, 11, 22));
        let dice = Dice::new(3);
        for grade in Grade::ALL.iter().cycle().take(200) {
            let pace = pace(*grade, Stage::Customer, since, today, &dice);
            assert!(pace.touches.is_sorted_by(|one, next| one < next));
            assert!(pace.touches.iter().all(|day| since < *day && *day < today));
            assert!(pace.next > since);
        }
    }
}

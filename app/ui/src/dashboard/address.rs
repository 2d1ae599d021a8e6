//! Whose month, which month and which number, in addresses.

use caravan_domain::{
    calendar::{Period, Span, parse_day},
    clients::record::Grade,
    dashboard::list::Counted,
    goals::place::GoalPlace,
    time::Day,
};
use leptos_router::params::ParamsMap;

use crate::format::now;

/// `None` for what the reader answers for, and for what cannot be read.
pub(super) fn place_of(params: &ParamsMap) -> Option<GoalPlace> {
    params.get("where")?.parse().ok()
}

/// Any day of the month; this one when none is named.
pub(super) fn month_of(query: &ParamsMap) -> Day {
    let named = query.get("month");
    named
        .and_then(|month| parse_day(&format!("{month}-01")))
        .unwrap_or_else(|| now().day())
}

pub(super) fn page(place: GoalPlace, month: Day) -> String {
    of_month(&format!("/dashboard/{place}"), month)
}

pub(super) fn of_month(path: &str, month: Day) -> String {
    format!("{path}?month={}", Period::of(Span::Month, month))
}

pub(super) fn records(place: GoalPlace, month: Day, what: Counted) -> String {
    let month = Period::of(Span::Month, month);
    format!("/dashboard/{place}/records?month={month}&of={}", word(what))
}

pub(super) fn counted_of(query: &ParamsMap) -> Option<Counted> {
    counted(&query.get("of")?)
}

fn counted(word: &str) -> Option<Counted> {
    match word {
        "overdue" => Some(Counted::Overdue(None)),
        "silent" => Some(Counted::Silent),
        "satisfaction" => Some(Counted::Satisfaction),
        _ => match word.strip_prefix("overdue-") {
            Some(grade) => Some(Counted::Overdue(Some(grade.parse::<Grade>().ok()?))),
            None => Some(Counted::Deeds(word.parse().ok()?)),
        },
    }
}

fn word(what: Counted) -> String {
    match what {
        Counted::Deeds(metric) => metric.word().to_owned(),
        Counted::Overdue(None) => "overdue".to_owned(),
        Counted::Overdue(Some(grade)) => format!("overdue-{}", grade.word()),
        Counted::Silent => "silent".to_owned(),
        Counted::Satisfaction => "satisfaction".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use caravan_domain::goals::metric::Metric;

    use super::*;

    #[test]
    fn a_number_is_named_in_one_way() {
        let grades = [Grade::A, Grade::D].map(|grade| Counted::Overdue(Some(grade)));
        let metrics = Metric::ALL.iter().map(|metric| Counted::Deeds(*metric));
        let others = [
            Counted::Overdue(None),
            Counted::Silent,
            Counted::Satisfaction,
        ];
        for what in metrics.chain(grades).chain(others) {
            assert_eq!(counted(&word(what)), Some(what));
        }
        assert_eq!(counted("overdue-Z"), None);
    }
}

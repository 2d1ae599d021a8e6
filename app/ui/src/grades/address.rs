//! Where a grade and what belongs to it are opened.

use caravan_domain::{
    grades::{criterion::Criterion, list::Counted},
    id::{Id, PersonId},
};
use leptos_router::params::ParamsMap;

/// The person in `/grades/:person`; what cannot be read is nobody.
pub(super) fn person_of(params: &ParamsMap) -> PersonId {
    let person = params.get("person").unwrap_or_default();
    person.parse().unwrap_or(PersonId(Id::ZERO))
}

pub(super) fn page(person: PersonId) -> String {
    format!("/grades/{person}")
}

/// A form about the same person.
pub(super) fn part(person: PersonId, part: &str) -> String {
    format!("/grades/{person}/{part}")
}

/// The records behind a criterion that is counted from records.
pub(super) fn records(person: PersonId, criterion: Criterion) -> Option<String> {
    let (word, months) = match criterion {
        Criterion::Figure {
            measure, months, ..
        } => (measure.word(), months),
        Criterion::Visits { months, .. } => (VISITS, months),
        _ => return None,
    };
    Some(format!(
        "/grades/{person}/records?of={word}&months={months}"
    ))
}

/// No measure has this word.
const VISITS: &str = "visits";

/// What `?of=…&months=…` asks for.
pub(super) fn counted_of(query: &ParamsMap) -> (Counted, u32) {
    let word = query.get("of").unwrap_or_default();
    let of = word.parse().map_or(Counted::Visits, Counted::Figure);
    let months = query.get("months").and_then(|text| text.parse().ok());
    (of, months.unwrap_or(1))
}

#[cfg(test)]
mod tests {
    use caravan_domain::reviews::measure::Measure;

    use super::*;

    #[test]
    fn no_measure_is_called_like_visits() {
        assert!(Measure::ALL.iter().all(|it| it.word() != VISITS));
    }
}

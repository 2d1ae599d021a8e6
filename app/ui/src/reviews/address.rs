//! Where a review and what belongs to it are opened.

use caravan_domain::{
    calendar::{Period, Span},
    id::{Id, PersonId},
    reviews::{command::ReviewRef, measure::Measure},
};
use leptos_router::params::ParamsMap;

use crate::format::now;

pub(super) fn person_of(params: &ParamsMap) -> PersonId {
    let person = params.get("person").unwrap_or_default();
    person.parse().unwrap_or(PersonId(Id::ZERO))
}

/// The review in `/reviews/:person/:period`; what cannot be read is nobody's.
pub(super) fn review_of(params: &ParamsMap) -> ReviewRef {
    let period = params.get("period").unwrap_or_default();
    ReviewRef {
        person: person_of(params),
        period: period
            .parse()
            .unwrap_or_else(|_| Period::of(Span::Quarter, now().day())),
    }
}

pub(super) fn page(review: ReviewRef) -> String {
    format!("/reviews/{}/{}", review.person, review.period)
}

/// A form or another page of the same review.
pub(super) fn part(review: ReviewRef, part: &str) -> String {
    format!("{}/{part}", page(review))
}

pub(super) fn records(review: ReviewRef, measure: Measure) -> String {
    format!("{}/records?measure={}", page(review), measure.word())
}

pub(crate) fn history(person: PersonId) -> String {
    format!("/reviews/{person}/history")
}

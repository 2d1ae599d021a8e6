//! Grades and criteria in the reader's words. To be called while a component is being built.

use caravan_domain::{
    grades::{
        criterion::{Criterion, Judged, Known},
        ladder::RungName,
        standing::PromotionState,
    },
    money::BasisPoints,
};
use leptos::prelude::*;

use crate::{
    format::Format,
    i18n::Locale,
    prefs::use_language,
    reviews::{MeasureNames, figure, points},
    ui::Tone,
};

/// In the reader's language, as the company calls it.
pub(crate) fn rung_name(name: RungName) -> Signal<String> {
    let language = use_language();
    Signal::derive(move || name.shown(language.get() == Locale::zh).to_owned())
}

pub(super) fn criterion_name(
    criterion: Criterion,
    course: &str,
    names: MeasureNames,
) -> Signal<String> {
    match criterion {
        Criterion::Tenure { .. } => tr!(grades.tenure),
        Criterion::Figure { measure, .. } => names.signal(measure),
        Criterion::Visits { .. } => tr!(grades.visits),
        Criterion::Score { .. } => tr!(grades.score),
        Criterion::Certificate(_) if course.is_empty() => tr!(grades.certificate_unknown),
        Criterion::Certificate(_) => {
            let course = course.to_owned();
            tr!(grades.certificate, course = course.clone())
        }
        Criterion::Leads { .. } => tr!(grades.leads),
    }
}

/// Over which time or how many it is counted.
pub(super) fn over(criterion: Criterion) -> Option<Signal<String>> {
    match criterion {
        Criterion::Figure { months, .. } | Criterion::Visits { months, .. } => {
            Some(tr!(grades.in_months, months = months))
        }
        Criterion::Score { reviews, .. } => Some(tr!(grades.last_reviews, count = reviews)),
        Criterion::Tenure { .. } | Criterion::Certificate(_) | Criterion::Leads { .. } => None,
    }
}

/// A value of it as the reader writes it.
pub(super) fn value(format: Format, criterion: Criterion, value: i64) -> Signal<String> {
    match criterion {
        Criterion::Tenure { .. } => tr!(grades.whole_months, count = value),
        Criterion::Figure { measure, .. } => Signal::derive(move || figure(format, measure, value)),
        Criterion::Visits { .. } => Signal::derive(move || format.count(value.unsigned_abs())),
        Criterion::Score { .. } => {
            let total = BasisPoints(u32::try_from(value).unwrap_or_default());
            Signal::stored(points(total))
        }
        Criterion::Leads { .. } => tr!(grades.people_count, count = value),
        Criterion::Certificate(_) => Signal::stored(String::new()),
    }
}

/// What is known of it against what is asked.
pub(super) fn says(format: Format, judged: Judged, is_me: bool) -> Signal<String> {
    let criterion = judged.criterion;
    let need = criterion.minimum();
    match (judged.known, criterion) {
        (_, Criterion::Certificate(_)) => match judged.is_met() {
            true => tr!(grades.passed),
            false => tr!(grades.not_passed),
        },
        (Known::NotHere, _) if is_me => tr!(grades.not_here_mine),
        (Known::NotHere, _) => tr!(grades.not_here),
        (Known::Nothing, _) => tr!(grades.nothing),
        (Known::TooLittle(known), _) => {
            tr!(grades.too_few, have = known.sample, need = need)
        }
        (Known::This(known) | Known::Partly(known), _) => {
            let reached = value(format, criterion, known.value);
            let target = value(format, criterion, criterion.whole());
            match criterion.is_less_better() {
                true => tr!(
                    grades.at_most,
                    figure = reached.get(),
                    target = target.get()
                ),
                false => tr!(
                    grades.figure_of,
                    figure = reached.get(),
                    target = target.get()
                ),
            }
        }
    }
}

pub(super) fn met_badge(judged: Judged) -> (Signal<String>, Tone) {
    match (judged.is_met(), judged.known) {
        (true, _) => (tr!(grades.met), Tone::Good),
        (false, Known::NotHere) => (tr!(grades.unknown), Tone::Neutral),
        (false, Known::Nothing | Known::TooLittle(_)) => (tr!(grades.undecided), Tone::Neutral),
        (false, _) => (tr!(grades.not_met), Tone::Neutral),
    }
}

pub(super) fn state_badge(state: &PromotionState) -> (Signal<String>, Tone) {
    match state {
        PromotionState::Proposed => (tr!(grades.state_proposed), Tone::Info),
        PromotionState::Withdrawn { .. } => (tr!(grades.state_withdrawn), Tone::Neutral),
        PromotionState::Accepted(_) => (tr!(grades.state_accepted), Tone::Good),
        PromotionState::Declined(_) => (tr!(grades.state_declined), Tone::Neutral),
    }
}

/// Values with their names, for a choice.
pub(super) fn choices(names: Vec<(String, Signal<String>)>) -> Signal<Vec<(String, String)>> {
    Signal::derive(move || {
        let names = names.iter();
        names
            .map(|(value, name)| (value.clone(), name.get()))
            .collect()
    })
}

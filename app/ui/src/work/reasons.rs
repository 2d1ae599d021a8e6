//! Why somebody is suggested, in words.

use caravan_domain::{
    id::PersonId,
    work::{
        load::OverLimit,
        query::{Candidate, Wanted},
    },
};
use leptos::prelude::*;

use crate::{
    engine::use_engine,
    format::{Format, use_format},
    ui::{Badge, Show, Tone},
};

/// What a suggestion rests on: what was said and shown of the skill, the time that is left, what is there already.
pub(super) fn reasons(candidate: &Candidate) -> Vec<Signal<String>> {
    let format = use_format();
    let known = candidate.known;
    let (done, on_time) = (known.history.done, known.history.on_time);
    let tally = candidate.tally;
    let time = minutes(candidate.free.unsigned_abs());
    let nothing = known.set.is_none() && known.claimed.is_none() && done == 0;
    let reasons = [
        known.set.map(|level| tr!(work.because_set, level = level)),
        known
            .claimed
            .map(|level| tr!(work.because_claim, level = level)),
        (done > 0).then(|| tr!(work.because_history, done = done, on_time = on_time)),
        nothing.then(|| tr!(work.because_unknown)),
        Some(match candidate.free >= 0 {
            true => tr!(work.because_free, time = format.duration(time)),
            false => tr!(work.because_full, time = format.duration(time)),
        }),
        (tally.open > 0).then(|| tr!(work.because_open, count = tally.open)),
        (tally.hard > 0).then(|| tr!(work.because_hard, count = tally.hard)),
    ];
    reasons.into_iter().flatten().collect()
}

fn minutes(minutes: u64) -> u32 {
    u32::try_from(minutes).unwrap_or(u32::MAX)
}

pub(super) fn limit_words(over: OverLimit, format: Format) -> Signal<String> {
    match over.week > over.week_limit {
        true => tr!(
            work.over_week,
            week = format.duration(over.week),
            limit = format.duration(over.week_limit)
        ),
        false => tr!(
            work.over_day,
            day = format.duration(over.day),
            limit = format.duration(over.day_limit)
        ),
    }
}

/// A warning before somebody is given more than part-time work allows (R27). It stops nobody.
#[component]
pub(crate) fn LimitNote(
    wanted: Signal<Wanted>,
    #[prop(into)] person: Signal<Option<PersonId>>,
) -> impl IntoView {
    let format = use_format();
    let suggestion = use_engine().suggest(move || wanted.get());
    let over = Memo::new(move |_| {
        let person = person.get()?;
        suggestion.with(|suggestion| {
            let candidates = &suggestion.as_ref()?.candidates;
            candidates.iter().find(|it| it.person == person)?.over_limit
        })
    });
    view! {
        <Show when=move || over.get().is_some()>
            <div role="status">
                {move || over.get().map(|over| view! { <Note label=limit_words(over, format) /> })}
            </div>
        </Show>
    }
}

/// Longer than a badge's line.
#[component]
pub(super) fn Note(label: Signal<String>) -> impl IntoView {
    view! {
        <span class="block [&>span]:whitespace-normal">
            <Badge label tone=Tone::Warning />
        </span>
    }
}

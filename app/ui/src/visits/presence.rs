//! How far a check can be trusted, and why, in the reader's words.

use caravan_domain::{
    geo::Position,
    visits::record::{Check, PositionReading, Presence},
};
use leptos::prelude::*;

use crate::{
    format::use_format,
    ui::{Badge, Tone},
};

/// The grade of a check and what it rests on.
#[component]
pub(super) fn PresenceLine(check: Check, accuracy_at_most: u32) -> impl IntoView {
    let (label, tone) = match check.presence {
        Presence::Verified => (tr!(visits.verified), Tone::Good),
        Presence::Unverified => (tr!(visits.unverified), Tone::Warning),
        Presence::Invalid => (tr!(visits.invalid), Tone::Bad),
    };
    let why = why(&check, accuracy_at_most);
    view! {
        <p class="flex flex-wrap items-center gap-x-2">
            <Badge label tone />
            <span class="text-sm text-muted">{why}</span>
        </p>
    }
}

fn why(check: &Check, accuracy_at_most: u32) -> Signal<String> {
    let accuracy = match &check.reading {
        PositionReading::Refused => return tr!(visits.why_refused),
        PositionReading::Unavailable => return tr!(visits.why_unavailable),
        PositionReading::At(uri) => uri.parse::<Position>().map_or(0, |here| here.accuracy_m()),
    };
    let Some(distance) = check.distance_m else {
        return tr!(visits.why_no_address);
    };
    if accuracy > accuracy_at_most && check.presence == Presence::Unverified {
        return tr!(visits.why_vague, metres = accuracy);
    }
    let format = use_format();
    tr!(
        visits.why_distance,
        distance = format.distance(f64::from(distance)),
        accuracy = accuracy
    )
}

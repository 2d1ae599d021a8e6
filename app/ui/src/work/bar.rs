use leptos::prelude::*;

use crate::{
    format::use_format,
    ui::{Badge, Tone},
};

/// How much of somebody's time is filled; the numbers stand beside it in words.
#[component]
pub(super) fn Bar(load: u32, available: u32) -> impl IntoView {
    let over = load > available;
    view! {
        <progress
            class="progress h-2.5 w-full"
            class:progress-primary=!over
            class:progress-error=over
            value=load
            max=available.max(load).max(1)
            aria-hidden="true"
        ></progress>
    }
}

/// Says of a bar that is full what its colour says.
#[component]
pub(super) fn Over(load: u32, available: u32) -> impl IntoView {
    let format = use_format();
    let over = load.saturating_sub(available);
    let label = tr!(work.over, time = format.duration(over));
    (over > 0).then(|| view! { <Badge label tone=Tone::Bad /> })
}

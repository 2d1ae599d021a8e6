use leptos::prelude::*;

/// How much of somebody's time is filled; the numbers stand beside it in words.
#[component]
pub(super) fn Bar(load: u32, available: u32) -> impl IntoView {
    let over = load > available;
    let most = available.max(load).max(1);
    view! {
        <progress
            class="progress h-2.5 w-full"
            class:progress-primary=!over
            class:progress-error=over
            value=load
            max=if over { load.max(1) } else { most }
            aria-hidden="true"
        ></progress>
    }
}

use leptos::prelude::*;

use crate::ui::{Bound, SegmentedControl};

/// One to five under the thumb, with what the ends mean.
#[component]
pub(super) fn Scale(
    /// As it is seen, below the topic.
    label: Signal<String>,
    /// As it is spoken, with the topic.
    spoken: Signal<String>,
    least: Signal<String>,
    most: Signal<String>,
    bind: Bound<String>,
) -> impl IntoView {
    let options = Signal::derive(|| {
        let levels =
            (1..=caravan_domain::training::needs::record::LEVEL_MAX).map(|it| it.to_string());
        levels
            .map(|level| (level.clone(), level))
            .collect::<Vec<_>>()
    });
    view! {
        <div class="flex flex-col gap-1">
            <p aria-hidden="true">{label}</p>
            <SegmentedControl label=spoken bind options />
            <p class="flex justify-between gap-3 text-sm text-muted">
                <span>{least}</span>
                <span>{most}</span>
            </p>
        </div>
    }
}

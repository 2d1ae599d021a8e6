use caravan_domain::{
    calendar::{Period, Span},
    time::Day,
};
use leptos::prelude::*;

use super::IconButton;
use crate::format::{today, use_format};

/// One period back, one on: the period of this length around a day.
#[component]
pub(crate) fn PeriodStepper(
    #[prop(into)] span: Signal<Span>,
    on: RwSignal<Day>,
    /// Not beyond the one under way, where there is nothing to see yet.
    #[prop(optional)]
    until_now: bool,
) -> impl IntoView {
    let format = use_format();
    let period = move || Period::of(span.get(), on.get());
    let go = move |by| on.set(untrack(period).moved(by).first());
    let at_end = Memo::new(move |_| until_now && period().contains(today()));
    view! {
        <div class="flex items-center gap-1 px-1 pb-2">
            <IconButton
                label=tr!(ui.period_before)
                icon=icondata_lu::LuChevronLeft
                on_press=move || go(-1)
            />
            <p class="min-w-0 flex-1 text-center font-medium tabular-nums" aria-live="polite">
                {move || format.period(period())}
            </p>
            <IconButton
                label=tr!(ui.period_after)
                icon=icondata_lu::LuChevronRight
                disabled=at_end
                on_press=move || go(1)
            />
        </div>
    }
}

use caravan_domain::today::view::TodayView;
use leptos::prelude::*;

use crate::{
    goals::GoalRows,
    ui::{SectionTitle, Show},
};

/// Goals that wait for a signature or for a word, and one's own that are at risk.
#[component]
pub(super) fn Goals(today: Memo<Option<TodayView>>) -> impl IntoView {
    let lines = Memo::new(move |_| {
        let lines = today.with(|today| today.as_ref().map(|today| today.goals.clone()));
        lines.unwrap_or_default()
    });
    view! {
        <Show when=move || !lines.with(Vec::is_empty)>
            <SectionTitle label=tr!(goals.title) />
            <GoalRows label=tr!(goals.title) lines />
        </Show>
    }
}

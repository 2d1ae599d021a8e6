use caravan_domain::today::view::TodayView;
use leptos::prelude::*;

use crate::{
    development::ReminderRow,
    ui::{List, SectionTitle, Show},
};

/// Steps of development plans that have fallen due, and plans that wait for the reader's word.
#[component]
pub(super) fn Development(today: Memo<Option<TodayView>>) -> impl IntoView {
    let lines = Memo::new(move |_| {
        let lines = today.with(|today| today.as_ref().map(|today| today.development.clone()));
        lines.unwrap_or_default()
    });
    view! {
        <Show when=move || !lines.with(Vec::is_empty)>
            <SectionTitle label=tr!(development.title) />
            <List label=tr!(development.title)>
                {move || lines.get().into_iter().map(|line| view! { <ReminderRow line /> }).collect_view()}
            </List>
        </Show>
    }
}

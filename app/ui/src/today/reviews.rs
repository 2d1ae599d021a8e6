use caravan_domain::today::view::TodayView;
use leptos::prelude::*;

use crate::{
    reviews::ReminderRow,
    ui::{List, SectionTitle, Show},
};

/// Reviews to be written, answered or read, and improvement plans whose day has come.
#[component]
pub(super) fn Reviews(today: Memo<Option<TodayView>>) -> impl IntoView {
    let lines = Memo::new(move |_| {
        let lines = today.with(|today| today.as_ref().map(|today| today.reviews.clone()));
        lines.unwrap_or_default()
    });
    view! {
        <Show when=move || !lines.with(Vec::is_empty)>
            <SectionTitle label=tr!(reviews.title) />
            <List label=tr!(reviews.title)>
                {move || lines.get().into_iter().map(|line| view! { <ReminderRow line /> }).collect_view()}
            </List>
        </Show>
    }
}

use caravan_domain::today::view::TodayView;
use leptos::prelude::*;

use crate::{
    tasks::TaskRow,
    ui::{List, SectionTitle, Show},
};

/// Due today and overdue; one tap finishes, undo stands in the toast.
#[component]
pub(super) fn DueTasks(today: Memo<Option<TodayView>>) -> impl IntoView {
    let lines = Memo::new(move |_| {
        today.with(|today| {
            today
                .as_ref()
                .map(|today| today.tasks.clone())
                .unwrap_or_default()
        })
    });
    view! {
        <Show when=move || !lines.with(Vec::is_empty)>
            <SectionTitle label=tr!(today.tasks) />
            <List label=tr!(today.tasks)>
                {move || lines.get().into_iter().map(|line| view! { <TaskRow line /> }).collect_view()}
            </List>
        </Show>
    }
}

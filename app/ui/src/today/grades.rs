use caravan_domain::today::view::TodayView;
use leptos::prelude::*;

use crate::{
    grades::ReminderRow,
    ui::{List, SectionTitle, Show},
};

/// Proposals to be decided, people who would like to be considered, and the reader's own new grade.
#[component]
pub(super) fn Grades(today: Memo<Option<TodayView>>) -> impl IntoView {
    let lines = Memo::new(move |_| {
        let lines = today.with(|today| today.as_ref().map(|today| today.grades.clone()));
        lines.unwrap_or_default()
    });
    view! {
        <Show when=move || !lines.with(Vec::is_empty)>
            <SectionTitle label=tr!(grades.title) />
            <List label=tr!(grades.title)>
                {move || lines.get().into_iter().map(|line| view! { <ReminderRow line /> }).collect_view()}
            </List>
        </Show>
    }
}

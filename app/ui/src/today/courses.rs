use caravan_domain::today::view::TodayView;
use leptos::prelude::*;

use crate::{
    training::{ClassRow, CourseRow, RoundRow},
    ui::{List, SectionTitle, Show},
};

/// Classes that the person is invited to or holds.
#[component]
pub(super) fn Classes(today: Memo<Option<TodayView>>) -> impl IntoView {
    let lines = Memo::new(move |_| {
        today.with(|today| {
            today
                .as_ref()
                .map(|today| today.classes.clone())
                .unwrap_or_default()
        })
    });
    view! {
        <Show when=move || !lines.with(Vec::is_empty)>
            <SectionTitle label=tr!(classes.title) />
            <List label=tr!(classes.title)>
                {move || lines.get().into_iter().map(|line| view! { <ClassRow line /> }).collect_view()}
            </List>
        </Show>
    }
}

/// What others would like to know of the person's own learning, until they have answered.
#[component]
pub(super) fn Rounds(today: Memo<Option<TodayView>>) -> impl IntoView {
    let lines = Memo::new(move |_| {
        let lines = today.with(|today| today.as_ref().map(|today| today.rounds.clone()));
        lines.unwrap_or_default()
    });
    view! {
        <Show when=move || !lines.with(Vec::is_empty)>
            <SectionTitle label=tr!(needs.title) />
            <List label=tr!(needs.title)>
                {move || lines.get().into_iter().map(|line| view! { <RoundRow line /> }).collect_view()}
            </List>
        </Show>
    }
}

/// Courses that are required and not passed.
#[component]
pub(super) fn Courses(today: Memo<Option<TodayView>>) -> impl IntoView {
    let lines = Memo::new(move |_| {
        today.with(|today| {
            today
                .as_ref()
                .map(|today| today.courses.clone())
                .unwrap_or_default()
        })
    });
    view! {
        <Show when=move || !lines.with(Vec::is_empty)>
            <SectionTitle label=tr!(today.courses) />
            <List label=tr!(today.courses)>
                {move || lines.get().into_iter().map(|line| view! { <CourseRow line /> }).collect_view()}
            </List>
        </Show>
    }
}

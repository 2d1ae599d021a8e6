use icondata_lu as icons;
use leptos::prelude::*;

use super::page::{All, Shown};
use crate::{
    reviews::ReminderRow,
    tasks::TaskRow,
    today::FollowUp,
    training::CourseRow,
    ui::{Icon, List, SectionTitle, Show},
};

/// Whom to call, what to finish, what to learn, what to read: of one's own month alone.
#[component]
pub(super) fn WhatNext(shown: Shown) -> impl IntoView {
    let next = shown.part(|found| found.next.clone());
    let totals = Memo::new(move |_| {
        next.with(|next| {
            let next = next.as_ref()?;
            let left = |total: u32, shown: usize| total > u32::try_from(shown).unwrap_or(u32::MAX);
            Some((
                left(next.follow_ups_total, next.follow_ups.len()).then_some(next.follow_ups_total),
                left(next.tasks_total, next.tasks.len()).then_some(next.tasks_total),
            ))
        })
        .unwrap_or_default()
    });
    let nothing = Memo::new(move |_| {
        next.with(|next| {
            next.as_ref().is_some_and(|next| {
                next.follow_ups.is_empty()
                    && next.tasks.is_empty()
                    && next.courses.is_empty()
                    && next.reviews.is_empty()
            })
        })
    });
    let rows = move || {
        next.get().map(|next| {
            view! {
                {next.reviews.into_iter().map(|line| view! { <ReminderRow line /> }).collect_view()}
                {next.tasks.into_iter().map(|line| view! { <TaskRow line /> }).collect_view()}
                {next.follow_ups.into_iter().map(|line| view! { <FollowUp line /> }).collect_view()}
                {next.courses.into_iter().map(|line| view! { <CourseRow line /> }).collect_view()}
            }
        })
    };
    view! {
        <Show when=move || next.with(Option::is_some)>
            <section>
                <SectionTitle label=tr!(dashboard.next) />
                <List label=tr!(dashboard.next)>{rows}</List>
                <Show when=move || nothing.get()>
                    <p class="flex items-center gap-2 px-4 py-2">
                        <Icon icon=icons::LuSun />
                        {tr!(dashboard.next_nothing)}
                    </p>
                </Show>
                <Show when=move || totals.get().0.is_some()>
                    <All
                        label=tr!(dashboard.all_follow_ups, count = totals.get().0.unwrap_or_default())
                        href="/clients"
                    />
                </Show>
                <Show when=move || totals.get().1.is_some()>
                    <All label=tr!(dashboard.all_tasks, count = totals.get().1.unwrap_or_default()) href="/work" />
                </Show>
            </section>
        </Show>
    }
}

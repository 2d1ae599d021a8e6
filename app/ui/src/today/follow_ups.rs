use caravan_domain::{clients::list::ClientLine, today::view::TodayView};
use leptos::prelude::*;

use super::call::Call;
use crate::{
    clients::GradeNames,
    format::use_format,
    ui::{LinkButton, List, SectionTitle, Show},
};

/// Clients whose next contact is due: a tap opens the client, another calls.
#[component]
pub(super) fn FollowUps(today: Memo<Option<TodayView>>) -> impl IntoView {
    let lines = Memo::new(move |_| {
        today.with(|today| {
            today
                .as_ref()
                .map(|today| today.follow_ups.clone())
                .unwrap_or_default()
        })
    });
    let total = Memo::new(move |_| {
        today.with(|today| today.as_ref().map_or(0, |today| today.follow_ups_total))
    });
    let more = Memo::new(move |_| lines.with(|lines| (lines.len() as u32) < total.get()));
    view! {
        <Show when=move || !lines.with(Vec::is_empty)>
            <SectionTitle label=tr!(today.follow_ups) />
            <List label=tr!(today.follow_ups)>
                {move || lines.get().into_iter().map(|line| view! { <FollowUp line /> }).collect_view()}
            </List>
            <Show when=move || more.get()>
                <div class="px-4 pt-2">
                    <LinkButton label=tr!(today.all_follow_ups, count = total.get()) href="/clients" wide=true />
                </div>
            </Show>
        </Show>
    }
}

#[component]
pub(crate) fn FollowUp(line: ClientLine) -> impl IntoView {
    let format = use_format();
    let grades = GradeNames::new();
    let (grade, due_on) = (line.grade, line.due_on);
    let who = match line.contact.is_empty() {
        true => line.name.clone(),
        false => line.contact.clone(),
    };
    view! {
        <li class="flex items-stretch pe-2">
            <a class="row min-w-0 flex-1" href=format!("/clients/{}", line.id)>
                <span class="w-6 shrink-0 text-center font-semibold text-muted">
                    <span aria-hidden="true">{grade.word()}</span>
                    <span class="sr-only">{move || grades.spoken(grade)}</span>
                </span>
                <span class="flex min-w-0 flex-1 flex-col">
                    <bdi class="truncate">{line.name.clone()}</bdi>
                    <bdi class="truncate text-sm text-muted">{line.contact.clone()}</bdi>
                </span>
                <span class="shrink-0 text-sm text-muted">{move || due_on.map(|day| format.near_day(day))}</span>
            </a>
            <Call name=who phone=line.phone />
        </li>
    }
}

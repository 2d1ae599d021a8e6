use caravan_domain::{
    birthday::Birthday,
    today::view::{BirthdayLine, TodayView},
};
use icondata_lu as icons;
use leptos::prelude::*;

use super::call::Call;
use crate::{
    format::{use_birthday_words, use_format},
    ui::{Icon, List, SectionTitle, Show},
};

/// Of the days ahead, solar and lunar (R60).
#[component]
pub(super) fn Birthdays(today: Memo<Option<TodayView>>) -> impl IntoView {
    let lines = Memo::new(move |_| {
        today.with(|today| {
            today
                .as_ref()
                .map(|today| today.birthdays.clone())
                .unwrap_or_default()
        })
    });
    view! {
        <Show when=move || !lines.with(Vec::is_empty)>
            <SectionTitle label=tr!(today.birthdays) />
            <List label=tr!(today.birthdays)>
                {move || lines.get().into_iter().map(|line| view! { <OneBirthday line /> }).collect_view()}
            </List>
        </Show>
    }
}

#[component]
fn OneBirthday(line: BirthdayLine) -> impl IntoView {
    let format = use_format();
    let words = use_birthday_words();
    let birthday = line.birthday.parse::<Birthday>().ok();
    let (on, client_name) = (line.on, line.client_name.clone());
    let about = move || match birthday {
        Some(birthday) => format!("{} · {client_name}", words.words(birthday.without_year())),
        None => client_name.clone(),
    };
    view! {
        <li class="flex items-stretch pe-2">
            <a class="row min-w-0 flex-1" href=format!("/clients/{}", line.client)>
                <Icon icon=icons::LuCake class="size-5 shrink-0 text-muted" />
                <span class="flex min-w-0 flex-1 flex-col">
                    <bdi class="truncate">{line.contact.clone()}</bdi>
                    <bdi class="truncate text-sm text-muted">{about}</bdi>
                </span>
                <span class="shrink-0 text-sm text-muted">{move || format.near_day(on)}</span>
            </a>
            <Call name=line.contact.clone() phone=line.phone />
        </li>
    }
}

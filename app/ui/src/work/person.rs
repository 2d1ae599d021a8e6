use caravan_domain::{
    id::{Id, PersonId},
    work::query::WorkFile,
};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    bar::{Bar, Over},
    hours::HoursSection,
    skills::Skills,
};
use crate::{
    engine::use_engine,
    format::use_format,
    ui::{EmptyState, Page, Show},
};

/// What a person can and when: skills, hours, and how full the week is.
#[component]
pub(super) fn WorkFilePage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| {
        let text = params.with(|params| params.get("id").unwrap_or_default());
        text.parse().unwrap_or(PersonId(Id::ZERO))
    });
    let file = use_engine().work_file(move || id.get());
    let missing = Memo::new(move |_| file.with(|file| matches!(file, Some(None))));
    let file = Memo::new(move |_| file.get().flatten().map(|file| *file));
    view! {
        <Page title=tr!(work.skills_and_hours) back=Signal::derive(move || format!("/people/{}", id.get()))>
            <Show when=move || missing.get()>
                <EmptyState icon=icons::LuUserX title=tr!(work.no_people) />
            </Show>
            <Show when=move || file.with(Option::is_some)>
                <Load file />
                <Skills file />
                <HoursSection file />
            </Show>
        </Page>
    }
}

#[component]
fn Load(file: Memo<Option<WorkFile>>) -> impl IntoView {
    let format = use_format();
    let numbers = Memo::new(move |_| {
        file.with(|file| {
            file.as_ref()
                .map(|file| (file.load.load, file.load.available))
        })
        .unwrap_or_default()
    });
    let words = tr!(
        work.of,
        load = format.duration(numbers.get().0),
        available = format.duration(numbers.get().1)
    );
    let name = Signal::derive(move || {
        file.with(|file| file.as_ref().map(|file| file.name.clone()))
            .unwrap_or_default()
    });
    let href = move || {
        let person = file.with(|file| file.as_ref().map(|file| file.person));
        person.map(|person| format!("/work/load/{person}"))
    };
    view! {
        <div class="flex flex-col gap-1 px-4 pb-2">
            <p class="flex items-center justify-between gap-3">
                <bdi class="font-medium">{name}</bdi>
                <a class="flex min-h-11 items-center underline underline-offset-4 tabular-nums" href=href>
                    {words}
                </a>
            </p>
            {move || {
                let (load, available) = numbers.get();
                view! {
                    <Bar load available />
                    <Over load available />
                }
            }}
        </div>
    }
}

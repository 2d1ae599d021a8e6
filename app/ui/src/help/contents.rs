use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate, use_params_map},
};

use super::{
    blocks::blocks,
    reading::{Reader, Reading, provide_reading, use_reading},
    section::address,
};
use crate::ui::{
    Bound, Each, EmptyState, List, ListRow, Page, SearchField, SegmentedControl, Show, Split, live,
};

/// What the guide for the reader has to say, one line for each thing to get done.
#[component]
pub(super) fn HelpPage() -> impl IntoView {
    let reading = provide_reading();
    view! {
        <Split base="/help">
            <Page title=tr!(help.title) back="/me">
                <div class="flex flex-col gap-3 px-4 pb-2">
                    <SearchField label=tr!(help.search) word=reading.word />
                    <Show when=move || reading.both.get()>
                        <GuideSwitch reading />
                    </Show>
                </div>
                <Show when=move || reading.looked_for().is_empty()>
                    <Opening reading />
                </Show>
                <Contents reading />
            </Page>
        </Split>
    }
}

#[component]
fn GuideSwitch(reading: Reading) -> impl IntoView {
    let names = [tr!(help.account_manager), tr!(help.manager)];
    let options = Signal::derive(move || {
        let named = Reader::ALL.iter().zip(names);
        named
            .map(|(reader, name)| (reader.word().to_owned(), name.get()))
            .collect::<Vec<_>>()
    });
    let bind = Bound {
        value: Signal::derive(move || reading.reader.get().word().to_owned()),
        set: Callback::new(move |word: String| {
            if let Some(reader) = Reader::of(&word) {
                reading.open(reader);
            }
        }),
    };
    view! { <SegmentedControl label=tr!(help.whose) bind options /> }
}

#[component]
fn Opening(reading: Reading) -> impl IntoView {
    live(move || {
        let guide = reading.guide.get()?;
        Some(view! {
            <div class="flex max-w-prose flex-col gap-2 px-4 pt-1 pb-2 text-muted">{blocks(&guide.opening, "")}</div>
        })
    })
}

#[component]
fn Contents(reading: Reading) -> impl IntoView {
    let path = use_location().pathname;
    // Numbers count from one.
    let found = Memo::new(move |_| {
        let word = reading.looked_for();
        let guide = reading.guide.get();
        let sections = guide.iter().flat_map(|guide| guide.sections.iter());
        sections
            .zip(1usize..)
            .filter(|(section, _)| section.holds(&word))
            .map(|(section, number)| {
                let around = (!word.is_empty()).then(|| section.around(&word)).flatten();
                (number, section.title.clone(), around)
            })
            .collect::<Vec<_>>()
    });
    let nothing = Memo::new(move |_| {
        reading.guide.with(Option::is_some) && found.with(|found| found.is_empty())
    });
    let row = move |(number, title, around): (usize, String, Option<String>)| {
        let href = address(reading.reader.get_untracked(), number);
        let here = href.clone();
        let current = Signal::derive(move || path.with(|path| *path == here));
        view! { <ListRow title=Signal::stored(title) detail=around href current /> }
    };
    view! {
        <List label=tr!(help.contents)>
            <Each
                each=move || found.get()
                key=move |line| (reading.reader.get_untracked().word(), line.clone())
                let:line
            >
                {row(line)}
            </Each>
        </List>
        <Show when=move || nothing.get()>
            <EmptyState icon=icons::LuSearchX title=tr!(help.none_match) body=tr!(help.none_match_body) />
        </Show>
        <Absent reading />
    }
}

/// Only before the service worker has fetched everything, on a first visit that lost its network.
#[component]
pub(super) fn Absent(reading: Reading) -> impl IntoView {
    view! {
        <Show when=move || reading.absent.get()>
            <EmptyState icon=icons::LuBookOpen title=tr!(help.absent) body=tr!(help.absent_body) />
        </Show>
    }
}

/// Opens the guide in the path in place of the reader's own; the contents show it.
#[component]
pub(super) fn GuidePage() -> impl IntoView {
    let params = use_params_map();
    let (reading, navigate) = (use_reading(), use_navigate());
    Effect::new(move || {
        let reader = params.with(|params| Reader::of(&params.get("guide")?));
        if let Some(reader) = reader {
            reading.open(reader);
        }
        let instead = NavigateOptions {
            replace: true,
            ..NavigateOptions::default()
        };
        navigate("/help", instead);
    });
}

/// Beside the contents on a desk while no section is open.
#[component]
pub(super) fn NoSectionOpen() -> impl IntoView {
    view! { <EmptyState icon=icons::LuBookOpen title=tr!(help.pick) /> }
}

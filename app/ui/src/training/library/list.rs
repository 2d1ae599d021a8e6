use caravan_domain::training::{
    course::Topic,
    library::{answer::LibraryList, record::EntryRow},
};
use icondata_lu as icons;
use leptos::prelude::*;

use crate::{
    engine::use_engine,
    training::words::TopicNames,
    ui::{
        Bound, CheckField, EmptyState, List, ListRow, MainLink, Page, SearchField, SelectField,
        Show,
    },
};

/// Everything in the library, by title; what is typed is looked for in titles, their pinyin and the words.
#[component]
pub(in super::super) fn LibraryPage() -> impl IntoView {
    let word = RwSignal::new(String::new());
    let topic = RwSignal::new(String::new());
    let archived = RwSignal::new(false);
    let found = use_engine().library(move || LibraryList {
        search: word.get(),
        topic: topic.with(|word| word.parse::<Topic>().ok()),
        archived: archived.get(),
    });
    let entries = Memo::new(move |_| {
        found
            .with(|page| page.as_ref().map(|page| page.entries.clone()))
            .unwrap_or_default()
    });
    let is = move |read: fn(&super::Found) -> bool| {
        Memo::new(move |_| found.with(|page| page.as_ref().is_some_and(read)))
    };
    let (may_run, any_archived) = (is(|page| page.may_run), is(|page| page.any_archived));
    let (empty, nothing) = (
        is(|page| !page.any),
        is(|page| page.any && page.entries.is_empty()),
    );
    let (names, all) = (TopicNames::new(), tr!(classes.every_topic));
    let topics = Signal::derive(move || {
        let named = names.options().get();
        [(String::new(), all.get())]
            .into_iter()
            .chain(named)
            .collect()
    });
    view! {
        <Page
            title=tr!(classes.library)
            back="/training"
            main_action=move || {
                view! { <MainLink label=tr!(classes.new_entry) href="/training/library/new" may=may_run /> }
            }
        >
            <Show when=move || empty.get() && !any_archived.get()>
                <EmptyState icon=icons::LuLibrary title=tr!(classes.library_none) body=tr!(classes.library_none_body) />
            </Show>
            <Show when=move || !empty.get() || any_archived.get()>
                <div class="flex flex-col gap-3 px-4 pt-1 pb-3">
                    <SearchField label=tr!(classes.library_search) word />
                    <SelectField label=tr!(training.topic) bind=Bound::from(topic) options=topics />
                    <Show when=move || may_run.get() && any_archived.get()>
                        <CheckField label=tr!(classes.library_archived) bind=Bound::from(archived) />
                    </Show>
                </div>
                <Show when=move || nothing.get()>
                    <p class="px-4 pb-3 text-muted" role="status">
                        {tr!(classes.library_nothing)}
                    </p>
                </Show>
                <List label=tr!(classes.library)>
                    {move || entries.get().into_iter().map(|entry| view! { <Row entry /> }).collect_view()}
                </List>
            </Show>
        </Page>
    }
}

#[component]
fn Row(entry: EntryRow) -> impl IntoView {
    let names = TopicNames::new();
    let topic = entry.draft.topic;
    let begins = entry
        .draft
        .text
        .lines()
        .next()
        .unwrap_or_default()
        .to_owned();
    let detail = Signal::derive(move || {
        let topic = names.name(topic);
        match begins.is_empty() {
            true => topic,
            false => format!("{topic} · {begins}"),
        }
    });
    view! {
        <ListRow
            title=Signal::stored(entry.draft.title)
            detail
            href=format!("/training/library/{}", entry.id)
            icon=icons::LuBookMarked
        />
    }
}

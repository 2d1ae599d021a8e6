use icondata_lu as icons;
use leptos::{html, prelude::*};
use leptos_router::hooks::use_params_map;

use super::{
    blocks::blocks,
    contents::Absent,
    reading::{Reader, use_reading},
};
use crate::ui::{EmptyState, List, ListRow, Page, Show, live};

pub(super) fn address(reader: Reader, number: usize) -> String {
    format!("/help/{}/{number}", reader.word())
}

/// The section in the path; from one to the next is to another page, which begins at its top.
#[component]
pub(super) fn SectionPage() -> impl IntoView {
    let params = use_params_map();
    let reading = use_reading();
    let number = Memo::new(move |_| {
        let number = params.with(|params| params.get("section")?.parse::<usize>().ok());
        number.unwrap_or_default()
    });
    Effect::new(move || {
        if let Some(reader) = params.with(|params| Reader::of(&params.get("guide")?)) {
            reading.open(reader);
        }
    });
    live(move || view! { <Opened number=number.get() /> })
}

/// One thing to get done, in type that is read at arm's length.
#[component]
fn Opened(number: usize) -> impl IntoView {
    let reading = use_reading();
    let at = move |number: usize| {
        let guide = reading.guide.get()?;
        guide.sections.get(number.checked_sub(1)?).cloned()
    };
    let section = Memo::new(move |_| at(number));
    let title = Signal::derive(move || {
        section
            .with(|section| Some(section.as_ref()?.title.clone()))
            .unwrap_or_default()
    });
    let missing =
        Memo::new(move |_| reading.guide.with(Option::is_some) && section.with(Option::is_none));
    let top = NodeRef::<html::Div>::new();
    top.on_load(|top| top.scroll_into_view());
    view! {
        <Page title back="/help">
            <div
                class="flex max-w-prose scroll-mt-20 flex-col gap-4 px-4 pb-6 text-lg leading-relaxed"
                node_ref=top
            >
                {move || {
                    let word = reading.looked_for();
                    section.get().map(|section| blocks(&section.blocks, &word))
                }}
            </div>
            {move || {
                let next = number + 1;
                at(next)
                    .map(|section| {
                        let href = address(reading.reader.get(), next);
                        view! {
                            <List label=tr!(help.next)>
                                <ListRow title=Signal::stored(section.title) detail=tr!(help.next) href />
                            </List>
                        }
                    })
            }}
            <Show when=move || missing.get()>
                <EmptyState icon=icons::LuSearchX title=tr!(help.missing) body=tr!(help.missing_body) />
            </Show>
            <Absent reading />
        </Page>
    }
}

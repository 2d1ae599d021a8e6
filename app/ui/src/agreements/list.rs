use caravan_domain::agreements::view::{AgreementLine, AgreementsView};
use icondata_lu as icons;
use leptos::prelude::*;

use super::{row::AgreementRow, starter::StarterTexts};
use crate::{
    engine::use_engine,
    ui::{Each, EmptyState, List, MainLink, Page, SectionTitle, Show},
};

/// What is to be signed first; then what was signed, and for those who write them, every other.
#[component]
pub(super) fn AgreementsPage() -> impl IntoView {
    let view = use_engine().agreements(|| None);
    let may_run = Memo::new(move |_| of(view, |view| view.may_run) == Some(true));
    let waits = Memo::new(move |_| of(view, |view| view.waits) == Some(true));
    let held_back = Memo::new(move |_| of(view, |view| view.held_back) == Some(true));
    let lines = Memo::new(move |_| of(view, |view| view.lines.clone()).unwrap_or_default());
    let archived = Memo::new(move |_| of(view, |view| view.archived.clone()).unwrap_or_default());
    let empty = Memo::new(move |_| of(view, |view| view.lines.is_empty()) == Some(true));
    view! {
        <Page
            title=tr!(agreements.title)
            main_action=move || view! { <MainLink label=tr!(agreements.new) href="/agreements/new" may=may_run /> }
        >
            <Show when=move || waits.get()>
                <p class="px-4 pb-3" role="status">
                    {tr!(agreements.waits)}
                </p>
            </Show>
            <Show when=move || held_back.get() && !waits.get()>
                <p class="px-4 pb-3 text-error" role="status">
                    {tr!(agreements.held_back)}
                </p>
            </Show>
            <Show when=move || empty.get()>
                <EmptyState icon=icons::LuSignature title=tr!(agreements.none) body=tr!(agreements.none_body)>
                    <Show when=move || may_run.get()>
                        <StarterTexts />
                    </Show>
                </EmptyState>
            </Show>
            <Lines label=tr!(agreements.title) lines />
            <Show when=move || !archived.with(Vec::is_empty)>
                <SectionTitle label=tr!(agreements.archived) />
                <Lines label=tr!(agreements.archived) lines=archived />
            </Show>
        </Page>
    }
}

fn of<T>(
    view: Signal<Option<AgreementsView>>,
    read: impl FnOnce(&AgreementsView) -> T,
) -> Option<T> {
    view.with(|view| view.as_ref().map(read))
}

#[component]
fn Lines(label: Signal<String>, lines: Memo<Vec<AgreementLine>>) -> impl IntoView {
    view! {
        <List label>
            <Each each=move || lines.get() key=|line| line.clone() let:line>
                <AgreementRow line />
            </Each>
        </List>
    }
}

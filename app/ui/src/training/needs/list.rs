use caravan_domain::training::needs::view::{NeedsView, RoundLine};
use icondata_lu as icons;
use leptos::prelude::*;

use super::RoundRow;
use crate::{
    engine::use_engine,
    ui::{EmptyState, List, MainLink, Page, SectionTitle, Show},
};

/// Rounds that concern the reader: those that are open first.
#[component]
pub(in super::super) fn RoundsPage() -> impl IntoView {
    let view = use_engine().needs();
    let lines = move |read: fn(&NeedsView) -> &Vec<RoundLine>| {
        Memo::new(move |_| {
            view.with(|view| view.as_ref().map(|view| read(view).clone()))
                .unwrap_or_default()
        })
    };
    let (open, over) = (lines(|view| &view.open), lines(|view| &view.over));
    let may_open =
        Memo::new(move |_| view.with(|view| view.as_ref().is_some_and(|view| view.may_open)));
    let none = Memo::new(move |_| {
        let empty = |view: &NeedsView| view.open.is_empty() && view.over.is_empty();
        view.with(|view| view.as_ref().is_some_and(empty))
    });
    let (how, wait) = (tr!(needs.none_how), tr!(needs.none_body));
    let body = Signal::derive(move || match may_open.get() {
        true => how.get(),
        false => wait.get(),
    });
    view! {
        <Page
            title=tr!(needs.title)
            back="/training"
            main_action=move || view! { <MainLink label=tr!(needs.new) href="/training/needs/new" may=may_open /> }
        >
            <Show when=move || none.get()>
                <EmptyState icon=icons::LuClipboardList title=tr!(needs.none) body />
            </Show>
            <Part label=tr!(needs.open_rounds) lines=open />
            <Part label=tr!(needs.over_rounds) lines=over />
        </Page>
    }
}

#[component]
fn Part(label: Signal<String>, lines: Memo<Vec<RoundLine>>) -> impl IntoView {
    view! {
        <Show when=move || !lines.with(Vec::is_empty)>
            <SectionTitle label />
            <List label>
                {move || lines.get().into_iter().map(|line| view! { <RoundRow line /> }).collect_view()}
            </List>
        </Show>
    }
}

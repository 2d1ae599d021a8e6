use caravan_domain::training::classes::view::{ClassLine, ClassesView};
use icondata_lu as icons;
use leptos::prelude::*;

use super::ClassRow;
use crate::{
    engine::use_engine,
    ui::{EmptyState, List, Page, SectionTitle, Show},
};

/// Classes that concern the reader: to come first, then those that are over.
#[component]
pub(in super::super) fn ClassesPage() -> impl IntoView {
    let view = use_engine().classes();
    let lines = move |read: fn(&ClassesView) -> &Vec<ClassLine>| {
        Memo::new(move |_| {
            view.with(|view| view.as_ref().map(|view| read(view).clone()))
                .unwrap_or_default()
        })
    };
    let (ahead, over) = (lines(|view| &view.ahead), lines(|view| &view.over));
    let may_hold =
        Memo::new(move |_| view.with(|view| view.as_ref().is_some_and(|view| view.may_hold)));
    let none = Memo::new(move |_| {
        let empty = |view: &ClassesView| view.ahead.is_empty() && view.over.is_empty();
        view.with(|view| view.as_ref().is_some_and(empty))
    });
    let (how, wait) = (tr!(classes.none_how), tr!(classes.none_body));
    let body = Signal::derive(move || {
        if may_hold.get() {
            how.get()
        } else {
            wait.get()
        }
    });
    view! {
        <Page title=tr!(classes.title) back="/training">
            <Show when=move || none.get()>
                <EmptyState icon=icons::LuCalendarDays title=tr!(classes.none) body />
            </Show>
            <Part label=tr!(classes.ahead) lines=ahead />
            <Part label=tr!(classes.over) lines=over />
        </Page>
    }
}

#[component]
fn Part(label: Signal<String>, lines: Memo<Vec<ClassLine>>) -> impl IntoView {
    view! {
        <Show when=move || !lines.with(Vec::is_empty)>
            <SectionTitle label />
            <List label>
                {move || lines.get().into_iter().map(|line| view! { <ClassRow line /> }).collect_view()}
            </List>
        </Show>
    }
}

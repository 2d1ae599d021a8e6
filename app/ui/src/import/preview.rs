use std::sync::Arc;

use caravan_domain::id::PersonId;
use leptos::prelude::*;

use super::{
    doubles::{DoubleList, undecided},
    errors::{DoubtList, ErrorList},
    owners::Owners,
    wizard::{Wizard, use_wizard},
};
use crate::{
    engine::use_engine,
    format::use_format,
    people::answerable,
    ui::{Button, ButtonKind, SectionTitle, Show},
};

/// What an import would do, before anything is written.
#[component]
pub(super) fn PreviewStep() -> impl IntoView {
    let wizard = use_wizard();
    view! {
        <SectionTitle label=tr!(import.found) />
        <Figures>
            <Figure label=tr!(import.ready) count=ready(wizard) />
            <Figure label=tr!(import.doubled) count=undecided(wizard) />
            <Figure label=tr!(import.skipped) count=skipped(wizard) />
            <Figure
                label=tr!(import.here)
                count=Signal::derive(move || wizard.checked.with(|checked| checked.here))
            />
            <Figure
                label=tr!(import.with_errors)
                count=Signal::derive(move || wizard.checked.with(|checked| checked.rows_with_errors()))
            />
        </Figures>
        <DoubleList />
        <OwnerNames />
        <ErrorList />
        <DoubtList />
    }
}

#[component]
pub(super) fn Figures(children: Children) -> impl IntoView {
    view! { <dl class="divide-y divide-line">{children()}</dl> }
}

#[component]
pub(super) fn Figure(label: Signal<String>, #[prop(into)] count: Signal<usize>) -> impl IntoView {
    let format = use_format();
    view! {
        <div class="flex justify-between gap-4 px-4 py-3">
            <dt>{label}</dt>
            <dd class="font-medium tabular-nums">{move || format.count(count.get() as u64)}</dd>
        </div>
    }
}

/// Rows that would be imported as things stand.
fn ready(wizard: Wizard) -> Memo<usize> {
    Memo::new(move |_| {
        wizard.checked.with(|checked| {
            wizard
                .choices
                .with(|choices| checked.to_import(choices).count())
        })
    })
}

pub(super) fn skipped(wizard: Wizard) -> Memo<usize> {
    Memo::new(move |_| {
        wizard
            .checked
            .with(|checked| wizard.choices.with(|choices| checked.skipped(choices)))
    })
}

/// To whom the rows' owners are given, as far as the reader may give anything to anybody.
pub(super) fn use_owners(wizard: Wizard) -> Memo<Arc<Owners>> {
    let engine = use_engine();
    let (me, people) = (engine.me(), engine.people());
    let known = Memo::new(move |_| {
        me.with(|me| {
            people.with(|people| match (me, people) {
                (Some(me), Some(people)) => answerable(me, people),
                _ => Vec::<(PersonId, String)>::new(),
            })
        })
    });
    Memo::new(move |_| {
        let owners = wizard
            .checked
            .with(|checked| known.with(|known| Owners::of(checked.rows.iter(), known)));
        Arc::new(owners)
    })
}

#[component]
fn OwnerNames() -> impl IntoView {
    let owners = use_owners(use_wizard());
    let unknown = Memo::new(move |_| {
        owners.with(|owners| {
            owners
                .unknown
                .iter()
                .cloned()
                .collect::<Vec<_>>()
                .join("、")
        })
    });
    let known = Memo::new(move |_| owners.with(|owners| owners.known.len()));
    view! {
        <Show when=move || { known.get() > 0 || !unknown.with(String::is_empty) }>
            <SectionTitle label=tr!(import.owners) />
            <div class="flex flex-col gap-1 px-4">
                <Show when=move || { known.get() > 0 }>
                    <p>{tr!(import.owners_known, count = known.get())}</p>
                </Show>
                <Show when=move || !unknown.with(String::is_empty)>
                    <p>
                        <bdi>{tr!(import.owners_unknown, names = unknown.get())}</bdi>
                    </p>
                </Show>
            </div>
        </Show>
    }
}

/// Waits until every possible duplicate is decided.
#[component]
pub(super) fn ImportButton() -> impl IntoView {
    let wizard = use_wizard();
    let format = use_format();
    let owners = use_owners(wizard);
    let (ready, undecided) = (ready(wizard), undecided(wizard));
    let counted = tr!(
        import.import_count,
        count = format.count(ready.get() as u64)
    );
    let waiting = tr!(
        import.undecided,
        count = format.count(undecided.get() as u64)
    );
    let nothing = tr!(import.nothing);
    let label = Signal::derive(move || match (undecided.get(), ready.get()) {
        (0, 0) => nothing.get(),
        (0, _) => counted.get(),
        _ => waiting.get(),
    });
    let disabled = Signal::derive(move || undecided.get() > 0 || ready.get() == 0);
    view! {
        <Button
            label
            kind=ButtonKind::Main
            wide=true
            disabled
            on_press=move || wizard.import(&owners.get_untracked())
        />
    }
}

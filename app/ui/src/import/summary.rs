use icondata_lu as icons;
use leptos::prelude::*;

use super::{
    batches::UndoBatch,
    errors::ErrorList,
    preview::{Figure, Figures, skipped, use_owners},
    wizard::use_wizard,
};
use crate::ui::{Badge, Button, ButtonKind, LinkButton, Show, Tone, live};

/// What became of every row of the file.
#[component]
pub(super) fn DoneStep() -> impl IntoView {
    let wizard = use_wizard();
    let left = Memo::new(move |_| wizard.outcome.with(|outcome| outcome.left));
    let (done, stopped) = (tr!(import.done), tr!(import.stopped));
    let title = Signal::derive(move || {
        if left.get() == 0 {
            done.get()
        } else {
            stopped.get()
        }
    });
    let tone = Signal::derive(move || {
        if left.get() == 0 {
            Tone::Good
        } else {
            Tone::Warning
        }
    });
    let checked = move |count: fn(&super::checked::Checked) -> usize| {
        Signal::derive(move || wizard.checked.with(count))
    };
    view! {
        <div class="px-4 py-2" role="status">
            <Badge label=title tone />
        </div>
        <Figures>
            <Figure
                label=tr!(import.imported)
                count=Signal::derive(move || wizard.outcome.with(|outcome| outcome.imported))
            />
            <Show when=move || { left.get() > 0 }>
                <Figure label=tr!(import.not_yet) count=left />
            </Show>
            <Figure label=tr!(import.here) count=checked(|checked| checked.here) />
            <Figure label=tr!(import.skipped) count=skipped(wizard) />
            <Figure label=tr!(import.with_errors) count=checked(|checked| checked.rows_with_errors()) />
        </Figures>
        <div class="flex flex-wrap gap-2 px-4 py-4">
            <Button label=tr!(import.start_over) icon=icons::LuFileUp on_press=move || wizard.start_over() />
            {move || {
                wizard
                    .batch
                    .get()
                    .map(|batch| view! { <UndoBatch batch on_undone=move || wizard.start_over() /> })
            }}
        </div>
        <ErrorList />
    }
}

/// On with what is left, or to the clients.
#[component]
pub(super) fn AfterButton() -> impl IntoView {
    let wizard = use_wizard();
    let owners = use_owners(wizard);
    let unfinished = Memo::new(move |_| wizard.outcome.with(|outcome| outcome.left > 0));
    live(move || {
        if unfinished.get() {
            view! {
                <Button
                    label=tr!(import.go_on)
                    kind=ButtonKind::Main
                    wide=true
                    on_press=move || wizard.import(&owners.get_untracked())
                />
            }
            .into_any()
        } else {
            view! {
                <LinkButton label=tr!(import.see_clients) href="/clients" kind=ButtonKind::Main wide=true />
            }
            .into_any()
        }
    })
}

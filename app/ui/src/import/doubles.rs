//! Possible duplicates. Each is somebody's decision; none is dropped or merged by itself.

use leptos::prelude::*;

use super::{
    checked::{Choice, Double},
    long_list::LongList,
    similar::why,
    wizard::{Wizard, use_wizard},
};
use crate::{
    format::use_format,
    ui::{Button, SectionTitle, Show},
};

#[component]
pub(super) fn DoubleList() -> impl IntoView {
    let wizard = use_wizard();
    let format = use_format();
    let total = Memo::new(move |_| wizard.checked.with(|checked| checked.doubles.len()));
    let undecided = undecided(wizard);
    view! {
        <Show when=move || { total.get() > 0 }>
            <SectionTitle label=tr!(import.duplicates) />
            <p class="px-4 pb-2 text-sm text-muted" role="status">
                {tr!(import.duplicates_body)} " "
                {tr!(import.undecided, count = format.count(undecided.get() as u64))}
            </p>
            <div class="flex flex-wrap gap-2 px-4 pb-3">
                <Button label=tr!(import.import_all) on_press=move || choose_all(wizard, Choice::Import) />
                <Button label=tr!(import.skip_all) on_press=move || choose_all(wizard, Choice::Skip) />
            </div>
            <LongList
                label=tr!(import.duplicates)
                total
                row_height=5.5
                row=move |place: usize| {
                    let double = wizard.checked.with_untracked(|checked| checked.doubles.get(place).cloned());
                    double.map(|double| view! { <DoubleRow wizard double /> })
                }
            />
        </Show>
    }
}

pub(super) fn undecided(wizard: Wizard) -> Memo<usize> {
    Memo::new(move |_| {
        wizard
            .checked
            .with(|checked| wizard.choices.with(|choices| checked.undecided(choices)))
    })
}

fn choose_all(wizard: Wizard, choice: Choice) {
    let all = wizard.checked.with_untracked(|checked| {
        checked
            .doubles
            .iter()
            .map(|double| (double.row, choice))
            .collect()
    });
    wizard.choices.set(all);
}

/// What the row says and what it is like; the known client is a tap away, and coming back finds everything as it was.
#[component]
fn DoubleRow(wizard: Wizard, double: Double) -> impl IntoView {
    let why = why(&double);
    let row = double.row;
    let said = view! {
        <bdi class="truncate">{double.name.clone()}</bdi>
        <bdi class="line-clamp-2 text-sm text-muted">{why}</bdi>
    };
    let class = "flex min-h-11 min-w-0 flex-1 flex-col justify-center";
    let text = match double.here.first() {
        Some(known) => {
            let href = format!("/clients/{}", known.id);
            view! { <a class=class href=href>{said}</a> }.into_any()
        }
        None => view! { <div class=class>{said}</div> }.into_any(),
    };
    let group = double.name.clone();
    view! {
        <div class="flex items-center gap-2 px-4 py-1">
            {text}
            <div class="flex shrink-0 gap-1" role="group" aria-label=group>
                <ChoiceButton wizard row choice=Choice::Import label=tr!(import.import_it) />
                <ChoiceButton wizard row choice=Choice::Skip label=tr!(import.skip_it) />
            </div>
        </div>
    }
}

#[component]
fn ChoiceButton(wizard: Wizard, row: u32, choice: Choice, label: Signal<String>) -> impl IntoView {
    let chosen = Memo::new(move |_| {
        wizard
            .choices
            .with(|choices| choices.get(&row) == Some(&choice))
    });
    view! {
        <button
            type="button"
            class="btn border-line px-3"
            class:btn-primary=chosen
            aria-pressed=move || chosen.get().to_string()
            on:click=move |_| {
                wizard.choices.update(|choices| {
                    choices.insert(row, choice);
                });
            }
        >
            {label}
        </button>
    }
}

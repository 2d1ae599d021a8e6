use caravan_domain::{
    command::Field,
    orders::draft::{LineDraft, amount, running_total},
};
use icondata_lu as icons;
use leptos::prelude::*;

use super::form::Typed;
use crate::{
    format::use_format,
    ui::{Bound, DecimalField, Each, IconButton, Show, TextField},
};

/// One line more than there are, so that the next is only typed, not asked for.
#[component]
pub(super) fn LineFields(
    typed: RwSignal<Typed>,
    error: Signal<Option<(Field, String)>>,
) -> impl IntoView {
    let count = Memo::new(move |_| typed.with(|typed| filled(&typed.lines) + 1));
    // The engine names the field; which line it is can be seen from here.
    let wrong = Memo::new(move |_| {
        error.get()?;
        typed.with(|typed| {
            let bad = typed
                .lines
                .iter()
                .position(|line| !line.is_empty() && line.read().is_err());
            Some(bad.unwrap_or_default())
        })
    });
    view! {
        <Each each=move || 0..count.get() key=|place| *place let:place>
            <LineFieldset typed place error=Signal::derive(move || error.get().filter(|_| wrong.get() == Some(place))) />
        </Each>
    }
}

fn filled(lines: &[LineDraft]) -> usize {
    let last = lines.iter().rposition(|line| !line.is_empty());
    last.map_or(0, |last| last + 1)
}

#[component]
fn LineFieldset(
    typed: RwSignal<Typed>,
    place: usize,
    error: Signal<Option<(Field, String)>>,
) -> impl IntoView {
    let format = use_format();
    let bind =
        move |read: fn(&LineDraft) -> &String, write: fn(&mut LineDraft) -> &mut String| Bound {
            value: Signal::derive(move || {
                typed.with(|typed| {
                    typed
                        .lines
                        .get(place)
                        .map(read)
                        .cloned()
                        .unwrap_or_default()
                })
            }),
            set: Callback::new(move |value| {
                typed.update(|typed| {
                    if typed.lines.len() <= place {
                        typed.lines.resize(place + 1, LineDraft::default());
                    }
                    *write(&mut typed.lines[place]) = value;
                });
            }),
        };
    let beside = move |field: Field| {
        Signal::derive(move || {
            error
                .get()
                .filter(|(at, _)| *at == field)
                .map(|(_, why)| why)
        })
    };
    let comes_to = Memo::new(move |_| typed.with(|typed| amount(typed.lines.get(place)?)));
    let there = Memo::new(move |_| typed.with(|typed| place < filled(&typed.lines)));
    let remove = move || {
        typed.update(|typed| {
            if place < typed.lines.len() {
                typed.lines.remove(place);
            }
        });
    };
    view! {
        <fieldset class="flex flex-col gap-3 border-s-2 border-line ps-4">
            <legend class="sr-only">{tr!(orders.line_number, number = place + 1)}</legend>
            <TextField
                label=tr!(orders.product)
                error=beside(Field::Product)
                bind=bind(|line| &line.product, |line| &mut line.product)
                max=200
            />
            <div class="grid grid-cols-3 gap-2">
                <DecimalField
                    label=tr!(orders.quantity)
                    error=beside(Field::Quantity)
                    bind=bind(|line| &line.quantity, |line| &mut line.quantity)
                    max=16
                />
                <DecimalField
                    label=tr!(orders.price)
                    error=beside(Field::Price)
                    bind=bind(|line| &line.price, |line| &mut line.price)
                    max=16
                />
                <DecimalField
                    label=tr!(orders.discount)
                    error=beside(Field::Discount)
                    bind=bind(|line| &line.discount, |line| &mut line.discount)
                    max=8
                />
            </div>
            <Show when=move || there.get()>
                <div class="flex items-center justify-between">
                    <span class="text-sm text-muted tabular-nums">
                        {tr!(orders.line_amount, amount = comes_to.get().map_or_else(|| "–".to_owned(), |sum| format.money(sum)))}
                    </span>
                    <IconButton
                        label=tr!(orders.remove_line, number = place + 1)
                        icon=icons::LuTrash2
                        on_press=remove
                    />
                </div>
            </Show>
        </fieldset>
    }
}

#[component]
pub(super) fn RunningTotal(typed: RwSignal<Typed>) -> impl IntoView {
    let format = use_format();
    let total = Memo::new(move |_| typed.with(|typed| running_total(&typed.lines)));
    view! {
        <p class="flex items-baseline justify-between" aria-live="polite">
            <span class="text-muted">{tr!(orders.total)}</span>
            <output class="text-xl font-semibold tabular-nums">{move || format.money(total.get())}</output>
        </p>
    }
}

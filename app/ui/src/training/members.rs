//! Some of those whom the reader answers for.

use std::collections::BTreeSet;

use caravan_domain::id::PersonId;
use leptos::prelude::*;

use crate::{
    engine::use_engine,
    ui::{Bound, CheckField},
};

/// A tick for everybody and one for each.
#[component]
pub(super) fn Members(
    label: Signal<String>,
    error: Signal<Option<String>>,
    bind: Bound<BTreeSet<PersonId>>,
) -> impl IntoView {
    let training = use_engine().training();
    let people = Memo::new(move |_| {
        training.with(|view| {
            let people = view.iter().flat_map(|view| &view.people);
            let mut people: Vec<_> = people.map(|it| (it.name.clone(), it.person)).collect();
            people.sort();
            people
        })
    });
    let everybody = Bound {
        value: Signal::derive(move || {
            let chosen = bind.value.get();
            people.with(|people| {
                !people.is_empty() && people.iter().all(|(_, person)| chosen.contains(person))
            })
        }),
        set: Callback::new(move |on: bool| {
            let all = people.get_untracked().into_iter().map(|(_, person)| person);
            bind.set(if on { all.collect() } else { BTreeSet::new() });
        }),
    };
    view! {
        <fieldset class="flex flex-col">
            <legend class="text-sm font-medium">{label}</legend>
            <CheckField label=tr!(classes.everybody) bind=everybody />
            {move || {
                people
                    .get()
                    .into_iter()
                    .map(|(name, person)| {
                        view! { <CheckField label=Signal::stored(name) bind=bind.member(person) /> }
                    })
                    .collect_view()
            }}
            <p class="text-error empty:hidden" role="alert">
                {error}
            </p>
        </fieldset>
    }
}

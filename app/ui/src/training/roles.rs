use caravan_domain::role::{Role, Roles};
use leptos::prelude::*;

use crate::{
    people::RoleNames,
    ui::{Bound, CheckField},
};

/// A tick for each role.
#[component]
pub(super) fn RoleChoice(label: Signal<String>, bind: Bound<Roles>) -> impl IntoView {
    let roles = RoleNames::new();
    let choices = Role::ALL.into_iter().map(|role| {
        let one = Bound {
            value: Signal::derive(move || bind.value.with(|chosen| chosen.contains(&role))),
            set: Callback::new(move |on: bool| {
                let mut chosen = bind.value.get_untracked();
                match on {
                    true => chosen.insert(role),
                    false => chosen.remove(&role),
                };
                bind.set(chosen);
            }),
        };
        view! { <CheckField label=Signal::derive(move || roles.name(role)) bind=one /> }
    });
    let choices = choices.collect_view();
    view! {
        <fieldset class="flex flex-col">
            <legend class="text-sm font-medium">{label}</legend>
            {choices}
        </fieldset>
    }
}

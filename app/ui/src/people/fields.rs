//! Fields that the invitation and the person's page share.

use caravan_domain::{
    id::TeamId,
    people::query::PeopleView,
    role::{Role, Roles},
};
use leptos::prelude::*;

use super::words::RoleNames;
use crate::ui::{Bound, CheckField, SelectField};

/// A tick for each role that may be chosen.
#[component]
pub(crate) fn RoleChoice(
    label: Signal<String>,
    #[prop(default = &Role::ALL)] offered: &'static [Role],
    bind: Bound<Roles>,
) -> impl IntoView {
    let names = RoleNames::new();
    let choices = offered.iter().map(|role| {
        let name = Signal::derive(move || names.name(*role));
        view! { <CheckField label=name bind=bind.member(*role) /> }
    });
    let choices = choices.collect_view();
    view! {
        <fieldset class="flex flex-col">
            <legend class="text-sm font-medium">{label}</legend>
            {choices}
        </fieldset>
    }
}

/// An open team, or none.
#[component]
pub(super) fn TeamChoice(
    people: Signal<Option<PeopleView>>,
    bind: Bound<Option<TeamId>>,
) -> impl IntoView {
    let nobody = tr!(people.no_team);
    let options = Signal::derive(move || {
        let teams = people.with(|view| {
            view.iter()
                .flat_map(|view| view.teams.iter())
                .filter(|(_, team)| !team.closed)
                .map(|(id, team)| (id.to_string(), team.name.clone()))
                .collect::<Vec<_>>()
        });
        core::iter::once((String::new(), nobody.get()))
            .chain(teams)
            .collect()
    });
    let bind = Bound {
        value: Signal::derive(move || {
            bind.value
                .get()
                .map(|team| team.to_string())
                .unwrap_or_default()
        }),
        set: Callback::new(move |word: String| bind.set(word.parse().ok())),
    };
    view! { <SelectField label=tr!(people.team) bind options /> }
}

/// Roles a team manager gives.
pub(super) const OWN_TEAM_ROLES: &[Role] = &[Role::AccountManager];

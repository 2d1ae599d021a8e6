use caravan_domain::{
    facts::PersonStatus,
    id::PersonId,
    people::query::{Me, PeopleView, PersonLine},
    role::Role,
};
use leptos::prelude::*;

use crate::{
    engine::use_engine,
    ui::{Bound, SelectField, Show},
};

/// Whether `me` answers for what `line` does: the policy's `holds`, as far as a form needs it. The engine has the last
/// word.
fn answers_for(me: &Me, line: &PersonLine) -> bool {
    let mine = line.id == me.person;
    let in_my_team = me.team.is_some() && line.person.team == me.team;
    line.person.status == PersonStatus::Active
        && (mine
            || me.roles.contains(&Role::Director)
            || (me.roles.contains(&Role::TeamManager) && in_my_team))
}

/// The reader first, then those the reader answers for.
pub(crate) fn answerable(me: &Me, view: &PeopleView) -> Vec<(PersonId, String)> {
    let mut people: Vec<_> = view
        .people
        .iter()
        .filter(|line| answers_for(me, line))
        .map(|line| (line.id, line.person.name.clone()))
        .collect();
    people.sort_by_key(|(id, _)| *id != me.person);
    people
}

/// Who does it; nothing to choose for somebody who answers only for themselves. `None` stands for the reader.
#[component]
pub(crate) fn DoerField(
    #[prop(into)] label: Signal<String>,
    bind: Bound<Option<PersonId>>,
) -> impl IntoView {
    let engine = use_engine();
    let (me, people) = (engine.me(), engine.people());
    let choices = Memo::new(move |_| {
        let me = me.get()?;
        people.with(|view| Some(answerable(&me, view.as_ref()?)))
    });
    let options = Signal::derive(move || {
        let choices = choices.get().unwrap_or_default();
        choices
            .into_iter()
            .map(|(id, name)| (id.to_string(), name))
            .collect()
    });
    let bind = Bound {
        value: Signal::derive(move || {
            let chosen = bind.value.get().or_else(|| me.get().map(|me| me.person));
            chosen.map(|person| person.to_string()).unwrap_or_default()
        }),
        set: Callback::new(move |word: String| bind.set(word.parse().ok())),
    };
    view! {
        <Show when=move || choices.with(|choices| choices.as_ref().is_some_and(|choices| choices.len() > 1))>
            <SelectField label bind options />
        </Show>
    }
}

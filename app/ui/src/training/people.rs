use caravan_domain::training::view::PersonTraining;
use leptos::prelude::*;

use crate::ui::{Avatar, Badge, List, ListRow, SectionTitle, Show, Tone};

/// How far those are whom one answers for, whoever is most behind first.
#[component]
pub(super) fn TeamTraining(people: Memo<Vec<PersonTraining>>) -> impl IntoView {
    view! {
        <Show when=move || !people.with(Vec::is_empty)>
            <SectionTitle label=tr!(training.team) />
            <List label=tr!(training.team)>
                {move || people.get().into_iter().map(|person| view! { <PersonRow person /> }).collect_view()}
            </List>
        </Show>
    }
}

#[component]
fn PersonRow(person: PersonTraining) -> impl IntoView {
    let name = Signal::stored(person.name.clone());
    let passed = tr!(
        training.passed_of,
        passed = person.passed,
        of = person.required
    );
    let held_back = tr!(training.held_back_short);
    let nothing = tr!(classes.nothing_asked);
    let detail = Signal::derive(move || match (person.required, person.held_back) {
        (0, _) => nothing.get(),
        (_, true) => format!("{} · {}", passed.get(), held_back.get()),
        (_, false) => passed.get(),
    });
    let overdue = tr!(training.overdue_count, count = person.overdue);
    view! {
        <ListRow
            title=name
            detail
            href=format!("/training/people/{}", person.person)
            lead=ViewFnOnce::from(move || view! { <Avatar name /> })
        >
            {(person.overdue > 0).then(|| view! { <Badge label=overdue tone=Signal::stored(Tone::Bad) /> })}
        </ListRow>
    }
}

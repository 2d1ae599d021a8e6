use caravan_domain::id::PersonId;
use icondata_lu as icons;
use leptos::prelude::*;

use super::address;
use crate::{
    engine::use_engine,
    ui::{List, ListRow, Show, live},
};

/// On a person's page and in their reviews, for whoever may read it.
#[component]
pub(crate) fn DevelopmentLink(person: PersonId) -> impl IntoView {
    let file = use_engine().development(move || person);
    let there = Memo::new(move |_| file.with(|file| matches!(file, Some(Some(_)))));
    view! {
        <Show when=move || there.get()>
            <List>
                <ListRow
                    title=tr!(development.title)
                    icon=icons::LuSprout
                    href=address::page(person)
                />
            </List>
        </Show>
    }
}

/// One's own, among the other rows of Me.
#[component]
pub(crate) fn MyDevelopmentLink() -> impl IntoView {
    let me = use_engine().me();
    let person = Memo::new(move |_| me.with(|me| me.as_ref().map(|me| me.person)));
    live(move || {
        let href = address::page(person.get()?);
        Some(view! { <ListRow title=tr!(development.mine) icon=icons::LuSprout href /> })
    })
}

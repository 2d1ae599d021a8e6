use caravan_domain::{
    id::{RoundId, TeamId},
    training::needs::view::{NeedsOf, RoundFile},
};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    map::{Legend, NeedsTable},
    page::Wishes,
    round_of, team_of,
};
use crate::{
    engine::use_engine,
    ui::{EmptyState, Page},
};

/// `/training/needs/:round/teams/:team`: the people of one team.
#[component]
pub(in super::super) fn TeamPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(round_of));
    let team = Memo::new(move |_| params.with(team_of));
    let answer = use_engine().needs_round(move || id.get());
    let file = Memo::new(move |_| answer.get().map(|file| file.map(|file| *file)));
    let name = Memo::new(move |_| {
        let of = NeedsOf::Team(team.get());
        file.with(|file| {
            let teams = &file.as_ref()?.as_ref()?.map.teams;
            let row = teams.iter().find(|row| row.of == of)?;
            Some(row.name.clone()).filter(|name| !name.is_empty())
        })
    });
    let none = tr!(needs.no_team);
    let title = Signal::derive(move || name.get().unwrap_or_else(|| none.get()));
    view! {
        <Page
            title=tr!(needs.map_of, name = title.get())
            known_as=tr!(needs.title)
            back=Signal::derive(move || format!("/training/needs/{}", id.get()))
            wide=true
        >
            {move || match file.get() {
                None => ().into_any(),
                Some(Some(file)) if file.reads => {
                    view! { <People id=id.get() team=team.get() file /> }.into_any()
                }
                Some(_) => view! { <EmptyState icon=icons::LuSearchX title=tr!(needs.missing) /> }.into_any(),
            }}
        </Page>
    }
}

#[component]
fn People(id: RoundId, team: Option<TeamId>, file: RoundFile) -> impl IntoView {
    let mut rows = file.map.people;
    rows.retain(|row| row.team == team);
    if rows.is_empty() {
        return view! { <p class="px-4 py-2">{tr!(needs.nobody)}</p> }.into_any();
    }
    let mut wishes = file.wishes;
    wishes.retain(|(person, ..)| rows.iter().any(|row| row.of == NeedsOf::Person(*person)));
    view! {
        <NeedsTable round=id label=tr!(needs.people) topics=file.map.topics rows all=None />
        <Legend several=false />
        <Wishes wishes />
    }
    .into_any()
}

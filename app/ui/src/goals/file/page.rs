use caravan_domain::goals::{Agreement, list::GoalFile, place::GoalRef};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    decide::{Accept, Proposal, TwoVersions},
    facts::Facts,
    layers::Layers,
    progress::Progress,
    update::{UpdateSheet, Updates},
    versions::Versions,
};
use crate::{
    engine::use_engine,
    goals::address::{self, goal_of},
    ui::{Button, ButtonKind, EmptyState, Icon, Page, Show, live},
};

/// What the main button does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    Accept,
    Update,
}

#[component]
pub(in crate::goals) fn GoalPage() -> impl IntoView {
    let params = use_params_map();
    let goal = Memo::new(move |_| params.with(goal_of));
    let file = use_engine().goal(move || goal.get());
    let read = move |read: fn(&GoalFile) -> bool| {
        file.with(|file| {
            file.as_ref()
                .and_then(Option::as_ref)
                .is_some_and(|file| read(file))
        })
    };
    let title = Signal::derive(move || {
        file.with(|file| Some(file.as_ref()?.as_ref()?.line.what.clone()))
            .unwrap_or_default()
    });
    let may_write = Memo::new(move |_| read(|file| file.may_write));
    let by_hand = Memo::new(move |_| read(|file| !file.line.metric.is_counted()));
    let next = Memo::new(
        move |_| match read(|file| file.heads().any(|head| head.may_accept)) {
            true => Some(Next::Accept),
            false => read(|file| file.may_write && file.line.agreement != Agreement::Dropped)
                .then_some(Next::Update),
        },
    );
    let updating = RwSignal::new(false);
    view! {
        <Page
            title
            known_as=tr!(goals.title)
            back="/goals"
            actions=move || {
                view! {
                    <Show when=move || may_write.get()>
                        <ToChange goal />
                    </Show>
                }
            }
            main_action=move || {
                live(move || match next.get() {
                    Some(Next::Accept) => view! { <Accept file /> }.into_any(),
                    Some(Next::Update) => {
                        view! {
                            <Button
                                label=tr!(goals.update)
                                kind=ButtonKind::Main
                                icon=icons::LuMessageSquarePlus
                                wide=true
                                on_press=move || updating.set(true)
                            />
                        }
                            .into_any()
                    }
                    None => ().into_any(),
                })
            }
        >
            {move || match file.get() {
                None => ().into_any(),
                Some(None) => {
                    view! { <EmptyState icon=icons::LuSearchX title=tr!(goals.missing) body=tr!(goals.missing_body) /> }
                        .into_any()
                }
                Some(Some(file)) => view! { <Detail file=*file /> }.into_any(),
            }}
            {move || {
                let goal = goal.get();
                view! { <UpdateSheet open=updating goal by_hand /> }
            }}
        </Page>
    }
}

#[component]
fn ToChange(goal: Memo<GoalRef>) -> impl IntoView {
    let label = tr!(goals.change);
    view! {
        <a
            class="btn btn-ghost w-11 p-0"
            href=move || address::change(goal.get())
            aria-label=label
            title=label
        >
            <Icon icon=icons::LuPencil />
        </a>
    }
}

#[component]
fn Detail(file: GoalFile) -> impl IntoView {
    view! {
        <TwoVersions file=file.clone() />
        <Proposal file=file.clone() />
        <Progress file=file.clone() />
        <Facts file=file.clone() />
        <Layers file=file.clone() />
        <Updates lines=file.updates />
        <Versions lines=file.versions />
    }
}

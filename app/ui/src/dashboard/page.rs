use caravan_domain::{
    dashboard::list::{Dashboard, DashboardOf, DashboardPay},
    goals::place::GoalPlace,
    time::Day,
};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate, use_params_map, use_query_map},
};

use super::{
    address::{self, month_of, place_of},
    attention::Attention,
    figures::Figures,
    next::WhatNext,
    parts::Compared,
    pay::{MyPay, TeamPay},
    risk::AtRiskClients,
    trend::Trend,
};
use crate::{
    engine::use_engine,
    goals::{GoalRows, seen_note},
    recognition::WallLink,
    reviews::ReminderRow,
    ui::{EmptyState, LinkButton, List, Page, PeriodStepper, SectionTitle, Show},
    work::LoadTable,
};

/// Rows of a section before the page that has them all.
const SHOWN: usize = 8;

/// What every section reads its part of.
#[derive(Clone, Copy)]
pub(super) struct Shown {
    pub(super) month: RwSignal<Day>,
    found: Signal<Option<Option<Box<Dashboard>>>>,
    pay: Signal<Option<Option<Box<DashboardPay>>>>,
}

impl Shown {
    /// Its default until the answer is there; told only when this part is another one.
    pub(super) fn part<T>(self, read: impl Fn(&Dashboard) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: Default + PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| {
            self.found
                .with(|found| Some(read(found.as_ref()?.as_ref()?)))
                .unwrap_or_default()
        })
    }

    pub(super) fn place(self) -> Memo<Option<GoalPlace>> {
        self.part(|found| Some(found.place))
    }

    pub(super) fn pay(self) -> Memo<Option<DashboardPay>> {
        Memo::new(move |_| self.pay.with(|pay| pay.as_ref()?.as_deref().cloned()))
    }
}

/// A month of a person, a team or the company: what counts first, where it goes, what it asks for.
#[component]
pub(super) fn DashboardPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let place = Memo::new(move |_| params.with(place_of));
    let month = RwSignal::new(untrack(|| query.with(month_of)));
    let asked = move || DashboardOf {
        place: place.get(),
        month: month.get(),
    };
    keep_in_address(month);
    let engine = use_engine();
    let shown = Shown {
        month,
        found: engine.dashboard(asked),
        pay: engine.dashboard_pay(asked),
    };
    let unknown = Memo::new(move |_| shown.found.with(|found| matches!(found, Some(None))));
    let above = shown.part(|found| found.above.last().map(|(place, _)| *place));
    let back = Signal::derive(move || {
        let above = above.get().filter(|_| place.get().is_some());
        Some(above.map_or_else(|| "/".to_owned(), |above| address::page(above, month.get())))
    });
    view! {
        <Page title=title(shown) known_as=tr!(dashboard.title) back wide=true>
            <Show
                when=move || !unknown.get()
                fallback=move || {
                    view! {
                        <EmptyState
                            icon=icons::LuSearchX
                            title=tr!(dashboard.missing)
                            body=tr!(dashboard.missing_body)
                        />
                    }
                }
            >
                <div class="mx-auto w-full max-w-2xl lg:max-w-md">
                    <PeriodStepper
                        span=Signal::stored(caravan_domain::calendar::Span::Month)
                        on=month
                        until_now=true
                    />
                </div>
                <Coverage shown />
                <Figures shown />
                <div class="dashboard">
                    <div>
                        <Attention shown />
                        <MyPay shown />
                        <WhatNext shown />
                        <Compared shown />
                        <TeamPay shown />
                    </div>
                    <div>
                        <Goals shown />
                        <Trend shown />
                        <AtRiskClients shown />
                        <Load shown />
                        <Reviews shown />
                        <WallLink />
                    </div>
                </div>
            </Show>
        </Page>
    }
}

/// Whoever opens a record and comes back finds the month they came from.
fn keep_in_address(month: RwSignal<Day>) {
    let (path, navigate) = (use_location().pathname, use_navigate());
    Effect::new(move |before: Option<Day>| {
        let month = month.get();
        if before.is_some_and(|before| before != month) {
            let options = NavigateOptions {
                replace: true,
                scroll: false,
                ..NavigateOptions::default()
            };
            navigate(&address::of_month(&path.get_untracked(), month), options);
        }
        month
    });
}

fn title(shown: Shown) -> Signal<String> {
    let (mine, company) = (tr!(dashboard.mine), tr!(dashboard.company));
    let named = shown.part(|found| Some((found.place, found.is_mine, found.place_name.clone())));
    let none = tr!(dashboard.title);
    Signal::derive(move || match named.get() {
        None => none.get(),
        Some((GoalPlace::Company, ..)) => company.get(),
        Some((_, true, _)) => mine.get(),
        Some((_, _, name)) => name,
    })
}

#[component]
fn Coverage(shown: Shown) -> impl IntoView {
    let coverage = shown.part(|found| Some(found.coverage));
    let note = move || {
        let note = seen_note(coverage.get()?)?;
        Some(view! { <p class="px-4 pb-2 text-sm text-warning">{note}</p> })
    };
    view! { {note} }
}

#[component]
fn Goals(shown: Shown) -> impl IntoView {
    let lines = shown.part(|found| {
        let mut lines = found.goals.clone();
        lines.truncate(SHOWN);
        lines
    });
    view! {
        <Show when=move || !lines.with(Vec::is_empty)>
            <section>
                <SectionTitle label=tr!(dashboard.goals) />
                <GoalRows label=tr!(dashboard.goals) lines />
                <All label=tr!(dashboard.all_goals) href="/goals" />
            </section>
        </Show>
    }
}

/// Of this week, whatever month is looked at.
#[component]
fn Load(shown: Shown) -> impl IntoView {
    let lines = shown.part(|found| {
        let mut lines = found.load.clone();
        lines.truncate(SHOWN);
        lines
    });
    view! {
        <Show when=move || !lines.with(Vec::is_empty)>
            <section>
                <SectionTitle label=tr!(dashboard.load) />
                <LoadTable lines />
                <All label=tr!(dashboard.all_load) href="/work/load" />
            </section>
        </Show>
    }
}

#[component]
fn Reviews(shown: Shown) -> impl IntoView {
    let lines = shown.part(|found| found.reviews.clone());
    view! {
        <Show when=move || !lines.with(Vec::is_empty)>
            <section>
                <SectionTitle label=tr!(dashboard.reviews) />
                <List label=tr!(dashboard.reviews)>
                    {move || {
                        let lines = lines.get().into_iter().take(SHOWN);
                        lines.map(|line| view! { <ReminderRow line /> }).collect_view()
                    }}
                </List>
                <All label=tr!(dashboard.all_reviews) href="/reviews" />
            </section>
        </Show>
    }
}

/// The page that has all of a section.
#[component]
pub(super) fn All(label: Signal<String>, href: &'static str) -> impl IntoView {
    view! {
        <div class="px-4 pt-2">
            <LinkButton label href wide=true />
        </div>
    }
}

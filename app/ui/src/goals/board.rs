use caravan_domain::{
    calendar::Span,
    goals::list::{GoalList, GoalPage, Whose},
    id::TeamId,
    people::query::{Me, PeopleView},
    role::Role,
};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{
    row::GoalRows,
    words::{SpanNames, figures_note, span_of},
};
use crate::{
    engine::use_engine,
    format::now,
    ui::{
        Bound, EmptyState, MainLink, Page, PeriodStepper, SegmentedControl, SelectField, Show,
        Split,
    },
};

const MINE: &str = "mine";
const EVERYBODY: &str = "everybody";

/// The team board (R21): what wants looking at first. The open goal stands beside it on a desk.
#[component]
pub(super) fn BoardPage() -> impl IntoView {
    let engine = use_engine();
    let (me, people) = (engine.me(), engine.people());
    let choices = Memo::new(move |_| {
        me.with(|me| {
            let me = me.as_deref()?;
            people.with(|people| Some(choices(me, people.as_ref()?)))
        })
        .unwrap_or_default()
    });
    let chosen = RwSignal::new(None::<String>);
    let whose = Memo::new(move |_| {
        let first = || me.with(|me| me.as_deref().map(first));
        chosen.get().or_else(first)
    });
    let span = RwSignal::new(None::<Span>);
    let on = RwSignal::new(untrack(now).day());
    let page = engine.goals(move || GoalList {
        whose: whose.with(|word| whose_of(word.as_deref().unwrap_or(MINE))),
        span: span.get(),
        on: on.get(),
    });
    view! {
        <Split base="/goals">
            <Page
                title=tr!(goals.title)
                main_action=move || view! { <MainLink label=tr!(goals.new) href="/goals/new" icon=icons::LuFlag /> }
            >
                <div class="flex flex-col gap-2 px-4 pb-2">
                    <WhoseField choices whose chosen />
                    <SpanSwitch span />
                </div>
                <PeriodStepper span=Signal::derive(move || span.get().unwrap_or_default()) on />
                <Lines page />
            </Page>
        </Split>
    }
}

/// Whose goals there are to choose between, the reader's own first; names are empty where the word says it.
fn choices(me: &Me, people: &PeopleView) -> Vec<(String, String)> {
    let directs = me.roles.contains(&Role::Director);
    let teams = people
        .teams
        .iter()
        .filter(|(team, known)| !known.closed && (directs || me.team == Some(*team)))
        .map(|(team, known)| (team.to_string(), known.name.clone()));
    let mut choices = vec![(MINE.to_owned(), String::new())];
    choices.extend(teams);
    choices.push((EVERYBODY.to_owned(), String::new()));
    choices
}

/// Whose goals the reader answers for.
fn first(me: &Me) -> String {
    match me.team {
        _ if me.roles.contains(&Role::Director) => EVERYBODY.to_owned(),
        Some(team) if me.roles.contains(&Role::TeamManager) => team.to_string(),
        _ => MINE.to_owned(),
    }
}

fn whose_of(word: &str) -> Whose {
    match (word, word.parse()) {
        (EVERYBODY, _) => Whose::Everybody,
        (_, Ok(team)) => Whose::Team(TeamId(team)),
        _ => Whose::Mine,
    }
}

#[component]
fn WhoseField(
    choices: Memo<Vec<(String, String)>>,
    whose: Memo<Option<String>>,
    chosen: RwSignal<Option<String>>,
) -> impl IntoView {
    let (mine, everybody) = (tr!(goals.mine), tr!(goals.everybody));
    let options = Signal::derive(move || {
        let named = choices.get().into_iter().map(|(word, name)| {
            let name = match word.as_str() {
                MINE => mine.get(),
                EVERYBODY => everybody.get(),
                _ => name,
            };
            (word, name)
        });
        named.collect::<Vec<_>>()
    });
    let bind = Bound {
        value: Signal::derive(move || whose.get().unwrap_or_default()),
        set: Callback::new(move |word| chosen.set(Some(word))),
    };
    view! {
        <Show
            when=move || choices.with(|choices| choices.len() > 3)
            fallback=move || {
                view! { <SegmentedControl label=tr!(goals.whose) bind options /> }
            }
        >
            <SelectField label=tr!(goals.whose) bind options />
        </Show>
    }
}

#[component]
fn SpanSwitch(span: RwSignal<Option<Span>>) -> impl IntoView {
    let (all, names) = (tr!(goals.span_all), SpanNames::new());
    let options = Signal::derive(move || {
        let mut options = vec![(String::new(), all.get())];
        options.extend(names.options());
        options
    });
    let bind = Bound {
        value: Signal::derive(move || {
            let months = span.get().map(Span::months);
            months.map(|months| months.to_string()).unwrap_or_default()
        }),
        set: Callback::new(move |word: String| span.set(span_of(&word))),
    };
    view! { <SegmentedControl label=tr!(goals.span) bind options /> }
}

#[component]
fn Lines(page: Signal<Option<GoalPage>>) -> impl IntoView {
    let path = use_location().pathname;
    let lines = Memo::new(move |_| {
        let lines = page.with(|page| page.as_ref().map(|page| page.lines.clone()));
        lines.unwrap_or_default()
    });
    let none = Memo::new(move |_| {
        page.with(|page| page.as_ref().is_some_and(|page| page.lines.is_empty()))
    });
    let note = move || {
        let coverage = page.with(|page| page.as_ref().map(|page| page.coverage))?;
        let note = figures_note(coverage)?;
        Some(view! { <p class="px-4 pb-2 text-sm text-muted">{note}</p> })
    };
    view! {
        {note}
        <GoalRows label=tr!(goals.title) lines path />
        <Show when=move || none.get()>
            <EmptyState icon=icons::LuGoal title=tr!(goals.none) body=tr!(goals.none_body) />
        </Show>
    }
}

/// Beside the board on a desk while no goal is open.
#[component]
pub(super) fn NoGoalOpen() -> impl IntoView {
    view! { <EmptyState icon=icons::LuMousePointerClick title=tr!(goals.pick_one) /> }
}

//! One person's grade: what it is, how far the next one is, and what led here.

use caravan_domain::grades::{
    list::{GradeFile, RungLine},
    standing::PromotionState,
};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    address::{self, person_of},
    criteria::Criteria,
    decide::{Decide, WithdrawButton},
    history::{History, Proposal, Proposals},
    wish::{WishButton, Wished},
    words::rung_name,
};
use crate::{
    engine::use_engine,
    format::use_format,
    recognition::RecognitionLink,
    ui::{Badge, ButtonKind, EmptyState, LinkButton, Page, SectionTitle, Tone, live},
};

#[component]
pub(super) fn GradePage() -> impl IntoView {
    let params = use_params_map();
    let person = Memo::new(move |_| params.with(person_of));
    let file = use_engine().grade(move || person.get());
    let shown = Memo::new(move |_| file.get().map(|file| file.map(|file| *file)));
    let opened = Memo::new(move |_| shown.get().flatten());
    let mine = tr!(grades.mine);
    let name = Signal::derive(move || {
        opened.with(|file| file.as_ref().map(|it| it.name.clone()).unwrap_or_default())
    });
    let of = tr!(grades.of, name = name.get());
    let title = Signal::derive(move || {
        match opened.with(|file| file.as_ref().is_some_and(|it| it.is_me)) {
            true => mine.get(),
            false => of.get(),
        }
    });
    view! {
        <Page title known_as=tr!(grades.title) back="/grades" main_action=move || view! { <MainAction file=opened /> }>
            {move || match shown.get() {
                None => ().into_any(),
                Some(None) => {
                    view! { <EmptyState icon=icons::LuEyeOff title=tr!(grades.missing) body=tr!(grades.missing_body) /> }
                        .into_any()
                }
                Some(Some(file)) => view! { <Opened file /> }.into_any(),
            }}
        </Page>
    }
}

#[component]
fn MainAction(file: Memo<Option<GradeFile>>) -> impl IntoView {
    // A figure that changes does not close the sheet in which somebody writes.
    let shown = Memo::new(move |_| {
        file.with(|file| {
            let file = file.as_ref()?;
            let latest = file.promotions.first().map(|it| it.promotion.clone());
            Some((file.person, file.may, latest, file.wish.is_some()))
        })
    });
    live(move || {
        let (person, may, latest, wishes) = shown.get()?;
        let action = match latest.filter(|_| may.decide) {
            Some(promotion) => view! { <Decide person promotion /> }.into_any(),
            None if may.propose => view! {
                <LinkButton
                    label=tr!(grades.propose)
                    href=address::part(person, "propose")
                    kind=ButtonKind::Main
                    icon=icons::LuArrowBigUpDash
                    wide=true
                />
            }
            .into_any(),
            None if may.wish && !wishes => view! { <WishButton /> }.into_any(),
            None => return None,
        };
        Some(action)
    })
}

#[component]
fn Opened(file: GradeFile) -> impl IntoView {
    let (person, is_me) = (file.person, file.is_me);
    let next = file.next;
    let next = file.rungs.iter().find(|it| Some(it.id) == next).cloned();
    let open = file.promotions.iter();
    let mut open = open.filter(|it| it.promotion.state == PromotionState::Proposed);
    let open = open.next().cloned();
    let withdraws = file.may.withdraw.then_some(open.as_ref()).flatten();
    let withdraws = withdraws.map(|open| open.promotion.id);
    let past: Vec<_> = file
        .promotions
        .iter()
        .filter(|it| it.promotion.state != PromotionState::Proposed)
        .cloned()
        .collect();
    let (has_ladder, has_grade) = (file.ladder.is_some(), !file.history.is_empty());
    let set = file.may.set;
    let top = has_ladder && next.is_none();
    view! {
        <Held file=file.clone() />
        {file
            .wish
            .clone()
            .map(|wish| view! { <Wished wish is_me /> })}
        {open
            .map(|line| {
                view! {
                    <SectionTitle label=tr!(grades.open_proposal) />
                    <Proposal person line is_me />
                }
            })}
        {withdraws
            .map(|promotion| {
                view! {
                    <div class="px-4 py-2">
                        <WithdrawButton person promotion />
                    </div>
                }
            })}
        {next.map(|rung| view! { <Next person rung is_me /> })}
        {top.then(|| view! { <p class="px-4 py-2 text-muted">{tr!(grades.top)}</p> })}
        <div class="flex flex-wrap gap-2 px-4 py-4">
            <LinkButton label=tr!(grades.ladder) href="/grades/ladder" icon=icons::LuListOrdered />
            {set
                .then(|| {
                    let label = match has_grade {
                        true => tr!(grades.correct),
                        false => tr!(grades.set),
                    };
                    view! { <LinkButton label href=address::part(person, "set") icon=icons::LuPencil /> }
                })}
        </div>
        <History lines=file.history />
        <RecognitionLink person=file.person />
        <Proposals person lines=past is_me />
    }
}

#[component]
fn Held(file: GradeFile) -> impl IntoView {
    let format = use_format();
    let provisional = file.provisional;
    let ahead = file.history.first().filter(|latest| {
        let held = file.held.as_ref();
        held.is_none_or(|held| (held.at, held.since) != (latest.at, latest.since))
    });
    let ahead = ahead.map(|latest| {
        let (name, day) = (rung_name(latest.name.clone()), latest.since);
        tr!(grades.from_then, grade = name.get(), day = format.day(day))
    });
    let has_ladder = file.ladder.is_some();
    let held = match file.held {
        Some(held) => {
            let (since, may) = (held.since, held.may);
            let name = rung_name(held.name);
            view! {
                <p class="text-xl font-semibold">
                    <bdi>{name}</bdi>
                </p>
                <p class="text-muted">{tr!(grades.since, day = format.day(since))}</p>
                <p class="empty:hidden">
                    <bdi>{may}</bdi>
                </p>
            }
            .into_any()
        }
        None if has_ladder => view! {
            <p class="text-xl font-semibold">{tr!(grades.none)}</p>
            <p class="text-muted">{tr!(grades.none_hint)}</p>
        }
        .into_any(),
        None => view! {
            <p class="text-xl font-semibold">{tr!(grades.no_ladder)}</p>
            <p class="text-muted">{tr!(grades.no_ladder_body)}</p>
        }
        .into_any(),
    };
    view! {
        <div class="flex flex-col gap-1 px-4 pb-3">
            {held} {ahead.map(|ahead| view! { <p class="text-muted">{ahead}</p> })}
            {provisional
                .then(|| {
                    view! {
                        <p>
                            <Badge label=tr!(grades.provisional) tone=Tone::Warning />
                        </p>
                    }
                })}
        </div>
    }
}

#[component]
fn Next(person: caravan_domain::id::PersonId, rung: RungLine, is_me: bool) -> impl IntoView {
    let name = rung_name(rung.name);
    let of = rung.criteria.len();
    let met = rung.criteria.iter().filter(|it| it.judged.is_met()).count();
    let hint = match rung.is_met {
        true => tr!(grades.ready_hint),
        false => tr!(grades.not_ready_hint),
    };
    view! {
        <SectionTitle label=tr!(grades.next, grade = name.get()) />
        <div class="flex flex-col gap-1 px-4 pb-2">
            {(of > 0)
                .then(|| {
                    view! {
                        <p class="flex flex-wrap items-center gap-3 tabular-nums">
                            {tr!(grades.met_of, met = met, of = of)}
                            {rung.is_met.then(|| view! { <Badge label=tr!(grades.ready) tone=Tone::Good /> })}
                        </p>
                        <p class="text-sm text-muted">{hint}</p>
                    }
                })}
            <p class="text-sm text-muted empty:hidden">
                <bdi>{rung.may}</bdi>
            </p>
        </div>
        <Criteria person lines=rung.criteria is_me live=true />
    }
}

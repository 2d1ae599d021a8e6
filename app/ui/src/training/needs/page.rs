use caravan_domain::{
    command::Command,
    id::RoundId,
    training::{
        command::TrainingCommand,
        needs::{
            command::NeedsCommand,
            gap::FEWEST,
            view::{Mine, NeedsMap, RoundFile},
        },
    },
};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    answer::read_by,
    map::{Legend, NeedsTable},
    round_of,
    row::{count, when},
};
use crate::{
    engine::{use_engine, use_perform},
    people::RoleNames,
    ui::{
        Avatar, Button, ButtonKind, ConfirmSheet, EmptyState, LinkButton, List, ListRow, Page,
        SectionTitle, live,
    },
};

/// One round: what the reader has to say or has said, and for whoever answers for people what came back.
#[component]
pub(in super::super) fn RoundPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(round_of));
    let answer = use_engine().needs_round(move || id.get());
    let file = Memo::new(move |_| answer.get().map(|file| file.map(|file| *file)));
    let title = Signal::derive(move || {
        let title = file.with(|file| Some(file.as_ref()?.as_ref()?.line.round.plan.title.clone()));
        title.unwrap_or_default()
    });
    let mine = Memo::new(move |_| {
        file.with(|file| {
            let line = &file.as_ref()?.as_ref()?.line;
            line.is_open.then_some(line.mine)
        })
    });
    view! {
        <Page
            title
            known_as=tr!(needs.title)
            back="/training/needs"
            wide=true
            main_action=move || {
                live(move || {
                    let (label, kind) = match mine.get()? {
                        Mine::NotAsked => return None,
                        Mine::ToAnswer => (tr!(needs.answer), ButtonKind::Main),
                        Mine::Answered => (tr!(needs.answer_again), ButtonKind::Plain),
                    };
                    let href = format!("/training/needs/{}/answer", id.get());
                    Some(view! { <LinkButton label href kind icon=icons::LuPencil wide=true /> })
                })
            }
        >
            {move || match file.get() {
                None => ().into_any(),
                Some(None) => view! { <EmptyState icon=icons::LuSearchX title=tr!(needs.missing) /> }.into_any(),
                Some(Some(file)) => view! { <Opened id=id.get() file /> }.into_any(),
            }}
        </Page>
    }
}

#[component]
fn Opened(id: RoundId, file: RoundFile) -> impl IntoView {
    let may_close = file.may_close;
    let about = view! { <About file=file.clone() /> };
    let mine = view! { <MyAnswer file=file.clone() /> };
    let others = match file.reads {
        true => view! { <Others id file /> }.into_any(),
        false => file
            .may_close
            .then(|| view! { <p class="px-4 py-2 text-muted">{tr!(needs.not_yours)}</p> })
            .into_any(),
    };
    view! {
        {about}
        {mine}
        {others}
        {may_close.then(|| view! { <Close id /> })}
    }
}

#[component]
fn About(file: RoundFile) -> impl IntoView {
    let roles = RoleNames::new();
    let by = {
        let name = file.by_name.clone();
        tr!(needs.by, name = name.clone())
    };
    let when = when(&file.line);
    let (asked, teams) = (file.line.round.plan.roles, file.team_names.join(" · "));
    let whom = Signal::derive(move || {
        let parts = [roles.list(&asked), teams.clone()];
        let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(" · ")
    });
    let unsent = file.line.provisional && file.line.mine != Mine::Answered;
    view! {
        <div class="flex flex-col gap-1 px-4 pb-2 text-sm text-muted">
            <p>{move || format!("{} · {}", when.get(), by.get())}</p>
            <p>
                <bdi>{whom}</bdi>
            </p>
            {unsent.then(|| view! { <p>{tr!(needs.round_waits)}</p> })}
        </div>
    }
}

/// That the reader has answered, and who reads it.
#[component]
fn MyAnswer(file: RoundFile) -> impl IntoView {
    let said = match (file.line.mine, file.line.is_open) {
        (Mine::NotAsked, _) => None,
        (Mine::ToAnswer, true) => Some(read_by(&file.readers)),
        (Mine::ToAnswer, false) => Some(tr!(needs.not_answered)),
        (Mine::Answered, true) => Some(tr!(needs.may_change)),
        (Mine::Answered, false) => Some(tr!(needs.was_answered)),
    };
    let answered = file.line.mine == Mine::Answered;
    let waits = answered && file.line.provisional;
    said.map(|said| {
        view! {
            <div class="flex flex-col gap-1 px-4 py-2">
                <p>{said}</p>
                {waits.then(|| view! { <p class="text-sm text-muted">{tr!(needs.waits)}</p> })}
                {answered.then(|| view! { <p class="text-sm text-muted">{read_by(&file.readers)}</p> })}
            </div>
        }
    })
}

/// What came back, as far as it is the reader's to read.
#[component]
fn Others(id: RoundId, file: RoundFile) -> impl IntoView {
    let count = count(&file.line);
    let nobody = file.map.people.is_empty().then(|| match file.line.is_open {
        true => tr!(needs.nobody),
        false => tr!(needs.nobody_ever),
    });
    let map = match nobody {
        Some(nobody) => view! { <p class="px-4 py-2">{nobody}</p> }.into_any(),
        None => view! { <Map id map=file.map /> }.into_any(),
    };
    view! {
        <SectionTitle label=tr!(needs.map) />
        <p class="px-4 pb-2 text-muted tabular-nums">{count}</p>
        {map}
        <Wishes wishes=file.wishes />
        <Missing missing=file.missing is_open=file.line.is_open />
    }
}

/// Teams where there are several, else people.
#[component]
fn Map(id: RoundId, map: NeedsMap) -> impl IntoView {
    let several = !map.teams.is_empty();
    let (label, rows) = match several {
        true => (tr!(needs.teams), map.teams),
        false => (tr!(needs.people), map.people),
    };
    // Of few people a line of "too few" says nothing.
    let enough = rows.len() >= usize::from(FEWEST);
    let all = (several || enough).then_some(map.all);
    view! {
        <NeedsTable round=id label topics=map.topics rows all />
        <Legend several />
    }
}

#[component]
pub(super) fn Wishes(wishes: Vec<(caravan_domain::id::PersonId, String, String)>) -> impl IntoView {
    (!wishes.is_empty()).then(|| {
        let rows = wishes.into_iter().map(|(_, name, wish)| {
            view! {
                <li class="flex flex-col gap-1 px-4 py-3">
                    <bdi class="text-sm text-muted">{name}</bdi>
                    <p class="max-w-prose break-words whitespace-pre-wrap">
                        <bdi>{wish}</bdi>
                    </p>
                </li>
            }
        });
        let rows = rows.collect_view();
        view! {
            <SectionTitle label=tr!(needs.wishes) />
            <List label=tr!(needs.wishes)>{rows}</List>
        }
    })
}

/// Whom to remind: their page has the number to call.
#[component]
fn Missing(missing: Vec<(caravan_domain::id::PersonId, String)>, is_open: bool) -> impl IntoView {
    (!missing.is_empty()).then(|| {
        let count = missing.len();
        let label = match is_open {
            true => tr!(needs.missing_people, count = count),
            false => tr!(needs.did_not_answer, count = count),
        };
        let rows = missing.into_iter().map(|(person, name)| {
            let name = Signal::stored(name);
            view! {
                <ListRow
                    title=name
                    href=format!("/people/{person}")
                    lead=ViewFnOnce::from(move || view! { <Avatar name /> })
                />
            }
        });
        let rows = rows.collect_view();
        view! {
            <SectionTitle label />
            <List label>{rows}</List>
        }
    })
}

#[component]
fn Close(id: RoundId) -> impl IntoView {
    let perform = use_perform();
    let (open, said) = (RwSignal::new(false), tr!(needs.closed_said));
    let close = move || {
        let command = TrainingCommand::Needs(NeedsCommand::Close(id));
        perform.run(Command::Training(command), said.get_untracked());
    };
    view! {
        <div class="px-4 py-4">
            <Button label=tr!(needs.close) kind=ButtonKind::Quiet on_press=move || open.set(true) />
            <ConfirmSheet
                open
                title=tr!(needs.close)
                body=tr!(needs.close_body)
                verb=tr!(needs.close)
                danger=true
                on_confirm=close
            />
        </div>
    }
}

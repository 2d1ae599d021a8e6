//! One path: its courses, where the reader is, and how far everybody is whom they answer for.

use caravan_domain::training::{
    paths::view::{PathFile, PathPerson, PathStep},
    standing::Standing,
};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{path_of, words::KindNames};
use crate::{
    engine::use_engine,
    people::RoleNames,
    training::words::standing_badge,
    ui::{Badge, EmptyState, Icon, List, ListRow, Page, SectionTitle, Show},
};

#[component]
pub(in super::super) fn PathPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(path_of));
    let view = use_engine().paths();
    let file = Memo::new(move |_| {
        view.with(|view| {
            let paths = view.as_ref()?.paths.iter();
            let mut paths = paths.filter(|file| Some(file.id) == id.get());
            Some(paths.next().cloned())
        })
    });
    let title = Signal::derive(move || {
        file.with(|file| Some(file.as_ref()?.as_ref()?.path.title.clone()))
            .unwrap_or_default()
    });
    let may_run = Memo::new(move |_| view.with(|view| view.as_ref().is_some_and(|it| it.may_run)));
    let edit = tr!(classes.edit_path);
    view! {
        <Page
            title
            known_as=tr!(classes.paths)
            back="/training/paths"
            actions=move || {
                view! {
                    <Show when=move || may_run.get() && file.with(|file| matches!(file, Some(Some(_))))>
                        <a
                            class="btn btn-ghost w-11 p-0"
                            href=move || id.get().map(|id| format!("/training/paths/{id}/edit"))
                            aria-label=edit
                            title=edit
                        >
                            <Icon icon=icons::LuPencil class="size-5" />
                        </a>
                    </Show>
                }
            }
        >
            {move || match file.get() {
                None => ().into_any(),
                Some(None) => view! { <EmptyState icon=icons::LuSearchX title=tr!(classes.path_missing) /> }.into_any(),
                Some(Some(file)) => view! { <Opened file /> }.into_any(),
            }}
        </Page>
    }
}

#[component]
fn Opened(file: PathFile) -> impl IntoView {
    let (kinds, roles) = (KindNames::new(), RoleNames::new());
    let (kind, meant, required) = (file.path.kind, file.path.roles, file.path.required);
    let days = file.path.within_days;
    let how = match required {
        true => tr!(classes.path_required, days = days),
        false => tr!(classes.path_recommended),
    };
    let about = move || {
        format!(
            "{} · {} · {}",
            kinds.name(kind),
            roles.list(&meant),
            how.get()
        )
    };
    let mine = file.mine.is_some();
    let next = file.mine.and_then(|mine| mine.next).map(|step| step.course);
    let steps = file.steps.clone().into_iter().enumerate();
    let steps = steps.map(|(place, step)| {
        let is_next = Some(step.course) == next;
        view! { <Step number=place + 1 step mine is_next /> }
    });
    let steps = steps.collect_view();
    view! {
        <p class="px-4 pb-2 text-sm text-muted">{about}</p>
        <List label=tr!(classes.courses)>{steps}</List>
        <People steps=file.steps people=file.people />
    }
}

/// A number tells the order; what comes next is said.
#[component]
fn Step(number: usize, step: PathStep, mine: bool, is_next: bool) -> impl IntoView {
    let badge = standing_badge(step.standing).filter(|_| mine);
    let label = tr!(classes.is_next);
    view! {
        <ListRow
            title=Signal::stored(step.title)
            detail=MaybeProp::derive(move || is_next.then(|| label.get()))
            href=format!("/training/{}", step.course)
            lead=ViewFnOnce::from(move || {
                view! { <span class="w-6 shrink-0 text-center text-muted tabular-nums">{number}</span> }
            })
        >
            {badge.map(|(label, tone)| view! { <Badge label tone=Signal::stored(tone) /> })}
        </ListRow>
    }
}

/// People by courses: who has passed what.
#[component]
fn People(steps: Vec<PathStep>, people: Vec<PathPerson>) -> impl IntoView {
    (!people.is_empty()).then(|| {
        let heads = steps.iter().enumerate().map(|(place, step)| {
            let title = step.title.clone();
            view! {
                <th class="px-2 py-1 text-center font-medium" scope="col">
                    <span aria-hidden="true">{place + 1}</span>
                    <bdi class="sr-only">{title}</bdi>
                </th>
            }
        });
        let heads = heads.collect_view();
        let rows = people.into_iter().map(|person| view! { <PersonRow person /> });
        let rows = rows.collect_view();
        view! {
            <SectionTitle label=tr!(classes.path_people) />
            <div class="overflow-x-auto px-4 pb-4" tabindex="0" role="region" aria-label=tr!(classes.path_people)>
                <table class="w-full">
                    <thead>
                        <tr class="border-b border-line text-sm text-muted">
                            <th class="py-1 text-start font-medium" scope="col">
                                {tr!(classes.name)}
                            </th>
                            {heads}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    })
}

#[component]
fn PersonRow(person: PathPerson) -> impl IntoView {
    let cells = person
        .standings
        .into_iter()
        .map(|standing| view! { <Cell standing /> });
    let cells = cells.collect_view();
    view! {
        <tr class="border-b border-line">
            <th class="max-w-40 truncate text-start font-normal" scope="row">
                <a
                    class="inline-flex min-h-11 items-center text-primary underline underline-offset-4"
                    href=format!("/training/people/{}", person.person)
                >
                    <bdi>{person.name}</bdi>
                </a>
            </th>
            {cells}
        </tr>
    }
}

#[component]
fn Cell(standing: Standing) -> impl IntoView {
    let badge = standing_badge(standing);
    let (icon, class) = match standing {
        Standing::Open => (icons::LuMinus, "size-5 text-muted"),
        Standing::Due(_) => (icons::LuCircleDashed, "size-5 text-info"),
        Standing::Overdue(_) => (icons::LuCircleAlert, "size-5 text-error"),
        Standing::Passed { .. } => (icons::LuCircleCheck, "size-5 text-success"),
    };
    let open = tr!(classes.not_begun);
    let said = Signal::derive(move || badge.map_or_else(|| open.get(), |(label, _)| label.get()));
    view! {
        <td class="px-2 text-center">
            <span class="inline-flex" title=said>
                <Icon icon class />
                <span class="sr-only">{said}</span>
            </span>
        </td>
    }
}

//! How far one person is: what is asked of them, classes, role plays and paths.

use caravan_domain::{
    command::Command,
    id::{Id, PersonId},
    training::{
        command::TrainingCommand,
        standing::Standing,
        view::{AskedLine, PersonTrainingFile, ScoredLesson},
    },
};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::{hooks::use_params_map, params::ParamsMap};

use super::{classes::ClassRow, paths::PathRows, sheets::Scores, words::standing_badge};
use crate::{
    engine::{use_engine, use_perform},
    ui::{
        Badge, Button, ButtonKind, ConfirmSheet, EmptyState, LinkButton, List, ListRow, Page,
        SectionTitle, Tone, live,
    },
};

/// The person in the path; what cannot be read is nobody.
pub(super) fn person_of(params: &ParamsMap) -> PersonId {
    let id = params.get("person").unwrap_or_default();
    id.parse().unwrap_or(PersonId(Id::ZERO))
}

#[component]
pub(super) fn PersonTrainingPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(person_of));
    let answer = use_engine().person_training(move || id.get());
    let file = Memo::new(move |_| answer.get().map(|file| file.map(|file| *file)));
    let title = Signal::derive(move || {
        file.with(|file| Some(file.as_ref()?.as_ref()?.name.clone()))
            .unwrap_or_default()
    });
    let may = Memo::new(move |_| {
        file.with(|file| Some(file.as_ref()?.as_ref()?.answers_for)) == Some(true)
    });
    view! {
        <Page
            title
            known_as=tr!(training.title)
            back="/training"
            main_action=move || {
                live(move || {
                    may.get()
                        .then(|| {
                            view! {
                                <LinkButton
                                    label=tr!(classes.require)
                                    href=format!("/training/people/{}/require", id.get())
                                    kind=ButtonKind::Main
                                    icon=icons::LuPlus
                                    wide=true
                                />
                            }
                        })
                })
            }
        >
            {move || match file.get() {
                None => ().into_any(),
                Some(None) => view! { <EmptyState icon=icons::LuSearchX title=tr!(classes.person_missing) /> }.into_any(),
                Some(Some(file)) => view! { <Detail file /> }.into_any(),
            }}
        </Page>
    }
}

#[component]
fn Detail(file: PersonTrainingFile) -> impl IntoView {
    let (person, may) = (file.person, file.answers_for);
    let nothing = file.courses.is_empty();
    let courses = file.courses.into_iter();
    let courses = courses.map(|line| view! { <Asked person line may /> });
    let courses = courses.collect_view();
    let classes = file.classes.into_iter();
    let classes: Vec<_> = classes.map(|line| view! { <ClassRow line /> }).collect();
    view! {
        <SectionTitle label=tr!(classes.courses) />
        {match nothing {
            true => view! { <p class="px-4 pb-3 text-muted">{tr!(classes.nothing_asked)}</p> }.into_any(),
            false => view! { <ul class="divide-y divide-line" aria-label=tr!(classes.courses)>{courses}</ul> }.into_any(),
        }}
        <PathRows paths=file.paths />
        {(!classes.is_empty())
            .then(|| {
                view! {
                    <SectionTitle label=tr!(classes.title) />
                    <List label=tr!(classes.title)>{classes}</List>
                }
            })}
        {may.then(|| view! { <ToScore person lessons=file.scored /> })}
        <Scores lines=file.scores />
    }
}

/// One course; what is required of this person alone can be taken back.
#[component]
fn Asked(person: PersonId, line: AskedLine, may: bool) -> impl IntoView {
    let perform = use_perform();
    let open = RwSignal::new(false);
    let (course, said) = (line.course, tr!(classes.release_said));
    let detail = line.required.as_ref().map(|(_, by)| {
        let by = by.clone();
        tr!(classes.required_by, name = by.clone())
    });
    let release = move || {
        let command = TrainingCommand::Release { person, course };
        perform.run(Command::Training(command), said.get_untracked());
    };
    let badge = standing_badge(line.standing);
    let met = matches!(line.standing, Standing::Passed { .. });
    let withdraw = may && line.required.is_some() && !met;
    let title = line.title.clone();
    view! {
        <li class="flex flex-wrap items-center gap-x-3 px-4 py-2">
            <a class="flex min-h-11 min-w-0 flex-1 flex-col justify-center" href=format!("/training/{course}")>
                <bdi class="truncate">{line.title}</bdi>
                {detail.map(|detail| view! { <span class="text-sm text-muted">{detail}</span> })}
            </a>
            <span class="flex flex-wrap items-center gap-x-3">
                {badge.map(|(label, tone)| view! { <Badge label tone=Signal::stored(tone) /> })}
                {line
                    .provisional
                    .then(|| view! { <Badge label=tr!(training.provisional) tone=Signal::stored(Tone::Info) /> })}
            </span>
            {withdraw
                .then(|| {
                    view! {
                        <Button label=tr!(classes.release) kind=ButtonKind::Quiet on_press=move || open.set(true) />
                        <ConfirmSheet
                            open
                            title=Signal::stored(title.clone())
                            body=tr!(classes.release_body)
                            verb=tr!(classes.release)
                            on_confirm=release
                        />
                    }
                })}
        </li>
    }
}

/// Lessons with a sheet, to be scored.
#[component]
fn ToScore(person: PersonId, lessons: Vec<ScoredLesson>) -> impl IntoView {
    (!lessons.is_empty()).then(|| {
        let rows = lessons.into_iter().map(|it| {
            let href = format!(
                "/training/people/{person}/score/{}/{}",
                it.course, it.lesson
            );
            let label = it.passed.then(|| tr!(classes.score_passed));
            view! {
                <ListRow
                    title=Signal::stored(it.sheet.title)
                    detail=it.course_title
                    href
                    icon=icons::LuClipboardPen
                >
                    {label.map(|label| view! { <Badge label tone=Signal::stored(Tone::Good) /> })}
                </ListRow>
            }
        });
        let rows = rows.collect_view();
        view! {
            <SectionTitle label=tr!(classes.to_score) />
            <List label=tr!(classes.to_score)>{rows}</List>
        }
    })
}

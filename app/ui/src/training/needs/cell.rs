//! What a cell of the map is made of, and what can be done about it.

use caravan_domain::{
    id::{CourseId, RoundId},
    training::needs::view::{NeedsCellFile, NeedsCellOf, NeedsOf, NeedsPerson, Quizzes},
};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    round_of, team_of,
    words::{mean, shade, step_name, tenths, topic_name},
};
use crate::{
    engine::use_engine,
    training::person::person_of,
    ui::{ButtonKind, EmptyState, Icon, LinkButton, List, ListRow, Page, SectionTitle},
};

/// `/training/needs/:round/people/:person/:place`.
#[component]
pub(in super::super) fn PersonCellPage() -> impl IntoView {
    let params = use_params_map();
    let of = Memo::new(move |_| params.with(|params| NeedsOf::Person(person_of(params))));
    view! { <CellPage of /> }
}

/// `/training/needs/:round/teams/:team/:place`.
#[component]
pub(in super::super) fn TeamCellPage() -> impl IntoView {
    let params = use_params_map();
    let of = Memo::new(move |_| params.with(|params| NeedsOf::Team(team_of(params))));
    view! { <CellPage of /> }
}

#[component]
fn CellPage(of: Memo<NeedsOf>) -> impl IntoView {
    let params = use_params_map();
    let asked = Memo::new(move |_| {
        let place = params.with(|params| params.get("place"));
        let place = place.and_then(|place| place.parse().ok());
        NeedsCellOf {
            round: params.with(round_of),
            place: place.unwrap_or(u8::MAX),
            of: of.get(),
        }
    });
    let answer = use_engine().needs_cell(move || asked.get());
    let file = Memo::new(move |_| answer.get().map(|file| file.map(|file| *file)));
    let none = tr!(needs.no_team);
    let title = Signal::derive(move || {
        let name = file.with(|file| Some(file.as_ref()?.as_ref()?.name.clone()));
        match name {
            Some(name) if name.is_empty() => none.get(),
            name => name.unwrap_or_default(),
        }
    });
    let back = Signal::derive(move || format!("/training/needs/{}", asked.get().round));
    view! {
        <Page title known_as=tr!(needs.title) back>
            {move || match file.get() {
                None => ().into_any(),
                Some(None) => view! { <EmptyState icon=icons::LuSearchX title=tr!(needs.cell_missing) /> }.into_any(),
                Some(Some(file)) => view! { <Opened asked=asked.get() file /> }.into_any(),
            }}
        </Page>
    }
}

#[component]
fn Opened(asked: NeedsCellOf, file: NeedsCellFile) -> impl IntoView {
    let is_person = matches!(asked.of, NeedsOf::Person(_));
    let answers = file.cell.answers;
    let topic = topic_name(&file.topic);
    let shown = match file.cell.means {
        Some(means) => {
            let (sure, important) = (mean(means.sure), mean(means.important));
            view! {
                <p class="flex items-center gap-3">
                    <span class=format!(
                        "flex min-h-11 min-w-16 items-center justify-center rounded-field px-2 text-xl tabular-nums {}",
                        shade(means.step()),
                    )>{tenths(means.gap())}</span>
                    <span class="flex flex-col">
                        <span>{step_name(means.step())}</span>
                        <span class="text-sm text-muted tabular-nums">
                            {tr!(needs.means, sure = sure.clone(), important = important.clone())}
                        </span>
                    </span>
                </p>
            }
            .into_any()
        }
        None => view! { <p>{tr!(needs.too_few)}</p> }.into_any(),
    };
    let count = (!is_person).then(|| {
        view! { <p class="text-sm text-muted tabular-nums">{tr!(needs.count, count = answers)}</p> }
    });
    let people = file.people.iter();
    let people = people.map(|person| {
        let person = person.clone();
        match is_person {
            true => view! { <Quiz quizzes=person.quizzes /> }.into_any(),
            false => view! { <PersonRow asked person /> }.into_any(),
        }
    });
    let people = people.collect_view();
    let people = match is_person {
        true => people.into_any(),
        false => view! {
            <SectionTitle label=tr!(needs.whose) />
            <List label=tr!(needs.whose)>{people}</List>
        }
        .into_any(),
    };
    let one = match (is_person, file.people.into_iter().next()) {
        (true, Some(person)) => Some(person),
        _ => None,
    };
    view! {
        <div class="flex flex-col gap-2 px-4 pb-2">
            <h2 class="font-semibold">
                <bdi>{topic}</bdi>
            </h2>
            {shown}
            {count}
        </div>
        {people}
        <Courses courses=file.courses one />
    }
}

/// One of several answers; a tap leads on to that person's own cell.
#[component]
fn PersonRow(asked: NeedsCellOf, person: NeedsPerson) -> impl IntoView {
    let means = {
        let (sure, important) = (person.mark.sure, person.mark.important);
        tr!(needs.means, sure = sure, important = important)
    };
    let quiz = quiz_words(person.quizzes);
    let detail = Signal::derive(move || match &quiz {
        Some(quiz) => format!("{} · {}", means.get(), quiz.get()),
        None => means.get(),
    });
    let href = person_cell(asked.round, &person, asked.place);
    view! { <ListRow title=Signal::stored(person.name) detail href /> }
}

fn person_cell(round: RoundId, person: &NeedsPerson, place: u8) -> String {
    format!("/training/needs/{round}/people/{}/{place}", person.person)
}

#[component]
fn Quiz(quizzes: Quizzes) -> impl IntoView {
    quiz_words(quizzes).map(|words| {
        view! {
            <p class="flex items-center gap-2 px-4 pb-2">
                <Icon icon=icons::LuListChecks class="size-5 shrink-0 text-muted" />
                <span class="tabular-nums">{words}</span>
            </p>
        }
    })
}

/// Nothing where there is no course to be tried. To be called while a component is being built.
fn quiz_words(quizzes: Quizzes) -> Option<Signal<String>> {
    let Quizzes {
        right,
        of,
        passed,
        courses,
    } = quizzes;
    let tried = match of {
        0 => tr!(needs.quiz_none),
        _ => tr!(needs.quiz_right, right = right, of = of),
    };
    let passed = tr!(needs.quiz_passed, passed = passed, courses = courses);
    (courses > 0).then(|| Signal::derive(move || format!("{} · {}", tried.get(), passed.get())))
}

/// Courses of the topic; of one person they can be required with the next tap.
#[component]
fn Courses(courses: Vec<(CourseId, String)>, one: Option<NeedsPerson>) -> impl IntoView {
    if courses.is_empty() {
        return view! {
            <p class="px-4 py-2 text-muted">{tr!(needs.no_course)}</p>
            <div class="px-4 pb-4">
                <LinkButton label=tr!(training.title) href="/training" kind=ButtonKind::Quiet icon=icons::LuGraduationCap />
            </div>
        }
        .into_any();
    }
    let rows = courses.into_iter().map(|(course, title)| match &one {
        Some(person) => {
            let href = format!("/training/people/{}/require?course={course}", person.person);
            let name = person.name.clone();
            let detail = tr!(needs.require_of, name = name.clone());
            view! { <ListRow title=Signal::stored(title) detail href icon=icons::LuCirclePlus /> }
                .into_any()
        }
        None => view! {
            <ListRow
                title=Signal::stored(title)
                href=format!("/training/{course}")
                icon=icons::LuGraduationCap
            />
        }
        .into_any(),
    });
    let rows = rows.collect_view();
    view! {
        <SectionTitle label=tr!(needs.to_courses) />
        <List label=tr!(needs.to_courses)>{rows}</List>
    }
    .into_any()
}

use caravan_domain::{
    command::Command,
    id::{CourseId, Id, LessonId},
    training::{command::TrainingCommand, course::LessonDraft, view::CourseFile},
};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{course_of, words::ModeNames};
use crate::{
    engine::{use_engine, use_submit},
    ui::{Button, ButtonKind, EmptyState, Icon, Page, Show, live, use_past_the_form},
};

/// One lesson to be gone through; on to the next at one tap.
#[component]
pub(super) fn LessonPage() -> impl IntoView {
    let params = use_params_map();
    let ids = Memo::new(move |_| {
        params.with(|params| {
            let lesson = params.get("lesson").and_then(|id| id.parse().ok());
            (course_of(params), lesson.unwrap_or(LessonId(Id::ZERO)))
        })
    });
    let file = use_engine().course(move || ids.get().0);
    let known = Memo::new(move |_| {
        file.with(|file| {
            let file = file.as_ref()?;
            let lesson = file.as_ref().and_then(|file| find(file, ids.get().1));
            Some(lesson)
        })
    });
    let title = Signal::derive(move || {
        known
            .with(|known| Some(known.as_ref()?.as_ref()?.title.clone()))
            .unwrap_or_default()
    });
    let back = Signal::derive(move || format!("/training/{}", ids.get().0));
    view! {
        <Page
            title
            known_as=tr!(training.title)
            back
            actions=move || view! { <Edit ids file /> }
            main_action=move || view! { <Next ids file /> }
        >
            {move || match known.get() {
                None => ().into_any(),
                Some(None) => view! { <EmptyState icon=icons::LuSearchX title=tr!(training.missing) /> }.into_any(),
                Some(Some(lesson)) => view! { <Text lesson /> }.into_any(),
            }}
        </Page>
    }
}

/// For whoever writes courses.
#[component]
fn Edit(
    ids: Memo<(CourseId, LessonId)>,
    file: Signal<Option<Option<Box<CourseFile>>>>,
) -> impl IntoView {
    let may_run =
        Memo::new(move |_| file.with(|file| Some(file.as_ref()?.as_ref()?.may_run)) == Some(true));
    let label = tr!(training.edit_lesson);
    view! {
        <Show when=move || may_run.get()>
            <a
                class="btn btn-ghost w-11 p-0"
                href=move || {
                    let (course, lesson) = ids.get();
                    format!("/training/{course}/lessons/{lesson}/edit")
                }
                aria-label=label
                title=label
            >
                <Icon icon=icons::LuPencil class="size-5" />
            </a>
        </Show>
    }
}

fn find(file: &CourseFile, lesson: LessonId) -> Option<LessonDraft> {
    let known = file.course.lessons.iter().find(|(id, _)| *id == lesson)?;
    Some(known.1.clone())
}

#[component]
fn Text(lesson: LessonDraft) -> impl IntoView {
    let modes = ModeNames::new();
    let mode = lesson.mode;
    let link = (!lesson.link.is_empty()).then_some(lesson.link);
    view! {
        <p class="px-4 pb-2 text-sm text-muted">{move || modes.name(mode)}</p>
        <p class="max-w-prose px-4 pb-4 leading-relaxed whitespace-pre-line">
            <bdi>{lesson.text}</bdi>
        </p>
        {link
            .map(|link| {
                view! {
                    <p class="px-4 pb-4">
                        <a
                            class="inline-flex min-h-11 items-center break-all text-primary underline underline-offset-4"
                            href=link.clone()
                            target="_blank"
                            rel="noopener noreferrer"
                        >
                            {link.clone()}
                        </a>
                    </p>
                }
            })}
    }
}

/// What comes after a lesson.
enum Then {
    Lesson(LessonId),
    Quiz,
    Course,
}

fn then(file: &CourseFile, lesson: LessonId) -> Then {
    let mut after = file
        .course
        .lessons
        .iter()
        .skip_while(|(id, _)| *id != lesson);
    match after.nth(1) {
        Some((next, _)) => Then::Lesson(*next),
        None if !file.course.questions.is_empty() => Then::Quiz,
        None => Then::Course,
    }
}

#[component]
fn Next(
    ids: Memo<(CourseId, LessonId)>,
    file: Signal<Option<Option<Box<CourseFile>>>>,
) -> impl IntoView {
    let submit = use_submit(None);
    let open = StoredValue::new_local(use_past_the_form());
    let go_on = move || {
        let (course, lesson) = ids.get_untracked();
        let to = file.with_untracked(|file| {
            let file = file.as_ref()?.as_ref()?;
            Some(match then(file, lesson) {
                Then::Lesson(next) => format!("/training/{course}/lessons/{next}"),
                Then::Quiz => format!("/training/{course}/quiz"),
                Then::Course => format!("/training/{course}"),
            })
        });
        let Some(to) = to else { return };
        let command = TrainingCommand::ReadLesson { course, lesson };
        submit.run(Command::Training(command), move |_| {
            open.with_value(|open| open(&to));
        });
    };
    let (next, quiz, done) = (
        tr!(training.next_lesson),
        tr!(training.to_quiz),
        tr!(training.done),
    );
    live(move || {
        let label = file.with(|file| {
            let file = file.as_ref()?.as_ref()?;
            Some(match then(file, ids.get().1) {
                Then::Lesson(_) => next,
                Then::Quiz => quiz,
                Then::Course => done,
            })
        })?;
        Some(view! {
            <Button
                label
                kind=ButtonKind::Main
                icon=icons::LuArrowRight
                wide=true
                disabled=submit.busy
                on_press=go_on
            />
        })
    })
}

use caravan_domain::{
    command::Command,
    id::{CourseId, Id, LessonId},
    training::{
        classes::view::ClassLine,
        command::TrainingCommand,
        course::{LessonDraft, Mode},
        sheets::decision::Sheet,
        view::CourseFile,
    },
};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{classes::ClassRow, course_of, words::ModeNames};
use crate::{
    engine::{use_engine, use_submit},
    ui::{
        Button, ButtonKind, EmptyState, Icon, LinkButton, List, Page, SectionTitle, Show, live,
        use_past_the_form,
    },
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
            <ByOthers ids file />
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
    view! {
        <p class="px-4 pb-2 text-sm text-muted">{move || modes.name(mode)}</p>
        <p class="max-w-prose px-4 pb-4 leading-relaxed whitespace-pre-line">
            <bdi>{lesson.text}</bdi>
        </p>
        <Outside link=lesson.link />
    }
}

/// Where more of it is, if anywhere.
#[component]
pub(super) fn Outside(link: String) -> impl IntoView {
    (!link.is_empty()).then(|| {
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
    })
}

/// By what it is scored, and where it is held next; for whoever may, the way to both.
#[component]
fn ByOthers(
    ids: Memo<(CourseId, LessonId)>,
    file: Signal<Option<Option<Box<CourseFile>>>>,
) -> impl IntoView {
    let known = Memo::new(move |_| {
        file.with(|file| {
            let file = file.as_ref()?.as_ref()?;
            let (_, lesson) = ids.get();
            let mode = find(file, lesson)?.mode;
            let held = file
                .classes
                .iter()
                .filter(|line| line.class.lesson == lesson);
            Some(Known {
                mode,
                sheet: file.sheets.get(&lesson).cloned(),
                classes: held.cloned().collect(),
                may_run: file.may_run,
                may_hold: file.may_hold,
            })
        })
    });
    move || {
        let (course, lesson) = ids.get();
        let Known {
            mode,
            sheet,
            classes,
            may_run,
            may_hold,
        } = known.get()?;
        let to = move |part: &str| format!("/training/{course}/lessons/{lesson}/{part}");
        let taught = mode == Mode::Class;
        let played = matches!(mode, Mode::RolePlay | Mode::Drill);
        let label = match sheet {
            Some(_) => tr!(classes.sheet_edit),
            None => tr!(classes.sheet_add),
        };
        let rows = classes.into_iter().map(|line| view! { <ClassRow line /> });
        let rows = rows.collect_view();
        Some(view! {
            {taught
                .then(|| {
                    view! {
                        <p class="px-4 pb-3 text-muted">{tr!(classes.counts_when_attended)}</p>
                        <List label=tr!(classes.ahead)>{rows}</List>
                    }
                })}
            {sheet.map(|sheet| view! { <Criteria sheet /> })}
            <div class="flex flex-wrap gap-3 px-4 py-3 empty:hidden">
                {(taught && may_hold)
                    .then(|| view! { <LinkButton label=tr!(classes.hold) href=to("hold") icon=icons::LuCalendarPlus /> })}
                {(played && may_run)
                    .then(|| view! { <LinkButton label href=to("sheet") icon=icons::LuClipboardPen /> })}
            </div>
        })
    }
}

#[derive(Debug, Clone, PartialEq)]
struct Known {
    mode: Mode,
    sheet: Option<Sheet>,
    classes: Vec<ClassLine>,
    may_run: bool,
    may_hold: bool,
}

#[component]
fn Criteria(sheet: Sheet) -> impl IntoView {
    let percent = sheet.pass_percent;
    let rows = sheet.criteria.into_iter().map(|it| {
        let points = it.points;
        view! {
            <li class="flex justify-between gap-3 px-4 py-2">
                <bdi>{it.name}</bdi>
                <span class="shrink-0 text-muted tabular-nums">{tr!(classes.points_most, points = points)}</span>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <SectionTitle label=tr!(classes.sheet) />
        <ul class="divide-y divide-line">{rows}</ul>
        <p class="px-4 py-2 text-sm text-muted">{tr!(classes.counts_when_scored, percent = percent)}</p>
        {sheet.needed.then(|| view! { <p class="px-4 pb-2 text-sm text-muted">{tr!(classes.needed)}</p> })}
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
    // Somebody else says that it is done; the way on is open all the same.
    let by_others = Memo::new(move |_| {
        file.with(|file| {
            let file = file.as_ref()?.as_ref()?;
            let (_, lesson) = ids.get();
            let class = find(file, lesson)?.mode == Mode::Class;
            Some(class || file.sheets.contains_key(&lesson))
        }) == Some(true)
    });
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
        if by_others.get_untracked() {
            open.with_value(|open| open(&to));
            return;
        }
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
    let (later, back) = (tr!(classes.next_lesson), tr!(classes.to_course));
    live(move || {
        let by_others = by_others.get();
        let label = file.with(|file| {
            let file = file.as_ref()?.as_ref()?;
            Some(match (then(file, ids.get().1), by_others) {
                (Then::Lesson(_), true) => later,
                (Then::Course, true) => back,
                (Then::Lesson(_), false) => next,
                (Then::Quiz, _) => quiz,
                (Then::Course, false) => done,
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

use caravan_domain::{
    command::Command,
    conflict::Contestable,
    id::{CourseId, LessonId},
    training::{
        classes::view::ClassLine,
        command::TrainingCommand,
        course::{LessonDraft, Mode, QuestionDraft},
        learned::{Answers, Learned, What},
        standing::Standing,
        view::CourseFile,
    },
};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    classes::ClassRow,
    course_of,
    effect::EffectLink,
    field_words::field_words,
    sheets::Scores,
    words::{ModeNames, TopicNames, standing_badge},
};
use crate::{
    conflicts::Conflicts,
    engine::{use_engine, use_perform},
    format::use_format,
    ui::{
        Badge, Button, ButtonKind, EmptyState, IconButton, LinkButton, List, ListRow, Page,
        SectionTitle, Sheet, Show, SyncMark, Tone, live,
    },
};

type File = Signal<Option<Option<Box<CourseFile>>>>;

#[component]
pub(super) fn CoursePage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(course_of));
    let file: File = use_engine().course(move || id.get());
    let title =
        Signal::derive(move || of(file, |file| file.course.title.clone()).unwrap_or_default());
    let may_run = Memo::new(move |_| of(file, |file| file.may_run) == Some(true));
    view! {
        <Page
            title
            known_as=tr!(training.title)
            back="/training"
            actions=move || {
                view! {
                    <Show when=move || may_run.get()>
                        <More id file />
                    </Show>
                }
            }
            main_action=move || view! { <GoOn id file /> }
        >
            {move || match file.get() {
                None => ().into_any(),
                Some(None) => view! { <EmptyState icon=icons::LuSearchX title=tr!(training.missing) /> }.into_any(),
                Some(Some(file)) => view! { <Detail file=*file /> }.into_any(),
            }}
            <Conflicts record=Signal::derive(move || Contestable::Course(id.get())) words=field_words />
        </Page>
    }
}

fn of<T>(file: File, read: impl FnOnce(&CourseFile) -> T) -> Option<T> {
    file.with(|file| Some(read(file.as_ref()?.as_ref()?)))
}

/// The first lesson that was not gone through, else the quiz; the certificate, once nothing is missing for it.
#[component]
fn GoOn(id: Memo<CourseId>, file: File) -> impl IntoView {
    let ready = Memo::new(move |_| of(file, |file| file.ready) == Some(true));
    let perform = use_perform();
    let (finish, said) = (tr!(classes.finish), tr!(classes.finish_said));
    let take = move || {
        let command = TrainingCommand::Finish(id.get_untracked());
        perform.run(Command::Training(command), said.get_untracked());
    };
    let (begin, go_on) = (tr!(training.begin), tr!(training.go_on));
    let (quiz, quiz_again) = (tr!(training.to_quiz), tr!(training.quiz_again));
    let next = Memo::new(move |_| {
        of(file, |file| {
            let course = id.get();
            let open =
                file.course.lessons.iter().find(|(id, lesson)| {
                    !file.read.contains(id) && !is_for_others(file, *id, lesson)
                });
            let counts = matches!(file.standing, Standing::Passed { .. });
            match open {
                Some((lesson, _)) => {
                    let label = if file.read.is_empty() { begin } else { go_on };
                    Some((label, format!("/training/{course}/lessons/{lesson}")))
                }
                None if file.course.questions.is_empty() || counts || file.waits => None,
                None => {
                    let label = if file.tries.is_empty() {
                        quiz
                    } else {
                        quiz_again
                    };
                    Some((label, format!("/training/{course}/quiz")))
                }
            }
        })
        .flatten()
    });
    live(move || {
        if ready.get() {
            let button = view! {
                <Button label=finish kind=ButtonKind::Main icon=icons::LuAward wide=true on_press=take />
            };
            return Some(button.into_any());
        }
        let (label, href) = next.get()?;
        let link = view! { <LinkButton label href kind=ButtonKind::Main icon=icons::LuArrowRight wide=true /> };
        Some(link.into_any())
    })
}

/// What a trainer or an assessor has to say: it holds nobody up who goes on by themselves.
fn is_for_others(file: &CourseFile, id: LessonId, lesson: &LessonDraft) -> bool {
    lesson.mode == Mode::Class || file.sheets.contains_key(&id)
}

/// Where it is taught next.
#[component]
fn Classes(lines: Vec<ClassLine>) -> impl IntoView {
    (!lines.is_empty()).then(|| {
        let rows = lines.into_iter().map(|line| view! { <ClassRow line /> });
        let rows = rows.collect_view();
        view! {
            <SectionTitle label=tr!(classes.ahead) />
            <List label=tr!(classes.ahead)>{rows}</List>
        }
    })
}

#[component]
fn More(id: Memo<CourseId>, file: File) -> impl IntoView {
    let shown = RwSignal::new(false);
    let perform = use_perform();
    let archived = Memo::new(move |_| of(file, |file| file.course.archived) == Some(true));
    let (archived_said, restored_said) = (tr!(training.archived_said), tr!(training.restored_said));
    let set = move |archived: bool| {
        shown.set(false);
        let said = if archived {
            archived_said
        } else {
            restored_said
        };
        let course = id.get_untracked();
        let command = TrainingCommand::SetArchived { course, archived };
        perform.run(Command::Training(command), said.get_untracked());
    };
    let to =
        move |part: &'static str| Signal::derive(move || format!("/training/{}/{part}", id.get()));
    view! {
        <IconButton label=tr!(training.more) icon=icons::LuEllipsisVertical on_press=move || shown.set(true) />
        <Sheet open=shown title=tr!(training.more)>
            <List>
                <ListRow title=tr!(training.edit) icon=icons::LuPencil href=to("edit") />
                <ListRow title=tr!(training.rule) icon=icons::LuClipboardCheck href=to("rule") />
                <ListRow title=tr!(training.add_lesson) icon=icons::LuBookOpen href=to("lessons/new") />
                <ListRow title=tr!(training.add_question) icon=icons::LuCircleHelp href=to("questions/new") />
                <Show
                    when=move || archived.get()
                    fallback=move || {
                        view! {
                            <ListRow
                                title=tr!(training.archive)
                                icon=icons::LuArchive
                                on_press=Callback::new(move |()| set(true))
                            />
                        }
                    }
                >
                    <ListRow
                        title=tr!(training.restore)
                        icon=icons::LuArchiveRestore
                        on_press=Callback::new(move |()| set(false))
                    />
                </Show>
            </List>
        </Sheet>
    }
}

#[component]
fn Detail(file: CourseFile) -> impl IntoView {
    let topics = TopicNames::new();
    let topic = file.course.topic;
    let course = file.course.id;
    let about = file.course.about.clone();
    let provisional = file.provisional;
    view! {
        <div class="flex flex-wrap gap-x-4 px-4 pb-2">
            <span class="text-sm text-muted">{move || topics.name(topic)}</span>
            {standing_badge(file.standing)
                .map(|(label, tone)| view! { <Badge label tone=Signal::stored(tone) /> })}
            {provisional
                .then(|| view! { <Badge label=tr!(training.provisional) tone=Signal::stored(Tone::Info) /> })}
            <SyncMark mark=Signal::stored(file.mark) />
        </div>
        {(!about.is_empty())
            .then(|| {
                view! {
                    <p class="max-w-prose px-4 pb-3 whitespace-pre-line">
                        <bdi>{about}</bdi>
                    </p>
                }
            })}
        {file.waits.then(|| view! { <p class="px-4 pb-3">{tr!(classes.waits)}</p> })}
        <Lessons file=file.clone() />
        <Classes lines=file.classes.clone() />
        <Scores lines=file.scores.clone() />
        <Tries file=file.clone() />
        {file.may_run.then(|| view! { <Questions course questions=file.course.questions.clone() /> })}
        {(!file.people.is_empty()).then(|| view! { <EffectLink course /> })}
        <People people=file.people />
    }
}

#[component]
fn Lessons(file: CourseFile) -> impl IntoView {
    let modes = ModeNames::new();
    let (course, read) = (file.course.id, file.read);
    let rows = file.course.lessons.into_iter().map(move |(id, lesson)| {
        let mode = lesson.mode;
        let icon = match read.contains(&id) {
            true => icons::LuCircleCheck,
            false => icons::LuCircle,
        };
        view! {
            <ListRow
                title=Signal::stored(lesson.title)
                detail=Signal::derive(move || modes.name(mode))
                icon
                href=format!("/training/{course}/lessons/{id}")
            />
        }
    });
    let rows = rows.collect_view();
    view! {
        <SectionTitle label=tr!(training.lessons) />
        <List label=tr!(training.lessons)>{rows}</List>
    }
}

/// Every try of the quiz, and what was wrong in the latest.
#[component]
fn Tries(file: CourseFile) -> impl IntoView {
    let format = use_format();
    let Some(latest) = file.tries.first().cloned() else {
        return ().into_any();
    };
    let rows = file.tries.iter().map(|learned| {
        let at = learned.at;
        let (right, of) = points(learned);
        view! {
            <ListRow
                title=tr!(training.right_of, right = right, of = of)
                detail=Signal::derive(move || format.moment(at))
            />
        }
    });
    let rows = rows.collect_view();
    let (right, of) = points(&latest);
    let wrong = (right < of).then(|| wrong(&file.course.questions, &file.answers));
    view! {
        <SectionTitle label=tr!(training.tries) />
        <List label=tr!(training.tries)>{rows}</List>
        {wrong.map(|wrong| view! { <Wrong wrong /> })}
    }
    .into_any()
}

fn points(learned: &Learned) -> (u16, u16) {
    match learned.what {
        What::Quiz { right, of } => (right, of),
        What::Lesson(_) => (0, 0),
    }
}

fn wrong(
    questions: &[(caravan_domain::id::QuestionId, QuestionDraft)],
    answers: &Answers,
) -> Vec<QuestionDraft> {
    let missed = questions
        .iter()
        .filter(|(id, question)| answers.get(id) != Some(&question.right));
    missed.map(|(_, question)| question.clone()).collect()
}

/// What to look at again; the answers themselves are not given away before the quiz is passed.
#[component]
fn Wrong(wrong: Vec<QuestionDraft>) -> impl IntoView {
    let rows = wrong.into_iter().map(|question| {
        view! {
            <li class="flex flex-col px-4 py-3">
                <bdi>{question.text}</bdi>
                <bdi class="text-sm text-muted empty:hidden">{question.why}</bdi>
            </li>
        }
    });
    view! {
        <SectionTitle label=tr!(training.look_again) />
        <ul class="divide-y divide-line">{rows.collect_view()}</ul>
    }
}

#[component]
fn Questions(
    course: CourseId,
    questions: Vec<(caravan_domain::id::QuestionId, QuestionDraft)>,
) -> impl IntoView {
    if questions.is_empty() {
        return ().into_any();
    }
    let rows = questions.into_iter().map(|(id, question)| {
        let right = question.right.iter().filter_map(|place| {
            let choice = question.choices.get(usize::from(*place));
            choice.cloned()
        });
        let right: Vec<_> = right.collect();
        view! {
            <ListRow
                title=Signal::stored(question.text)
                detail=right.join(" · ")
                href=format!("/training/{course}/questions/{id}")
            />
        }
    });
    let rows = rows.collect_view();
    view! {
        <SectionTitle label=tr!(training.questions) />
        <List label=tr!(training.questions)>{rows}</List>
    }
    .into_any()
}

#[component]
fn People(people: Vec<(caravan_domain::id::PersonId, String, Standing)>) -> impl IntoView {
    if people.is_empty() {
        return ().into_any();
    }
    let rows = people.into_iter().map(|(person, name, standing)| {
        let badge = standing_badge(standing);
        view! {
            <ListRow title=Signal::stored(name) href=format!("/training/people/{person}")>
                {badge.map(|(label, tone)| view! { <Badge label tone=Signal::stored(tone) /> })}
            </ListRow>
        }
    });
    let rows = rows.collect_view();
    view! {
        <SectionTitle label=tr!(training.team) />
        <List label=tr!(training.team)>{rows}</List>
    }
    .into_any()
}

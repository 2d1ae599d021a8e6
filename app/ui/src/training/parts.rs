//! The forms of one lesson and of one question, new or changed.

use caravan_domain::{
    command::{Command, Field},
    training::{
        command::{CHOICES_MAX, TrainingCommand},
        course::{LessonDraft, Mode, QuestionDraft},
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde::{Deserialize, Serialize};

use super::{course_of, words::ModeNames};
use crate::{
    engine::{use_draft, use_engine, use_perform},
    forms::{Elsewhere, use_error_of},
    ui::{
        Bound, Button, ButtonKind, CheckField, Form, Page, RestoredNote, SelectField, TextArea,
        TextField, use_past_the_form,
    },
};

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct LessonTyped {
    title: String,
    mode: Mode,
    text: String,
    link: String,
}

impl LessonTyped {
    fn of(lesson: LessonDraft) -> Self {
        let LessonDraft {
            title,
            mode,
            text,
            link,
        } = lesson;
        Self {
            title,
            mode,
            text,
            link,
        }
    }

    fn draft(self) -> LessonDraft {
        LessonDraft {
            title: self.title,
            mode: self.mode,
            text: self.text,
            link: self.link,
        }
    }
}

/// `/training/:course/lessons/new` and `…/:lesson/edit`.
#[component]
pub(super) fn LessonFormPage() -> impl IntoView {
    let params = use_params_map().get_untracked();
    let course = course_of(&params);
    let lesson = params.get("lesson").and_then(|id| id.parse().ok());
    let file = use_engine().course(move || course);
    let opened = Memo::new(move |before: Option<&Option<LessonTyped>>| match before {
        Some(Some(typed)) => Some(typed.clone()),
        _ => file.with(|file| {
            let file = file.as_ref()?.as_ref()?;
            let known = file
                .course
                .lessons
                .iter()
                .find(|(id, _)| Some(*id) == lesson);
            Some(LessonTyped::of(
                known.map(|(_, it)| it.clone()).unwrap_or_default(),
            ))
        }),
    });
    let title = match lesson {
        Some(_) => tr!(training.edit_lesson),
        None => tr!(training.add_lesson),
    };
    let command = move |before: LessonTyped, typed: LessonTyped| match lesson {
        Some(lesson) => TrainingCommand::ChangeLesson {
            course,
            lesson,
            before: before.draft(),
            after: typed.draft(),
        },
        None => TrainingCommand::AddLesson {
            course,
            lesson: typed.draft(),
        },
    };
    let key = match lesson {
        Some(lesson) => format!("training/{course}/lessons/{lesson}"),
        None => format!("training/{course}/lessons/new"),
    };
    let remove = lesson.map(|lesson| TrainingCommand::RemoveLesson { course, lesson });
    view! {
        <Page title back=format!("/training/{course}")>
            {move || {
                let (key, remove) = (key.clone(), remove.clone());
                opened
                    .get()
                    .map(|before| {
                        view! {
                            <LessonForm
                                key
                                before=before.clone()
                                command=move |typed| command(before.clone(), typed)
                                back=format!("/training/{course}")
                                remove
                            />
                        }
                    })
            }}
        </Page>
    }
}

#[component]
fn LessonForm(
    key: String,
    before: LessonTyped,
    command: impl Fn(LessonTyped) -> TrainingCommand + 'static,
    back: String,
    remove: Option<TrainingCommand>,
) -> impl IntoView {
    let draft = use_draft(key, before);
    let (typed, submit) = (draft.value, draft.submit());
    let open = use_past_the_form();
    let to = back.clone();
    let save = move || {
        let (open, to) = (open.clone(), to.clone());
        let command = command(typed.get_untracked());
        submit.run(Command::Training(command), move |_| open(&to));
    };
    let mode = Bound::word(typed, |typed| typed.mode.word(), |typed| &mut typed.mode);
    view! {
        <RestoredNote restored=draft.restored on_discard=move || draft.discard() />
        <Form on_submit=save>
            <TextField
                label=tr!(training.name)
                error=use_error_of(submit.failure, Field::Title)
                bind=Bound::part(typed, |typed| &typed.title, |typed| &mut typed.title)
                required=true
                max=200
            />
            <SelectField label=tr!(training.mode) bind=mode options=ModeNames::new().options() />
            <TextArea
                label=tr!(training.text)
                bind=Bound::part(typed, |typed| &typed.text, |typed| &mut typed.text)
            />
            <TextField
                label=tr!(training.link)
                hint=tr!(training.link_hint)
                error=use_error_of(submit.failure, Field::Link)
                bind=Bound::part(typed, |typed| &typed.link, |typed| &mut typed.link)
                max=200
            />
            <Elsewhere failure=submit.failure shown=&[Field::Title, Field::Link] />
            <Button label=tr!(training.save) kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
            <Remove remove back />
        </Form>
    }
}

/// Takes a part out of the course; undo stands in the toast.
#[component]
fn Remove(remove: Option<TrainingCommand>, back: String) -> impl IntoView {
    let perform = use_perform();
    let open = use_past_the_form();
    let said = tr!(training.removed);
    remove.map(|command| {
        let open = StoredValue::new_local(open.clone());
        let press = move || {
            perform.run(Command::Training(command.clone()), said.get_untracked());
            open.with_value(|open| open(&back));
        };
        view! {
            <Button
                label=tr!(training.remove)
                kind=ButtonKind::Quiet
                wide=true
                on_press=press
            />
        }
    })
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct QuestionTyped {
    text: String,
    choices: Vec<String>,
    right: Vec<u8>,
    why: String,
}

impl QuestionTyped {
    /// With room for two more choices, as far as there may be more.
    fn of(question: QuestionDraft) -> Self {
        let QuestionDraft {
            text,
            mut choices,
            right,
            why,
        } = question;
        choices.resize((choices.len() + 2).clamp(4, CHOICES_MAX), String::new());
        Self {
            text,
            choices,
            right,
            why,
        }
    }

    fn draft(self) -> QuestionDraft {
        QuestionDraft {
            text: self.text,
            choices: self.choices,
            right: self.right,
            why: self.why,
        }
    }
}

/// `/training/:course/questions/new` and `…/:question`.
#[component]
pub(super) fn QuestionFormPage() -> impl IntoView {
    let params = use_params_map().get_untracked();
    let course = course_of(&params);
    let question = params.get("question").and_then(|id| id.parse().ok());
    let file = use_engine().course(move || course);
    let opened = Memo::new(move |before: Option<&Option<QuestionTyped>>| match before {
        Some(Some(typed)) => Some(typed.clone()),
        _ => file.with(|file| {
            let file = file.as_ref()?.as_ref()?;
            let known = file
                .course
                .questions
                .iter()
                .find(|(id, _)| Some(*id) == question);
            Some(QuestionTyped::of(
                known.map(|(_, it)| it.clone()).unwrap_or_default(),
            ))
        }),
    });
    let title = match question {
        Some(_) => tr!(training.edit_question),
        None => tr!(training.add_question),
    };
    let command = move |typed: QuestionTyped| match question {
        Some(question) => TrainingCommand::ChangeQuestion {
            course,
            question,
            after: typed.draft(),
        },
        None => TrainingCommand::AddQuestion {
            course,
            question: typed.draft(),
        },
    };
    let key = match question {
        Some(question) => format!("training/{course}/questions/{question}"),
        None => format!("training/{course}/questions/new"),
    };
    let remove = question.map(|question| TrainingCommand::RemoveQuestion { course, question });
    view! {
        <Page title back=format!("/training/{course}")>
            {move || {
                let (key, remove) = (key.clone(), remove.clone());
                opened
                    .get()
                    .map(|before| {
                        view! { <QuestionForm key before command back=format!("/training/{course}") remove /> }
                    })
            }}
        </Page>
    }
}

#[component]
fn QuestionForm(
    key: String,
    before: QuestionTyped,
    command: impl Fn(QuestionTyped) -> TrainingCommand + 'static,
    back: String,
    remove: Option<TrainingCommand>,
) -> impl IntoView {
    let places = before.choices.len();
    let draft = use_draft(key, before);
    let (typed, submit) = (draft.value, draft.submit());
    let open = use_past_the_form();
    let to = back.clone();
    let save = move || {
        let (open, to) = (open.clone(), to.clone());
        let command = command(typed.get_untracked());
        submit.run(Command::Training(command), move |_| open(&to));
    };
    let shown = &[Field::Title, Field::Choices];
    view! {
        <RestoredNote restored=draft.restored on_discard=move || draft.discard() />
        <Form on_submit=save>
            <TextField
                label=tr!(training.question)
                error=use_error_of(submit.failure, Field::Title)
                bind=Bound::part(typed, |typed| &typed.text, |typed| &mut typed.text)
                required=true
                max=200
            />
            <p class="text-sm text-muted">{tr!(training.choices_hint)}</p>
            {(0..places).map(|place| view! { <Choice typed place /> }).collect_view()}
            <p class="text-error empty:hidden" role="alert">
                {use_error_of(submit.failure, Field::Choices)}
            </p>
            <TextArea
                label=tr!(training.why)
                bind=Bound::part(typed, |typed| &typed.why, |typed| &mut typed.why)
            />
            <Elsewhere failure=submit.failure shown />
            <Button label=tr!(training.save) kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
            <Remove remove back />
        </Form>
    }
}

/// One choice and whether it is right. A draft of before may have fewer places.
#[component]
fn Choice(typed: RwSignal<QuestionTyped>, place: usize) -> impl IntoView {
    let mark = u8::try_from(place).unwrap_or(u8::MAX);
    let text = Bound {
        value: Signal::derive(move || {
            typed.with(|typed| typed.choices.get(place).cloned().unwrap_or_default())
        }),
        set: Callback::new(move |text: String| {
            typed.update(|typed| {
                if typed.choices.len() <= place {
                    typed.choices.resize(place + 1, String::new());
                }
                typed.choices[place] = text;
            });
        }),
    };
    let right = Bound {
        value: Signal::derive(move || typed.with(|typed| typed.right.contains(&mark))),
        set: Callback::new(move |right: bool| {
            typed.update(|typed| {
                typed.right.retain(|known| *known != mark);
                if right {
                    typed.right.push(mark);
                    typed.right.sort_unstable();
                }
            });
        }),
    };
    let number = place + 1;
    view! {
        <div class="flex flex-col">
            <TextField label=tr!(training.choice, number = number) bind=text max=200 />
            <CheckField label=tr!(training.choice_is_right, number = number) bind=right />
        </div>
    }
}

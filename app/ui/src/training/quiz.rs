use std::collections::BTreeMap;

use caravan_domain::{
    command::Command,
    id::{CourseId, QuestionId},
    training::{command::TrainingCommand, course::QuestionDraft, learned::Answers},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde::{Deserialize, Serialize};

use super::course_of;
use crate::{
    engine::{use_draft, use_engine},
    forms::Refused,
    ui::{Bound, Button, ButtonKind, CheckField, Form, Page, RestoredNote, use_past_the_form},
};

/// What is ticked so far, by the question's id as text.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    ticked: BTreeMap<String, Vec<u8>>,
}

impl Typed {
    fn answers(&self) -> Answers {
        let ticked = self.ticked.iter();
        ticked
            .filter_map(|(id, ticked)| Some((id.parse().ok()?, ticked.clone())))
            .collect()
    }
}

/// All questions on one page; what is ticked is kept, so that it can be gone on with underground.
#[component]
pub(super) fn QuizPage() -> impl IntoView {
    let course = use_params_map().with_untracked(course_of);
    let file = use_engine().course(move || course);
    // The questions as they were when the quiz was opened.
    type Questions = Vec<(QuestionId, QuestionDraft)>;
    let opened = Memo::new(move |before: Option<&Option<Questions>>| match before {
        Some(Some(questions)) => Some(questions.clone()),
        _ => file.with(|file| Some(file.as_ref()?.as_ref()?.course.questions.clone())),
    });
    view! {
        <Page title=tr!(training.quiz) back=format!("/training/{course}")>
            {move || opened.get().map(|questions| view! { <Quiz course questions /> })}
        </Page>
    }
}

#[component]
fn Quiz(course: CourseId, questions: Vec<(QuestionId, QuestionDraft)>) -> impl IntoView {
    let draft = use_draft(format!("training/{course}/quiz"), Typed::default());
    let submit = draft.submit();
    let open = use_past_the_form();
    let of = questions.len();
    let send = move || {
        let answers = draft.value.with_untracked(Typed::answers);
        let command = TrainingCommand::AnswerQuiz { course, answers };
        let open = open.clone();
        submit.run(Command::Training(command), move |_| {
            open(&format!("/training/{course}"))
        });
    };
    view! {
        <RestoredNote restored=draft.restored on_discard=move || draft.discard() />
        <Form on_submit=send>
            {questions
                .into_iter()
                .enumerate()
                .map(|(place, (id, question))| {
                    view! { <Question typed=draft.value number=place + 1 of id question /> }
                })
                .collect_view()}
            <Refused submit />
            <Button label=tr!(training.answer) kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
        </Form>
    }
}

#[component]
fn Question(
    typed: RwSignal<Typed>,
    number: usize,
    of: usize,
    id: QuestionId,
    question: QuestionDraft,
) -> impl IntoView {
    let id = id.to_string();
    let several = question.right.len() > 1;
    view! {
        <fieldset class="flex flex-col border-b border-line pb-4">
            <legend class="font-medium">
                <span class="block text-sm text-muted">{tr!(training.question_of, number = number, of = of)}</span>
                <bdi>{question.text}</bdi>
            </legend>
            {several.then(|| view! { <p class="text-sm text-muted">{tr!(training.several)}</p> })}
            {question
                .choices
                .into_iter()
                .enumerate()
                .map(|(place, choice)| {
                    let bind = ticked(typed, id.clone(), u8::try_from(place).unwrap_or(u8::MAX), several);
                    view! { <CheckField label=Signal::stored(choice) bind /> }
                })
                .collect_view()}
        </fieldset>
    }
}

/// Where one answer is right, ticking another takes the tick from the first.
fn ticked(typed: RwSignal<Typed>, id: String, place: u8, several: bool) -> Bound<bool> {
    let key = id.clone();
    Bound {
        value: Signal::derive(move || {
            typed.with(|typed| {
                let ticked = typed.ticked.get(&key);
                ticked.is_some_and(|ticked| ticked.contains(&place))
            })
        }),
        set: Callback::new(move |on: bool| {
            typed.update(|typed| {
                let ticked = typed.ticked.entry(id.clone()).or_default();
                ticked.retain(|known| several && *known != place);
                if on {
                    ticked.push(place);
                    ticked.sort_unstable();
                }
            });
        }),
    }
}

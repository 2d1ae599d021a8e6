//! A course's own fields; its lessons and questions have forms of their own.

use caravan_domain::{
    command::{Command, Field, RecordRef},
    training::{
        command::TrainingCommand,
        course::{Course, CourseDraft, Topic},
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde::{Deserialize, Serialize};

use super::{course_of, words::TopicNames};
use crate::{
    engine::{Submit, use_draft, use_engine, use_submit},
    forms::{Elsewhere, use_error_of},
    ui::{
        Bound, Button, ButtonKind, Form, Page, RestoredNote, SelectField, TextArea, TextField,
        use_past_the_form,
    },
};

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    title: String,
    topic: Topic,
    about: String,
}

impl Typed {
    fn of(course: &Course) -> Self {
        Self {
            title: course.title.clone(),
            topic: course.topic,
            about: course.about.clone(),
        }
    }

    fn draft(self) -> CourseDraft {
        CourseDraft {
            title: self.title,
            topic: self.topic,
            about: self.about,
            ..CourseDraft::default()
        }
    }
}

#[component]
pub(super) fn NewCoursePage() -> impl IntoView {
    let draft = use_draft("training/new", Typed::default());
    view! {
        <Page title=tr!(training.new) back="/training">
            <RestoredNote restored=draft.restored on_discard=move || draft.discard() />
            <CourseForm
                typed=draft.value
                command=|typed| TrainingCommand::AddCourse(typed.draft())
                submit=draft.submit()
            />
        </Page>
    }
}

#[component]
pub(super) fn EditCoursePage() -> impl IntoView {
    let course = use_params_map().with_untracked(course_of);
    let file = use_engine().course(move || course);
    // The form opens once; what arrives meanwhile does not overwrite what is being typed.
    let opened = Memo::new(move |before: Option<&Option<Typed>>| match before {
        Some(Some(typed)) => Some(typed.clone()),
        _ => file.with(|file| Some(Typed::of(&file.as_ref()?.as_ref()?.course))),
    });
    let back = format!("/training/{course}");
    let opens = back.clone();
    view! {
        <Page title=tr!(training.edit) back>
            {move || {
                let opens = opens.clone();
                opened
                    .get()
                    .map(|before| {
                        let typed = RwSignal::new(before.clone());
                        view! {
                            <CourseForm
                                typed
                                command=move |typed| TrainingCommand::ChangeCourse {
                                    course,
                                    before: before.clone().draft(),
                                    after: typed.draft(),
                                }
                                submit=use_submit(None)
                                opens
                            />
                        }
                    })
            }}
        </Page>
    }
}

#[component]
fn CourseForm(
    typed: RwSignal<Typed>,
    command: impl Fn(Typed) -> TrainingCommand + 'static,
    submit: Submit,
    /// Where to go afterwards, when nothing new has come into being.
    #[prop(optional, into)]
    opens: String,
) -> impl IntoView {
    let open = use_past_the_form();
    let save = move || {
        let command = command(typed.get_untracked());
        let (open, opens) = (open.clone(), opens.clone());
        submit.run(Command::Training(command), move |ran| {
            open(&match ran.created {
                Some(RecordRef::Course(course)) => format!("/training/{course}"),
                _ => opens,
            });
        });
    };
    let topic = Bound::word(typed, |typed| typed.topic.word(), |typed| &mut typed.topic);
    view! {
        <Form on_submit=save>
            <TextField
                label=tr!(training.name)
                error=use_error_of(submit.failure, Field::Title)
                bind=Bound::part(typed, |typed| &typed.title, |typed| &mut typed.title)
                required=true
                max=200
            />
            <SelectField label=tr!(training.topic) bind=topic options=TopicNames::new().options() />
            <TextArea
                label=tr!(training.about)
                bind=Bound::part(typed, |typed| &typed.about, |typed| &mut typed.about)
            />
            <Elsewhere failure=submit.failure shown=&[Field::Title] />
            <Button label=tr!(training.save) kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
        </Form>
    }
}

//! A course required of one person, until a day.

use caravan_domain::{
    calendar::{parse_day, plus_days},
    command::{Command, Field},
    id::{CourseId, Id, PersonId},
    training::{command::TrainingCommand, view::PersonTrainingFile},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use serde::{Deserialize, Serialize};

use super::person::person_of;
use crate::{
    engine::{use_draft, use_engine},
    format::now,
    forms::{Elsewhere, use_error_of},
    ui::{
        Bound, Button, ButtonKind, DateField, Form, Page, RestoredNote, SelectField,
        use_past_the_form, use_toasts,
    },
};

const USUAL_DAYS: i64 = 14;

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    /// Its id; blank for the first of the list.
    course: String,
    due: String,
}

/// The word in the address that says which course: `?course=`.
const COURSE: &str = "course";

/// `/training/people/:person/require`.
#[component]
pub(super) fn RequirePage() -> impl IntoView {
    let person = use_params_map().with_untracked(person_of);
    let answer = use_engine().person_training(move || person);
    let file = Memo::new(move |_| answer.get().flatten().map(|file| *file));
    let there = Memo::new(move |_| file.with(Option::is_some));
    let title = Signal::derive(move || {
        file.with(|file| file.as_ref().map(|file| file.name.clone()))
            .unwrap_or_default()
    });
    view! {
        <Page title known_as=tr!(classes.require) back=format!("/training/people/{person}")>
            {move || there.get().then(|| view! { <RequireForm person file /> })}
        </Page>
    }
}

/// What is open to the person first, then what they have or are asked already.
fn courses_of(file: &PersonTrainingFile) -> Vec<(String, String)> {
    let others = file.others.iter();
    let others = others.map(|(course, title)| (course.to_string(), title.clone()));
    let asked = file.courses.iter();
    others
        .chain(asked.map(|line| (line.course.to_string(), line.title.clone())))
        .collect()
}

#[component]
fn RequireForm(person: PersonId, file: Memo<Option<PersonTrainingFile>>) -> impl IntoView {
    let course = use_query_map().with_untracked(|query| query.get(COURSE));
    // What is begun for one course is not mixed up with another.
    let key = match &course {
        Some(course) => format!("training/people/{person}/require/{course}"),
        None => format!("training/people/{person}/require"),
    };
    let initial = Typed {
        course: course.unwrap_or_default(),
        due: plus_days(untrack(now).day(), USUAL_DAYS).to_string(),
    };
    let draft = use_draft(key, initial);
    let (typed, submit) = (draft.value, draft.submit());
    let (open, toasts, said) = (use_past_the_form(), use_toasts(), tr!(classes.require_said));
    let courses = Memo::new(move |_| {
        file.with(|file| file.as_ref().map(courses_of))
            .unwrap_or_default()
    });
    let chosen = move |typed: &Typed| match typed.course.is_empty() {
        true => courses
            .with(|all| all.first().map(|(id, _)| id.clone()))
            .unwrap_or_default(),
        false => typed.course.clone(),
    };
    let save = move || {
        let open = open.clone();
        let command = typed.with_untracked(|typed| TrainingCommand::Require {
            person,
            course: untrack(|| chosen(typed))
                .parse()
                .unwrap_or(CourseId(Id::ZERO)),
            due: parse_day(&typed.due).unwrap_or_default(),
        });
        submit.run(Command::Training(command), move |_| {
            toasts.say(said.get_untracked());
            open(&format!("/training/people/{person}"));
        });
    };
    let course = Bound {
        value: Signal::derive(move || typed.with(chosen)),
        set: Callback::new(move |course| typed.update(|typed| typed.course = course)),
    };
    view! {
        <RestoredNote restored=draft.restored on_discard=move || draft.discard() />
        <Form on_submit=save>
            <SelectField label=tr!(classes.course) bind=course options=courses />
            <DateField
                label=tr!(classes.until)
                hint=tr!(classes.until_hint)
                error=use_error_of(submit.failure, Field::Due)
                bind=Bound::part(typed, |typed| &typed.due, |typed| &mut typed.due)
            />
            <Elsewhere failure=submit.failure shown=&[Field::Due] />
            <Button label=tr!(classes.require_save) kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
        </Form>
    }
}

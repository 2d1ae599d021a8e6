//! Calling a class: a lesson, a day, a place, and who is invited.

use std::collections::BTreeSet;

use caravan_domain::{
    calendar::{parse_day, plus_days},
    command::{Command, Field, RecordRef},
    id::{CourseId, Id, LessonId, PersonId},
    training::{
        classes::decision::{ClassPlan, PLACE_MAX},
        command::TrainingCommand,
    },
    work::hours::minute,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde::{Deserialize, Serialize};

use crate::{
    engine::{use_draft, use_engine},
    format::now,
    forms::{Elsewhere, use_error_of},
    training::{course_of, members::Members},
    ui::{
        Bound, Button, ButtonKind, DateField, Form, NumberField, Page, RestoredNote, SelectField,
        TextField, TimeField, use_past_the_form,
    },
};

const LENGTHS: [u16; 6] = [30, 45, 60, 90, 120, 180];

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    title: String,
    on: String,
    starts: String,
    minutes: u16,
    place: String,
    trainer: String,
    room: String,
    invited: BTreeSet<PersonId>,
}

impl Typed {
    fn new(title: String, trainer: PersonId, tomorrow: String) -> Self {
        Self {
            title,
            on: tomorrow,
            starts: "09:00".to_owned(),
            minutes: 60,
            trainer: trainer.to_string(),
            room: "20".to_owned(),
            ..Self::default()
        }
    }

    /// What cannot be read comes to something that is refused with its field.
    fn plan(&self, course: CourseId, lesson: LessonId) -> ClassPlan {
        ClassPlan {
            course,
            lesson,
            title: self.title.clone(),
            on: parse_day(&self.on).unwrap_or_default(),
            starts: minute(&self.starts).unwrap_or_default(),
            minutes: self.minutes,
            place: self.place.clone(),
            trainer: self.trainer.parse().unwrap_or(PersonId(Id::ZERO)),
            room: self.room.trim().parse().unwrap_or_default(),
            invited: self.invited.clone(),
        }
    }
}

/// `/training/:course/lessons/:lesson/hold`.
#[component]
pub(in super::super) fn HoldClassPage() -> impl IntoView {
    let params = use_params_map().get_untracked();
    let course = course_of(&params);
    let lesson = params.get("lesson").and_then(|id| id.parse().ok());
    let lesson = lesson.unwrap_or(LessonId(Id::ZERO));
    let engine = use_engine();
    let (file, me) = (engine.course(move || course), engine.me());
    let opened = Memo::new(move |before: Option<&Option<Typed>>| match before {
        Some(Some(typed)) => Some(typed.clone()),
        _ => {
            let title = file.with(|file| {
                let file = file.as_ref()?.as_ref()?;
                let known = file.course.lessons.iter().find(|(id, _)| *id == lesson)?;
                Some(known.1.title.clone())
            })?;
            let me = me.get()?.person;
            let tomorrow = plus_days(untrack(now).day(), 1).to_string();
            Some(Typed::new(title, me, tomorrow))
        }
    });
    let back = format!("/training/{course}/lessons/{lesson}");
    view! {
        <Page title=tr!(classes.hold) back>
            {move || opened.get().map(|initial| view! { <HoldForm course lesson initial /> })}
        </Page>
    }
}

#[component]
fn HoldForm(course: CourseId, lesson: LessonId, initial: Typed) -> impl IntoView {
    let draft = use_draft(format!("training/{course}/lessons/{lesson}/hold"), initial);
    let (typed, submit) = (draft.value, draft.submit());
    let open = use_past_the_form();
    let save = move || {
        let open = open.clone();
        let plan = typed.with_untracked(|typed| typed.plan(course, lesson));
        let command = TrainingCommand::HoldClass(plan);
        submit.run(Command::Training(command), move |ran| {
            if let Some(RecordRef::Class(class)) = ran.created {
                open(&format!("/training/classes/{class}"));
            }
        });
    };
    let minutes = Bound {
        value: Signal::derive(move || typed.with(|typed| typed.minutes.to_string())),
        set: Callback::new(move |word: String| {
            if let Ok(minutes) = word.parse() {
                typed.update(|typed| typed.minutes = minutes);
            }
        }),
    };
    let lengths = LENGTHS.map(|minutes| (minutes, tr!(classes.minutes, count = minutes)));
    let lengths = Signal::derive(move || {
        let named = lengths.iter();
        named
            .map(|(minutes, name)| (minutes.to_string(), name.get()))
            .collect()
    });
    let people = use_engine().people();
    let trainers = Signal::derive(move || {
        people.with(|view| {
            let people = view.iter().flat_map(|view| &view.people);
            people
                .map(|line| (line.id.to_string(), line.person.name.clone()))
                .collect()
        })
    });
    let shown = &[
        Field::Title,
        Field::Date,
        Field::Place,
        Field::Room,
        Field::People,
    ];
    view! {
        <RestoredNote restored=draft.restored on_discard=move || draft.discard() />
        <Form on_submit=save>
            <TextField
                label=tr!(classes.what)
                error=use_error_of(submit.failure, Field::Title)
                bind=Bound::part(typed, |typed| &typed.title, |typed| &mut typed.title)
                required=true
                max=100
            />
            <DateField
                label=tr!(classes.day)
                error=use_error_of(submit.failure, Field::Date)
                bind=Bound::part(typed, |typed| &typed.on, |typed| &mut typed.on)
            />
            <div class="grid grid-cols-2 gap-4">
                <TimeField
                    label=tr!(classes.starts)
                    bind=Bound::part(typed, |typed| &typed.starts, |typed| &mut typed.starts)
                />
                <SelectField label=tr!(classes.length) bind=minutes options=lengths />
            </div>
            <TextField
                label=tr!(classes.place)
                error=use_error_of(submit.failure, Field::Place)
                bind=Bound::part(typed, |typed| &typed.place, |typed| &mut typed.place)
                required=true
                max=u32::try_from(PLACE_MAX).unwrap_or(u32::MAX)
            />
            <SelectField
                label=tr!(classes.trainer)
                bind=Bound::part(typed, |typed| &typed.trainer, |typed| &mut typed.trainer)
                options=trainers
            />
            <NumberField
                label=tr!(classes.room)
                error=use_error_of(submit.failure, Field::Room)
                bind=Bound::part(typed, |typed| &typed.room, |typed| &mut typed.room)
                max=3
            />
            <Members
                label=tr!(classes.people)
                error=use_error_of(submit.failure, Field::People)
                bind=Bound::part(typed, |typed| &typed.invited, |typed| &mut typed.invited)
            />
            <Elsewhere failure=submit.failure shown />
            <Button label=tr!(classes.hold_send) kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
        </Form>
    }
}

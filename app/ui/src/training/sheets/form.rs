//! By what a lesson is scored.

use caravan_domain::{
    command::{Command, Field},
    id::{CourseId, Id, LessonId},
    training::{
        command::TrainingCommand,
        sheets::decision::{CRITERIA_MAX, CRITERION_MAX, Criterion, Sheet},
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde::{Deserialize, Serialize};

use crate::{
    engine::{use_draft, use_engine, use_perform},
    forms::{Elsewhere, use_error_of},
    training::course_of,
    ui::{
        Bound, Button, ButtonKind, CheckField, Form, NumberField, Page, RestoredNote, SelectField,
        TextField, use_past_the_form,
    },
};

const PASS_PERCENT: [u8; 5] = [50, 60, 70, 80, 90];

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    title: String,
    /// Name and points; those without a name are left out.
    criteria: Vec<(String, String)>,
    pass_percent: u8,
    needed: bool,
}

impl Typed {
    /// With room for two more criteria, as far as there may be more.
    fn of(sheet: Option<&Sheet>, title: String) -> Self {
        let known = sheet.iter().flat_map(|sheet| &sheet.criteria);
        let mut criteria: Vec<_> = known
            .map(|it| (it.name.clone(), it.points.to_string()))
            .collect();
        let places = (criteria.len() + 2).clamp(4, CRITERIA_MAX);
        criteria.resize(places, (String::new(), "10".to_owned()));
        Self {
            title,
            criteria,
            pass_percent: sheet.map_or(70, |sheet| sheet.pass_percent),
            needed: sheet.is_some_and(|sheet| sheet.needed),
        }
    }

    fn sheet(&self) -> Sheet {
        let criteria = self.criteria.iter();
        let named = criteria.filter(|(name, _)| !name.trim().is_empty());
        Sheet {
            title: self.title.trim().to_owned(),
            criteria: named
                .map(|(name, points)| Criterion {
                    name: name.trim().to_owned(),
                    points: points.trim().parse().unwrap_or_default(),
                })
                .collect(),
            pass_percent: self.pass_percent,
            needed: self.needed,
        }
    }
}

/// `/training/:course/lessons/:lesson/sheet`.
#[component]
pub(in super::super) fn SheetPage() -> impl IntoView {
    let params = use_params_map().get_untracked();
    let course = course_of(&params);
    let lesson = params.get("lesson").and_then(|id| id.parse().ok());
    let lesson = lesson.unwrap_or(LessonId(Id::ZERO));
    let file = use_engine().course(move || course);
    let opened = Memo::new(move |before: Option<&Option<(Typed, bool)>>| match before {
        Some(Some(typed)) => Some(typed.clone()),
        _ => file.with(|file| {
            let file = file.as_ref()?.as_ref()?;
            let known = file.course.lessons.iter().find(|(id, _)| *id == lesson)?;
            let sheet = file.sheets.get(&lesson);
            Some((Typed::of(sheet, known.1.title.clone()), sheet.is_some()))
        }),
    });
    let back = format!("/training/{course}/lessons/{lesson}");
    view! {
        <Page title=tr!(classes.sheet) back>
            {move || opened.get().map(|(before, known)| view! { <SheetForm course lesson before known /> })}
        </Page>
    }
}

#[component]
fn SheetForm(course: CourseId, lesson: LessonId, before: Typed, known: bool) -> impl IntoView {
    let places = before.criteria.len();
    let draft = use_draft(format!("training/{course}/lessons/{lesson}/sheet"), before);
    let (typed, submit) = (draft.value, draft.submit());
    let open = use_past_the_form();
    let save = move || {
        let open = open.clone();
        let sheet = Some(typed.with_untracked(Typed::sheet));
        let command = TrainingCommand::SetSheet {
            course,
            lesson,
            sheet,
        };
        submit.run(Command::Training(command), move |_| {
            open(&format!("/training/{course}/lessons/{lesson}"));
        });
    };
    let pass = Bound {
        value: Signal::derive(move || typed.with(|typed| typed.pass_percent.to_string())),
        set: Callback::new(move |word: String| {
            if let Ok(percent) = word.parse() {
                typed.update(|typed| typed.pass_percent = percent);
            }
        }),
    };
    let percents = Signal::stored(
        PASS_PERCENT
            .map(|percent| (percent.to_string(), format!("{percent}%")))
            .to_vec(),
    );
    view! {
        <RestoredNote restored=draft.restored on_discard=move || draft.discard() />
        <Form on_submit=save>
            <p class="text-sm text-muted">{tr!(classes.sheet_hint)}</p>
            {(0..places).map(|place| view! { <CriterionFields typed place /> }).collect_view()}
            <p class="text-error empty:hidden" role="alert">
                {use_error_of(submit.failure, Field::Criteria)}
            </p>
            <SelectField label=tr!(classes.pass_mark) bind=pass options=percents />
            <CheckField
                label=tr!(classes.needed)
                hint=tr!(classes.needed_hint)
                bind=Bound::part(typed, |typed| &typed.needed, |typed| &mut typed.needed)
            />
            <Elsewhere failure=submit.failure shown=&[Field::Criteria] />
            <Button label=tr!(training.save) kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
            {known.then(|| view! { <Remove course lesson /> })}
        </Form>
    }
}

#[component]
fn CriterionFields(typed: RwSignal<Typed>, place: usize) -> impl IntoView {
    let number = place + 1;
    let name = part(typed, place, |it| &it.0, |it| &mut it.0);
    let points = part(typed, place, |it| &it.1, |it| &mut it.1);
    view! {
        <div class="grid grid-cols-[1fr_7rem] gap-3">
            <TextField
                label=tr!(classes.criterion, number = number)
                bind=name
                max=u32::try_from(CRITERION_MAX).unwrap_or(u32::MAX)
            />
            <NumberField label=tr!(classes.points_for, number = number) bind=points max=3 />
        </div>
    }
}

type Line = (String, String);

/// A draft of before may have fewer places.
fn part(
    typed: RwSignal<Typed>,
    place: usize,
    read: fn(&Line) -> &String,
    write: fn(&mut Line) -> &mut String,
) -> Bound<String> {
    Bound {
        value: Signal::derive(move || {
            typed
                .with(|typed| typed.criteria.get(place).map(|it| read(it).clone()))
                .unwrap_or_default()
        }),
        set: Callback::new(move |text: String| {
            typed.update(|typed| {
                if typed.criteria.len() <= place {
                    typed.criteria.resize(place + 1, Line::default());
                }
                *write(&mut typed.criteria[place]) = text;
            });
        }),
    }
}

/// What was scored stays; the lesson is read again like any other.
#[component]
fn Remove(course: CourseId, lesson: LessonId) -> impl IntoView {
    let (perform, open, said) = (use_perform(), use_past_the_form(), tr!(training.removed));
    let remove = move || {
        let command = TrainingCommand::SetSheet {
            course,
            lesson,
            sheet: None,
        };
        perform.run(Command::Training(command), said.get_untracked());
        open(&format!("/training/{course}/lessons/{lesson}"));
    };
    view! { <Button label=tr!(classes.sheet_remove) kind=ButtonKind::Quiet wide=true on_press=remove /> }
}

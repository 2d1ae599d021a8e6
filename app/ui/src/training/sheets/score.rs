//! Scoring somebody: points and a word for each criterion, and one for the whole.

use caravan_domain::{
    command::{Command, Field},
    id::{CourseId, Id, LessonId, PersonId},
    training::{
        command::TrainingCommand,
        sheets::{
            command::{REMARK_MAX, ScoreDraft},
            decision::{Criterion, Sheet},
        },
    },
};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde::{Deserialize, Serialize};

use crate::{
    engine::{use_draft, use_engine},
    forms::{Elsewhere, use_error_of},
    training::{course_of, person::person_of},
    ui::{
        Bound, Button, ButtonKind, EmptyState, Form, NumberField, Page, RestoredNote, TextArea,
        TextField, use_past_the_form, use_toasts,
    },
};

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    /// As many as there are criteria.
    points: Vec<String>,
    remarks: Vec<String>,
    overall: String,
}

impl Typed {
    fn of(sheet: &Sheet) -> Self {
        Self {
            points: vec![String::new(); sheet.criteria.len()],
            remarks: vec![String::new(); sheet.criteria.len()],
            ..Self::default()
        }
    }

    /// `None` as long as one of them is missing or is no number.
    fn points(&self) -> Option<Vec<u8>> {
        let points = self.points.iter();
        points.map(|text| text.trim().parse().ok()).collect()
    }
}

/// `/training/people/:person/score/:course/:lesson`.
#[component]
pub(in super::super) fn ScorePage() -> impl IntoView {
    let params = use_params_map().get_untracked();
    let (person, course) = (person_of(&params), course_of(&params));
    let lesson = params.get("lesson").and_then(|id| id.parse().ok());
    let lesson = lesson.unwrap_or(LessonId(Id::ZERO));
    let file = use_engine().person_training(move || person);
    // The sheet as it was when the form was opened.
    type Opened = Option<(String, Sheet)>;
    let opened = Memo::new(move |before: Option<&Option<Opened>>| match before {
        Some(Some(known)) => Some(known.clone()),
        _ => file.with(|file| {
            let file = file.as_ref()?.as_ref();
            Some(file.and_then(|file| {
                let key = (course, lesson);
                let mut scored = file.scored.iter();
                let known = scored.find(|it| (it.course, it.lesson) == key)?;
                file.answers_for
                    .then(|| (file.name.clone(), known.sheet.clone()))
            }))
        }),
    });
    let title = Signal::derive(move || {
        let named = opened.with(|it| Some(it.as_ref()?.as_ref()?.0.clone()));
        named.unwrap_or_default()
    });
    view! {
        <Page title known_as=tr!(classes.score) back=format!("/training/people/{person}")>
            {move || match opened.get() {
                None => ().into_any(),
                Some(None) => view! { <EmptyState icon=icons::LuSearchX title=tr!(classes.score_missing) /> }.into_any(),
                Some(Some((_, sheet))) => view! { <ScoreForm person course lesson sheet /> }.into_any(),
            }}
        </Page>
    }
}

#[component]
fn ScoreForm(person: PersonId, course: CourseId, lesson: LessonId, sheet: Sheet) -> impl IntoView {
    let key = format!("training/score/{person}/{course}/{lesson}");
    let draft = use_draft(key, Typed::of(&sheet));
    let (typed, submit) = (draft.value, draft.submit());
    let (open, toasts, said) = (use_past_the_form(), use_toasts(), tr!(classes.score_said));
    let save = move || {
        let open = open.clone();
        let command = typed.with_untracked(|typed| ScoreDraft {
            person,
            course,
            lesson,
            points: typed.points().unwrap_or_default(),
            remarks: typed.remarks.clone(),
            overall: typed.overall.clone(),
        });
        let command = TrainingCommand::Score(command);
        submit.run(Command::Training(command), move |_| {
            toasts.say(said.get_untracked());
            open(&format!("/training/people/{person}"));
        });
    };
    let of: u16 = sheet.criteria.iter().map(|it| u16::from(it.points)).sum();
    let needed = (u32::from(of) * u32::from(sheet.pass_percent)).div_ceil(100);
    let reached = Memo::new(move |_| {
        let typed = typed.read();
        let points = typed.points.iter();
        let points = points.filter_map(|text| text.trim().parse::<u16>().ok());
        points.fold(0_u16, u16::saturating_add)
    });
    let (title, criteria) = (sheet.title, sheet.criteria);
    view! {
        <p class="px-4 pb-2 font-medium">
            <bdi>{title}</bdi>
        </p>
        <RestoredNote restored=draft.restored on_discard=move || draft.discard() />
        <Form on_submit=save>
            {criteria
                .into_iter()
                .enumerate()
                .map(|(place, criterion)| view! { <Points typed place criterion /> })
                .collect_view()}
            <TextArea
                label=tr!(classes.overall)
                bind=Bound::part(typed, |typed| &typed.overall, |typed| &mut typed.overall)
            />
            <p class="tabular-nums" role="status">
                {tr!(classes.sum, reached = reached.get(), of = of, needed = needed)}
            </p>
            <p class="text-error empty:hidden" role="alert">
                {use_error_of(submit.failure, Field::Points)}
            </p>
            <Elsewhere failure=submit.failure shown=&[Field::Points] />
            <Button label=tr!(classes.score_save) kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
        </Form>
    }
}

#[component]
fn Points(typed: RwSignal<Typed>, place: usize, criterion: Criterion) -> impl IntoView {
    let Criterion { name, points } = criterion;
    let remark_label = {
        let name = name.clone();
        tr!(classes.remark_of, name = name.clone())
    };
    view! {
        <div class="flex flex-col gap-2">
            <NumberField
                label=Signal::stored(name)
                hint=tr!(classes.points_most, points = points)
                bind=one_of(typed, place, |typed| &typed.points, |typed| &mut typed.points)
                max=3
            />
            <TextField
                label=remark_label
                bind=one_of(typed, place, |typed| &typed.remarks, |typed| &mut typed.remarks)
                max=u32::try_from(REMARK_MAX).unwrap_or(u32::MAX)
            />
        </div>
    }
}

/// One of a list. A draft of before may be shorter.
fn one_of(
    typed: RwSignal<Typed>,
    place: usize,
    read: fn(&Typed) -> &Vec<String>,
    write: fn(&mut Typed) -> &mut Vec<String>,
) -> Bound<String> {
    Bound {
        value: Signal::derive(move || {
            typed.with(|typed| read(typed).get(place).cloned().unwrap_or_default())
        }),
        set: Callback::new(move |text: String| {
            typed.update(|typed| {
                let list = write(typed);
                if list.len() <= place {
                    list.resize(place + 1, String::new());
                }
                list[place] = text;
            });
        }),
    }
}

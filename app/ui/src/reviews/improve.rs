//! From gaps to tasks and courses, and the day on which it is looked at again (R16).

use std::collections::BTreeSet;

use caravan_domain::{
    calendar::{parse_day, plus_days},
    command::Command,
    id::CourseId,
    reviews::{
        command::{ImprovementDraft, ReviewCommand, ReviewRef},
        list::ReviewFile,
        measure::Measure,
    },
    tasks::{kind::TaskKind, record::TaskDraft},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde::{Deserialize, Serialize};

use super::{
    address::{self, review_of},
    points::points,
    words::MeasureNames,
};
use crate::{
    engine::{use_draft, use_engine},
    format::now,
    forms::Refused,
    ui::{
        Bound, Button, ButtonKind, CheckField, DateField, Form, Page, RestoredNote, TextArea,
        use_past_the_form, use_toasts,
    },
};

/// Until the plan is looked at again.
const USUAL_DAYS: i64 = 30;

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    /// Words of measures.
    gaps: BTreeSet<String>,
    text: String,
    /// One a line.
    tasks: String,
    courses: BTreeSet<CourseId>,
    recheck: String,
}

impl Typed {
    fn draft(&self, review: ReviewRef) -> ImprovementDraft {
        let day = parse_day(&self.recheck);
        let recheck = day.unwrap_or_else(|| plus_days(now().day(), USUAL_DAYS));
        let lines = self.tasks.lines().map(str::trim);
        let tasks = lines
            .filter(|line| !line.is_empty())
            .map(|title| TaskDraft {
                assignee: review.person,
                title: title.to_owned(),
                detail: String::new(),
                kind: TaskKind::Other,
                due: Some(recheck),
                client: None,
                difficulty: None,
                estimate: None,
            });
        ImprovementDraft {
            review,
            gaps: self
                .gaps
                .iter()
                .filter_map(|word| word.parse().ok())
                .collect(),
            text: self.text.clone(),
            recheck,
            tasks: tasks.collect(),
            courses: self.courses.iter().copied().collect(),
        }
    }
}

#[component]
pub(super) fn ImprovePage() -> impl IntoView {
    let params = use_params_map();
    let review = params.with_untracked(review_of);
    let answer = use_engine().review(move || review);
    let file = Memo::new(move |_| answer.get().flatten().map(|file| *file));
    let key = format!("reviews/{}/{}/improve", review.person, review.period);
    let initial = Typed {
        recheck: plus_days(now().day(), USUAL_DAYS).to_string(),
        ..Typed::default()
    };
    let draft = use_draft(key, initial);
    let (submit, toasts) = (draft.submit(), use_toasts());
    let (open, said) = (use_past_the_form(), tr!(reviews.improve_said));
    let save = move || {
        let open = open.clone();
        let command = ReviewCommand::Improve(draft.value.get_untracked().draft(review));
        submit.run(Command::Review(command), move |_| {
            toasts.say(said.get_untracked());
            open(&address::page(review));
        });
    };
    view! {
        <Page title=tr!(reviews.improve) back=address::page(review)>
            <RestoredNote restored=draft.restored on_discard=move || draft.discard() />
            <Form on_submit=save>
                <Gaps file typed=draft.value />
                <TextArea
                    label=tr!(reviews.improve_text)
                    bind=draft.bind(|typed| &typed.text, |typed| &mut typed.text)
                />
                <TextArea
                    label=tr!(reviews.improve_tasks)
                    hint=tr!(reviews.improve_tasks_hint)
                    bind=draft.bind(|typed| &typed.tasks, |typed| &mut typed.tasks)
                />
                <Courses typed=draft.value />
                <DateField
                    label=tr!(reviews.recheck)
                    hint=tr!(reviews.recheck_hint)
                    bind=draft.bind(|typed| &typed.recheck, |typed| &mut typed.recheck)
                />
                <Refused submit />
                <Button label=tr!(reviews.improve_save) kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
            </Form>
        </Page>
    }
}

/// Whatever is short of the whole.
fn gaps_of(file: &ReviewFile) -> Vec<(Measure, String)> {
    let dimensions = file.score.dimensions.iter();
    let indicators = dimensions.flat_map(|it| &it.indicators);
    let short = indicators.filter_map(|it| Some((it.measure, it.points?)));
    short
        .filter(|(_, reached)| reached.0 < 10_000)
        .map(|(measure, reached)| (measure, points(reached)))
        .collect()
}

#[component]
fn Gaps(file: Memo<Option<ReviewFile>>, typed: RwSignal<Typed>) -> impl IntoView {
    let names = MeasureNames::new();
    let gaps = Memo::new(move |_| {
        file.with(|file| file.as_ref().map(gaps_of))
            .unwrap_or_default()
    });
    view! {
        <fieldset class="flex flex-col">
            <legend class="text-sm font-medium">{tr!(reviews.gaps)}</legend>
            {move || {
                gaps.get()
                    .into_iter()
                    .map(|(measure, reached)| {
                        let label = Signal::derive(move || format!("{} · {reached}", names.name(measure)));
                        let bind = member(typed, measure.word().to_owned(), |typed| &typed.gaps, |typed| &mut typed.gaps);
                        view! { <CheckField label bind /> }
                    })
                    .collect_view()
            }}
        </fieldset>
    }
}

/// What is chosen is required of the person until the plan is looked at again.
#[component]
fn Courses(typed: RwSignal<Typed>) -> impl IntoView {
    let training = use_engine().training();
    let courses = Memo::new(move |_| {
        let courses = training.with(|view| view.as_ref().map(|view| view.courses.clone()));
        let courses = courses.unwrap_or_default().into_iter();
        courses
            .map(|line| (line.id, line.title))
            .collect::<Vec<_>>()
    });
    view! {
        <fieldset class="flex flex-col">
            <legend class="text-sm font-medium">{tr!(reviews.improve_courses)}</legend>
            <p class="text-sm text-muted">{tr!(classes.improve_hint)}</p>
            {move || {
                courses
                    .get()
                    .into_iter()
                    .map(|(course, title)| {
                        let bind = member(typed, course, |typed| &typed.courses, |typed| &mut typed.courses);
                        view! { <CheckField label=Signal::stored(title) bind /> }
                    })
                    .collect_view()
            }}
        </fieldset>
    }
}

/// Whether something is in a set of what was typed.
fn member<T: Ord + Clone + Send + Sync + 'static>(
    typed: RwSignal<Typed>,
    one: T,
    read: fn(&Typed) -> &BTreeSet<T>,
    write: fn(&mut Typed) -> &mut BTreeSet<T>,
) -> Bound<bool> {
    let known = one.clone();
    Bound {
        value: Signal::derive(move || typed.with(|typed| read(typed).contains(&known))),
        set: Callback::new(move |on: bool| {
            typed.update(|typed| {
                match on {
                    true => write(typed).insert(one.clone()),
                    false => write(typed).remove(&one),
                };
            });
        }),
    }
}

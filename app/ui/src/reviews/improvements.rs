//! Plans for what comes next, what has become of their parts, and the look at them on their day (R16).

use caravan_domain::{
    command::Command,
    id::Id,
    reviews::{
        command::{ReviewCommand, ReviewRef},
        list::{PlanLine, ReviewFile},
        record::Improved,
    },
    tasks::record::TaskStatus,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    address,
    words::{MeasureNames, improved_name, options},
};
use crate::{
    engine::use_draft,
    format::use_format,
    forms::Refused,
    sync::path_of,
    ui::{
        Badge, Bound, Button, ButtonKind, Form, LinkButton, SectionTitle, SegmentedControl, Sheet,
        TextArea, Tone, use_toasts,
    },
};

#[component]
pub(super) fn Improvements(file: ReviewFile) -> impl IntoView {
    let (review, may) = (file.line.review, file.may.review);
    let nothing = file.plans.is_empty();
    let plans = file.plans.into_iter();
    (may || !nothing).then(|| {
        view! {
            <SectionTitle label=tr!(reviews.improvement) />
            {plans.map(|line| view! { <Plan review line may /> }).collect_view()}
            {may
                .then(|| {
                    view! {
                        <div class="px-4 py-2">
                            <LinkButton label=tr!(reviews.improve) href=address::part(review, "improve") />
                        </div>
                    }
                })}
        }
    })
}

#[component]
fn Plan(review: ReviewRef, line: PlanLine, may: bool) -> impl IntoView {
    let (format, names) = (use_format(), MeasureNames::new());
    let gaps = line.plan.gaps.clone();
    let gaps = move || {
        let named = gaps.iter().map(|gap| names.name(*gap));
        named.collect::<Vec<_>>().join(" · ")
    };
    let tasks = line.tasks.into_iter().map(|(record, title, status)| {
        let done = status == TaskStatus::Done;
        view! { <Part title href=path_of(record) done /> }
    });
    let courses = line.courses.into_iter().map(|(course, title, done)| {
        view! { <Part title href=format!("/training/{course}") done /> }
    });
    let (recheck, plan, open) = (line.plan.recheck, line.plan.id, RwSignal::new(false));
    let (text, checked) = (line.plan.text, line.check);
    let unchecked = checked.is_none();
    let by = line.by_name;
    view! {
        <div class="border-b border-line px-4 py-2">
            <p class="font-medium">{gaps}</p>
            <p class="whitespace-pre-line">
                <bdi>{text}</bdi>
            </p>
            <ul>{tasks.collect_view()}{courses.collect_view()}</ul>
            <p class="text-sm text-muted">
                <bdi>{by}</bdi>
                " · "
                {tr!(reviews.recheck_on, day = format.day(recheck))}
            </p>
            {checked
                .map(|check| {
                    let at = check.at;
                    view! {
                        <p>
                            {improved_name(check.improved)} " " <bdi>{check.text}</bdi>
                            <span class="ps-2 text-sm text-muted">{move || format.moment(at)}</span>
                        </p>
                    }
                })}
            {(may && unchecked)
                .then(|| {
                    view! {
                        <Button label=tr!(reviews.check) on_press=move || open.set(true) />
                        <Sheet open title=tr!(reviews.check)>
                            <CheckForm open review plan />
                        </Sheet>
                    }
                })}
        </div>
    }
}

#[component]
fn Part(title: String, href: String, done: bool) -> impl IntoView {
    let (label, tone) = match done {
        true => (tr!(reviews.part_done), Tone::Good),
        false => (tr!(reviews.part_open), Tone::Neutral),
    };
    view! {
        <li class="flex items-center gap-3">
            <a class="flex min-h-12 min-w-0 flex-1 items-center text-primary underline underline-offset-4" href=href>
                <bdi>{title}</bdi>
            </a>
            <Badge label tone />
        </li>
    }
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    improved: Improved,
    text: String,
}

#[component]
fn CheckForm(open: RwSignal<bool>, review: ReviewRef, plan: Id) -> impl IntoView {
    let draft = use_draft(format!("reviews/check/{plan}"), Typed::default());
    let (submit, toasts, said) = (draft.submit(), use_toasts(), tr!(reviews.checked_said));
    let save = move || {
        let Typed { improved, text } = draft.value.get_untracked();
        let command = ReviewCommand::Check {
            review,
            plan,
            improved,
            text,
        };
        submit.run(Command::Review(command), move |_| {
            open.set(false);
            toasts.say(said.get_untracked());
        });
    };
    let improved = Bound::word(
        draft.value,
        |typed| typed.improved.word(),
        |typed| &mut typed.improved,
    );
    let choices = Improved::ALL.iter();
    let choices = options(choices.map(|it| (it.word(), improved_name(*it))).collect());
    view! {
        <Form on_submit=save in_sheet=true>
            <SegmentedControl label=tr!(reviews.improved) bind=improved options=choices />
            <TextArea label=tr!(reviews.check_text) bind=draft.bind(|typed| &typed.text, |typed| &mut typed.text) />
            <Refused submit />
            <Button label=tr!(reviews.save) kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
        </Form>
    }
}

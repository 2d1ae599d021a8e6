//! What was said in a review: feedback, ratings with their evidence, objections and answers, notes of the talk.

use caravan_domain::{
    command::Command,
    reviews::{
        command::{ReviewCommand, ReviewRef},
        list::ReviewFile,
        record::Said,
    },
};
use leptos::prelude::*;

use super::words::MeasureNames;
use crate::{
    format::use_format,
    forms::WordsForm,
    ui::{Button, SectionTitle, Sheet},
};

#[component]
fn Words(said: Said, name: String) -> impl IntoView {
    let format = use_format();
    let at = said.at;
    view! {
        <div class="px-4 py-1">
            <p class="whitespace-pre-line">
                <bdi>{said.text}</bdi>
            </p>
            <p class="text-sm text-muted">
                <bdi>{name}</bdi>
                " · "
                {move || format.moment(at)}
            </p>
        </div>
    }
}

#[component]
pub(super) fn Feedback(file: ReviewFile) -> impl IntoView {
    (!file.feedback.is_empty()).then(|| {
        let said = file.feedback.into_iter();
        view! {
            <SectionTitle label=tr!(reviews.feedback) />
            {said.map(|(said, name)| view! { <Words said name /> }).collect_view()}
        }
    })
}

#[component]
pub(super) fn Ratings(file: ReviewFile) -> impl IntoView {
    let names = MeasureNames::new();
    (!file.ratings.is_empty()).then(|| {
        let ratings = file.ratings.into_iter().map(|(rating, name)| {
            let level = rating.level.unwrap_or_default();
            let measure = rating.measure;
            view! {
                <li class="flex flex-col px-4 py-2">
                    <p class="flex justify-between gap-3">
                        <span class="font-medium">{names.signal(measure)}</span>
                        <span class="shrink-0 tabular-nums">{format!("{level} / 5")}</span>
                    </p>
                    <p class="whitespace-pre-line">
                        <bdi>{rating.evidence}</bdi>
                    </p>
                    <bdi class="text-sm text-muted">{name}</bdi>
                </li>
            }
        });
        view! {
            <SectionTitle label=tr!(reviews.ratings) />
            <ul class="divide-y divide-line border-y border-line">{ratings.collect_view()}</ul>
        }
    })
}

#[component]
pub(super) fn Exchange(file: ReviewFile) -> impl IntoView {
    (!file.exchange.is_empty()).then(|| {
        let turns = file.exchange.into_iter().map(|turn| {
            let side = match turn.objects {
                true => "my-1 border-s-2 border-warning",
                false => "my-1 border-s-2 border-line",
            };
            view! {
                <div class=side>
                    <Words said=turn.said name=turn.by_name />
                </div>
            }
        });
        view! {
            <SectionTitle label=tr!(reviews.exchange) />
            <div class="px-4">{turns.collect_view()}</div>
        }
    })
}

/// Notes of the talk; more can be added at any time.
#[component]
pub(super) fn Interviews(file: ReviewFile) -> impl IntoView {
    let (open, review) = (RwSignal::new(false), file.line.review);
    let may = file.may.review;
    let nothing = file.interviews.is_empty();
    let said = file.interviews.into_iter();
    let said = said
        .map(|(said, name)| view! { <Words said name /> })
        .collect_view();
    (may || !nothing).then(|| {
        view! {
            <SectionTitle label=tr!(reviews.interviews) />
            {said}
            {may
                .then(|| {
                    view! {
                        <div class="px-4 py-2">
                            <Button label=tr!(reviews.interview_add) on_press=move || open.set(true) />
                        </div>
                        <Sheet open title=tr!(reviews.interviews)>
                            <InterviewForm open review />
                        </Sheet>
                    }
                })}
        }
    })
}

#[component]
fn InterviewForm(open: RwSignal<bool>, review: ReviewRef) -> impl IntoView {
    view! {
        <WordsForm
            open
            key=format!("reviews/{}/{}/interview", review.person, review.period)
            label=tr!(reviews.interview_text)
            send=tr!(reviews.save)
            said=tr!(reviews.interview_said)
            command=move |text| Command::Review(ReviewCommand::Interview(review, text))
        />
    }
}

use caravan_domain::reviews::list::ReviewFile;
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    address::{self, review_of},
    decide::Decide,
    exchange::{Exchange, Feedback, Interviews, Ratings},
    improvements::Improvements,
    score::{Dimensions, Total},
    words::{role_name, stage_badge},
};
use crate::{
    development::DevelopmentLink,
    engine::use_engine,
    format::use_format,
    recognition::RecognitionLink,
    ui::{Badge, EmptyState, LinkButton, Page, SyncMark, Tone},
};

/// One review: as submitted, or as it would be now.
#[component]
pub(super) fn ReviewPage() -> impl IntoView {
    let format = use_format();
    let params = use_params_map();
    let review = Memo::new(move |_| params.with(review_of));
    let answer = use_engine().review(move || review.get());
    let known = Memo::new(move |_| answer.with(|answer| answer.as_ref().map(Option::is_some)));
    let file = Memo::new(move |_| answer.get().flatten().map(|file| *file));
    let title = Signal::derive(move || {
        let name = file.with(|file| file.as_ref().map(|file| file.line.name.clone()));
        format!(
            "{} · {}",
            name.unwrap_or_default(),
            format.period(review.get().period)
        )
    });
    view! {
        <Page
            title
            known_as=tr!(reviews.review)
            back="/reviews"
            main_action=move || view! { <Decide file /> }
        >
            {move || match known.get() {
                None => ().into_any(),
                Some(false) => {
                    view! { <EmptyState icon=icons::LuSearchX title=tr!(reviews.missing) body=tr!(reviews.missing_body) /> }
                        .into_any()
                }
                Some(true) => {
                    view! { {move || file.get().map(|file| view! { <Opened file /> })} }.into_any()
                }
            }}
        </Page>
    }
}

#[component]
fn Opened(file: ReviewFile) -> impl IntoView {
    let line = file.line.clone();
    let (stage, tone) = stage_badge(line.stage);
    let running = !file.is_frozen;
    view! {
        <div class="flex flex-wrap items-center gap-x-4 px-4 pb-2">
            <span class="text-muted">{role_name(line.role)}</span>
            <Badge label=stage tone />
            {line.provisional.then(|| view! { <Badge label=tr!(reviews.provisional) tone=Tone::Warning /> })}
            <SyncMark mark=Signal::stored(line.mark) />
        </div>
        {running.then(|| view! { <p class="px-4 pb-2 text-sm text-muted">{tr!(reviews.running)}</p> })}
        {(!file.as_submitted)
            .then(|| view! { <p class="px-4 pb-2 text-error">{tr!(reviews.not_as_submitted)}</p> })}
        <Total file=file.clone() />
        <Submitted file=file.clone() />
        <Feedback file=file.clone() />
        <Exchange file=file.clone() />
        <Dimensions file=file.clone() />
        <Ratings file=file.clone() />
        <Improvements file=file.clone() />
        <Interviews file=file.clone() />
        <DevelopmentLink person=line.review.person />
        <RecognitionLink person=line.review.person />
        <div class="flex flex-wrap gap-2 px-4 py-4">
            <LinkButton
                label=tr!(reviews.report)
                href=address::part(line.review, "print")
                icon=icons::LuPrinter
            />
            <LinkButton
                label=tr!(reviews.over_time)
                href=address::history(line.review.person)
                icon=icons::LuChartLine
            />
        </div>
    }
}

#[component]
pub(super) fn Submitted(file: ReviewFile) -> impl IntoView {
    let format = use_format();
    let standing = file.standing.clone().filter(|_| file.is_frozen);
    standing.map(|standing| {
        let (by, at) = (file.submitted_by_name, standing.submitted_at);
        view! {
            <p class="px-4 text-sm text-muted">
                {tr!(reviews.submitted_by, name = by.clone(), when = format.moment(at))}
            </p>
        }
    })
}

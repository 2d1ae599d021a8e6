//! The report as a sheet of A4: on the screen, on paper, or as PDF by the browser's own print dialog. Its style sheet is
//! `.sheet-a4` in `style/app.css`.

use caravan_domain::reviews::list::ReviewFile;
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    address::{self, review_of},
    exchange::{Exchange, Feedback, Interviews, Ratings},
    page::Submitted,
    score::{Dimensions, Total},
    words::{role_name, stage_badge},
};
use crate::{
    engine::use_engine,
    format::{today, use_format},
    ui::{Button, ButtonKind, Page},
};

#[component]
pub(super) fn PrintPage() -> impl IntoView {
    let params = use_params_map();
    let review = Memo::new(move |_| params.with(review_of));
    let answer = use_engine().review(move || review.get());
    let file = Memo::new(move |_| answer.get().flatten().map(|file| *file));
    let print = move || {
        // Refused only where there is no printer to ask; the page stays.
        let _ = window().print();
    };
    view! {
        <Page
            title=tr!(reviews.report)
            back=Signal::derive(move || Some(address::page(review.get())))
            main_action=move || {
                view! {
                    <Button
                        label=tr!(reviews.print)
                        kind=ButtonKind::Main
                        icon=icons::LuPrinter
                        wide=true
                        on_press=print
                    />
                }
            }
        >
            {move || file.get().map(|file| view! { <Sheet file /> })}
        </Page>
    }
}

#[component]
fn Sheet(file: ReviewFile) -> impl IntoView {
    let format = use_format();
    let workspace = use_engine().me();
    let workspace = move || {
        workspace
            .with(|me| me.as_ref().map(|me| me.workspace_name.clone()))
            .unwrap_or_default()
    };
    let (stage, _) = stage_badge(file.line.stage);
    let period = file.line.review.period;
    let name = file.line.name.clone();
    let heading = tr!(
        reviews.report_of,
        name = name.clone(),
        period = format.period(period)
    );
    let printed = tr!(reviews.printed, day = format.day(today()));
    // Nobody writes on the report: what is for reviewers to do is left out.
    let mut read = file.clone();
    read.may = Default::default();
    view! {
        <div class="sheet-a4">
            <header class="px-4 pb-2">
                <p class="text-sm text-muted">
                    <bdi>{workspace}</bdi>
                </p>
                <h2 class="text-xl font-semibold">
                    {heading}
                </h2>
                <p>
                    <span class="tabular-nums">{file.code.clone()}</span>
                    " · "
                    <bdi>{file.team_name.clone()}</bdi>
                    " · "
                    {role_name(file.line.role)}
                    " · "
                    {stage}
                </p>
            </header>
            <Total file=file.clone() />
            <Submitted file=file.clone() />
            <Dimensions file=file.clone() />
            <Ratings file=file.clone() />
            <Feedback file=file.clone() />
            <Exchange file=file.clone() />
            <Interviews file=read />
            <footer class="grid grid-cols-2 gap-8 px-4 pt-10">
                <p class="border-t border-base-content pt-1">{tr!(reviews.sign_reviewer)}</p>
                <p class="border-t border-base-content pt-1">{tr!(reviews.sign_person)}</p>
            </footer>
            <p class="px-4 pt-4 text-sm text-muted">{printed}</p>
        </div>
    }
}

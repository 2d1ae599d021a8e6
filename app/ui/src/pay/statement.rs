use caravan_domain::pay::view::{ShownLine, StatementFile};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    address::statement_of,
    decide::Decide,
    disputes::{DisputeSheet, Disputes},
    files::StatementFiles,
    line::LineRow,
    notes::{Facts, Notes},
    words::{StateBadges, period_words},
};
use crate::{
    engine::use_engine,
    format::use_format,
    ui::{EmptyState, Page, SectionTitle, SyncMark},
};

#[component]
pub(super) fn StatementPage() -> impl IntoView {
    let params = use_params_map();
    let ids = Memo::new(move |_| params.with(statement_of));
    let engine = use_engine();
    let (answer, me) = (engine.pay_statement(move || ids.get()), engine.me());
    let known = Memo::new(move |_| answer.with(|answer| answer.as_ref().map(Option::is_some)));
    let file = Memo::new(move |_| answer.get().flatten().map(|file| *file));
    let disputing = RwSignal::new(None::<ShownLine>);
    let back = Signal::derive(move || {
        let (person, _) = ids.get();
        let mine = me.with(|me| me.as_ref().is_some_and(|me| me.person == person));
        match mine {
            true => "/pay".to_owned(),
            false => format!("/pay/{person}"),
        }
    });
    let disputes = Memo::new(move |_| {
        file.with(|file| file.as_ref().map(|file| file.disputes.clone()))
            .unwrap_or_default()
    });
    view! {
        <Page
            title=tr!(pay.statement)
            back
            actions=move || view! { <StatementFiles file /> }
            main_action=move || view! { <Decide file /> }
        >
            {move || match known.get() {
                None => ().into_any(),
                Some(false) => {
                    view! { <EmptyState icon=icons::LuSearchX title=tr!(pay.missing) body=tr!(pay.missing_body) /> }
                        .into_any()
                }
                Some(true) => {
                    view! {
                        {move || file.get().map(|file| view! { <Opened file disputing /> })}
                        <Disputes lines=disputes />
                    }
                        .into_any()
                }
            }}
            <DisputeSheet disputing ids />
        </Page>
    }
}

#[component]
fn Opened(file: StatementFile, disputing: RwSignal<Option<ShownLine>>) -> impl IntoView {
    let format = use_format();
    let summary = file.summary.clone();
    let total = summary.total;
    let may_dispute = summary.may.dispute;
    let person = summary.person;
    let nothing = file.lines.is_empty();
    let mark = file.mark;
    view! {
        <div class="flex flex-col gap-1 px-4 pb-3">
            <div class="flex items-baseline justify-between gap-4">
                <p class="min-w-0 text-muted">
                    <bdi>{summary.name.clone()}</bdi>
                    " · "
                    {period_words(summary.period)}
                </p>
                <StateBadges summary=summary.clone() />
            </div>
            <p class="text-2xl font-semibold tabular-nums">{move || format.money(total)}</p>
            {summary.standing.is_some().then(|| view! { <SyncMark mark=Signal::stored(mark) /> })}
        </div>
        <Notes file=file.clone() />
        <SectionTitle label=tr!(pay.lines) />
        <ul class="divide-y divide-line border-y border-line" aria-label=tr!(pay.lines)>
            {file
                .lines
                .iter()
                .map(|shown| view! { <LineRow shown=shown.clone() person may_dispute disputing /> })
                .collect_view()}
        </ul>
        {nothing.then(|| view! { <p class="px-4 py-3 text-muted">{tr!(pay.no_lines)}</p> })}
        <Facts file />
    }
}

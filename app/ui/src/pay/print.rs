use caravan_domain::{
    pay::view::{ShownLine, StatementFile},
    time::Day,
};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    address::{path_of, statement_of},
    files::printed_period,
    words::{line_name, reckoning, state_words},
};
use crate::{
    engine::use_engine,
    format::use_format,
    ui::{Button, ButtonKind, EmptyState, Page},
};

/// The statement on A4. The browser prints it, or saves it as a PDF, offline too.
#[component]
pub(super) fn PrintPage() -> impl IntoView {
    let params = use_params_map();
    let ids = Memo::new(move |_| params.with(statement_of));
    let answer = use_engine().pay_statement(move || ids.get());
    let known = Memo::new(move |_| answer.with(|answer| answer.as_ref().map(Option::is_some)));
    let file = Memo::new(move |_| answer.get().flatten().map(|file| *file));
    let back = Signal::derive(move || {
        let (person, period) = ids.get();
        path_of(person, period)
    });
    view! {
        <Page
            title=tr!(pay.statement)
            back
            main_action=move || {
                view! {
                    <Button
                        label=tr!(pay.print)
                        kind=ButtonKind::Main
                        icon=icons::LuPrinter
                        wide=true
                        // Where a browser cannot print there is nothing to be said about it.
                        on_press=move || drop(window().print())
                    />
                }
            }
        >
            {move || match known.get() {
                Some(false) => {
                    view! { <EmptyState icon=icons::LuSearchX title=tr!(pay.missing) body=tr!(pay.missing_body) /> }
                        .into_any()
                }
                _ => file.get().map(|file| view! { <Paper file /> }).into_any(),
            }}
        </Page>
    }
}

#[component]
fn Paper(file: StatementFile) -> impl IntoView {
    let format = use_format();
    let summary = file.summary.clone();
    let total = summary.total;
    let (state, _) = state_words(summary.standing.as_ref().map(|standing| standing.state));
    let provisional = summary.provisional.then(|| tr!(pay.provisional));
    let digest = summary
        .standing
        .as_ref()
        .map(|standing| format!("{:?}", standing.drawn.digest));
    let signed = move |label: Signal<String>, name: String| {
        (!name.is_empty()).then(|| {
            view! {
                <p>
                    {label} ": " <bdi>{name}</bdi>
                </p>
            }
        })
    };
    view! {
        <section class="paper flex flex-col gap-4 px-4 pb-6">
            <header class="flex flex-col gap-1">
                <p class="text-xl font-semibold">
                    <bdi>{summary.name.clone()}</bdi>
                </p>
                <p>
                    {printed_period(&summary)} " · " {state}
                    {provisional.map(|provisional| view! { <span>" · " {provisional}</span> })}
                </p>
            </header>
            <table class="w-full border-collapse text-sm">
                <thead>
                    <tr class="border-b border-base-content text-start">
                        <th class="py-1 pe-2 text-start font-medium" scope="col">
                            {tr!(pay.column_line)}
                        </th>
                        <th class="py-1 text-end font-medium" scope="col">
                            {tr!(pay.amount)}
                        </th>
                    </tr>
                </thead>
                <tbody>
                    {file.lines.into_iter().map(|shown| view! { <PaperLine shown /> }).collect_view()}
                </tbody>
                <tfoot>
                    <tr class="border-t border-base-content font-semibold">
                        <th class="py-2 text-start" scope="row">
                            {tr!(pay.total)}
                        </th>
                        <td class="py-2 text-end tabular-nums">{move || format.money(total)}</td>
                    </tr>
                </tfoot>
            </table>
            <footer class="flex flex-col gap-1 text-sm text-muted">
                {signed(tr!(pay.drawn_by), file.drawn_by_name)}
                {signed(tr!(pay.approved_by), file.approved_by_name)}
                {digest
                    .map(|digest| {
                        view! {
                            <p class="break-all">
                                {tr!(pay.hash)} ": " {digest}
                            </p>
                        }
                    })}
                <p>{tr!(pay.no_taxes)}</p>
            </footer>
        </section>
    }
}

#[component]
fn PaperLine(shown: ShownLine) -> impl IntoView {
    let format = use_format();
    let name = line_name(&shown.line);
    let how = reckoning(&shown.line, format);
    let (due, plan) = (shown.line.due(), shown.line.plan);
    let since = plan
        .filter(|day| *day != Day::MIN)
        .map(|day| day.to_string());
    view! {
        <tr class="border-b border-line align-top">
            <td class="py-1 pe-2">
                <span>{name}</span>
                " "
                <bdi>{shown.subject}</bdi>
                <span class="block text-muted tabular-nums">
                    {move || how.map(|how| how.get())}
                    {since.map(|since| format!(" · {since}"))}
                </span>
            </td>
            <td class="py-1 text-end tabular-nums">{move || format.money(due)}</td>
        </tr>
    }
}

//! A statement, or a month of the team, as a file that a spreadsheet opens; and the way to paper.

use caravan_domain::{
    pay::view::{StatementFile, StatementSummary},
    time::Day,
};
use caravan_files::{
    export::{ExportCell, ExportGrid},
    message::FilesRequest,
};
use icondata_lu as icons;
use leptos::prelude::*;

use super::{
    address::print_path_of,
    words::{line_name, period_words, reckoning, state_words},
};
use crate::{
    export::save::{FileKind, use_saving},
    format::{now, use_format},
    ui::{IconButton, List, ListRow, Sheet, Show},
};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

#[component]
pub(super) fn StatementFiles(file: Memo<Option<StatementFile>>) -> impl IntoView {
    let open = RwSignal::new(false);
    let there = Memo::new(move |_| file.with(Option::is_some));
    let href = Signal::derive(move || {
        file.with(|file| {
            let summary = &file.as_ref()?.summary;
            Some(print_path_of(summary.person, summary.period))
        })
        .unwrap_or_default()
    });
    view! {
        <Show when=move || there.get()>
            <IconButton label=tr!(pay.files) icon=icons::LuShare on_press=move || open.set(true) />
        </Show>
        <Sheet open title=tr!(pay.files)>
            <List>
                <ListRow title=tr!(pay.print) detail=tr!(pay.print_hint) icon=icons::LuPrinter href=href />
                {move || file.get_untracked().map(|file| view! { <AsGrid file open /> })}
            </List>
        </Sheet>
    }
}

#[component]
fn AsGrid(file: StatementFile, open: RwSignal<bool>) -> impl IntoView {
    let saving = use_saving();
    let format = use_format();
    let heading = [
        tr!(pay.column_line),
        tr!(pay.column_subject),
        tr!(pay.column_how),
        tr!(pay.column_version),
        tr!(pay.column_month),
        tr!(pay.column_before),
        tr!(pay.amount),
    ];
    let (total, sheet, stem) = (tr!(pay.total), tr!(pay.statement), tr!(pay.file_statement));
    let nothing = tr!(export.nothing);
    let summary = file.summary.clone();
    let rows: Vec<_> = file
        .lines
        .into_iter()
        .map(|shown| {
            (
                line_name(&shown.line),
                reckoning(&shown.line, format),
                shown,
            )
        })
        .collect();
    let write = Callback::new(move |()| {
        let text = |text: String| ExportCell::Text(text);
        let mut cells: Vec<Vec<ExportCell>> = rows
            .iter()
            .map(|(name, how, shown)| {
                let line = &shown.line;
                let version = line.plan.filter(|day| *day != Day::MIN);
                vec![
                    text(name.get_untracked()),
                    text(shown.subject.clone()),
                    text(how.map(|how| how.get_untracked()).unwrap_or_default()),
                    text(version.map(|day| day.to_string()).unwrap_or_default()),
                    ExportCell::Money(line.amount),
                    ExportCell::Money(line.paid_before),
                    ExportCell::Money(line.due()),
                ]
            })
            .collect();
        let mut sum = vec![text(total.get_untracked())];
        sum.extend((0..5).map(|_| text(String::new())));
        sum.push(ExportCell::Money(summary.total));
        cells.push(sum);
        let grid = ExportGrid {
            sheet: sheet.get_untracked(),
            heading: heading.map(|word| word.get_untracked()).to_vec(),
            rows: cells,
        };
        let kind = FileKind {
            name: format!(
                "{}-{}-{}.xlsx",
                stem.get_untracked(),
                summary.name,
                summary.period.from
            ),
            kind: XLSX,
        };
        let now = untrack(now);
        let request = async move { Ok(FilesRequest::WriteGrid { grid, now }) };
        saving.run(kind, nothing, request);
        open.set(false);
    });
    view! { <ListRow title=tr!(export.xlsx) detail=tr!(pay.xlsx_hint) icon=icons::LuFileSpreadsheet on_press=write /> }
}

#[component]
pub(super) fn TeamFile(statements: Memo<Vec<StatementSummary>>, month: Memo<Day>) -> impl IntoView {
    let saving = use_saving();
    let heading = [
        tr!(pay.column_name),
        tr!(pay.column_period),
        tr!(pay.column_state),
        tr!(pay.amount),
    ];
    let (total, sheet, stem) = (tr!(pay.total), tr!(pay.team), tr!(pay.file_team));
    let nothing = tr!(export.nothing);
    let rows = Memo::new(move |_| {
        statements
            .get()
            .into_iter()
            .map(|summary| {
                let state = summary.standing.as_ref().map(|standing| standing.state);
                let (state, _) = state_words(state);
                let period = format!("{} – {}", summary.period.from, summary.period.to);
                (summary.name, period, state.get(), summary.total)
            })
            .collect::<Vec<_>>()
    });
    let write = move || {
        let text = ExportCell::Text;
        let rows = rows.get_untracked();
        let sum = rows.iter().map(|(_, _, _, total)| *total).sum();
        let mut cells: Vec<Vec<ExportCell>> = rows
            .into_iter()
            .map(|(name, period, state, total)| {
                vec![
                    text(name),
                    text(period),
                    text(state),
                    ExportCell::Money(total),
                ]
            })
            .collect();
        cells.push(vec![
            text(total.get_untracked()),
            text(String::new()),
            text(String::new()),
            ExportCell::Money(sum),
        ]);
        let grid = ExportGrid {
            sheet: sheet.get_untracked(),
            heading: heading.map(|word| word.get_untracked()).to_vec(),
            rows: cells,
        };
        let kind = FileKind {
            name: format!("{}-{}.xlsx", stem.get_untracked(), month.get_untracked()),
            kind: XLSX,
        };
        let now = untrack(now);
        let request = async move { Ok(FilesRequest::WriteGrid { grid, now }) };
        saving.run(kind, nothing, request);
    };
    let any = Memo::new(move |_| !statements.with(Vec::is_empty));
    view! {
        <Show when=move || any.get()>
            <IconButton label=tr!(pay.team_xlsx) icon=icons::LuFileSpreadsheet disabled=saving.busy on_press=write />
        </Show>
    }
}

/// For the sheet of paper: the period as it is printed.
pub(super) fn printed_period(summary: &StatementSummary) -> Signal<String> {
    period_words(summary.period)
}

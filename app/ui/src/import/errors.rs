//! Rows that cannot be imported, with their reasons, on the screen and as a file; and what was left out of others.

use caravan_domain::time::Day;
use caravan_files::{
    message::{ErrorWords, FilesRequest},
    row::{DoubtKind, RowError, RowReason},
};
use icondata_lu as icons;
use leptos::{prelude::*, task::spawn_local};

use super::{
    long_list::LongList,
    wizard::{Wizard, use_wizard},
};
use crate::{
    files::{ExplainFiles, FieldNames},
    format::now,
    storage::save_file,
    ui::{Button, SectionTitle, Show, use_toasts},
};

#[component]
pub(super) fn ErrorList() -> impl IntoView {
    let wizard = use_wizard();
    let total = Memo::new(move |_| wizard.checked.with(|checked| checked.errors.len()));
    view! {
        <Show when=move || { total.get() > 0 }>
            <SectionTitle label=tr!(import.errors) />
            <p class="px-4 pb-2 text-sm text-muted">{tr!(import.errors_body)}</p>
            <div class="px-4 pb-3">
                <DownloadErrors />
            </div>
            <LongList
                label=tr!(import.errors)
                total
                row=move |place: usize| {
                    let error = wizard.checked.with_untracked(|checked| checked.errors.get(place).cloned());
                    error.map(|error| view! { <ErrorRow wizard error /> })
                }
            />
        </Show>
    }
}

#[component]
fn ErrorRow(wizard: Wizard, error: RowError) -> impl IntoView {
    let column = wizard.opened.with_untracked(|opened| {
        let header = &opened.as_ref()?.header;
        header.get(usize::try_from(error.column?).ok()?).cloned()
    });
    let written = match (column, error.value.is_empty()) {
        (Some(column), false) => format!("{column}: {}", error.value),
        (Some(column), true) => column,
        (None, _) => error.value,
    };
    view! { <Line row=error.row says=reason(error.reason) written /> }
}

/// What will be imported, but not quite as it stands in the file.
#[component]
pub(super) fn DoubtList() -> impl IntoView {
    let wizard = use_wizard();
    let names = FieldNames::new();
    let total = Memo::new(move |_| wizard.checked.with(|checked| checked.doubts.len()));
    view! {
        <Show when=move || { total.get() > 0 }>
            <SectionTitle label=tr!(import.doubts) />
            <LongList
                label=tr!(import.doubts)
                total
                row=move |place: usize| {
                    let doubt = wizard.checked.with_untracked(|checked| checked.doubts.get(place).cloned());
                    doubt
                        .map(|(row, doubt)| {
                            let written = format!("{}: {}", names.name(doubt.field), doubt.value);
                            view! { <Line row says=kind(doubt.kind) written /> }
                        })
                }
            />
        </Show>
    }
}

/// One row of the file: its number, what is the matter, and what is written there.
#[component]
fn Line(row: u32, says: Signal<String>, written: String) -> impl IntoView {
    view! {
        <div class="row">
            <span class="w-20 shrink-0 text-sm text-muted tabular-nums">{tr!(import.row, row = row)}</span>
            <span class="flex min-w-0 flex-1 flex-col">
                <span class="truncate">{says}</span>
                <bdi class="truncate text-sm text-muted">{written}</bdi>
            </span>
        </div>
    }
}

#[component]
fn DownloadErrors() -> impl IntoView {
    let wizard = use_wizard();
    let explain = ExplainFiles::new();
    let toasts = use_toasts();
    let stem = tr!(import.error_file);
    let not_saved = tr!(storage.not_saved);
    let (row, column) = (tr!(import.row_heading), tr!(import.column_heading));
    let (value, heading) = (tr!(import.value_heading), tr!(import.reason_heading));
    let reasons = RowReason::ALL.map(|known| (known, reason(known)));
    let download = move || {
        let words = ErrorWords {
            row: row.get_untracked(),
            column: column.get_untracked(),
            value: value.get_untracked(),
            reason: heading.get_untracked(),
            reasons: reasons
                .map(|(known, words)| (known, words.get_untracked()))
                .to_vec(),
        };
        let name = file_name(&stem.get_untracked(), untrack(now).day());
        let not_saved = not_saved.get_untracked();
        spawn_local(async move {
            match wizard.files.write(FilesRequest::WriteErrors(words)).await {
                Ok(bytes) => {
                    if save_file(&name, "text/csv;charset=utf-8", &bytes).is_err() {
                        toasts.say(not_saved);
                    }
                }
                Err(failure) => toasts.say(explain.failure(failure)),
            }
        });
    };
    view! { <Button label=tr!(import.download_errors) icon=icons::LuDownload on_press=download /> }
}

fn file_name(stem: &str, day: Day) -> String {
    format!("{stem}-{day}.csv")
}

fn reason(reason: RowReason) -> Signal<String> {
    match reason {
        RowReason::TooFewColumns => tr!(import.too_few_columns),
        RowReason::TooManyColumns => tr!(import.too_many_columns),
        RowReason::NameMissing => tr!(import.name_missing),
        RowReason::NoValidPhone => tr!(import.no_valid_phone),
        RowReason::PhoneMissing => tr!(import.phone_missing),
        RowReason::LastFollowUpInvalid => tr!(import.last_follow_up_invalid),
        RowReason::Undecodable => tr!(import.undecodable),
        RowReason::TooLong => tr!(import.too_long),
    }
}

fn kind(kind: DoubtKind) -> Signal<String> {
    match kind {
        DoubtKind::Code(_) => tr!(import.code_doubtful),
        DoubtKind::PhoneLeftOut => tr!(import.phone_left_out),
        DoubtKind::BirthdayLeftOut => tr!(import.birthday_left_out),
        DoubtKind::UnknownWord => tr!(import.unknown_word),
    }
}

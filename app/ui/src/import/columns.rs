use caravan_files::field::Field;
use leptos::prelude::*;

use super::wizard::{Wizard, use_wizard};
use crate::{
    files::FieldNames,
    format::use_format,
    ui::{Bound, CheckField, SectionTitle, SelectField, Show},
};

/// Filled cells shown of each column.
const SAMPLES: usize = 3;
/// Longer cells are cut: a note says enough in its first words.
const SAMPLE_CHARS: usize = 24;

/// In Chinese lists a comma is more often part of a tag than between two.
const COMMAS: [char; 2] = [',', '，'];

/// What each column means: guessed, shown beside its first cells, changed by the person.
#[component]
pub(super) fn ColumnsStep() -> impl IntoView {
    let wizard = use_wizard();
    let format = use_format();
    let names = FieldNames::new();
    let header = wizard.opened.with_untracked(|opened| {
        opened
            .as_ref()
            .map(|opened| opened.header.clone())
            .unwrap_or_default()
    });
    let records = move || {
        wizard
            .opened
            .with(|opened| opened.as_ref().map_or(0, |opened| opened.records))
    };
    let has_tags = Memo::new(move |_| wizard.mapping.with(|mapping| mapping.has(Field::Tags)));
    view! {
        <p class="px-4 text-muted">
            <bdi>
                {tr!(
                    import.records,
                    name = wizard.file_name.get(),
                    count = format.count(u64::from(records()))
                )}
            </bdi>
        </p>
        <SectionTitle label=tr!(import.step_columns) />
        <div class="grid gap-x-6 gap-y-3 px-4 py-2 sm:grid-cols-2">
            {header
                .into_iter()
                .enumerate()
                .map(|(place, title)| view! { <Column wizard names place title /> })
                .collect_view()}
        </div>
        <Show when=move || has_tags.get()>
            <div class="px-4">
                <CheckField label=tr!(import.comma_parts) bind=commas(wizard) />
            </div>
        </Show>
    }
}

#[component]
fn Column(wizard: Wizard, names: FieldNames, place: usize, title: String) -> impl IntoView {
    let leave_out = tr!(import.leave_out);
    let untitled = tr!(import.unnamed_column, number = place + 1);
    let label = Signal::derive(move || match title.trim() {
        "" => untitled.get(),
        title => title.to_owned(),
    });
    let cells = samples(wizard, place);
    let hint = match cells.is_empty() {
        true => tr!(import.no_sample),
        false => tr!(import.sample, cells = cells.clone()),
    };
    let options = Signal::derive(move || {
        let fields = Field::ALL
            .iter()
            .map(|field| (word(*field), names.name(*field)));
        core::iter::once((String::new(), leave_out.get()))
            .chain(fields)
            .collect()
    });
    view! { <SelectField label hint bind=column(wizard, place) options /> }
}

fn column(wizard: Wizard, place: usize) -> Bound<String> {
    Bound {
        value: Signal::derive(move || {
            let field = wizard
                .mapping
                .with(|mapping| mapping.columns.get(place).copied().flatten());
            field.map(word).unwrap_or_default()
        }),
        set: Callback::new(move |chosen: String| {
            let field = Field::ALL.into_iter().find(|field| word(*field) == chosen);
            wizard.mapping.update(|mapping| {
                if let Some(column) = mapping.columns.get_mut(place) {
                    *column = field;
                }
            });
        }),
    }
}

/// The value of an option, which nobody sees.
fn word(field: Field) -> String {
    format!("{field:?}")
}

fn samples(wizard: Wizard, place: usize) -> String {
    wizard.opened.with_untracked(|opened| {
        let records = opened.iter().flat_map(|opened| &opened.sample);
        let cells = records.filter_map(|record| record.cells.get(place));
        let filled = cells
            .map(|cell| cell.trim())
            .filter(|cell| !cell.is_empty());
        filled
            .take(SAMPLES)
            .map(short)
            .collect::<Vec<_>>()
            .join(" · ")
    })
}

fn short(cell: &str) -> String {
    let kept: String = cell.chars().take(SAMPLE_CHARS).collect();
    match kept.len() < cell.len() {
        true => format!("{kept}…"),
        false => kept,
    }
}

fn commas(wizard: Wizard) -> Bound<bool> {
    Bound {
        value: Signal::derive(move || {
            wizard
                .mapping
                .with(|mapping| mapping.tag_separators.contains(COMMAS))
        }),
        set: Callback::new(move |part| {
            wizard.mapping.update(|mapping| {
                mapping
                    .tag_separators
                    .retain(|separator| !COMMAS.contains(&separator));
                if part {
                    mapping.tag_separators.extend(COMMAS);
                }
            });
        }),
    }
}

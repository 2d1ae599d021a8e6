//! Where people disagree: each field of a record that two of them wrote at once, with every value, who wrote it and when;
//! one tap keeps one (U3). Each module says what its fields are called and how what stands in them reads.

use caravan_domain::{
    calendar::parse_day,
    command::Command,
    conflict::{Conflict, ConflictValue, Contestable},
    value::Value,
};
use leptos::prelude::*;

use crate::{
    engine::{use_engine, use_perform},
    format::{Format, use_format},
    ui::{ConflictField, Version},
};

type Read = Box<dyn Fn(&ConflictValue) -> String + Send + Sync>;

/// A field in the reader's words.
pub(crate) struct FieldWords {
    label: Signal<String>,
    read: Read,
}

/// To be called while a component is being built.
impl FieldWords {
    /// Of a field that holds what somebody typed, or the name of somebody or something.
    pub(crate) fn plain(label: Signal<String>) -> Self {
        Self::reading(label, |value| match value.name.is_empty() {
            true => text_of(value).to_owned(),
            false => value.name.clone(),
        })
    }

    pub(crate) fn day(label: Signal<String>) -> Self {
        let format = use_format();
        Self::reading(label, move |value| {
            parse_day(text_of(value)).map_or_else(String::new, |day| format.day(day))
        })
    }

    /// Of a field that holds one of a few words; what is none of them reads as it stands.
    pub(crate) fn word<T: core::str::FromStr>(
        label: Signal<String>,
        name: impl Fn(T) -> String + Send + Sync + 'static,
    ) -> Self {
        Self::reading(label, move |value| match text_of(value).parse() {
            Ok(known) => name(known),
            Err(_) => text_of(value).to_owned(),
        })
    }

    /// Of a field that holds a whole number.
    pub(crate) fn number(
        label: Signal<String>,
        name: impl Fn(i64) -> String + Send + Sync + 'static,
    ) -> Self {
        Self::reading(label, move |value| match value.value {
            Value::Int(number) => name(number),
            _ => String::new(),
        })
    }

    pub(crate) fn reading(
        label: Signal<String>,
        read: impl Fn(&ConflictValue) -> String + Send + Sync + 'static,
    ) -> Self {
        Self {
            label,
            read: Box::new(read),
        }
    }
}

pub(crate) fn text_of(value: &ConflictValue) -> &str {
    match &value.value {
        Value::Text(text) | Value::Prose(text) => text,
        _ => "",
    }
}

/// Nothing while nobody disagrees, and for whoever may not settle it.
#[component]
pub(crate) fn Conflicts(
    #[prop(into)] record: Signal<Contestable>,
    /// Of the field at a path from the document's root.
    words: fn(&[&str]) -> FieldWords,
) -> impl IntoView {
    let found = use_engine().conflicts(move || record.get());
    move || {
        let conflicts = found.get().unwrap_or_default();
        conflicts
            .into_iter()
            .map(|conflict| view! { <OneConflict record conflict words /> })
            .collect_view()
    }
}

#[component]
fn OneConflict(
    record: Signal<Contestable>,
    conflict: Conflict,
    words: fn(&[&str]) -> FieldWords,
) -> impl IntoView {
    let perform = use_perform();
    let format = use_format();
    let kept = tr!(ui.kept);
    let steps: Vec<&str> = conflict.path.iter().map(String::as_str).collect();
    let FieldWords { label, read } = words(&steps);
    let values = StoredValue::new((conflict, read));
    let versions = Signal::derive(move || {
        values.with_value(|(conflict, read)| {
            let values = conflict.values.iter();
            values
                .map(|value| Version {
                    value: read(value),
                    attribution: attribution(value, format),
                })
                .collect()
        })
    });
    let pick = move |place: usize| {
        let Some((path, value)) = values.with_value(|(conflict, _)| {
            let picked = conflict.values.get(place)?;
            Some((conflict.path.clone(), picked.value.clone()))
        }) else {
            return;
        };
        let command = Command::Resolve {
            document: record.get_untracked().place().0,
            path,
            value,
        };
        perform.run(command, kept.get_untracked());
    };
    view! { <ConflictField label versions on_pick=pick /> }
}

fn attribution(value: &ConflictValue, format: Format) -> String {
    format!("{} · {}", value.by_name, format.moment(value.written_at))
}

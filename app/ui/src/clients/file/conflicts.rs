use caravan_domain::{
    clients::file::{ClientFile, Conflict, ConflictValue},
    clients::record::{Grade, Stage},
    command::Command,
    document::DocumentId,
    id::ClientId,
    value::Value,
};
use leptos::prelude::*;

use crate::{
    clients::StageNames,
    engine::use_perform,
    format::{Format, use_format},
    ui::{ConflictField, Version},
};

/// Each field on which people disagree, with every value and who wrote it; one tap keeps one (U3).
#[component]
pub(super) fn Conflicts(id: ClientId, file: Memo<Option<ClientFile>>) -> impl IntoView {
    let conflicts = Memo::new(move |_| {
        file.with(|file| {
            file.as_ref()
                .map(|file| file.conflicts.clone())
                .unwrap_or_default()
        })
    });
    view! {
        {move || {
            conflicts.get().into_iter().map(|conflict| view! { <OneConflict id conflict /> }).collect_view()
        }}
    }
}

#[component]
fn OneConflict(id: ClientId, conflict: Conflict) -> impl IntoView {
    let perform = use_perform();
    let format = use_format();
    let stages = StageNames::new();
    let kept = tr!(clients.kept);
    let label = field_name(&conflict);
    let values = StoredValue::new(conflict);
    let versions = Signal::derive(move || {
        values.with_value(|conflict| {
            let values = conflict.values.iter();
            values
                .map(|value| Version {
                    value: readable(&value.value, stages),
                    attribution: attribution(value, format),
                })
                .collect()
        })
    });
    let pick = move |place: usize| {
        let Some((path, value)) = values.with_value(|conflict| {
            let picked = conflict.values.get(place)?;
            Some((conflict.path.clone(), picked.value.clone()))
        }) else {
            return;
        };
        let command = Command::Resolve {
            document: DocumentId::from(id),
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

fn readable(value: &Value, stages: StageNames) -> String {
    match value {
        Value::Text(word) => match (word.parse::<Stage>(), word.parse::<Grade>()) {
            (Ok(stage), _) => stages.name(stage),
            _ => word.clone(),
        },
        Value::Prose(text) => text.clone(),
        Value::Int(int) => int.to_string(),
        Value::Bool(flag) => flag.to_string(),
        _ => String::new(),
    }
}

fn field_name(conflict: &Conflict) -> Signal<String> {
    let steps: Vec<&str> = conflict.path.iter().map(String::as_str).collect();
    match steps.as_slice() {
        ["profile", "name"] => tr!(clients.name),
        ["profile", "code"] => tr!(clients.code),
        ["profile", "grade"] => tr!(clients.grade),
        ["profile", "stage"] => tr!(clients.stage),
        ["profile", "region"] => tr!(clients.region),
        ["profile", "address"] => tr!(clients.address),
        ["profile", "source"] => tr!(clients.source),
        ["profile", "position"] => tr!(location.label),
        ["profile", "archived_at"] => tr!(clients.archived),
        ["contacts", _, "name"] => tr!(clients.contact_name),
        ["contacts", _, "title"] => tr!(clients.contact_title),
        ["contacts", _, "birthday"] => tr!(clients.birthday),
        ["contacts", _, "email"] => tr!(clients.email),
        ["contacts", _, "wechat"] => tr!(clients.wechat),
        ["visits", ..] => tr!(clients.visit),
        _ => tr!(clients.another_field),
    }
}

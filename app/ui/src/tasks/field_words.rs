//! A task's fields in the reader's words, where people disagree on them.

use caravan_domain::{
    tasks::{kind::TaskKind, record::TaskStatus},
    work::kind::Difficulty,
};
use leptos::prelude::*;

use super::words::{TaskKindNames, status_badge, times};
use crate::{
    conflicts::{FieldWords, text_of},
    format::use_format,
};

pub(super) fn field_words(steps: &[&str]) -> FieldWords {
    let format = use_format();
    match steps {
        [_, _, "title"] => FieldWords::plain(tr!(tasks.name)),
        [_, _, "detail"] => FieldWords::plain(tr!(tasks.detail)),
        [_, _, "client"] => FieldWords::plain(tr!(tasks.client)),
        [_, _, "due"] => FieldWords::day(tr!(tasks.due)),
        [_, _, "kind"] => {
            let kinds = TaskKindNames::new();
            FieldWords::reading(tr!(tasks.kind), move |value| {
                let kind = text_of(value).parse::<TaskKind>().unwrap_or_default();
                kinds.name(kind, &value.name)
            })
        }
        [_, _, "status"] => {
            let names = TaskStatus::ALL.iter();
            let names: Vec<_> = names
                .map(|status| (*status, status_badge(*status).0))
                .collect();
            FieldWords::word(tr!(tasks.status), move |status: TaskStatus| {
                let named = names.iter().find(|(known, _)| *known == status);
                named.map_or_else(String::new, |(_, name)| name.get())
            })
        }
        [_, _, "progress"] => {
            FieldWords::number(tr!(tasks.progress), |percent| format!("{percent}%"))
        }
        [_, _, "difficulty"] => FieldWords::number(tr!(tasks.difficulty), |tenths| {
            Difficulty::of_tenths(tenths).map_or_else(String::new, |it| format!("×{}", times(it)))
        }),
        [_, _, "estimate"] => FieldWords::number(tr!(tasks.estimate), move |minutes| {
            u32::try_from(minutes).map_or_else(|_| String::new(), |it| format.duration(it))
        }),
        _ => FieldWords::plain(tr!(clients.another_field)),
    }
}

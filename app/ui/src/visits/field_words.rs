//! A visit's fields in the reader's words, where people disagree on them.

use caravan_domain::visits::record::{ActionKind, VisitKind};

use super::words::{VisitKindNames, action_name};
use crate::conflicts::FieldWords;

pub(crate) fn field_words(steps: &[&str]) -> FieldWords {
    match steps {
        [_, _, "kind"] => {
            let kinds = VisitKindNames::new();
            FieldWords::word(tr!(visits.kind), move |kind: VisitKind| kinds.name(kind))
        }
        [_, _, "by"] => FieldWords::plain(tr!(visits.by)),
        [_, _, "purpose"] => FieldWords::plain(tr!(visits.purpose)),
        [_, _, "planned_on"] => FieldWords::day(tr!(visits.on)),
        [_, _, "planned_at"] => FieldWords::plain(tr!(visits.at)),
        [_, _, "next_step"] => FieldWords::plain(tr!(visits.next_step)),
        [_, _, "next_on"] => FieldWords::day(tr!(visits.next_on)),
        [_, _, "note"] => FieldWords::plain(action_name(ActionKind::Note)),
        [_, _, "actions", kind, "text"] => match kind.parse() {
            Ok(kind) => FieldWords::plain(action_name(kind)),
            Err(_) => FieldWords::plain(tr!(visits.actions)),
        },
        _ => FieldWords::plain(tr!(clients.visit)),
    }
}

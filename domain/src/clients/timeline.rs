//! Logging an interaction: the timeline only grows (R56).

use crate::clients::command::PROSE_MAX;
use crate::clients::record::{InteractionDraft, InteractionKind};
use crate::command::{CommandError, Context, Field, Outcome};
use crate::edit::Edit;
use crate::id::{ClientId, InteractionId};
use crate::value::{Value, map_of};

pub(super) fn log(
    client: ClientId,
    draft: &InteractionDraft,
    cx: &mut Context<'_>,
) -> Result<Outcome, CommandError> {
    let tree = cx.document(client)?;
    let text = draft.text.trim();
    if text.is_empty() {
        return Err(CommandError::blank(Field::Note));
    }
    if text.chars().count() > PROSE_MAX {
        return Err(CommandError::too_long(Field::Note, PROSE_MAX));
    }
    if let Some(corrected) = draft.corrects {
        tree.at(&["interactions", &corrected.to_string()])
            .ok_or(CommandError::NotFound)?;
    }
    let kind = match draft.corrects {
        Some(_) => InteractionKind::Correction,
        None => draft.kind,
    };
    let id = InteractionId(cx.ids.mint());
    let entry = map_of([
        ("kind", Some(kind.word().into())),
        ("text", Some(text.into())),
        ("by", Some(cx.me.to_string().into())),
        ("written_at", Some(cx.now.into())),
        ("happened_at", draft.happened_at.map(Value::from)),
        ("corrects", draft.corrects.map(|id| id.to_string().into())),
    ]);
    let path = ["interactions", &id.to_string()];
    Ok(Outcome::of([Edit::put(client, &path, entry)]))
}

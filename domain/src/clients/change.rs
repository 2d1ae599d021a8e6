//! Writing a client down, changing it field by field, and putting it away.

use std::collections::BTreeSet;

use crate::clients::command::{FIELD_MAX, NAME_MAX, PROSE_MAX};
use crate::clients::contacts;
use crate::clients::record::ClientDraft;
use crate::command::{CommandError, Context, Field, Outcome};
use crate::edit::Edit;
use crate::fold::is_blank;
use crate::id::ClientId;
use crate::order::gathered;
use crate::value::{Value, filled};
use crate::{geo, uscc};

pub(super) fn create(draft: &ClientDraft, cx: &mut Context<'_>) -> Result<Outcome, CommandError> {
    let client = ClientId(cx.ids.mint());
    Ok(Outcome {
        created: Some(client.into()),
        ..Outcome::of(new_client(client, draft, cx)?)
    })
}

/// Also what an import writes.
pub(super) fn new_client(
    client: ClientId,
    draft: &ClientDraft,
    cx: &mut Context<'_>,
) -> Result<Vec<Edit>, CommandError> {
    let put = |field, text: &str| Edit::put(client, &["profile", field], text);
    let mut edits = vec![
        put("created_by", &cx.me.to_string()),
        put("grade", draft.grade.word()),
        put("stage", draft.stage.word()),
    ];
    edits.extend(text_edits(client, &ClientDraft::default(), draft)?);
    edits.extend(tag_edits(client, &BTreeSet::new(), &draft.tags)?);
    edits.extend(contacts::add(client, &draft.contacts, cx)?);
    Ok(edits)
}

pub(super) fn change(
    client: ClientId,
    before: &ClientDraft,
    after: &ClientDraft,
    cx: &mut Context<'_>,
) -> Result<Outcome, CommandError> {
    cx.document(client)?;
    let mut edits = text_edits(client, before, after)?;
    if before.grade != after.grade {
        edits.push(Edit::put(client, &["profile", "grade"], after.grade.word()));
    }
    if before.stage != after.stage {
        edits.push(Edit::put(client, &["profile", "stage"], after.stage.word()));
    }
    edits.extend(tag_edits(client, &before.tags, &after.tags)?);
    edits.extend(contacts::change(
        client,
        &before.contacts,
        &after.contacts,
        cx,
    )?);
    Ok(Outcome::of(edits))
}

pub(super) fn archive(client: ClientId, cx: &Context<'_>) -> Result<Outcome, CommandError> {
    let archived = is_archived(client, cx)?;
    let edit = (!archived).then(|| Edit::put(client, &ARCHIVED_AT, cx.now));
    Ok(Outcome::of(edit))
}

pub(super) fn restore(client: ClientId, cx: &Context<'_>) -> Result<Outcome, CommandError> {
    Ok(Outcome::of(take_out(client, cx.document(client)?)))
}

/// Out of the archive again, whatever put it there.
pub(super) fn take_out(client: ClientId, tree: &Value) -> Vec<Edit> {
    [ARCHIVED_AT, UNDONE_AT]
        .iter()
        .filter(|path| tree.instant(*path).is_some())
        .map(|path| Edit::delete(client, path))
        .collect()
}

pub(super) const ARCHIVED_AT: [&str; 2] = ["profile", "archived_at"];
/// Beside `archived_at` of a client whose import was undone, which importing again brings back.
pub(super) const UNDONE_AT: [&str; 2] = ["profile", "undone_at"];

fn is_archived(client: ClientId, cx: &Context<'_>) -> Result<bool, CommandError> {
    Ok(cx.document(client)?.instant(&ARCHIVED_AT).is_some())
}

/// Single-line fields and the note. A field that was not touched is not checked either: it may
/// come from an older version, or from somebody else.
fn text_edits(
    client: ClientId,
    before: &ClientDraft,
    after: &ClientDraft,
) -> Result<Vec<Edit>, CommandError> {
    let code = uscc::normalize(&after.code);
    let fields = [
        ("name", Field::Name, NAME_MAX, &before.name, &after.name),
        ("code", Field::Code, FIELD_MAX, &before.code, &code),
        (
            "region",
            Field::Region,
            FIELD_MAX,
            &before.region,
            &after.region,
        ),
        (
            "address",
            Field::Address,
            FIELD_MAX,
            &before.address,
            &after.address,
        ),
        (
            "source",
            Field::Source,
            FIELD_MAX,
            &before.source,
            &after.source,
        ),
        (
            "position",
            Field::Position,
            FIELD_MAX,
            &before.position,
            &after.position,
        ),
    ];
    if is_blank(&after.name) {
        return Err(CommandError::blank(Field::Name));
    }
    let mut edits = Vec::new();
    for (step, field, max, was, now) in fields {
        let now = now.trim();
        if was.trim() == now {
            continue;
        }
        if now.chars().count() > max {
            return Err(CommandError::too_long(field, max));
        }
        if field == Field::Position && !now.is_empty() && now.parse::<geo::Position>().is_err() {
            return Err(CommandError::malformed(field));
        }
        edits.push(Edit::set(client, &["profile", step], filled(now)));
    }
    if before.note != after.note {
        if after.note.chars().count() > PROSE_MAX {
            return Err(CommandError::too_long(Field::Note, PROSE_MAX));
        }
        let prose = Value::Prose(after.note.clone());
        edits.push(Edit::put(client, &["profile", "note"], prose));
    }
    Ok(edits)
}

fn tag_edits(
    client: ClientId,
    before: &BTreeSet<String>,
    after: &BTreeSet<String>,
) -> Result<Vec<Edit>, CommandError> {
    let after: BTreeSet<_> = gathered(after.iter().map(|tag| tag.trim().to_owned()));
    let mut edits = Vec::new();
    for tag in after.difference(before).filter(|tag| !tag.is_empty()) {
        if tag.chars().count() > NAME_MAX {
            return Err(CommandError::too_long(Field::Tags, NAME_MAX));
        }
        edits.push(Edit::put(client, &["tags", tag], true));
    }
    for tag in before.difference(&after) {
        edits.push(Edit::delete(client, &["tags", tag]));
    }
    Ok(edits)
}

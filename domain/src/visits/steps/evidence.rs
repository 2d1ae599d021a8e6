//! What a visit leaves behind: note, actions, photos and the next step. Also after the visit:
//! people write things up on the way home.

use crate::clients::command::{FIELD_MAX, PROSE_MAX};
use crate::command::{CommandError, Context, Field, Outcome};
use crate::id::{ClientId, VisitId};
use crate::time::Day;
use crate::value::{Value, filled, map_of};
use crate::visits::command::NewPhoto;
use crate::visits::record::ActionKind;

use super::{at_most, put_step, set_step, stored};

pub(super) fn write_note(
    client: ClientId,
    visit: VisitId,
    note: &str,
    cx: &Context<'_>,
) -> Result<Outcome, CommandError> {
    let visit = stored(client, visit, cx)?;
    at_most(Field::Note, note, PROSE_MAX)?;
    if visit.note == note {
        return Ok(Outcome::default());
    }
    let prose = Value::Prose(note.to_owned());
    Ok(Outcome::of([put_step(&visit, &["note"], prose)]))
}

/// An action done before keeps the time it was first done; its text is corrected.
pub(super) fn do_action(
    client: ClientId,
    visit: VisitId,
    action: ActionKind,
    text: &str,
    cx: &Context<'_>,
) -> Result<Outcome, CommandError> {
    let visit = stored(client, visit, cx)?;
    at_most(Field::Note, text, PROSE_MAX)?;
    let text = text.trim();
    let word = action.word();
    Ok(match visit.actions.get(&action) {
        Some(done) if done.text == text => Outcome::default(),
        Some(_) => Outcome::of([set_step(&visit, &["actions", word, "text"], filled(text))]),
        // Field by field: a record written whole by two at once would hide what one of them typed.
        None => {
            let at = put_step(&visit, &["actions", word, "at"], cx.now);
            let text = filled(text).map(|text| put_step(&visit, &["actions", word, "text"], text));
            Outcome::of([at].into_iter().chain(text))
        }
    })
}

/// The same picture twice is one picture.
pub(super) fn add_photo(
    client: ClientId,
    visit: VisitId,
    photo: &NewPhoto,
    cx: &Context<'_>,
) -> Result<Outcome, CommandError> {
    let visit = stored(client, visit, cx)?;
    if visit.photos.iter().any(|known| known.hash == photo.hash) {
        return Ok(Outcome::default());
    }
    let bytes = i64::try_from(photo.bytes).unwrap_or(i64::MAX);
    let entry = map_of([
        ("taken_at", Some(cx.now.into())),
        ("bytes", Some(bytes.into())),
        ("width", Some(i64::from(photo.width).into())),
        ("height", Some(i64::from(photo.height).into())),
        ("by", Some(cx.me.to_string().into())),
    ]);
    let hash = photo.hash.to_string();
    Ok(Outcome::of([put_step(&visit, &["photos", &hash], entry)]))
}

pub(super) fn set_next(
    client: ClientId,
    visit: VisitId,
    step: &str,
    on: Option<Day>,
    cx: &Context<'_>,
) -> Result<Outcome, CommandError> {
    let visit = stored(client, visit, cx)?;
    at_most(Field::NextStep, step, FIELD_MAX)?;
    let mut edits = Vec::new();
    if visit.next_step != step.trim() {
        edits.push(set_step(&visit, &["next_step"], filled(step)));
    }
    if visit.next_on != on {
        edits.push(set_step(&visit, &["next_on"], on));
    }
    Ok(Outcome::of(edits))
}

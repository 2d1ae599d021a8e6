//! The steps of a visit, each a few fields of `visits/{id}` in its client's document.

mod checks;
mod evidence;
mod schedule;

use crate::command::{CommandError, Context, Field, Outcome, RecordRef};
use crate::edit::Edit;
use crate::id::{ClientId, VisitId};
use crate::value::{Map, Value};
use crate::visits::command::VisitCommand;
use crate::visits::record::Visit;

pub(super) fn run(command: VisitCommand, cx: &mut Context<'_>) -> Result<Outcome, CommandError> {
    match command {
        VisitCommand::Plan(draft) => schedule::plan(&draft, cx),
        VisitCommand::Replan {
            visit,
            before,
            after,
        } => schedule::replan(visit, &before, &after, cx),
        VisitCommand::Cancel {
            client,
            visit,
            reason,
        } => schedule::cancel(client, visit, &reason, cx),
        VisitCommand::CheckIn {
            client,
            visit,
            reading,
        } => checks::check_in(client, visit, &reading, cx),
        VisitCommand::DropIn {
            client,
            kind,
            reading,
        } => checks::drop_in(client, kind, &reading, cx),
        VisitCommand::CheckOut {
            client,
            visit,
            reading,
        } => checks::check_out(client, visit, &reading, cx),
        VisitCommand::WriteNote {
            client,
            visit,
            note,
        } => evidence::write_note(client, visit, &note, cx),
        VisitCommand::DoAction {
            client,
            visit,
            action,
            text,
        } => evidence::do_action(client, visit, action, &text, cx),
        VisitCommand::AddPhoto {
            client,
            visit,
            photo,
        } => evidence::add_photo(client, visit, &photo, cx),
        VisitCommand::SetNext {
            client,
            visit,
            step,
            on,
        } => evidence::set_next(client, visit, &step, on, cx),
    }
}

fn stored(client: ClientId, visit: VisitId, cx: &Context<'_>) -> Result<Visit, CommandError> {
    let key = visit.to_string();
    let entry = cx
        .document(client)?
        .at(&["visits", &key])
        .ok_or(CommandError::NotFound)?;
    Visit::read(client, &key, entry).ok_or(CommandError::NotFound)
}

/// Writes one whole new visit, with the maps that later steps add to: a map made by two devices
/// at once would be a conflict.
fn put_visit(client: ClientId, visit: VisitId, mut entry: Map) -> Outcome {
    for collection in ["with", "actions", "photos"] {
        entry
            .entry(collection.to_owned())
            .or_insert_with(|| Value::Map(Map::new()));
    }
    entry.insert("note".to_owned(), Value::Prose(String::new()));
    Outcome {
        created: Some(RecordRef::Visit(client, visit)),
        ..Outcome::of([Edit::put(client, &["visits", &visit.to_string()], entry)])
    }
}

/// An edit below `visits/{id}`.
fn put_step(visit: &Visit, steps: &[&str], value: impl Into<Value>) -> Edit {
    set_step(visit, steps, Some(value))
}

fn set_step(visit: &Visit, steps: &[&str], value: Option<impl Into<Value>>) -> Edit {
    let key = visit.id.to_string();
    let path = [&["visits", key.as_str()], steps].concat();
    Edit::set(visit.client, &path, value)
}

fn at_most(field: Field, text: &str, max: usize) -> Result<(), CommandError> {
    if text.chars().count() > max {
        return Err(CommandError::too_long(field, max));
    }
    Ok(())
}

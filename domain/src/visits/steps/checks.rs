//! Checking in and out: written once, graded against the client's position, with the phone's
//! clock as evidence. The relay adds its own time of receipt.

use crate::command::{CommandError, Context, Field, Outcome};
use crate::geo::{self, CheckInGrade, Position};
use crate::id::{ClientId, VisitId};
use crate::value::{Map, Value, map_of};
use crate::visits::record::{PositionReading, Presence, Visit, VisitDraft, VisitKind, VisitState};

use super::{put_step, put_visit, schedule, stored};

pub(super) fn check_in(
    client: ClientId,
    visit: VisitId,
    reading: &PositionReading,
    cx: &Context<'_>,
) -> Result<Outcome, CommandError> {
    let visit = stored(client, visit, cx)?;
    goes_there(&visit, cx)?;
    if visit.state() != VisitState::Planned {
        return Err(CommandError::AlreadyDone);
    }
    let check = check(client, reading, cx)?;
    Ok(Outcome::of([put_step(&visit, &["check_in"], check)]))
}

pub(super) fn drop_in(
    client: ClientId,
    kind: VisitKind,
    reading: &PositionReading,
    cx: &mut Context<'_>,
) -> Result<Outcome, CommandError> {
    let check = check(client, reading, cx)?;
    let draft = VisitDraft {
        client,
        kind,
        planned_on: cx.now.day(),
        planned_at: String::new(),
        purpose: String::new(),
        by: cx.me,
        with: Default::default(),
    };
    let visit = VisitId(cx.ids.mint());
    let mut entry = schedule::entry(&draft, cx);
    entry.insert("check_in".to_owned(), check.into());
    Ok(put_visit(client, visit, entry))
}

pub(super) fn check_out(
    client: ClientId,
    visit: VisitId,
    reading: &PositionReading,
    cx: &Context<'_>,
) -> Result<Outcome, CommandError> {
    let visit = stored(client, visit, cx)?;
    goes_there(&visit, cx)?;
    match visit.state() {
        VisitState::UnderWay => {}
        VisitState::Planned => return Err(CommandError::NotBegun),
        VisitState::Done | VisitState::Cancelled => return Err(CommandError::AlreadyDone),
    }
    let check = check(client, reading, cx)?;
    Ok(Outcome::of([put_step(&visit, &["check_out"], check)]))
}

/// A check is the visitor's own evidence: nobody gives it for somebody else.
fn goes_there(visit: &Visit, cx: &Context<'_>) -> Result<(), CommandError> {
    (visit.by == cx.me)
        .then_some(())
        .ok_or(CommandError::NotAllowed)
}

fn check(
    client: ClientId,
    reading: &PositionReading,
    cx: &Context<'_>,
) -> Result<Map, CommandError> {
    let here = match reading {
        PositionReading::At(uri) => Some(
            uri.parse::<Position>()
                .map_err(|_| CommandError::malformed(Field::Position))?,
        ),
        PositionReading::Refused | PositionReading::Unavailable => None,
    };
    let address: Option<Position> = cx.document(client)?.parsed(&["profile", "position"]);
    let rule = cx.facts.plan().check_in_rule();
    let presence = match geo::grade_check_in(here.as_ref(), address.as_ref(), &rule) {
        CheckInGrade::Verified => Presence::Verified,
        CheckInGrade::Unverified(_) => Presence::Unverified,
        CheckInGrade::Invalid => Presence::Invalid,
    };
    let distance = here
        .zip(address)
        .map(|(here, address)| Value::Int(geo::distance_m(&here, &address).round() as i64));
    let position = match (reading, here) {
        (_, Some(here)) => here.to_string(),
        (PositionReading::Refused, None) => "refused".to_owned(),
        (_, None) => "unavailable".to_owned(),
    };
    Ok(map_of([
        ("at", Some(cx.now.into())),
        ("position", Some(position.into())),
        ("presence", Some(presence.word().into())),
        ("distance_m", distance),
    ]))
}

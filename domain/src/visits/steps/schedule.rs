//! Planning, replanning and cancelling.

use crate::clients::command::FIELD_MAX;
use crate::clients::ownership::OwnershipDecision;
use crate::command::{CommandError, Context, Field, Outcome};
use crate::decision::Decision;
use crate::document::DocumentId;
use crate::id::{ClientId, PersonId, VisitId};
use crate::order::gathered;
use crate::policy;
use crate::value::{Map, Value, filled, map_of};
use crate::visits::record::{Visit, VisitDraft, VisitState};

use super::{at_most, put_step, put_visit, set_step, stored};

pub(super) fn plan(draft: &VisitDraft, cx: &mut Context<'_>) -> Result<Outcome, CommandError> {
    cx.document(draft.client)?;
    check(draft, cx)?;
    may_send(draft.by, cx)?;
    let visit = VisitId(cx.ids.mint());
    let mut outcome = put_visit(draft.client, visit, entry(draft, cx));
    outcome.decisions = shares(draft, cx);
    Ok(outcome)
}

/// What a visit begins as.
pub(super) fn entry(draft: &VisitDraft, cx: &Context<'_>) -> Map {
    let with: Map = gathered(
        draft
            .with
            .iter()
            .map(|person| (person.to_string(), Value::from(true))),
    );
    map_of([
        ("kind", Some(draft.kind.word().into())),
        ("by", Some(draft.by.to_string().into())),
        ("with", Some(with.into())),
        ("planned_on", Some(draft.planned_on.into())),
        ("planned_at", filled(&draft.planned_at)),
        ("purpose", filled(&draft.purpose)),
        ("planned_by", Some(cx.me.to_string().into())),
    ])
}

pub(super) fn replan(
    visit: VisitId,
    before: &VisitDraft,
    after: &VisitDraft,
    cx: &Context<'_>,
) -> Result<Outcome, CommandError> {
    let visit = stored(after.client, visit, cx)?;
    not_begun(&visit)?;
    check(after, cx)?;
    let mut edits = Vec::new();
    if before.kind != after.kind {
        edits.push(put_step(&visit, &["kind"], after.kind.word()));
    }
    if before.planned_on != after.planned_on {
        edits.push(put_step(&visit, &["planned_on"], after.planned_on));
    }
    for (step, was, now) in [
        ("planned_at", &before.planned_at, &after.planned_at),
        ("purpose", &before.purpose, &after.purpose),
    ] {
        if was.trim() != now.trim() {
            edits.push(set_step(&visit, &[step], filled(now)));
        }
    }
    if before.by != after.by {
        may_send(after.by, cx)?;
        edits.push(put_step(&visit, &["by"], after.by.to_string()));
    }
    for person in after.with.difference(&before.with) {
        edits.push(put_step(&visit, &["with", &person.to_string()], true));
    }
    for person in before.with.difference(&after.with) {
        edits.push(set_step(
            &visit,
            &["with", &person.to_string()],
            None::<bool>,
        ));
    }
    Ok(Outcome {
        decisions: shares(after, cx),
        ..Outcome::of(edits)
    })
}

pub(super) fn cancel(
    client: ClientId,
    visit: VisitId,
    reason: &str,
    cx: &Context<'_>,
) -> Result<Outcome, CommandError> {
    let visit = stored(client, visit, cx)?;
    not_begun(&visit)?;
    at_most(Field::Note, reason, FIELD_MAX)?;
    let cancelled = map_of([
        ("at", Some(cx.now.into())),
        ("by", Some(cx.me.to_string().into())),
        ("reason", filled(reason)),
    ]);
    Ok(Outcome::of([put_step(&visit, &["cancelled"], cancelled)]))
}

fn not_begun(visit: &Visit) -> Result<(), CommandError> {
    (visit.state() == VisitState::Planned)
        .then_some(())
        .ok_or(CommandError::AlreadyDone)
}

fn check(draft: &VisitDraft, cx: &Context<'_>) -> Result<(), CommandError> {
    at_most(Field::Note, &draft.purpose, FIELD_MAX)?;
    let planned_at = draft.planned_at.trim();
    if !planned_at.is_empty() && !is_time_of_day(planned_at) {
        return Err(CommandError::malformed(Field::Date));
    }
    let known = |person: &PersonId| cx.facts.people.contains_key(person);
    if !draft.with.iter().all(known) {
        return Err(CommandError::NotFound);
    }
    Ok(())
}

/// `HH:MM`, so that times sort as text.
fn is_time_of_day(text: &str) -> bool {
    let number = |part: &str| {
        let plain = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| part.parse().ok())?
    };
    text.split_once(':').is_some_and(|(hour, minute)| {
        number(hour).is_some_and(|hour: u8| hour < 24)
            && number(minute).is_some_and(|minute: u8| minute < 60)
    })
}

/// People plan for themselves and for those they answer for.
fn may_send(by: PersonId, cx: &Context<'_>) -> Result<(), CommandError> {
    cx.facts.active(by).ok_or(CommandError::NotFound)?;
    policy::holds(by, cx.me, cx.facts)
        .then_some(())
        .ok_or(CommandError::NotAllowed)
}

/// Whoever comes along (R62), or is sent, needs the client's file; who holds the client shares it
/// with them. Nobody else can, and the visit is planned all the same.
fn shares(draft: &VisitDraft, cx: &Context<'_>) -> Vec<Decision> {
    let document = DocumentId::from(draft.client);
    let holds = cx
        .facts
        .owner(document)
        .is_some_and(|owner| policy::holds(owner, cx.me, cx.facts));
    let blind = |person: &PersonId| {
        cx.facts.active(*person).is_some() && !policy::is_in_circle(*person, document, cx.facts)
    };
    draft
        .with
        .iter()
        .copied()
        .chain([draft.by])
        .filter(|person| holds && blind(person))
        .map(|with| {
            let client = draft.client;
            Decision::Ownership(OwnershipDecision::Share { client, with })
        })
        .collect()
}

//! What a person does about a goal. Everything is a new entry; nothing is rewritten.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::calendar::Period;
use crate::command::{CommandError, Context, Field, Outcome, RecordRef};
use crate::decision::Refusal;
use crate::document::DocumentId;
use crate::edit::Edit;
use crate::fold::is_blank;
use crate::goals::metric::Metric;
use crate::goals::place::{GoalPlace, GoalRef};
use crate::goals::record::{Goal, Side, Terms};
use crate::goals::rights::sides;
use crate::id::{GoalEntryId, GoalId, GoalVersionId};
use crate::value::{Map, Value, filled, map_of};

/// What is to be reached, in characters.
pub const WHAT_MAX: usize = 200;
/// Units, in characters.
pub const UNIT_MAX: usize = 20;
/// Reasons and notes, in characters.
pub const REASON_MAX: usize = 2_000;
/// A year: further apart, updates tell nothing.
pub const UPDATE_EVERY_MAX: u32 = 366;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum GoalCommand {
    /// A new goal, signed by its author.
    Propose(GoalDraft),
    /// Other terms, signed by their author: to counter what was proposed, or to adjust what was agreed.
    Change(GoalChange),
    /// Of versions made at once the one that is to stand: a new version like it that replaces all.
    Pick {
        goal: GoalRef,
        version: GoalVersionId,
    },
    /// The other side's signature under the version that was seen.
    Accept {
        goal: GoalRef,
        version: GoalVersionId,
    },
    /// Where it stands.
    Update {
        goal: GoalRef,
        /// Of a goal counted by hand.
        value: Option<u32>,
        note: String,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GoalDraft {
    pub place: GoalPlace,
    pub metric: Metric,
    pub unit: String,
    pub period: Period,
    pub terms: Terms,
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GoalChange {
    pub goal: GoalRef,
    /// The versions on the screen when it was written: what came meanwhile is not replaced.
    pub after: BTreeSet<GoalVersionId>,
    pub terms: Terms,
    pub reason: String,
    pub dropped: bool,
}

impl GoalCommand {
    #[must_use]
    pub fn reads(&self) -> Vec<DocumentId> {
        match self {
            // A team's or the company's document begins with its first goal.
            Self::Propose(_) => Vec::new(),
            Self::Change(GoalChange { goal, .. })
            | Self::Pick { goal, .. }
            | Self::Accept { goal, .. }
            | Self::Update { goal, .. } => vec![goal.place.document()],
        }
    }

    pub(crate) fn run(self, cx: &mut Context<'_>) -> Result<Outcome, CommandError> {
        match self {
            Self::Propose(draft) => propose(&draft, cx),
            Self::Change(change) => {
                let goal = stored(change.goal, cx)?;
                if change.after.is_empty()
                    || change.after.iter().any(|id| goal.version(*id).is_none())
                {
                    return Err(CommandError::NotFound);
                }
                must_say_why(&change.reason)?;
                check(&change.terms, &change.reason, &goal)?;
                add_version(&goal, &change, cx)
            }
            Self::Pick { goal, version } => pick(goal, version, cx),
            Self::Accept { goal, version } => accept(goal, version, cx),
            Self::Update { goal, value, note } => update(goal, value, &note, cx),
        }
    }
}

fn propose(draft: &GoalDraft, cx: &mut Context<'_>) -> Result<Outcome, CommandError> {
    must_be_there(draft.place, cx)?;
    let goal = Goal {
        id: GoalId(cx.ids.mint()),
        place: draft.place,
        metric: draft.metric,
        unit: draft.unit.trim().to_owned(),
        period: draft.period,
        by: cx.me,
        at: cx.now,
        versions: Vec::new(),
        signatures: Vec::new(),
        updates: Vec::new(),
    };
    check(&draft.terms, &draft.reason, &goal)?;
    let unit = (!draft.metric.is_counted()).then(|| filled(&draft.unit));
    let unit = unit.flatten();
    if draft.unit.trim().chars().count() > UNIT_MAX {
        return Err(CommandError::too_long(Field::Unit, UNIT_MAX));
    }
    let about = map_of([
        ("by", Some(cx.me.to_string().into())),
        ("at", Some(cx.now.into())),
        ("metric", Some(draft.metric.word().into())),
        ("unit", unit),
        ("period", Some(draft.period.to_string().into())),
    ]);
    let about = put(&goal, &["about"], about);
    let first = GoalChange {
        goal: goal.name(),
        after: BTreeSet::new(),
        terms: draft.terms.clone(),
        reason: draft.reason.clone(),
        dropped: false,
    };
    let mut outcome = add_version(&goal, &first, cx)?;
    outcome.edits.insert(0, about);
    outcome.created = Some(RecordRef::Goal(goal.name()));
    Ok(outcome)
}

fn must_be_there(place: GoalPlace, cx: &Context<'_>) -> Result<(), CommandError> {
    let there = match place {
        GoalPlace::Company => true,
        GoalPlace::Team(team) => cx.facts.teams.get(&team).is_some_and(|team| !team.closed),
        GoalPlace::Person(person) => cx.facts.active(person).is_some(),
    };
    there.then_some(()).ok_or(CommandError::NotFound)
}

fn must_say_why(reason: &str) -> Result<(), CommandError> {
    match is_blank(reason) {
        true => Err(CommandError::blank(Field::Reason)),
        false => Ok(()),
    }
}

fn check(terms: &Terms, reason: &str, goal: &Goal) -> Result<(), CommandError> {
    if is_blank(&terms.what) {
        return Err(CommandError::blank(Field::Title));
    }
    if terms.what.chars().count() > WHAT_MAX {
        return Err(CommandError::too_long(Field::Title, WHAT_MAX));
    }
    if reason.chars().count() > REASON_MAX {
        return Err(CommandError::too_long(Field::Reason, REASON_MAX));
    }
    if terms.target == 0 {
        return Err(CommandError::malformed(Field::Target));
    }
    if !goal.period.contains(terms.deadline) {
        return Err(CommandError::malformed(Field::Due));
    }
    if terms.alert_below > 100 {
        return Err(CommandError::malformed(Field::AlertBelow));
    }
    if terms.update_every > UPDATE_EVERY_MAX {
        return Err(CommandError::malformed(Field::UpdateEvery));
    }
    match terms.parent {
        Some(parent) if parent == goal.name() => Err(CommandError::malformed(Field::Parent)),
        _ => Ok(()),
    }
}

fn stored(goal: GoalRef, cx: &Context<'_>) -> Result<Goal, CommandError> {
    let key = goal.goal.to_string();
    let entry = cx
        .document(goal.place.document())?
        .at(&["goals", &key])
        .ok_or(CommandError::NotFound)?;
    Goal::read(goal.place, &key, entry).ok_or(CommandError::NotFound)
}

/// Whoever writes a version signs it, on the first side they stand on.
fn add_version(
    goal: &Goal,
    change: &GoalChange,
    cx: &mut Context<'_>,
) -> Result<Outcome, CommandError> {
    let side = sides(cx.me, goal.place, cx.facts)
        .first()
        .copied()
        .ok_or(CommandError::NotAllowed)?;
    let version = GoalVersionId(cx.ids.mint());
    let after = change.after.iter();
    let after: Map = crate::order::gathered(after.map(|id| (id.to_string(), Value::Bool(true))));
    let terms = &change.terms;
    let entry = map_of([
        ("by", Some(cx.me.to_string().into())),
        ("at", Some(cx.now.into())),
        ("after", (!after.is_empty()).then(|| after.into())),
        ("what", filled(&terms.what)),
        ("target", Some(i64::from(terms.target).into())),
        ("deadline", Some(terms.deadline.into())),
        (
            "parent",
            terms.parent.map(|parent| parent.to_string().into()),
        ),
        ("update_every", Some(i64::from(terms.update_every).into())),
        ("alert_below", Some(i64::from(terms.alert_below).into())),
        ("reason", filled(&change.reason)),
        ("dropped", change.dropped.then(|| true.into())),
    ]);
    Ok(Outcome::of([
        put(goal, &["versions", &version.to_string()], entry),
        signature(goal, side, version, cx),
    ]))
}

fn pick(
    goal: GoalRef,
    version: GoalVersionId,
    cx: &mut Context<'_>,
) -> Result<Outcome, CommandError> {
    let goal = stored(goal, cx)?;
    let heads = goal.heads();
    let picked = heads.iter().find(|head| head.id == version);
    let (Some(picked), true) = (picked, heads.len() > 1) else {
        return Err(CommandError::Refused(Refusal::AlreadySettled));
    };
    let change = GoalChange {
        goal: goal.name(),
        after: heads.iter().map(|head| head.id).collect(),
        terms: picked.terms.clone(),
        reason: picked.reason.clone(),
        dropped: picked.dropped,
    };
    add_version(&goal, &change, cx)
}

fn accept(
    goal: GoalRef,
    version: GoalVersionId,
    cx: &mut Context<'_>,
) -> Result<Outcome, CommandError> {
    let goal = stored(goal, cx)?;
    goal.version(version).ok_or(CommandError::NotFound)?;
    if goal.is_agreed(version) {
        return Err(CommandError::AlreadyDone);
    }
    if goal.heads().iter().all(|head| head.id != version) {
        return Err(CommandError::Refused(Refusal::AlreadySettled));
    }
    let side = side_to_sign(&goal, version, cx)?;
    Ok(Outcome::of([signature(&goal, side, version, cx)]))
}

/// One of the person's sides that has not signed, when the other was signed by somebody else.
fn side_to_sign(
    goal: &Goal,
    version: GoalVersionId,
    cx: &Context<'_>,
) -> Result<Side, CommandError> {
    let signed: Vec<_> = goal.signatures_of(version).collect();
    let sides = sides(cx.me, goal.place, cx.facts);
    let free = sides
        .into_iter()
        .filter(|side| !signed.iter().any(|it| it.side == *side))
        .find(|side| {
            !signed
                .iter()
                .any(|it| it.by == cx.me && it.side == side.other())
        });
    free.ok_or(CommandError::NotAllowed)
}

fn update(
    goal: GoalRef,
    value: Option<u32>,
    note: &str,
    cx: &mut Context<'_>,
) -> Result<Outcome, CommandError> {
    let goal = stored(goal, cx)?;
    let by_hand = !goal.metric.is_counted();
    match value {
        None if by_hand => return Err(CommandError::blank(Field::Value)),
        // Nobody types what the records tell.
        Some(_) if !by_hand => return Err(CommandError::malformed(Field::Value)),
        None if is_blank(note) => return Err(CommandError::blank(Field::Note)),
        _ => {}
    }
    if note.chars().count() > REASON_MAX {
        return Err(CommandError::too_long(Field::Note, REASON_MAX));
    }
    let id = GoalEntryId(cx.ids.mint());
    let entry = map_of([
        ("by", Some(cx.me.to_string().into())),
        ("at", Some(cx.now.into())),
        ("value", value.map(|value| i64::from(value).into())),
        ("note", filled(note)),
    ]);
    let edit = put(&goal, &["updates", &id.to_string()], entry);
    Ok(Outcome::of([edit]))
}

fn signature(goal: &Goal, side: Side, version: GoalVersionId, cx: &mut Context<'_>) -> Edit {
    let id = GoalEntryId(cx.ids.mint());
    let entry = map_of([
        ("by", Some(cx.me.to_string().into())),
        ("at", Some(cx.now.into())),
        ("version", Some(version.to_string().into())),
    ]);
    put(goal, &[side.step(), &id.to_string()], entry)
}

fn put(goal: &Goal, steps: &[&str], entry: Map) -> Edit {
    let key = goal.id.to_string();
    let path: Vec<_> = ["goals", &key]
        .into_iter()
        .chain(steps.iter().copied())
        .collect();
    Edit::put(goal.place.document(), &path, entry)
}

//! Handing clients over, and saying that one has read what came with one.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::command::{CommandError, Context, Field, Outcome, RecordRef};
use crate::decision::Decision;
use crate::document::DocumentId;
use crate::edit::Edit;
use crate::fold::is_blank;
use crate::handovers::capsule::{Capsule, HandedTask, Passing, Why, planned};
use crate::handovers::decision::HandOver;
use crate::id::{ClientId, HandoverId, PersonId, TaskId};
use crate::order::{gathered, sort_by};
use crate::tasks::along::{self, BATCH_MAX};
use crate::tasks::command::{self as tasks};
use crate::value::{Value, map_of};

/// Notes to the next one, in characters.
pub const NOTE_MAX: usize = 5_000;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum HandoverCommand {
    HandOver(HandoverDraft),
    /// The reader has read these capsules.
    Read(Vec<(ClientId, HandoverId)>),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HandoverDraft {
    pub from: PersonId,
    pub clients: BTreeMap<ClientId, PersonId>,
    /// Open tasks of the giver, and who goes on with each.
    pub tasks: BTreeMap<TaskId, PersonId>,
    pub why: Why,
    /// For all of them.
    pub note: String,
    /// Beside it, for one.
    pub notes: BTreeMap<ClientId, String>,
}

impl HandoverCommand {
    /// The documents it reads.
    #[must_use]
    pub fn reads(&self) -> Vec<DocumentId> {
        match self {
            Self::HandOver(draft) => {
                let clients = draft.clients.keys().map(|client| (*client).into());
                let takers = draft.tasks.values().chain([&draft.from]);
                let people = gathered::<BTreeSet<_>, _>(takers.copied());
                clients
                    .chain(people.into_iter().map(DocumentId::from))
                    .collect()
            }
            Self::Read(capsules) => {
                let clients =
                    gathered::<BTreeSet<_>, _>(capsules.iter().map(|(client, _)| *client));
                clients.into_iter().map(DocumentId::from).collect()
            }
        }
    }

    pub(crate) fn run(self, cx: &mut Context<'_>) -> Result<Outcome, CommandError> {
        match self {
            Self::HandOver(draft) => hand_over(&draft, cx),
            Self::Read(capsules) => read(&capsules, cx),
        }
    }
}

/// The decision, and what rests on it: capsules, planned visits and tasks.
fn hand_over(draft: &HandoverDraft, cx: &mut Context<'_>) -> Result<Outcome, CommandError> {
    let leaves = draft.why == Why::Leaving;
    if draft.clients.is_empty() && draft.tasks.is_empty() && !leaves {
        return Err(CommandError::blank(Field::Choices));
    }
    if draft.tasks.len() > BATCH_MAX {
        return Err(CommandError::TooMany);
    }
    let mut notes = draft.notes.values().chain([&draft.note]);
    if notes.any(|note| note.chars().count() > NOTE_MAX) {
        return Err(CommandError::too_long(Field::Note, NOTE_MAX));
    }
    let handover = HandoverId(cx.ids.mint());
    let mut outcome = Outcome {
        first: vec![Decision::HandOver(HandOver {
            handover,
            from: draft.from,
            clients: draft.clients.clone(),
            takers: gathered(draft.tasks.values().copied()),
            leaves,
        })],
        created: Some(RecordRef::Person(draft.from)),
        ..Outcome::default()
    };
    let moved = move_tasks(draft, handover, cx, &mut outcome)?;
    for (client, to) in &draft.clients {
        // One whose contents have not come to this device yet changes hands all the same.
        let Some(tree) = cx.documents.tree((*client).into()) else {
            match draft.notes.get(client) {
                Some(note) if !is_blank(note) => return Err(CommandError::Nowhere(Field::Note)),
                _ => continue,
            }
        };
        let own = draft.notes.get(client).map_or("", |note| note.trim());
        let parts = [draft.note.trim(), own].into_iter();
        let parts: Vec<_> = parts.filter(|part| !part.is_empty()).collect();
        let passing = Passing {
            handover,
            from: draft.from,
            to: *to,
            by: cx.me,
            at: cx.now,
            why: draft.why,
            note: parts.join("\n"),
        };
        let tasks = moved.get(client).cloned().unwrap_or_default();
        outcome
            .edits
            .push(Capsule::of(*client, tree, tasks, passing).edit());
        outcome
            .edits
            .extend(planned(*client, tree, draft.from).iter().map(|visit| {
                let path = ["visits", &visit.id.to_string(), "by"];
                Edit::put(*client, &path, to.to_string())
            }));
    }
    // It stands in a capsule or with a task.
    if outcome.edits.is_empty() && !is_blank(&draft.note) {
        return Err(CommandError::Nowhere(Field::Note));
    }
    Ok(outcome)
}

/// Those about each client, by due day, as they go on.
fn move_tasks(
    draft: &HandoverDraft,
    handover: HandoverId,
    cx: &mut Context<'_>,
    outcome: &mut Outcome,
) -> Result<BTreeMap<ClientId, Vec<HandedTask>>, CommandError> {
    let mut moved: BTreeMap<ClientId, Vec<HandedTask>> = BTreeMap::new();
    let mut concerned = BTreeSet::new();
    for (task, to) in &draft.tasks {
        let before = tasks::stored(draft.from, *task, cx)?;
        let goes_on = along::move_one(&before, *to, &draft.note, cx, &mut outcome.edits)?;
        concerned.extend([draft.from, *to]);
        if let Some(client) = before.draft.client {
            moved.entry(client).or_default().push(HandedTask {
                task: goes_on,
                title: before.draft.title,
                due: before.draft.due,
            });
        }
    }
    for tasks in moved.values_mut() {
        sort_by(tasks, |one, other| {
            let key = |it: &HandedTask| (it.due.is_none(), it.due, it.task);
            key(one).cmp(&key(other))
        });
    }
    let entry = map_of([
        ("by", Some(cx.me.to_string().into())),
        ("at", Some(cx.now.into())),
        ("from", Some(draft.from.to_string().into())),
    ]);
    let path = ["handovers", &handover.to_string()];
    let entries = concerned.into_iter();
    outcome
        .edits
        .extend(entries.map(|person| Edit::put(person, &path, entry.clone())));
    Ok(moved)
}

/// What is read already stays as it was.
fn read(capsules: &[(ClientId, HandoverId)], cx: &Context<'_>) -> Result<Outcome, CommandError> {
    let me = cx.me.to_string();
    let mut edits = Vec::new();
    for (client, handover) in capsules {
        let key = handover.to_string();
        let tree = cx.document(*client)?;
        let entry = tree.at(&["handovers", &key]);
        let entry = entry.ok_or(CommandError::NotFound)?;
        if entry.at(&["read", &me]).is_none() {
            let path = ["handovers", &key, "read", &me];
            edits.push(Edit::put(*client, &path, Value::from(cx.now)));
        }
    }
    Ok(Outcome::of(edits))
}

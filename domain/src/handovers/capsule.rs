//! What goes with a client that changes hands (U6): the file as it stood, what was promised, what comes next and a note.
//! Written once, in the client's document at `handovers/{id}`; whoever got the client says in `read/{person}` that
//! they have read it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::birthday::Birthday;
use crate::calendar::plus_days;
use crate::clients::record::{Client, ContactDraft, Grade, Stage, words};
use crate::clients::row;
use crate::edit::Edit;
use crate::id::{ClientId, HandoverId, InteractionId, PersonId, TaskId, VisitId};
use crate::order::{gathered, sort_by};
use crate::time::{Day, Instant};
use crate::value::{Map, Value, filled, map_of};
use crate::visits::record::{Visit, VisitState};

/// The latest entries of the timeline that a capsule points at.
const TALKS: usize = 5;
/// How far ahead birthdays are told, in days.
const BIRTHDAYS_AHEAD: i64 = 30;

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum Why {
    /// The giver leaves, and is deactivated with it.
    Leaving,
    /// For a while: leave, illness.
    #[default]
    Absence,
    Region,
    Other,
}

words!(Why {
    Leaving = "leaving",
    Absence = "absence",
    Region = "region",
    Other = "other",
});

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Capsule {
    pub handover: HandoverId,
    pub client: ClientId,
    pub from: PersonId,
    pub to: PersonId,
    pub by: PersonId,
    /// The clock of whoever handed over.
    pub at: Instant,
    pub why: Why,
    /// May be empty.
    pub note: String,
    /// The client's, as it was called then.
    pub name: String,
    pub grade: Grade,
    pub stage: Stage,
    pub address: String,
    pub touched_at: Option<Instant>,
    /// What a visit had left open.
    pub next_step: String,
    #[serde(with = "crate::calendar::written::optional")]
    pub next_on: Option<Day>,
    pub contacts: Vec<HandedContact>,
    /// The soonest first.
    pub visits: Vec<HandedVisit>,
    /// By due day.
    pub tasks: Vec<HandedTask>,
    /// The soonest first.
    pub birthdays: Vec<HandedBirthday>,
    /// The latest entries of the timeline, the latest first.
    pub talks: Vec<InteractionId>,
    pub read: BTreeMap<PersonId, Instant>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedContact {
    pub name: String,
    pub title: String,
    /// The first one's; may be empty.
    pub phone: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedVisit {
    pub visit: VisitId,
    #[serde(with = "crate::calendar::written")]
    pub on: Day,
    /// `HH:MM`, or empty.
    pub at: String,
    pub purpose: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedTask {
    /// As it goes on at whoever got the client.
    pub task: TaskId,
    pub title: String,
    #[serde(with = "crate::calendar::written::optional")]
    pub due: Option<Day>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedBirthday {
    pub contact: String,
    #[serde(with = "crate::calendar::written")]
    pub on: Day,
}

/// Who hands what to whom.
pub(super) struct Passing {
    pub(super) handover: HandoverId,
    pub(super) from: PersonId,
    pub(super) to: PersonId,
    pub(super) by: PersonId,
    pub(super) at: Instant,
    pub(super) why: Why,
    pub(super) note: String,
}

impl Capsule {
    /// Of the client as it is now.
    pub(super) fn of(client: ClientId, tree: &Value, tasks: Vec<HandedTask>, it: Passing) -> Self {
        let known = Client::read(client, tree);
        let row = row::row(client, tree, 0);
        let mut talks = known.interactions;
        talks.reverse();
        Self {
            handover: it.handover,
            client,
            from: it.from,
            to: it.to,
            by: it.by,
            at: it.at,
            why: it.why,
            note: it.note.trim().to_owned(),
            visits: planned(client, tree, it.from)
                .into_iter()
                .map(handed_visit)
                .collect(),
            birthdays: birthdays(&known.draft.contacts, it.at.day()),
            contacts: known.draft.contacts.iter().map(handed_contact).collect(),
            name: known.draft.name,
            grade: known.draft.grade,
            stage: known.draft.stage,
            address: known.draft.address,
            touched_at: row.touched_at,
            next_step: row.next_step,
            next_on: row.next_on,
            tasks,
            talks: talks
                .into_iter()
                .take(TALKS)
                .map(|entry| entry.id)
                .collect(),
            read: BTreeMap::new(),
        }
    }

    pub(super) fn edit(&self) -> Edit {
        Edit::put(
            self.client,
            &["handovers", &self.handover.to_string()],
            self.written(),
        )
    }

    fn written(&self) -> Map {
        map_of([
            ("from", Some(self.from.to_string().into())),
            ("to", Some(self.to.to_string().into())),
            ("by", Some(self.by.to_string().into())),
            ("at", Some(self.at.into())),
            ("why", Some(self.why.word().into())),
            ("note", filled(&self.note)),
            ("name", filled(&self.name)),
            ("grade", Some(self.grade.word().into())),
            ("stage", Some(self.stage.word().into())),
            ("address", filled(&self.address)),
            ("touched_at", self.touched_at.map(Value::from)),
            ("next_step", filled(&self.next_step)),
            ("next_on", self.next_on.map(Value::from)),
            ("contacts", listed(&self.contacts, HandedContact::written)),
            ("visits", listed(&self.visits, HandedVisit::written)),
            ("tasks", listed(&self.tasks, HandedTask::written)),
            (
                "birthdays",
                listed(&self.birthdays, HandedBirthday::written),
            ),
            ("talks", listed(&self.talks, |id| id.to_string().into())),
        ])
    }

    /// `None` when it lacks what every capsule has: whose hands, and when.
    #[must_use]
    pub fn read(client: ClientId, key: &str, entry: &Value) -> Option<Self> {
        let list = |of: &'static str| entry.entries(&[of]).map(|(_, value)| value);
        Some(Self {
            handover: key.parse().ok()?,
            client,
            from: entry.parsed(&["from"])?,
            to: entry.parsed(&["to"])?,
            by: entry.parsed(&["by"])?,
            at: entry.instant(&["at"])?,
            why: entry.parsed(&["why"]).unwrap_or(Why::Other),
            note: entry.string(&["note"]),
            name: entry.string(&["name"]),
            grade: entry.parsed(&["grade"]).unwrap_or_default(),
            stage: entry.parsed(&["stage"]).unwrap_or_default(),
            address: entry.string(&["address"]),
            touched_at: entry.instant(&["touched_at"]),
            next_step: entry.string(&["next_step"]),
            next_on: entry.day(&["next_on"]),
            contacts: list("contacts").map(HandedContact::read).collect(),
            visits: list("visits").filter_map(HandedVisit::read).collect(),
            tasks: list("tasks").filter_map(HandedTask::read).collect(),
            birthdays: list("birthdays").filter_map(HandedBirthday::read).collect(),
            talks: list("talks").filter_map(|id| id.parsed(&[])).collect(),
            read: gathered(entry.entries(&["read"]).filter_map(|(person, at)| {
                Some((person.parse::<PersonId>().ok()?, at.instant(&[])?))
            })),
        })
    }

    /// Every capsule in a client's document, the latest first.
    #[must_use]
    pub fn read_all(client: ClientId, tree: &Value) -> Vec<Self> {
        let entries = tree.entries(&["handovers"]);
        let mut all: Vec<_> = entries
            .filter_map(|(key, entry)| Self::read(client, key, entry))
            .collect();
        sort_by(&mut all, |one, other| {
            (other.at, other.handover).cmp(&(one.at, one.handover))
        });
        all
    }

    /// When whoever got the client said that they had read it.
    #[must_use]
    pub fn read_at(&self) -> Option<Instant> {
        self.read.get(&self.to).copied()
    }
}

/// Visits that somebody has planned and not begun, the soonest first.
pub(super) fn planned(client: ClientId, tree: &Value, by: PersonId) -> Vec<Visit> {
    let all = Visit::read_all(client, tree).into_iter();
    let mut planned: Vec<_> = all
        .filter(|visit| visit.by == by && visit.state() == VisitState::Planned)
        .collect();
    sort_by(&mut planned, |one, other| {
        let key = |it: &Visit| (it.planned_on, it.planned_at.clone(), it.id);
        key(one).cmp(&key(other))
    });
    planned
}

/// In the order of the list.
fn listed<T>(items: &[T], written: impl Fn(&T) -> Value) -> Option<Value> {
    let numbered = items.iter().enumerate();
    let map: Map = gathered(numbered.map(|(place, item)| (format!("{place:03}"), written(item))));
    (!map.is_empty()).then_some(Value::Map(map))
}

fn handed_contact(contact: &ContactDraft) -> HandedContact {
    HandedContact {
        name: contact.name.clone(),
        title: contact.title.clone(),
        phone: contact.phones.first().cloned().unwrap_or_default(),
    }
}

fn handed_visit(visit: Visit) -> HandedVisit {
    HandedVisit {
        visit: visit.id,
        on: visit.planned_on,
        at: visit.planned_at,
        purpose: visit.purpose,
    }
}

fn birthdays(contacts: &[ContactDraft], today: Day) -> Vec<HandedBirthday> {
    let until = plus_days(today, BIRTHDAYS_AHEAD);
    let near = contacts.iter().filter_map(|contact| {
        let birthday = contact.birthday.parse::<Birthday>().ok()?.without_year();
        let on = birthday.next(today).filter(|on| *on <= until)?;
        Some(HandedBirthday {
            contact: contact.name.clone(),
            on,
        })
    });
    let mut near: Vec<_> = near.collect();
    sort_by(&mut near, |one, other| one.on.cmp(&other.on));
    near
}

impl HandedContact {
    fn written(&self) -> Value {
        let map = map_of([
            ("name", filled(&self.name)),
            ("title", filled(&self.title)),
            ("phone", filled(&self.phone)),
        ]);
        map.into()
    }

    fn read(entry: &Value) -> Self {
        Self {
            name: entry.string(&["name"]),
            title: entry.string(&["title"]),
            phone: entry.string(&["phone"]),
        }
    }
}

impl HandedVisit {
    fn written(&self) -> Value {
        let map = map_of([
            ("visit", Some(self.visit.to_string().into())),
            ("on", Some(self.on.into())),
            ("at", filled(&self.at)),
            ("purpose", filled(&self.purpose)),
        ]);
        map.into()
    }

    fn read(entry: &Value) -> Option<Self> {
        Some(Self {
            visit: entry.parsed(&["visit"])?,
            on: entry.day(&["on"])?,
            at: entry.string(&["at"]),
            purpose: entry.string(&["purpose"]),
        })
    }
}

impl HandedTask {
    fn written(&self) -> Value {
        let map = map_of([
            ("task", Some(self.task.to_string().into())),
            ("title", filled(&self.title)),
            ("due", self.due.map(Value::from)),
        ]);
        map.into()
    }

    fn read(entry: &Value) -> Option<Self> {
        Some(Self {
            task: entry.parsed(&["task"])?,
            title: entry.string(&["title"]),
            due: entry.day(&["due"]),
        })
    }
}

impl HandedBirthday {
    fn written(&self) -> Value {
        let map = map_of([
            ("contact", filled(&self.contact)),
            ("on", Some(self.on.into())),
        ]);
        map.into()
    }

    fn read(entry: &Value) -> Option<Self> {
        Some(Self {
            contact: entry.string(&["contact"]),
            on: entry.day(&["on"])?,
        })
    }
}

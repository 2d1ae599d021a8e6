//! Fields that two people wrote without having seen each other's value: in which record they stand, which of them can be
//! settled by picking, and who wrote what.

use serde::{Deserialize, Serialize};

use crate::clients::open::OpenDocument;
use crate::document::{DocumentId, DocumentKind};
use crate::edit::{Path, path_of};
use crate::id::{ClientId, CourseId, DeviceId, EntryId, PersonId, TaskId, VisitId};
use crate::policy;
use crate::query::Sources;
use crate::tasks::kind::TaskKind;
use crate::time::Instant;
use crate::value::Value;

/// A field with several values that do not know of each other, as the document has them.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundConflict {
    pub path: Path,
    /// The one shown meanwhile comes first.
    pub values: Vec<WrittenValue>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct WrittenValue {
    pub value: Value,
    pub by: DeviceId,
    /// The writer's own clock.
    pub at: Instant,
}

/// Two or more people wrote one field without having seen each other's value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Conflict {
    pub path: Path,
    /// The one shown meanwhile comes first; the same on every device.
    pub values: Vec<ConflictValue>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ConflictValue {
    pub value: Value,
    /// Of the person, the client or the workspace's own kind of task that the value stands for; blank for any other value.
    pub name: String,
    pub by: Option<PersonId>,
    pub by_name: String,
    /// The writer's own clock.
    pub written_at: Instant,
}

/// A record with fields that more than one person writes again and again. Stored: new ones are added at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Contestable {
    /// With everything in its document, so also its visits.
    Client(ClientId),
    Visit(ClientId, VisitId),
    Task(PersonId, TaskId),
    Course(CourseId),
    /// Of the library.
    Entry(EntryId),
}

/// A record on which people disagree. Of a client its own row says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContestedRow {
    pub record: Contestable,
    /// At least one.
    pub fields: u32,
}

impl Contestable {
    /// In which document it lies, and where.
    #[must_use]
    pub fn place(self) -> (DocumentId, Path) {
        match self {
            Self::Client(client) => (client.into(), Path::new()),
            Self::Visit(client, visit) => (client.into(), path_of(&["visits", &visit.to_string()])),
            Self::Task(person, task) => (person.into(), path_of(&["tasks", &task.to_string()])),
            Self::Course(course) => {
                let path = path_of(&["courses", &course.to_string()]);
                (DocumentId::COMPANY, path)
            }
            Self::Entry(entry) => {
                let path = path_of(&["library", &entry.to_string()]);
                (DocumentId::COMPANY, path)
            }
        }
    }

    /// The record in which `path` lies; of a client's document the client. `None` where nobody writes a second time.
    #[must_use]
    pub fn at(document: DocumentId, path: &[String]) -> Option<Self> {
        let steps: Vec<_> = path.iter().map(String::as_str).collect();
        match (document.kind, steps.as_slice()) {
            (DocumentKind::Client, _) => document.client().map(Self::Client),
            (DocumentKind::Person, ["tasks", task, ..]) => {
                Some(Self::Task(document.person()?, task.parse().ok()?))
            }
            (DocumentKind::Company, ["courses", course, ..]) => {
                Some(Self::Course(course.parse().ok()?))
            }
            (DocumentKind::Company, ["library", entry, ..]) => {
                Some(Self::Entry(entry.parse().ok()?))
            }
            _ => None,
        }
    }
}

/// Whether a conflict at `path` is put before people. What is written once is never written again, and of the time that goes along with
/// another field any will do.
#[must_use]
pub fn is_settled_by_picking(document: DocumentId, path: &[String]) -> bool {
    Contestable::at(document, path).is_some()
        && policy::may_put(document.kind, path, true)
        && !goes_along(document.kind, path)
}

fn goes_along(kind: DocumentKind, path: &[String]) -> bool {
    let steps: Vec<_> = path.iter().map(String::as_str).collect();
    matches!(
        (kind, steps.as_slice()),
        (
            DocumentKind::Client,
            ["profile", "followed_up_at" | "archived_at" | "undone_at"]
                | ["visits", _, "actions", _, "at"]
        ) | (DocumentKind::Person, ["tasks", _, "done_at"])
            | (DocumentKind::Company, [_, _, "archived_at"])
    )
}

/// Where people disagree, of what is put before them.
#[must_use]
pub fn contested(document: DocumentId, found: &[FoundConflict]) -> Vec<Path> {
    let paths = found.iter().map(|conflict| &conflict.path);
    let contested = paths.filter(|path| is_settled_by_picking(document, path));
    contested.cloned().collect()
}

/// One row for each record but clients.
pub(crate) fn rows(document: DocumentId, contested: &[Path]) -> Vec<ContestedRow> {
    let mut rows: Vec<ContestedRow> = Vec::new();
    for path in contested {
        let Some(record) = Contestable::at(document, path) else {
            continue;
        };
        match rows.iter_mut().find(|row| row.record == record) {
            _ if matches!(record, Contestable::Client(_)) => {}
            Some(row) => row.fields += 1,
            None => rows.push(ContestedRow { record, fields: 1 }),
        }
    }
    rows
}

/// What `record` has that the asker can settle: nothing, where they may not write.
#[must_use]
pub fn open(record: Contestable, document: &OpenDocument<'_>, from: &Sources<'_>) -> Vec<Conflict> {
    let (id, place) = record.place();
    if !policy::may_write(from.me, id, from.facts) {
        return Vec::new();
    }
    let inside = document.conflicts.iter().filter(|conflict| {
        conflict.path.starts_with(&place)
            && is_settled_by_picking(id, &conflict.path)
            && policy::is_place_of(from.me, id, &conflict.path, from.facts)
    });
    inside
        .map(|conflict| Conflict {
            path: conflict.path.clone(),
            values: conflict
                .values
                .iter()
                .map(|written| value(written, from))
                .collect(),
        })
        .collect()
}

fn value(written: &WrittenValue, from: &Sources<'_>) -> ConflictValue {
    let by = from.facts.author(written.by);
    ConflictValue {
        value: written.value.clone(),
        name: name(&written.value, from),
        by,
        by_name: by.map(|by| from.name_of(by)).unwrap_or_default(),
        written_at: written.at,
    }
}

fn name(value: &Value, from: &Sources<'_>) -> String {
    let Value::Text(text) = value else {
        return String::new();
    };
    let kind = text.parse().ok();
    let kind = kind.and_then(|kind: TaskKind| from.facts.task_kinds.get(&kind));
    let person = text.parse().ok();
    let person = person.and_then(|person| from.facts.people.get(&person));
    let client = text.parse().ok();
    let client = client.and_then(|client| from.rows.clients.get(&client));
    let names = [
        kind.map(|kind| &kind.name),
        person.map(|person| &person.name),
        client.map(|client| &client.name),
    ];
    names
        .into_iter()
        .flatten()
        .next()
        .cloned()
        .unwrap_or_default()
}

/// Whether people disagree on a record other than a client.
pub(crate) fn is_contested(record: Contestable, from: &Sources<'_>) -> bool {
    let rows = from.rows.contested.of(record.place().0);
    rows.iter().any(|row| row.record == record)
}

/// Every record that is not out of use, on which people disagree and the asker can settle it, with its title.
pub(crate) fn of_today(from: &Sources<'_>) -> Vec<(Contestable, String)> {
    let clients = from.rows.clients.values();
    let clients = clients
        .filter(|row| row.conflicts > 0 && !row.archived)
        .map(|row| (Contestable::Client(row.id), row.name.clone()));
    let others = from.rows.contested.iter();
    let others = others
        .filter(|(document, _)| policy::may_write(from.me, *document, from.facts))
        .filter_map(|(_, row)| Some((row.record, title(row.record, from)?)));
    clients.chain(others).collect()
}

fn title(record: Contestable, from: &Sources<'_>) -> Option<String> {
    match record {
        Contestable::Client(_) | Contestable::Visit(..) => None,
        Contestable::Task(person, task) => {
            let row = from.rows.tasks.get(&(person, task))?;
            Some(row.task.draft.title)
        }
        Contestable::Course(course) => {
            let rows = from.rows.courses.of(DocumentId::COMPANY);
            let row = rows.iter().find(|row| row.id == course && !row.archived)?;
            Some(row.title.clone())
        }
        Contestable::Entry(entry) => {
            let rows = from.rows.library.of(DocumentId::COMPANY);
            let row = rows.iter().find(|row| row.id == entry && !row.archived)?;
            Some(row.draft.title.clone())
        }
    }
}

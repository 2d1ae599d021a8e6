//! Opens one client's document for reading: everything about the client on one screen.

use crate::clients::due::due_on;
use crate::clients::file::{ClientFile, TimelineEntry, TimelineSubject};
use crate::clients::record::{Client, Interaction};
use crate::clients::row;
use crate::conflict::FoundConflict;
use crate::document::DocumentId;
use crate::handovers;
use crate::handovers::capsule::Capsule;
use crate::id::ClientId;
use crate::mark::Mark;
use crate::order::sort_by;
use crate::policy;
use crate::query::Sources;
use crate::time::Instant;
use crate::value::Value;
use crate::visits;
use crate::visits::record::{Visit, VisitState};

/// A document as the engine holds it.
pub struct OpenDocument<'a> {
    pub tree: &'a Value,
    pub conflicts: &'a [FoundConflict],
    /// The relay's time of receipt of the change that wrote what stands at a path; `None` while
    /// it has not got it, or when it came in a snapshot that does not say.
    pub received_at: &'a dyn Fn(&[&str]) -> Option<Instant>,
}

#[must_use]
pub fn open(id: ClientId, document: &OpenDocument<'_>, from: &Sources<'_>) -> ClientFile {
    let plan = from.facts.plan();
    let client = Client::read(id, document.tree);
    let row = row::row(id, document.tree, 0);
    let visits = Visit::read_all(id, document.tree);
    let key = DocumentId::from(id);
    let grant = from.facts.grants.get(&key);
    let holds = grant.is_some_and(|grant| policy::holds(grant.owner, from.me, from.facts));
    ClientFile {
        owner: grant.map(|grant| grant.owner),
        owner_name: from.owner_name(key),
        owner_is_provisional: from.facts.owner(key) != from.settled.owner(key),
        shared_with: grant
            .map(|grant| from.names_of(grant.shared_with.iter().copied()))
            .unwrap_or_default(),
        due_on: due_on(&row, &plan),
        timeline: timeline(&client, &visits, document, from),
        open_visits: open_visits(&visits, from),
        capsules: handovers::answer::files(&client, Capsule::read_all(id, document.tree), from),
        may_edit: policy::may_write(from.me, key, from.facts),
        may_assign: grant
            .is_some_and(|grant| super::ownership::may_assign(grant.owner, from.me, from.facts)),
        may_share: holds,
        may_erase: grant.is_some() && super::erasure::may_erase(from.me, from.facts),
        mark: from.marks.mark(id.into()),
        client,
    }
}

fn open_visits(visits: &[Visit], from: &Sources<'_>) -> Vec<crate::visits::list::VisitLine> {
    let mut open: Vec<_> = visits
        .iter()
        .filter(|visit| matches!(visit.state(), VisitState::Planned | VisitState::UnderWay))
        .map(visits::row::row)
        .collect();
    sort_by(&mut open, visits::answer::soonest_first);
    open.iter()
        .map(|row| visits::answer::line(row, from))
        .collect()
}

fn timeline(
    client: &Client,
    visits: &[Visit],
    document: &OpenDocument<'_>,
    from: &Sources<'_>,
) -> Vec<TimelineEntry> {
    let mark = from.marks.mark(client.id.into());
    let talked = client
        .interactions
        .iter()
        .map(|entry| interaction(entry, client, mark, document, from));
    let met = visits
        .iter()
        .filter_map(|visit| past_visit(visit, document, from));
    let written_down = client.created_by.map(|by| {
        let received_at = (document.received_at)(&["profile", "created_by"]);
        TimelineEntry {
            subject: TimelineSubject::Created,
            happened_at: client.created_at(),
            written_at: client.created_at(),
            received_at,
            by,
            by_name: from.name_of(by),
            text: String::new(),
            mark: mark_of_part(received_at, mark),
        }
    });
    let mut timeline: Vec<_> = talked.chain(met).chain(written_down).collect();
    sort_by(&mut timeline, |one, other| {
        (other.happened_at, other.written_at).cmp(&(one.happened_at, one.written_at))
    });
    timeline
}

fn interaction(
    entry: &Interaction,
    client: &Client,
    mark: Mark,
    document: &OpenDocument<'_>,
    from: &Sources<'_>,
) -> TimelineEntry {
    let received_at = (document.received_at)(&["interactions", &entry.id.to_string()]);
    let correction = client
        .interactions
        .iter()
        .filter(|other| other.corrects == Some(entry.id))
        .max_by_key(|other| (other.written_at, other.id));
    TimelineEntry {
        subject: TimelineSubject::Interaction {
            id: entry.id,
            kind: entry.kind,
            corrects: entry.corrects,
            corrected_by: correction.map(|other| other.id),
        },
        happened_at: entry.happened_at,
        written_at: entry.written_at,
        received_at,
        by: entry.by,
        by_name: from.name_of(entry.by),
        text: entry.text.clone(),
        mark: mark_of_part(received_at, mark),
    }
}

/// Visits that are over; the others stand in a list of their own.
fn past_visit(
    visit: &Visit,
    document: &OpenDocument<'_>,
    from: &Sources<'_>,
) -> Option<TimelineEntry> {
    let (at, step) = match (&visit.check_out, visit.cancelled_at, visit.state()) {
        (Some(check), _, VisitState::Done) => (check.at, "check_out"),
        (_, Some(at), VisitState::Cancelled) => (at, "cancelled"),
        _ => return None,
    };
    let line = visits::answer::line(&visits::row::row(visit), from);
    Some(TimelineEntry {
        happened_at: visit.check_in.as_ref().map_or(at, |check| check.at),
        written_at: at,
        received_at: (document.received_at)(&["visits", &visit.id.to_string(), step]),
        by: visit.by,
        by_name: line.by_name.clone(),
        text: visit.note.clone(),
        mark: line.mark,
        subject: TimelineSubject::Visit(Box::new(line)),
    })
}

/// What has been received is received, whatever else in the document still waits.
fn mark_of_part(received_at: Option<Instant>, whole: Mark) -> Mark {
    match (received_at, whole) {
        (Some(at), _) => Mark::Received(Some(at)),
        (None, Mark::Received(_)) => Mark::Received(None),
        (None, waiting) => waiting,
    }
}

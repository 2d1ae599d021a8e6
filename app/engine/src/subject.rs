//! What a record is called, for lists of writes.

use caravan_domain::command::RecordRef;
use caravan_domain::document::{DocumentId, DocumentKind};
use caravan_domain::edit::Edit;
use caravan_domain::goals::place::{GoalPlace, GoalRef};
use caravan_domain::goals::row::GoalRow;
use caravan_domain::id::{ClientId, PersonId, TeamId};
use caravan_domain::row::DocumentRows;

use crate::state::State;

/// The client's or the person's name, the task's title, what a goal is to reach; of a review, whose it is; of an order, whose client it is. `fresh`
/// are the rows as they will be.
pub(crate) fn subject(
    state: &State,
    record: Option<RecordRef>,
    fresh: Option<&DocumentRows>,
) -> String {
    match record {
        Some(RecordRef::Client(client) | RecordRef::Visit(client, _)) => fresh
            .and_then(|rows| rows.client.as_ref())
            .or_else(|| state.rows.clients.get(&client))
            .map(|row| row.name.clone()),
        Some(RecordRef::Task(person, task)) => {
            let fresh =
                fresh.and_then(|rows| rows.tasks.iter().find(|row| row.task.id == task).cloned());
            fresh
                .or_else(|| state.rows.tasks.get(&(person, task)))
                .map(|row| row.task.draft.title)
        }
        Some(RecordRef::Course(course)) => {
            let rows = fresh.map_or_else(
                || state.rows.courses.of(DocumentId::COMPANY),
                |rows| rows.courses.as_slice(),
            );
            let known = rows.iter().find(|row| row.id == course);
            known.map(|row| row.title.clone())
        }
        Some(
            RecordRef::Person(person) | RecordRef::Review(person, _) | RecordRef::Reply(person, _),
        ) => state
            .facts
            .people
            .get(&person)
            .map(|known| known.name.clone()),
        Some(RecordRef::Goal(goal)) => {
            let named = |row: &&GoalRow| row.goal.id == goal.goal;
            fresh
                .and_then(|rows| rows.goals.iter().find(named))
                .or_else(|| {
                    state
                        .rows
                        .goals
                        .of(goal.place.document())
                        .iter()
                        .find(named)
                })
                .map(|row| row.goal.current().terms.what.clone())
        }
        Some(RecordRef::Order(client, order)) => {
            let fresh = fresh.and_then(|rows| {
                rows.orders
                    .iter()
                    .find(|row| row.order.id == order)
                    .cloned()
            });
            fresh
                .or_else(|| state.rows.orders.get(&(client, order)))
                .map(|row| row.order.client_name)
        }
        // Whose pay it is says enough; what is paid stays out of lists.
        Some(RecordRef::Pay(person, _)) => state
            .facts
            .people
            .get(&person)
            .map(|known| known.name.clone()),
        Some(RecordRef::Post(team, _)) => {
            state.facts.teams.get(&team).map(|known| known.name.clone())
        }
        Some(RecordRef::Class(class)) => {
            let course = state.facts.training.classes.get(&class).map(|it| it.course);
            let rows = state.rows.courses.of(DocumentId::COMPANY).iter();
            let mut rows = rows.filter(|row| Some(row.id) == course);
            rows.next().map(|row| row.title.clone())
        }
        Some(RecordRef::Agreement(agreement)) => {
            let rows = fresh.map_or_else(
                || state.rows.agreements.of(DocumentId::COMPANY),
                |rows| rows.agreements.as_slice(),
            );
            let known = rows.iter().find(|row| row.id == agreement);
            known.map(|row| row.titles.zh.clone())
        }
        Some(RecordRef::Round(round)) => {
            let known = state.facts.training.rounds.get(&round);
            known.map(|round| round.plan.title.clone())
        }
        None => None,
    }
    .unwrap_or_default()
}

/// The record that edits of one document are about: the visit, the task or the goal, if all are about one.
pub(crate) fn record_of(document: DocumentId, edits: &[Edit]) -> Option<RecordRef> {
    let first = edits.first()?;
    let same = |edit: &&Edit| edit.path.iter().take(2).eq(first.path.iter().take(2));
    let key = match first.path.get(1) {
        Some(key)
            if edits
                .iter()
                .filter(|edit| edit.document == document)
                .all(|edit| same(&edit)) =>
        {
            key
        }
        _ => return document.client().map(RecordRef::from),
    };
    if document == DocumentId::COMPANY && first.path[0] == "courses" {
        return Some(RecordRef::Course(key.parse().ok()?));
    }
    if document == DocumentId::COMPANY && first.path[0] == "agreements" {
        return Some(RecordRef::Agreement(key.parse().ok()?));
    }
    if document.kind == DocumentKind::Orders {
        let client = ClientId(document.id);
        return Some(RecordRef::Order(client, key.parse().ok()?));
    }
    if document.kind == DocumentKind::Pay {
        return Some(RecordRef::Pay(PersonId(document.id), key.parse().ok()?));
    }
    if document.kind == DocumentKind::Team && first.path[0] == "posts" {
        return Some(RecordRef::Post(TeamId(document.id), key.parse().ok()?));
    }
    if document.kind == DocumentKind::Reviews {
        let person = PersonId(document.id);
        if matches!(first.path[0].as_str(), "ratings" | "plans") {
            return Some(RecordRef::Person(person));
        }
        return Some(RecordRef::Review(person, key.parse().ok()?));
    }
    match (document.client(), document.person(), first.path[0].as_str()) {
        (Some(client), _, "visits") => Some(RecordRef::Visit(client, key.parse().ok()?)),
        (Some(client), _, _) => Some(client.into()),
        (_, Some(person), "tasks") => Some(RecordRef::Task(person, key.parse().ok()?)),
        (None, _, "goals") => Some(RecordRef::Goal(GoalRef {
            place: GoalPlace::of(document)?,
            goal: key.parse().ok()?,
        })),
        _ => None,
    }
}

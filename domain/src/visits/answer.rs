//! Pages of the visit list.

use core::cmp::Ordering;
use std::collections::BTreeSet;

use crate::clients::row::ClientRow;
use crate::command::RecordRef;
use crate::id::{ClientId, PersonId, VisitId};
use crate::query::Sources;
use crate::time::Day;
use crate::visits::list::{VisitLine, VisitList, VisitPage};
use crate::visits::row::{VisitRow, of};
use crate::window::window;

pub(crate) fn page(list: &VisitList, from: &Sources<'_>) -> VisitPage {
    let mut found = Vec::new();
    let mut add = |row: VisitRow| {
        let theirs = list.by.is_none_or(|by| goes(&row, by));
        if theirs && falls_between(&row, list.from, list.to) {
            found.push(row);
        }
    };
    match list.client {
        Some(client) => from.rows.visits.range(of(client)).for_each(&mut add),
        None => from.rows.visits.some(&filed(list, from)).for_each(&mut add),
    }
    let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
    let shown = window(found, list.offset, list.limit, |one, other| {
        soonest_first(one, other)
    });
    VisitPage {
        total,
        offset: list.offset,
        lines: shown.iter().map(|row| line(row, from)).collect(),
    }
}

pub(crate) fn line(row: &VisitRow, from: &Sources<'_>) -> VisitLine {
    let client = from.rows.clients.get(&row.client);
    let of_client =
        |field: fn(&ClientRow) -> &String| client.map(field).cloned().unwrap_or_default();
    VisitLine {
        client_name: of_client(|client| &client.name),
        address: of_client(|client| &client.address),
        client_position: of_client(|client| &client.position),
        by_name: from.name_of(row.by),
        mark: from.marks.mark(RecordRef::Visit(row.client, row.id)),
        row: row.clone(),
    }
}

/// By day, then by time; what has no time of the day comes last in its day.
pub(crate) fn soonest_first(one: &VisitRow, other: &VisitRow) -> Ordering {
    fn key(row: &VisitRow) -> (Day, bool, &str, VisitId) {
        let untimed = row.planned_at.is_empty();
        (row.planned_on, untimed, &row.planned_at, row.id)
    }
    key(one).cmp(&key(other))
}

pub(crate) fn goes(row: &VisitRow, person: PersonId) -> bool {
    row.by == person || row.with.contains(&person)
}

/// Everybody's, by the index: whoever comes along may be anybody.
fn filed(list: &VisitList, from: &Sources<'_>) -> BTreeSet<(ClientId, VisitId)> {
    let (index, days) = (&from.rows.index, list.from..=list.to);
    let mut filed = BTreeSet::new();
    index
        .planned
        .months_of_people(None, &days, &mut |_, month| {
            let those = month.iter().filter(|it| days.contains(&it.on));
            filed.extend(those.map(|it| (it.client, it.visit)));
        });
    index.made.months_of_people(None, &days, &mut |_, month| {
        let those = month.iter().filter(|it| days.contains(&it.at.day()));
        filed.extend(those.map(|it| (it.client, it.visit)));
    });
    filed
}

/// Planned or made on one of these days.
fn falls_between(row: &VisitRow, from: Day, to: Day) -> bool {
    let days = from..=to;
    days.contains(&row.planned_on) || row.checked_in_at.is_some_and(|at| days.contains(&at.day()))
}

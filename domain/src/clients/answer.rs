//! Pages of the client list: filtered, searched, sorted and cut from the rows on this device.

use core::cmp::Ordering;

use crate::calendar::days_between;
use crate::clients::due::due_on;
use crate::clients::list::{ClientFilter, ClientLine, ClientList, ClientPage, ClientSort};
use crate::clients::row::ClientRow;
use crate::facts::Grant;
use crate::plan::Plan;
use crate::query::Sources;
use crate::search::{self, Rank};
use crate::time::{Day, Instant};
use crate::window::window;

/// How many tags the filter sheet offers.
const TAGS_SHOWN: usize = 50;

pub(crate) fn page(list: &ClientList, from: &Sources<'_>) -> ClientPage {
    let selection = Selection {
        list,
        search: search::Query::parse(&list.filter.search),
        plan: from.facts.plan(),
        today: from.now.day(),
    };
    let mut unfiltered = 0;
    let found: Vec<_> = from
        .clients()
        .filter(|(row, _)| row.archived == list.filter.archived)
        .inspect(|_| unfiltered += 1)
        .filter_map(|(row, grant)| selection.candidate(row, grant))
        .collect();
    let names_descend = list.sort == ClientSort::Name && list.descending;
    let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
    let shown = window(found, list.offset, list.limit, |one, other| {
        one.compare(other, names_descend)
    });
    ClientPage {
        total,
        unfiltered,
        offset: list.offset,
        lines: shown
            .iter()
            .map(|candidate| line(candidate.row, &selection.plan, from))
            .collect(),
        tags: from.rows.most_used_tags(TAGS_SHOWN),
    }
}

pub(crate) fn line(row: &ClientRow, plan: &Plan, from: &Sources<'_>) -> ClientLine {
    ClientLine {
        id: row.id,
        name: row.name.clone(),
        grade: row.grade,
        stage: row.stage,
        region: row.region.clone(),
        contact: row.contact.clone(),
        phone: row.phone.clone(),
        tags: row.tags.iter().cloned().collect(),
        owner: from.facts.owner(row.id.into()),
        owner_name: from.owner_name(row.id.into()),
        touched_at: row.touched_at,
        due_on: due_on(row, plan),
        conflicts: row.conflicts,
        mark: from.marks.mark(row.id.into()),
    }
}

/// A list as asked for, with what each row is held against.
struct Selection<'a> {
    list: &'a ClientList,
    search: Option<search::Query>,
    plan: Plan,
    today: Day,
}

impl Selection<'_> {
    /// What costs most comes last.
    fn candidate<'r>(&self, row: &'r ClientRow, grant: Option<&Grant>) -> Option<Candidate<'r>> {
        let ClientList { filter, sort, .. } = self.list;
        if !has_the_fields(row, filter) {
            return None;
        }
        let rank = match &self.search {
            Some(search) => search.rank(&row.haystack)?,
            None => Rank::Prefix,
        };
        if !filter.owners.is_empty() {
            grant.filter(|grant| filter.owners.contains(&grant.owner))?;
        }
        let due = if filter.due_only || *sort == ClientSort::Due {
            due_on(row, &self.plan)
        } else {
            None
        };
        if filter.due_only {
            due.filter(|due| *due <= self.today)?;
        }
        Some(Candidate {
            key: self.key(row, rank, due),
            row,
        })
    }

    fn key(&self, row: &ClientRow, rank: Rank, due: Option<Day>) -> (bool, i64) {
        let value = match self.list.sort {
            ClientSort::Name => return (false, rank as i64),
            ClientSort::Grade => Some(row.grade as i64),
            ClientSort::Neglected => Some(row.touched_at.map_or(-i64::MAX, Instant::millis)),
            ClientSort::Due => due.map(day_number),
            ClientSort::Newest => Some(-row.created_at.millis()),
        };
        match value {
            None => (true, 0),
            Some(value) if self.list.descending => (false, -value),
            Some(value) => (false, value),
        }
    }
}

fn has_the_fields(row: &ClientRow, filter: &ClientFilter) -> bool {
    (filter.grades.is_empty() || filter.grades.contains(&row.grade))
        && (filter.stages.is_empty() || filter.stages.contains(&row.stage))
        && (filter.tags.is_empty() || !filter.tags.is_disjoint(&row.tags))
        && filter.batch.is_none_or(|batch| row.batch == Some(batch))
}

struct Candidate<'a> {
    /// What has nothing to be sorted by comes last, whatever the direction.
    key: (bool, i64),
    row: &'a ClientRow,
}

impl Candidate<'_> {
    fn compare(&self, other: &Self, names_descend: bool) -> Ordering {
        let names = || {
            let names = self.row.sort_name.cmp(&other.row.sort_name);
            if names_descend {
                names.reverse()
            } else {
                names
            }
        };
        self.key
            .cmp(&other.key)
            .then_with(names)
            .then_with(|| self.row.id.cmp(&other.row.id))
    }
}

fn day_number(day: Day) -> i64 {
    days_between(jiff::civil::date(1970, 1, 1), day)
}

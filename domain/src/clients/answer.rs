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
    let selection = Selection::new(list, from);
    let (found, unfiltered) = selection.found(from);
    let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
    let shown = window(found, list.offset, list.limit, |one, other| {
        selection.compare(one, other)
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

/// The whole list whatever is searched for in it. Its lines go to `each`, in their order, with the text by which
/// [`search::Query`] finds the client; what is returned has none.
pub fn roster(
    list: &ClientList,
    from: &Sources<'_>,
    mut each: impl FnMut(&ClientLine, &str),
) -> ClientPage {
    let list = list.whole();
    let selection = Selection::new(&list, from);
    let (mut found, unfiltered) = selection.found(from);
    found.sort_unstable_by(|one, other| selection.compare(one, other));
    for Candidate { row, .. } in &found {
        each(&line(row, &selection.plan, from), &row.haystack);
    }
    ClientPage {
        total: u32::try_from(found.len()).unwrap_or(u32::MAX),
        unfiltered,
        offset: 0,
        lines: Vec::new(),
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

impl<'a> Selection<'a> {
    fn new(list: &'a ClientList, from: &Sources<'_>) -> Self {
        Self {
            list,
            search: search::Query::parse(&list.filter.search),
            plan: from.facts.plan(),
            today: from.now.day(),
        }
    }

    /// All of the list, in no order, and how many there are without its filter.
    fn found<'r>(&self, from: &Sources<'r>) -> (Vec<Candidate<'r>>, u32) {
        let filter = &self.list.filter;
        let mut unfiltered = 0;
        let unsearched = from
            .clients()
            .filter(|(row, _)| row.archived == filter.archived)
            .inspect(|_| unfiltered += 1)
            .filter(|(row, _)| has_the_fields(row, filter));
        let found = self
            .searched(unsearched, from)
            .into_iter()
            .filter_map(|found| self.candidate(found))
            .collect();
        (found, unfiltered)
    }

    /// Those in which everything typed is found, of clients whose fields pass.
    fn searched<'r>(
        &self,
        clients: impl Iterator<Item = (&'r ClientRow, Option<&'r Grant>)>,
        from: &Sources<'r>,
    ) -> Vec<Searched<'r>> {
        let Some(query) = &self.search else {
            let all = clients.map(|(row, grant)| Searched {
                row,
                grant,
                rank: Rank::Prefix,
            });
            return all.collect();
        };
        let filter = ClientFilter {
            search: String::new(),
            ..self.list.filter.clone()
        };
        let (found, edition) = (&from.memory.found, &from.rows.edition);
        let before = found.before(edition, &filter, query);
        let mut left = before.as_ref().map(|before| before.iter().peekable());
        let among = clients.filter(|(row, _)| {
            left.as_mut()
                .is_none_or(|left| left.next_if(|known| **known == row.id).is_some())
        });
        let all: Vec<_> = among
            .filter_map(|(row, grant)| {
                let rank = query.rank(&row.haystack)?;
                Some(Searched { row, grant, rank })
            })
            .collect();
        let clients = all.iter().map(|found| found.row.id).collect();
        found.note(edition, filter, query.clone(), clients);
        all
    }

    fn candidate<'r>(&self, found: Searched<'r>) -> Option<Candidate<'r>> {
        let ClientList { filter, sort, .. } = self.list;
        let Searched { row, grant, rank } = found;
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

    fn compare(&self, one: &Candidate<'_>, other: &Candidate<'_>) -> Ordering {
        let names = || {
            let names = one.row.sort_name.cmp(&other.row.sort_name);
            if self.list.sort == ClientSort::Name && self.list.descending {
                names.reverse()
            } else {
                names
            }
        };
        one.key
            .cmp(&other.key)
            .then_with(names)
            .then_with(|| one.row.id.cmp(&other.row.id))
    }
}

fn has_the_fields(row: &ClientRow, filter: &ClientFilter) -> bool {
    (filter.grades.is_empty() || filter.grades.contains(&row.grade))
        && (filter.stages.is_empty() || filter.stages.contains(&row.stage))
        && (filter.tags.is_empty() || !filter.tags.is_disjoint(&row.tags))
        && filter.batch.is_none_or(|batch| row.batch == Some(batch))
}

struct Searched<'a> {
    row: &'a ClientRow,
    grant: Option<&'a Grant>,
    rank: Rank,
}

struct Candidate<'a> {
    /// What has nothing to be sorted by comes last, whatever the direction.
    key: (bool, i64),
    row: &'a ClientRow,
}

fn day_number(day: Day) -> i64 {
    days_between(jiff::civil::date(1970, 1, 1), day)
}

//! What came after its month was locked. Nearly nothing does, and to find it takes going through everything that ever
//! was: so it is remembered.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::dated::Months;
use crate::edition::Edition;
use crate::id::{Id, PersonId, TaskId};
use crate::index::Refund;
use crate::orders::sales::Accepted;
use crate::pay::shelf::Locked;
use crate::time::{Day, Instant};

/// What a payee's locked months lack of somebody's records. All of them are gone through again when what is filed of the
/// one, or what is locked of the other, is not what it was; whatever this remembers never changes an answer.
#[derive(Debug, Default)]
pub(crate) struct Late {
    orders: Pairs<Accepted>,
    refunds: Pairs<Refund>,
    tasks: Pairs<(Instant, TaskId)>,
}

/// By payee, and by whose records they are.
type Pairs<T> = RefCell<BTreeMap<(PersonId, PersonId), Known<T>>>;

#[derive(Debug)]
struct Known<T> {
    filed: Edition,
    locked: Locked,
    /// With the first day of the month that lacks it, the earliest first.
    late: Vec<(Day, T)>,
}

/// Who is paid for whose records, and what is locked of it.
pub(super) struct Pair<'a> {
    pub(super) payee: PersonId,
    pub(super) whose: PersonId,
    pub(super) locked: &'a Locked,
    /// Whether a locked statement of the payee's for the month that begins with this day has this.
    pub(super) has: &'a dyn Fn(Day, Id) -> bool,
}

impl Late {
    /// Orders that locked months before this one do not have.
    pub(super) fn orders(
        &self,
        pair: &Pair<'_>,
        filed: &Months<Accepted>,
        before: Day,
    ) -> Vec<Accepted> {
        late(&self.orders, pair, filed, before, |it| it.order.0)
    }

    pub(super) fn refunds(
        &self,
        pair: &Pair<'_>,
        filed: &Months<Refund>,
        before: Day,
    ) -> Vec<Refund> {
        late(&self.refunds, pair, filed, before, |it| it.id)
    }

    pub(super) fn tasks(
        &self,
        pair: &Pair<'_>,
        filed: &Months<(Instant, TaskId)>,
        before: Day,
    ) -> Vec<(Instant, TaskId)> {
        late(&self.tasks, pair, filed, before, |(_, task)| task.0)
    }
}

fn late<T: Copy + Ord>(
    pairs: &Pairs<T>,
    pair: &Pair<'_>,
    filed: &Months<T>,
    before: Day,
    id_of: impl Fn(&T) -> Id,
) -> Vec<T> {
    let mut pairs = pairs.borrow_mut();
    let found = |known: &Known<T>| {
        let late = known.late.iter().take_while(|(month, _)| *month < before);
        late.map(|(_, entry)| *entry).collect()
    };
    let key = (pair.payee, pair.whose);
    if let Some(same) = pairs.get(&key)
        && same.filed.is(filed.edition())
        && same.locked == *pair.locked
    {
        return found(same);
    }
    let mut late = Vec::new();
    for (month, entries) in filed.iter() {
        if pair.locked.months.contains(month) {
            let lacks = |entry: &&T| !(pair.has)(month, id_of(entry));
            late.extend(entries.iter().filter(lacks).map(|entry| (month, *entry)));
        }
    }
    let known = Known {
        filed: filed.edition().clone(),
        locked: pair.locked.clone(),
        late,
    };
    let found = found(&known);
    pairs.insert(key, known);
    found
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::civil::date;

    use super::*;
    use crate::dated::{Dated, Filing};
    use crate::pay::digest::PayDigest;
    use crate::pay::lock::LockedMonths;

    const ANN: PersonId = PersonId(Id::MAX);

    fn task(number: u8) -> (Instant, TaskId) {
        (Instant::default(), TaskId(Id::from_bytes([number; 16])))
    }

    /// By tasks of November; which of them the statements of October and November have.
    fn late(
        memory: &Late,
        filed: &Dated<PersonId, (Instant, TaskId)>,
        locked: &[u8],
    ) -> BTreeSet<u8> {
        let november = date(2026, 11, 1);
        let pair = Pair {
            payee: ANN,
            whose: ANN,
            locked: &Locked {
                months: LockedMonths::from_iter([date(2026, 10, 1), november]),
                digests: vec![PayDigest([locked.iter().sum(); 32])],
            },
            has: &|month, id| month == november && locked.contains(&id.as_bytes()[0]),
        };
        let late = |before| {
            let tasks = memory.tasks(&pair, filed.of(ANN).unwrap(), before);
            tasks.iter().map(|(_, task)| task.0.as_bytes()[0]).collect()
        };
        assert_eq!(late(november), BTreeSet::new());
        late(date(2026, 12, 1))
    }

    #[test]
    fn months_are_gone_through_again_when_anything_in_them_is_another() {
        let memory = Late::default();
        let mut filed = Dated::default();
        for number in [1, 2] {
            filed.file(Filing::Put, ANN, date(2026, 11, 20), task(number));
        }
        assert_eq!(late(&memory, &filed, &[1, 2]), BTreeSet::new());
        filed.file(Filing::Put, ANN, date(2026, 11, 30), task(3));
        assert_eq!(late(&memory, &filed, &[1, 2]), BTreeSet::from([3]));
        assert_eq!(late(&memory, &filed, &[1, 2, 3]), BTreeSet::new());
        assert_eq!(late(&memory, &filed, &[2]), BTreeSet::from([1, 3]));
        filed.file(Filing::Put, ANN, date(2026, 12, 1), task(4));
        assert_eq!(late(&memory, &filed, &[2]), BTreeSet::from([1, 3]));
    }
}

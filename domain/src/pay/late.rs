//! What came after its month was locked. Nearly nothing does, and to find it takes going through everything that ever
//! was: so it is remembered.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::id::{Id, PersonId, TaskId};
use crate::orders::sales::Accepted;
use crate::pay::digest::PayDigest;
use crate::pay::record::StatementRecord;
use crate::time::{Day, Instant};

/// What locked months lack. A month is gone through again when what is filed under it, or what is locked, is not
/// what it was; whatever this remembers never changes an answer.
#[derive(Debug, Default)]
pub(crate) struct Late {
    /// By payee, representative and the month's first day.
    orders: RefCell<Months<(PersonId, PersonId, Day), Accepted>>,
    tasks: RefCell<Months<(PersonId, Day), (Instant, TaskId)>>,
}

type Months<K, T> = BTreeMap<K, Known<T>>;

#[derive(Debug)]
struct Known<T> {
    filed: Arc<Vec<T>>,
    locked: Vec<PayDigest>,
    late: Vec<T>,
}

impl Late {
    /// Those of a representative's orders of a month that the payee's `locked` statements of it do not have.
    pub(super) fn orders(
        &self,
        (payee, representative, month): (PersonId, PersonId, Day),
        filed: &Arc<Vec<Accepted>>,
        locked: &[&StatementRecord],
    ) -> Vec<Accepted> {
        let key = (payee, representative, month);
        late(&self.orders, key, filed, locked, |entry| entry.order.0)
    }

    pub(super) fn tasks(
        &self,
        key: (PersonId, Day),
        filed: &Arc<Vec<(Instant, TaskId)>>,
        locked: &[&StatementRecord],
    ) -> Vec<(Instant, TaskId)> {
        late(&self.tasks, key, filed, locked, |(_, task)| task.0)
    }
}

fn late<K: Ord, T: Copy>(
    known: &RefCell<Months<K, T>>,
    key: K,
    filed: &Arc<Vec<T>>,
    locked: &[&StatementRecord],
    id_of: impl Fn(&T) -> Id,
) -> Vec<T> {
    let digests = || locked.iter().map(|record| record.digest);
    let mut known = known.borrow_mut();
    if let Some(same) = known.get(&key)
        && Arc::ptr_eq(&same.filed, filed)
        && same.locked.iter().copied().eq(digests())
    {
        return same.late.clone();
    }
    let has = |id: Id| locked.iter().any(|record| record.counted.contains(&id));
    let late: Vec<_> = filed.iter().filter(|it| !has(id_of(it))).copied().collect();
    let entry = Known {
        filed: Arc::clone(filed),
        locked: digests().collect(),
        late: late.clone(),
    };
    known.insert(key, entry);
    late
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::civil::date;

    use super::*;
    use crate::money::Fen;
    use crate::pay::period::PayPeriod;

    const ANN: PersonId = PersonId(Id::MAX);

    fn task(number: u8) -> (Instant, TaskId) {
        (Instant::default(), TaskId(Id::from_bytes([number; 16])))
    }

    fn statement(tasks: &[u8]) -> StatementRecord {
        StatementRecord {
            id: Id::ZERO,
            by: ANN,
            at: Instant::default(),
            period: PayPeriod {
                from: date(2026, 11, 1),
                to: date(2026, 11, 30),
            },
            total: Fen::ZERO,
            lines: Vec::new(),
            counted: tasks.iter().map(|number| task(*number).1.0).collect(),
            digest: PayDigest([tasks.iter().sum(); 32]),
        }
    }

    fn late(memory: &Late, filed: &Arc<Vec<(Instant, TaskId)>>, locked: &[u8]) -> BTreeSet<u8> {
        let month = date(2026, 11, 1);
        let late = memory.tasks((ANN, month), filed, &[&statement(locked)]);
        late.iter().map(|(_, task)| task.0.as_bytes()[0]).collect()
    }

    #[test]
    fn a_month_is_gone_through_again_when_anything_in_it_is_another() {
        let memory = Late::default();
        let mut filed = Arc::new(vec![task(1), task(2)]);
        assert_eq!(late(&memory, &filed, &[1, 2]), BTreeSet::new());
        Arc::make_mut(&mut filed).push(task(3));
        assert_eq!(late(&memory, &filed, &[1, 2]), BTreeSet::from([3]));
        assert_eq!(late(&memory, &filed, &[1, 2, 3]), BTreeSet::new());
        assert_eq!(late(&memory, &filed, &[2]), BTreeSet::from([1, 3]));
    }
}

//! Whose refunds are. The rows know what was given back, the facts whose order it was: to put the two together takes
//! looking up every order that ever came back, so it is remembered month by month.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::dated::{Dated, Filing};
use crate::edition::Edition;
use crate::facts::Facts;
use crate::id::PersonId;
use crate::index::Refund;
use crate::order::gathered;
use crate::orders::decision::OrderState;
use crate::query::Sources;
use crate::time::Day;

/// Refunds of accepted orders by whose the order is: one entry for each refund on the device. A month is put together
/// again when what was given back in it, or which orders are accepted, is not what it was.
#[derive(Debug, Default)]
pub(crate) struct Returned(RefCell<Known>);

#[derive(Debug, Default)]
struct Known {
    /// Of all refunds, and of all accepted orders.
    from: Option<(Edition, Edition)>,
    months: BTreeMap<Day, Month>,
    by: Arc<Dated<PersonId, Refund>>,
}

#[derive(Debug, Default)]
struct Month {
    filed: Arc<Vec<Refund>>,
    owned: Owned,
}

type Owned = BTreeSet<(PersonId, Refund)>;

impl Returned {
    pub(crate) fn by_person(&self, from: &Sources<'_>) -> Arc<Dated<PersonId, Refund>> {
        let (refunds, facts) = (&from.rows.index.refunds, from.facts);
        let mut known = self.0.borrow_mut();
        let orders = facts.accepted.edition();
        let (refunds_same, orders_same) = match &known.from {
            Some((of_refunds, of_orders)) => {
                (of_refunds.is(refunds.edition()), of_orders.is(orders))
            }
            None => (false, false),
        };
        if !refunds_same || !orders_same {
            known.follow(orders_same, refunds, facts);
            known.from = Some((refunds.edition().clone(), orders.clone()));
        }
        Arc::clone(&known.by)
    }
}

impl Known {
    fn follow(&mut self, orders_same: bool, refunds: &Dated<(), Refund>, facts: &Facts) {
        let by = Arc::make_mut(&mut self.by);
        let filed = refunds.of(());
        let is_filed = |first: &Day| filed.is_some_and(|filed| !filed.month(*first).is_empty());
        self.months.retain(|first, month| {
            let stays = is_filed(first);
            if !stays {
                month.become_of(Owned::new(), by);
            }
            stays
        });
        for (first, filed) in filed.into_iter().flat_map(|months| months.iter()) {
            let month = self.months.entry(first).or_default();
            if !orders_same || !Arc::ptr_eq(&month.filed, filed) {
                let owned = filed.iter().filter_map(|it| Some((owner(it, facts)?, *it)));
                month.become_of(gathered(owned), by);
                month.filed = Arc::clone(filed);
            }
        }
    }
}

impl Month {
    /// What stays as it is is left where it is: what was reckoned from it still holds.
    fn become_of(&mut self, owned: Owned, by: &mut Dated<PersonId, Refund>) {
        for (whose, gone) in self.owned.difference(&owned) {
            by.file(Filing::Take, *whose, gone.on, *gone);
        }
        for (whose, new) in owned.difference(&self.owned) {
            by.file(Filing::Put, *whose, new.on, *new);
        }
        self.owned = owned;
    }
}

fn owner(refund: &Refund, facts: &Facts) -> Option<PersonId> {
    let kept = facts.orders.find(&(refund.client, refund.order))?;
    let accepted = kept.state == OrderState::Accepted;
    accepted.then_some(kept.representative())
}

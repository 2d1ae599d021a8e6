//! What locked statements paid for orders of which something goes back now. To know it takes unpacking the statements of
//! their months: so it is remembered.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::id::{OrderId, PersonId};
use crate::pay::event::Settled;
use crate::pay::shelf::Locked;
use crate::time::Day;

/// An order with whose it is, the month in which it counts for them, and that in which it was accepted.
pub(super) type Sought = (OrderId, PersonId, Day, Day);

/// And to which manager.
pub(super) type Paid = (Option<Settled>, Option<PersonId>);

/// One entry for each order that was asked for. Forgotten when anything else is locked than was.
#[derive(Debug, Default)]
pub(crate) struct PaidForOrders(RefCell<Known>);

#[derive(Debug, Default)]
struct Known {
    locked: BTreeMap<PersonId, Locked>,
    paid: BTreeMap<Sought, Paid>,
}

impl PaidForOrders {
    pub(super) fn get(
        &self,
        locked: &BTreeMap<PersonId, Locked>,
        sought: Sought,
        look: impl FnOnce() -> Paid,
    ) -> Paid {
        let mut known = self.0.borrow_mut();
        if known.locked != *locked {
            known.locked = locked.clone();
            known.paid.clear();
        }
        *known.paid.entry(sought).or_insert_with(look)
    }
}

//! What is kept from one answer to the next, so that it need not be gone through again. Nothing in it ever changes an
//! answer: a new one says the same, later.

use crate::clients::found::Found;
use crate::goals::tally::Tallies;
use crate::orders::returned::Returned;
use crate::pay::late::Late;
use crate::pay::paid::PaidForOrders;

/// Kept by whoever asks on behalf of one person.
#[derive(Debug, Default)]
pub struct Memory {
    pub(crate) found: Found,
    pub(crate) late: Late,
    pub(crate) paid: PaidForOrders,
    pub(crate) returned: Returned,
    pub(crate) tallies: Tallies,
}

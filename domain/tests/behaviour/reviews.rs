//! How people are scored and what becomes of it (R04–R17, R43).

mod figures;
mod flow;
mod plans;
mod score;

use caravan_domain::id::Id;
use caravan_domain::reviews::command::ReviewRef;

use crate::field::{EAST_MANAGER, Field};

/// As the person's manager does it; the id of what was frozen.
pub(crate) fn submit(field: &mut Field, review: ReviewRef) -> Id {
    flow::submit(field, EAST_MANAGER, review).unwrap()
}

//! What suggestions and load need of a person's document.

use serde::{Deserialize, Serialize};

use crate::value::Value;
use crate::work::hours::{self, Hours, HoursOf};
use crate::work::skill::Rating;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WorkRow {
    pub ratings: Vec<Rating>,
    pub hours: Vec<(HoursOf, Hours)>,
}

/// One, or none for somebody of whom nothing was said.
#[must_use]
pub fn rows(tree: &Value) -> Vec<WorkRow> {
    let row = WorkRow {
        ratings: Rating::read_all(tree),
        hours: hours::read_all(tree),
    };
    let empty = row.ratings.is_empty() && row.hours.is_empty();
    (!empty).then_some(row).into_iter().collect()
}

//! What lists need of a goal: all of it.

use serde::{Deserialize, Serialize};

use crate::document::DocumentId;
use crate::goals::place::GoalPlace;
use crate::goals::record::Goal;
use crate::value::Value;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GoalRow {
    pub goal: Goal,
}

/// Of a company's, team's or person's document.
#[must_use]
pub fn rows(document: DocumentId, tree: &Value) -> Vec<GoalRow> {
    let place = GoalPlace::of(document).into_iter();
    place
        .flat_map(|place| Goal::read_all(place, tree))
        .map(|goal| GoalRow { goal })
        .collect()
}

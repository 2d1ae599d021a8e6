//! What lists need of a review: all of it.

use serde::{Deserialize, Serialize};

use crate::id::PersonId;
use crate::reviews::record::Review;
use crate::value::Value;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReviewRow {
    pub review: Review,
}

#[must_use]
pub fn rows(person: PersonId, tree: &Value) -> Vec<ReviewRow> {
    let reviews = Review::read_all(person, tree).into_iter();
    reviews.map(|review| ReviewRow { review }).collect()
}

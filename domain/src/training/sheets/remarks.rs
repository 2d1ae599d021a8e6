//! What an assessor says beside the points: `ratings/{score}` in the person's reviews, written once. It rests on the
//! decision that counts the score and is refused with it (decision 0016).

use serde::{Deserialize, Serialize};

use crate::document::DocumentId;
use crate::facts::Facts;
use crate::id::{PersonId, ScoreId};
use crate::training::needs::record::is_answer;
use crate::value::{Map, Value, filled, map_of};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemarksRow {
    pub score: ScoreId,
    /// One for each criterion, blank where nothing was said.
    pub of_criteria: Vec<String>,
    pub overall: String,
}

#[must_use]
pub fn rows(tree: &Value) -> Vec<RemarksRow> {
    tree.entries(&["ratings"])
        .filter(|(_, entry)| !is_answer(entry))
        .filter_map(|(key, entry)| {
            let mut said: Vec<(usize, String)> = entry
                .entries(&["criteria"])
                .filter_map(|(place, said)| Some((place.parse().ok()?, said.string(&[]))))
                .collect();
            said.sort_unstable();
            Some(RemarksRow {
                score: key.parse().ok()?,
                of_criteria: said.into_iter().map(|(_, said)| said).collect(),
                overall: entry.string(&["overall"]),
            })
        })
        .collect()
}

pub(crate) fn entry(of_criteria: &[String], overall: &str, by: PersonId) -> Map {
    let said = of_criteria.iter().enumerate();
    let said = said.map(|(place, said)| (place.to_string(), Value::Text(said.trim().to_owned())));
    map_of([
        ("by", Some(by.to_string().into())),
        ("criteria", Some(said.collect::<Map>().into())),
        ("overall", filled(overall)),
    ])
}

pub(crate) fn may_put(steps: &[&str], exists: bool) -> bool {
    steps.len() == 2 && !exists
}

/// Only whoever has given this score says something about it.
pub(crate) fn is_place_of(
    author: PersonId,
    document: DocumentId,
    steps: &[&str],
    facts: &Facts,
) -> bool {
    let ["ratings", score] = steps else {
        return false;
    };
    let score = score.parse::<ScoreId>();
    let scores = &facts.training.scores;
    let known = score
        .ok()
        .and_then(|id| scores.get(&(PersonId(document.id), id)));
    known.is_some_and(|known| known.by == author)
}

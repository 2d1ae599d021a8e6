//! Recognition (R44): congratulations to the best of a month, to the whole team. They live in the team's
//! document at `posts/{id}{kind, by, at, person, month, words}` and are written once.

use serde::{Deserialize, Serialize};

use crate::id::{Id, PersonId, TeamId};
use crate::order::sort_by;
use crate::time::{Day, Instant};
use crate::value::Value;

pub(super) const BEST: &str = "best-of-month";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostRow {
    pub id: Id,
    pub team: TeamId,
    pub by: PersonId,
    pub at: Instant,
    /// Whom it is about.
    pub person: PersonId,
    /// Its first day.
    #[serde(with = "crate::calendar::written")]
    pub month: Day,
    pub words: String,
}

/// The latest first. Posts of other kinds are somebody else's to show.
#[must_use]
pub fn rows(team: TeamId, tree: &Value) -> Vec<PostRow> {
    let mut posts: Vec<_> = tree
        .entries(&["posts"])
        .filter(|(_, entry)| entry.text(&["kind"]) == Some(BEST))
        .filter_map(|(key, entry)| {
            Some(PostRow {
                id: key.parse().ok()?,
                team,
                by: entry.parsed(&["by"])?,
                at: entry.instant(&["at"])?,
                person: entry.parsed(&["person"])?,
                month: entry.day(&["month"])?,
                words: entry.string(&["words"]),
            })
        })
        .collect();
    sort_by(&mut posts, |one: &PostRow, other| {
        (other.at, other.id).cmp(&(one.at, one.id))
    });
    posts
}

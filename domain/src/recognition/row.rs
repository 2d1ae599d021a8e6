//! Posts as rows. In the team's document at `posts/{id}{kind, by, at, person, month, words, about}`, written once; beside
//! what was written stand `applause/{person}` and `seen/{person}`, which are marks, and `withdrawn/{person}{by, at, reason}`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::development::record::LinkTo;
use crate::id::{Id, PersonId, TeamId};
use crate::order::{gathered, sort_by};
use crate::recognition::kind::PostKind;
use crate::time::{Day, Instant};
use crate::value::Value;

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
    pub kind: PostKind,
    /// The record that suggested it: whoever may read that finds it, for everybody else it is a number.
    pub about: Option<LinkTo>,
    /// Whoever applauds; never the person themselves.
    pub applause: BTreeSet<PersonId>,
    /// The person has read it.
    pub seen: bool,
    /// The first, where two did.
    pub withdrawn: Option<Withdrawn>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    pub by: PersonId,
    pub at: Instant,
    pub reason: String,
}

/// The latest first.
#[must_use]
pub fn rows(team: TeamId, tree: &Value) -> Vec<PostRow> {
    let posts = tree.entries(&["posts"]);
    let mut posts = posts
        .filter_map(|(key, entry)| row(team, key, entry))
        .collect();
    sort_by(&mut posts, |one: &PostRow, other| {
        (other.at, other.id).cmp(&(one.at, one.id))
    });
    posts
}

/// What lacks something that every post has is none.
fn row(team: TeamId, key: &str, entry: &Value) -> Option<PostRow> {
    let person = entry.parsed(&["person"])?;
    let applause = entry.entries(&["applause"]);
    let applause = applause.filter_map(|(who, _)| who.parse::<PersonId>().ok());
    let withdrawn = entry.entries(&["withdrawn"]);
    let withdrawn = withdrawn.filter_map(|(_, entry)| {
        Some(Withdrawn {
            by: entry.parsed(&["by"])?,
            at: entry.instant(&["at"])?,
            reason: entry.string(&["reason"]),
        })
    });
    Some(PostRow {
        id: key.parse().ok()?,
        team,
        by: entry.parsed(&["by"])?,
        at: entry.instant(&["at"])?,
        person,
        month: entry.day(&["month"])?,
        words: entry.string(&["words"]),
        kind: entry.parsed(&["kind"]).unwrap_or_default(),
        about: entry.parsed(&["about"]),
        applause: gathered(applause.filter(|who| *who != person)),
        seen: entry.flag(&["seen", &person.to_string()]),
        withdrawn: withdrawn.min_by_key(|it| (it.at, it.by)),
    })
}

//! What a post is for.

use serde::{Deserialize, Serialize};

use crate::clients::record::words;

/// New ones are added at the end. The words are open: one that a later version has added reads as `Other`.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum PostKind {
    /// Of a month, by net sales (R37).
    Best,
    /// Said by a client.
    Praise,
    /// To a colleague.
    Help,
    Goal,
    Certificate,
    Grade,
    /// Long service, or something done for the hundredth time.
    Milestone,
    Improvement,
    #[default]
    Other,
    /// From one colleague to another: the only kind that takes no leading of the team.
    Thanks,
}

words!(PostKind {
    Best = "best-of-month",
    Praise = "praise",
    Help = "help",
    Goal = "goal",
    Certificate = "certificate",
    Grade = "grade",
    Milestone = "milestone",
    Improvement = "improvement",
    Other = "other",
    Thanks = "thanks",
});

//! The question about a course's before and after, and its answer.

use serde::{Deserialize, Serialize};

use crate::id::PersonId;

/// Fewer people say nothing about a course.
pub const FEWEST: usize = 5;

/// In the order in which they are shown. Shares are in hundredths of a per cent, sales in fen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum EffectOf {
    /// Right in the first try, and in the one that passed.
    Quiz,
    /// Points of the first sitting of a role play, and of the first that passed.
    RolePlay,
    NewClients,
    Visits,
    Sales,
    Satisfaction,
}

impl EffectOf {
    pub const ALL: [Self; 6] = [
        Self::Quiz,
        Self::RolePlay,
        Self::NewClients,
        Self::Visits,
        Self::Sales,
        Self::Satisfaction,
    ];

    /// What is known from the course itself has no months, and nobody beside those who passed it.
    #[must_use]
    pub const fn is_of_course(self) -> bool {
        matches!(self, Self::Quiz | Self::RolePlay)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourseEffect {
    pub title: String,
    /// Of those whose figures the asker may read.
    pub passed: u32,
    /// Of these, who passed so lately that three whole months have not gone by.
    pub too_soon: u32,
    /// Of these, who came so lately that there are no three whole months before.
    pub too_new: u32,
    pub rows: Vec<EffectRow>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EffectRow {
    pub of: EffectOf,
    pub passed: EffectSide,
    /// Of those who have not passed; `None` where there is nothing to compare.
    pub others: Option<EffectSide>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct EffectSide {
    /// Before and after, each the median of the people; `None` of fewer than [`FEWEST`].
    pub medians: Option<(i64, i64)>,
    /// By name: everybody of whom both are known.
    pub people: Vec<PersonEffect>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonEffect {
    pub person: PersonId,
    pub name: String,
    pub before: i64,
    pub after: i64,
}

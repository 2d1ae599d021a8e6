//! What a person can (R23). A manager sets a level, the person claims one, and finished work shows one; each is kept with
//! who said so and why. In the person's document at `skills/{skill}/{id}`.

use core::convert::Infallible;
use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::facts::Facts;
use crate::id::{Id, PersonId};
use crate::tasks::kind::TaskKind;
use crate::time::Instant;
use crate::value::Value;
use crate::work::kind;

pub const LEVEL_MAX: u8 = 5;
/// Evidence, in characters.
pub const EVIDENCE_MAX: usize = 2_000;

/// Sorts by kind first, then by name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Skill {
    /// What one kind of task wants and nothing else does.
    Kind(TaskKind),
    /// What several kinds may want, such as a language.
    Named(String),
}

impl fmt::Display for Skill {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kind(kind) => fmt::Display::fmt(kind, f),
            Self::Named(name) => f.write_str(name),
        }
    }
}

impl FromStr for Skill {
    type Err = Infallible;

    fn from_str(word: &str) -> Result<Self, Infallible> {
        let named = || Self::Named(word.to_owned());
        Ok(word.parse().map_or_else(|_| named(), Self::Kind))
    }
}

/// The skill that tasks of a kind want.
#[must_use]
pub fn wanted(kind: TaskKind, facts: &Facts) -> Skill {
    match kind::rule(kind, facts).skill {
        name if name.is_empty() => Skill::Kind(kind),
        name => Skill::Named(name),
    }
}

/// One saying of how well somebody can do something; never rewritten.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    pub id: Id,
    pub skill: Skill,
    /// 0–5.
    pub level: u8,
    pub evidence: String,
    pub by: PersonId,
    pub at: Instant,
}

impl Rating {
    #[must_use]
    pub fn read_all(tree: &Value) -> Vec<Self> {
        tree.entries(&["skills"])
            .flat_map(|(skill, ratings)| {
                let ratings = ratings.entries(&[]);
                ratings.filter_map(move |(id, rating)| Self::read(skill, id, rating))
            })
            .collect()
    }

    fn read(skill: &str, id: &str, rating: &Value) -> Option<Self> {
        let Ok(skill) = skill.parse();
        let level = u8::try_from(rating.int(&["level"])?).ok()?;
        Some(Self {
            id: id.parse().ok()?,
            skill,
            level: level.min(LEVEL_MAX),
            evidence: rating.string(&["evidence"]),
            by: rating.parsed(&["by"])?,
            at: rating.instant(&["at"])?,
        })
    }
}

/// Finished tasks and visits that wanted a skill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct History {
    pub done: u32,
    /// By their day, or without one.
    pub on_time: u32,
}

/// What is known of one person's one skill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Known {
    /// By somebody who answers for the person.
    pub set: Option<u8>,
    /// By the person.
    pub claimed: Option<u8>,
    pub history: History,
}

impl Known {
    /// The latest saying of each counts.
    pub(crate) fn of<'a>(
        person: PersonId,
        ratings: impl Iterator<Item = &'a Rating>,
        history: History,
    ) -> Self {
        let (mut set, mut claimed) = (None::<&Rating>, None::<&Rating>);
        for rating in ratings {
            let place = match rating.by == person {
                true => &mut claimed,
                false => &mut set,
            };
            if place.is_none_or(|before| (before.at, before.id) < (rating.at, rating.id)) {
                *place = Some(rating);
            }
        }
        Self {
            set: set.map(|rating| rating.level),
            claimed: claimed.map(|rating| rating.level),
            history,
        }
    }

    /// In tenths of a level, 0–50: what a manager has set weighs as much as ten finished tasks, a claim as three. Where no
    /// manager has said anything, an unknown person counts as 2 with the weight of two tasks, so that one
    /// task done in time is no mastery.
    #[must_use]
    pub fn level_tenths(self) -> u32 {
        let said = match (self.set, self.claimed) {
            (Some(level), _) => vec![(10, u32::from(level) * 10)],
            (None, Some(level)) => vec![(3, u32::from(level) * 10), (2, 20)],
            (None, None) => vec![(2, 20)],
        };
        let History { done, on_time } = self.history;
        let shown = (on_time * 50)
            .checked_div(done)
            .map(|level| (done.min(10), level));
        let all = said.into_iter().chain(shown);
        let (weight, sum) = all.fold((0, 0), |(weight, sum), (more, level)| {
            (weight + more, sum + more * level)
        });
        (sum + weight / 2) / weight
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(set: Option<u8>, claimed: Option<u8>, done: u32, on_time: u32) -> u32 {
        let history = History { done, on_time };
        Known {
            set,
            claimed,
            history,
        }
        .level_tenths()
    }

    #[test]
    fn what_a_manager_says_outweighs_a_claim_and_work_tells_in_the_end() {
        assert_eq!(level(None, None, 0, 0), 20);
        assert_eq!(level(Some(4), None, 0, 0), 40);
        assert_eq!(
            level(Some(4), Some(5), 0, 0),
            40,
            "a claim adds nothing to it"
        );
        assert_eq!(
            level(None, Some(5), 0, 0),
            38,
            "a claim is not taken at its word"
        );
        assert_eq!(level(None, None, 1, 1), 30);
        assert_eq!(level(None, None, 12, 12), 45);
        assert_eq!(level(Some(5), None, 200, 0), 25);
        assert_eq!(level(Some(0), None, 0, 0), 0);
    }

    #[test]
    fn any_word_is_a_skill() {
        assert_eq!("new-client".parse(), Ok(Skill::Kind(TaskKind::NewClient)));
        assert_eq!("日语".parse(), Ok(Skill::Named("日语".to_owned())));
    }
}

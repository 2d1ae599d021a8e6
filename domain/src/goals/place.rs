//! Whose a goal is, and how one goal names another.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::document::{DocumentId, DocumentKind};
use crate::id::{GoalId, PersonId, TeamId};
use crate::value::UnknownWord;

/// The wide ones first. Written `company`, `team-{id}` or `person-{id}`, in documents and in addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum GoalPlace {
    Company,
    Team(TeamId),
    Person(PersonId),
}

/// How wide, from the company down to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Level {
    Company,
    Team,
    Person,
}

/// Written `{place}/{id}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct GoalRef {
    pub place: GoalPlace,
    pub goal: GoalId,
}

impl GoalPlace {
    /// `None` for a document that holds no goals.
    #[must_use]
    pub fn of(document: DocumentId) -> Option<Self> {
        match document.kind {
            DocumentKind::Company => Some(Self::Company),
            DocumentKind::Team => Some(Self::Team(TeamId(document.id))),
            DocumentKind::Person => Some(Self::Person(PersonId(document.id))),
            _ => None,
        }
    }

    /// Where its goals lie.
    #[must_use]
    pub fn document(self) -> DocumentId {
        match self {
            Self::Company => DocumentId::COMPANY,
            Self::Team(team) => team.into(),
            Self::Person(person) => person.into(),
        }
    }

    #[must_use]
    pub const fn level(self) -> Level {
        match self {
            Self::Company => Level::Company,
            Self::Team(_) => Level::Team,
            Self::Person(_) => Level::Person,
        }
    }
}

impl fmt::Display for GoalPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Company => f.write_str("company"),
            Self::Team(team) => write!(f, "team-{team}"),
            Self::Person(person) => write!(f, "person-{person}"),
        }
    }
}

impl FromStr for GoalPlace {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        let place = match text.split_once('-') {
            None if text == "company" => Some(Self::Company),
            Some(("team", id)) => id.parse().ok().map(Self::Team),
            Some(("person", id)) => id.parse().ok().map(Self::Person),
            _ => None,
        };
        place.ok_or(UnknownWord)
    }
}

impl fmt::Display for GoalRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.place, self.goal)
    }
}

impl FromStr for GoalRef {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        let (place, goal) = text.split_once('/').ok_or(UnknownWord)?;
        Ok(Self {
            place: place.parse()?,
            goal: goal.parse().map_err(|_| UnknownWord)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;

    #[test]
    fn a_goal_is_named_in_one_way() {
        let id = Id::MAX;
        for place in [
            GoalPlace::Company,
            GoalPlace::Team(TeamId(id)),
            GoalPlace::Person(PersonId(id)),
        ] {
            let goal = GoalRef {
                place,
                goal: GoalId(id),
            };
            assert_eq!(goal.to_string().parse(), Ok(goal));
            assert_eq!(GoalPlace::of(place.document()), Some(place));
        }
        for text in [
            "",
            "company",
            "company/",
            "team-/x",
            "client-1/1",
            "company/1",
        ] {
            assert!(text.parse::<GoalRef>().is_err(), "{text}");
        }
    }
}

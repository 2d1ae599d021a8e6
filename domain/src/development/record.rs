//! A development plan as a record: one for each person, in their Reviews document at `plans/{id}`, where each entry is one of
//! `aim` and `step` `{kind, by, at, text, due, whose, link, replaces}`, `drop` `{kind, by, at, of, text}`,
//! `tick` and `untick` `{kind, by, at, of}`, `note` `{kind, by, at, text}`, `agree` `{kind, by, at, items}`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::clients::record::words;
use crate::goals::place::GoalRef;
use crate::id::{CourseId, Id, PersonId};
use crate::order::{gathered, sort_by};
use crate::time::{Day, Instant};
use crate::value::Value;

/// Whose the plan is, or whoever manages them.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum Side {
    #[default]
    Person,
    Manager,
}

words!(Side {
    Person = "person",
    Manager = "manager",
});

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum ItemKind {
    /// Where the person wants to come to.
    #[default]
    Aim,
    /// What is done for it.
    Step,
}

words!(ItemKind {
    Aim = "aim",
    Step = "step",
});

/// What an aim or a step is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkTo {
    Course(CourseId),
    Goal(GoalRef),
    /// The next grade.
    Grade,
}

/// An aim or a step as it was written at one time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    pub id: Id,
    pub by: PersonId,
    pub at: Instant,
    pub kind: ItemKind,
    pub text: String,
    #[serde(with = "crate::calendar::written::optional")]
    pub due: Option<Day>,
    /// Who takes it.
    pub whose: Side,
    pub link: Option<LinkTo>,
    /// What its author saw and replaced by it.
    pub replaces: BTreeSet<Id>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dropped {
    pub id: Id,
    pub by: PersonId,
    pub at: Instant,
    pub of: Id,
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tick {
    pub id: Id,
    pub by: PersonId,
    pub at: Instant,
    pub of: Id,
    pub done: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    pub id: Id,
    pub by: PersonId,
    pub at: Instant,
    pub text: String,
}

/// Somebody agrees to what was on their screen, and to nothing that came later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreed {
    pub id: Id,
    pub by: PersonId,
    pub at: Instant,
    pub items: BTreeSet<Id>,
}

/// The earliest first in each.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DevelopmentPlan {
    pub items: Vec<Item>,
    pub drops: Vec<Dropped>,
    pub ticks: Vec<Tick>,
    pub notes: Vec<Note>,
    pub agreed: Vec<Agreed>,
}

impl core::fmt::Display for LinkTo {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Course(course) => write!(f, "course {course}"),
            Self::Goal(goal) => write!(f, "goal {goal}"),
            Self::Grade => f.write_str("grade"),
        }
    }
}

impl core::str::FromStr for LinkTo {
    type Err = crate::value::UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = crate::value::UnknownWord;
        match text.split_once(' ') {
            Some(("course", id)) => id.parse().map(Self::Course).map_err(|_| unknown),
            Some(("goal", goal)) => goal.parse().map(Self::Goal).map_err(|_| unknown),
            None if text == "grade" => Ok(Self::Grade),
            _ => Err(unknown),
        }
    }
}

impl DevelopmentPlan {
    #[must_use]
    pub fn read(tree: &Value) -> Self {
        let mut plan = Self::default();
        for (key, entry) in tree.entries(&["plans"]) {
            plan.read_one(key, entry);
        }
        in_time(&mut plan.items, |it| (it.at, it.id));
        in_time(&mut plan.drops, |it| (it.at, it.id));
        in_time(&mut plan.ticks, |it| (it.at, it.id));
        in_time(&mut plan.notes, |it| (it.at, it.id));
        in_time(&mut plan.agreed, |it| (it.at, it.id));
        plan
    }

    /// What lacks something that every entry of its kind has is no entry.
    fn read_one(&mut self, key: &str, entry: &Value) -> Option<()> {
        let (id, by, at) = (
            key.parse().ok()?,
            entry.parsed(&["by"])?,
            entry.instant(&["at"])?,
        );
        let ids = |step| {
            let ids = entry.entries(&[step]);
            gathered(ids.filter_map(|(id, _)| id.parse::<Id>().ok()))
        };
        match entry.text(&["kind"])? {
            "drop" => self.drops.push(Dropped {
                id,
                by,
                at,
                of: entry.parsed(&["of"])?,
                reason: entry.string(&["text"]),
            }),
            kind @ ("tick" | "untick") => self.ticks.push(Tick {
                id,
                by,
                at,
                of: entry.parsed(&["of"])?,
                done: kind == "tick",
            }),
            "note" => self.notes.push(Note {
                id,
                by,
                at,
                text: entry.string(&["text"]),
            }),
            "agree" => self.agreed.push(Agreed {
                id,
                by,
                at,
                items: ids("items"),
            }),
            kind => self.items.push(Item {
                id,
                by,
                at,
                kind: kind.parse().ok()?,
                text: entry.string(&["text"]),
                due: entry.day(&["due"]),
                whose: entry.parsed(&["whose"]).unwrap_or_default(),
                link: entry.parsed(&["link"]),
                replaces: ids("replaces"),
            }),
        }
        Some(())
    }

    #[must_use]
    pub fn item(&self, id: Id) -> Option<&Item> {
        self.items.iter().find(|it| it.id == id)
    }

    /// What stands: neither dropped nor replaced. Of one that two people changed at once both new ones stand.
    pub fn standing(&self) -> impl Iterator<Item = &Item> {
        let replaced: BTreeSet<Id> = gathered(
            self.items
                .iter()
                .flat_map(|it| it.replaces.iter().filter(move |of| **of != it.id).copied()),
        );
        self.items
            .iter()
            .filter(move |it| !replaced.contains(&it.id) && !self.is_dropped(it.id))
    }

    #[must_use]
    pub fn is_dropped(&self, item: Id) -> bool {
        self.drops.iter().any(|it| it.of == item)
    }

    /// The last word on it.
    #[must_use]
    pub fn done(&self, item: Id) -> Option<&Tick> {
        let mut last = self.ticks.iter().rev().filter(|it| it.of == item);
        last.next().filter(|it| it.done)
    }

    /// Whether a side stands behind an item: whoever has written it does.
    #[must_use]
    pub fn agrees(&self, person: PersonId, side: Side, item: &Item) -> bool {
        let mut agreed = self.agreed.iter();
        side_of(person, item.by) == side
            || agreed.any(|it| side_of(person, it.by) == side && it.items.contains(&item.id))
    }
}

fn in_time<T>(entries: &mut Vec<T>, key: impl Fn(&T) -> (Instant, Id)) {
    sort_by(entries, |one, other| key(one).cmp(&key(other)));
}

/// On which side of a person's plan somebody writes.
#[must_use]
pub fn side_of(person: PersonId, author: PersonId) -> Side {
    match author == person {
        true => Side::Person,
        false => Side::Manager,
    }
}

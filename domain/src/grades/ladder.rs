//! The ladder: its grades from the lowest to the highest, and what each asks of whoever is to come up to it (R45).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::decision::Refusal;
use crate::fold::is_blank;
use crate::grades::criterion::Criterion;
use crate::id::RungId;
use crate::order::gathered;
use crate::time::Day;

/// Versions that a workspace can have.
pub const VERSIONS_MAX: usize = 200;
pub const RUNGS_MAX: usize = 12;
/// Of one grade.
pub const CRITERIA_MAX: usize = 12;
/// Of a grade's name, in characters.
pub const NAME_MAX: usize = 40;
/// Of what a grade may do, in characters.
pub const MAY_MAX: usize = 200;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ladder {
    #[serde(with = "crate::calendar::written")]
    pub in_force_from: Day,
    /// From the lowest up.
    pub rungs: Vec<Rung>,
}

/// One grade.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rung {
    /// The same in every version, however the grade is called.
    pub id: RungId,
    pub name: RungName,
    /// What whoever holds it does or may do, in a line.
    pub may: String,
    /// What is asked of whoever is to come up to it; nothing of a beginner.
    pub criteria: Vec<Criterion>,
}

/// As the company has typed it in either language; one of them may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct RungName {
    pub zh: String,
    pub en: String,
}

impl RungName {
    /// In the language asked for, or as it is called at all.
    #[must_use]
    pub fn shown(&self, chinese: bool) -> &str {
        let (first, second) = match chinese {
            true => (&self.zh, &self.en),
            false => (&self.en, &self.zh),
        };
        if is_blank(first) { second } else { first }
    }

    fn trimmed(&self) -> Self {
        Self {
            zh: self.zh.trim().to_owned(),
            en: self.en.trim().to_owned(),
        }
    }

    fn is_one(&self) -> bool {
        let fits = |name: &str| {
            name.chars().count() <= NAME_MAX && !name.contains(|it: char| it.is_control())
        };
        !(is_blank(&self.zh) && is_blank(&self.en)) && fits(&self.zh) && fits(&self.en)
    }
}

/// Every version a workspace has published, in the order of its decisions; the first is version 1.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Ladders(pub Vec<Ladder>);

impl Ladders {
    #[must_use]
    pub fn version(&self, number: u32) -> Option<&Ladder> {
        self.0.get(number.checked_sub(1)? as usize)
    }

    /// The number of the version that holds on a day: the last published of those in force by then. `None` before there
    /// is any.
    #[must_use]
    pub fn number_on(&self, day: Day) -> Option<u32> {
        let numbered = self.0.iter().zip(1u32..);
        let begun = numbered.filter(|(ladder, _)| ladder.in_force_from <= day);
        begun.map(|(_, number)| number).max()
    }

    /// The grade as some version names it.
    #[must_use]
    pub fn rung(&self, number: u32, rung: RungId) -> Option<&Rung> {
        self.version(number)?.rung(rung)
    }
}

impl Ladder {
    #[must_use]
    pub fn rung(&self, rung: RungId) -> Option<&Rung> {
        self.rungs.iter().find(|it| it.id == rung)
    }

    #[must_use]
    pub fn place(&self, rung: RungId) -> Option<usize> {
        self.rungs.iter().position(|it| it.id == rung)
    }

    /// The grade above; of somebody without one, or with one that is no longer there, the lowest.
    #[must_use]
    pub fn above(&self, rung: Option<RungId>) -> Option<&Rung> {
        let place = rung.and_then(|rung| self.place(rung));
        self.rungs.get(place.map_or(0, |place| place + 1))
    }

    /// Without blanks around what was typed.
    #[must_use]
    pub(crate) fn trimmed(&self) -> Self {
        let rungs = self.rungs.iter().map(|rung| Rung {
            name: rung.name.trimmed(),
            may: rung.may.trim().to_owned(),
            ..rung.clone()
        });
        Self {
            in_force_from: self.in_force_from,
            rungs: rungs.collect(),
        }
    }

    /// # Errors
    /// `BadName` for a grade without a name, with another's or with too long a line, `Unbalanced` where one thing is asked twice
    /// of a grade, `OutOfRange` for any number that is none.
    pub fn check(&self) -> Result<(), Refusal> {
        let ids: BTreeSet<_> = gathered(self.rungs.iter().map(|it| it.id));
        if !(1..=RUNGS_MAX).contains(&self.rungs.len()) || ids.len() != self.rungs.len() {
            return Err(Refusal::OutOfRange);
        }
        let named = |rung: &Rung| rung.name.is_one() && rung.may.trim().chars().count() <= MAY_MAX;
        let differ = |name: fn(&RungName) -> &String| {
            let mut names: Vec<_> = self.rungs.iter().map(|it| name(&it.name).trim()).collect();
            names.retain(|name| !name.is_empty());
            let count = names.len();
            gathered::<BTreeSet<_>, _>(names).len() == count
        };
        if !self.rungs.iter().all(named) || !differ(|it| &it.zh) || !differ(|it| &it.en) {
            return Err(Refusal::BadName);
        }
        for rung in &self.rungs {
            let asked: BTreeSet<_> = gathered(rung.criteria.iter().map(Criterion::subject));
            if asked.len() != rung.criteria.len() {
                return Err(Refusal::Unbalanced);
            }
            let in_range = rung.criteria.len() <= CRITERIA_MAX
                && rung.criteria.iter().all(Criterion::is_in_range);
            if !in_range {
                return Err(Refusal::OutOfRange);
            }
        }
        Ok(())
    }
}

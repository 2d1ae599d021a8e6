//! A ladder as it is typed, and back. What cannot be read becomes a number that the decision refuses.

use caravan_domain::{
    calendar::parse_day,
    grades::{
        command::{LadderDraft, RungDraft},
        criterion::Criterion,
        ladder::{Ladder, RungName},
    },
    id::{CourseId, Id, RungId},
    money::BasisPoints,
    reviews::measure::Measure,
    time::Day,
};
use serde::{Deserialize, Serialize};

use crate::reviews::{points, read, read_part, typed};

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    pub(super) from: String,
    pub(super) rungs: Vec<TypedRung>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct TypedRung {
    /// `None` of a new grade.
    pub(super) id: Option<RungId>,
    pub(super) zh: String,
    pub(super) en: String,
    pub(super) may: String,
    pub(super) criteria: Vec<TypedCriterion>,
}

/// Of the numbers, those count that its kind has.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct TypedCriterion {
    pub(super) kind: Kind,
    /// Months, or of a score reviews.
    pub(super) last: String,
    pub(super) target: String,
    pub(super) minimum: String,
    pub(super) course: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) enum Kind {
    #[default]
    Tenure,
    Visits,
    Score,
    Certificate,
    Leads,
    Figure(Measure),
}

impl Kind {
    pub(super) fn all() -> impl Iterator<Item = Self> {
        let others = [
            Self::Tenure,
            Self::Visits,
            Self::Score,
            Self::Certificate,
            Self::Leads,
        ];
        let counted = Measure::ALL.iter().filter(|it| !it.is_rated());
        others
            .into_iter()
            .chain(counted.map(|measure| Self::Figure(*measure)))
    }

    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Tenure => "tenure",
            Self::Visits => "visits",
            Self::Score => "score",
            Self::Certificate => "certificate",
            Self::Leads => "leads",
            Self::Figure(measure) => measure.word(),
        }
    }
}

impl Typed {
    pub(super) fn of(ladder: &Ladder, from: Day) -> Self {
        let rungs = ladder.rungs.iter().map(|rung| TypedRung {
            id: Some(rung.id),
            zh: rung.name.zh.clone(),
            en: rung.name.en.clone(),
            may: rung.may.clone(),
            criteria: rung.criteria.iter().map(TypedCriterion::of).collect(),
        });
        Self {
            from: from.to_string(),
            rungs: rungs.collect(),
        }
    }

    pub(super) fn draft(&self) -> LadderDraft {
        let rungs = self.rungs.iter().map(|rung| RungDraft {
            id: rung.id,
            name: RungName {
                zh: rung.zh.clone(),
                en: rung.en.clone(),
            },
            may: rung.may.clone(),
            criteria: rung.criteria.iter().map(TypedCriterion::read).collect(),
        });
        LadderDraft {
            from: parse_day(&self.from).unwrap_or(Day::MIN),
            rungs: rungs.collect(),
        }
    }
}

impl TypedCriterion {
    pub(super) fn of(criterion: &Criterion) -> Self {
        let blank = Self::default();
        match *criterion {
            Criterion::Tenure { months } => Self {
                kind: Kind::Tenure,
                last: months.to_string(),
                ..blank
            },
            Criterion::Visits { months, target } => Self {
                kind: Kind::Visits,
                last: months.to_string(),
                target: target.to_string(),
                ..blank
            },
            Criterion::Score { reviews, target } => Self {
                kind: Kind::Score,
                last: reviews.to_string(),
                target: points(target),
                ..blank
            },
            Criterion::Certificate(course) => Self {
                kind: Kind::Certificate,
                course: course.to_string(),
                ..blank
            },
            Criterion::Leads { people } => Self {
                kind: Kind::Leads,
                target: people.to_string(),
                ..blank
            },
            Criterion::Figure {
                measure,
                months,
                target,
                minimum,
            } => Self {
                kind: Kind::Figure(measure),
                last: months.to_string(),
                target: typed(measure, target),
                minimum: minimum.to_string(),
                ..blank
            },
        }
    }

    /// Nothing is asked for none of: what cannot be read is out of range.
    fn read(&self) -> Criterion {
        let number = |text: &str| text.trim().parse().unwrap_or(0);
        match self.kind {
            Kind::Tenure => Criterion::Tenure {
                months: number(&self.last),
            },
            Kind::Visits => Criterion::Visits {
                months: number(&self.last),
                target: number(&self.target),
            },
            Kind::Score => Criterion::Score {
                reviews: number(&self.last),
                target: read_part(&self.target).unwrap_or(BasisPoints::NONE),
            },
            Kind::Certificate => {
                let course = self.course.parse();
                Criterion::Certificate(course.unwrap_or(CourseId(Id::ZERO)))
            }
            Kind::Leads => Criterion::Leads {
                people: number(&self.target),
            },
            Kind::Figure(measure) => Criterion::Figure {
                measure,
                months: number(&self.last),
                target: read(measure, &self.target).unwrap_or(0),
                minimum: match self.minimum.trim() {
                    "" => 0,
                    text => text.parse().unwrap_or(u32::MAX),
                },
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use caravan_domain::grades::{ladder::Rung, usual::usual};
    use jiff::civil::date;

    use super::*;

    fn ladder() -> Ladder {
        let rungs = usual().into_iter().zip(1u8..);
        let rungs = rungs.map(|(mut criteria, number)| {
            criteria.push(Criterion::Certificate(CourseId(Id::from_bytes(
                [number; 16],
            ))));
            Rung {
                id: RungId(Id::from_bytes([number; 16])),
                name: RungName {
                    zh: number.to_string(),
                    en: String::new(),
                },
                may: "独立拜访".to_owned(),
                criteria,
            }
        });
        Ladder {
            in_force_from: date(2026, 12, 1),
            rungs: rungs.collect(),
        }
    }

    #[test]
    fn a_ladder_is_read_back_as_it_was_typed() {
        let ladder = ladder();
        let draft = Typed::of(&ladder, ladder.in_force_from).draft();
        assert_eq!(draft.from, ladder.in_force_from);
        for (draft, rung) in draft.rungs.iter().zip(&ladder.rungs) {
            assert_eq!((draft.id, &draft.name), (Some(rung.id), &rung.name));
            assert_eq!((&draft.may, &draft.criteria), (&rung.may, &rung.criteria));
        }
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        let unread = |change: fn(&mut TypedCriterion)| {
            let ladder = ladder();
            let mut typed = Typed::of(&ladder, ladder.in_force_from);
            change(&mut typed.rungs[2].criteria[1]);
            let mut changed = ladder;
            changed.rungs[2].criteria = typed.draft().rungs.remove(2).criteria;
            changed.check()
        };
        assert_eq!(unread(|_| {}), Ok(()));
        assert!(unread(|it| it.target = "three".to_owned()).is_err());
        assert!(unread(|it| it.last = String::new()).is_err());
        assert!(unread(|it| it.minimum = "few".to_owned()).is_err());
    }
}

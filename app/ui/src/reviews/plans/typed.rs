//! A plan as it is typed, and back. What cannot be read becomes a number that the decision refuses.

use std::collections::BTreeSet;

use caravan_domain::{
    calendar::{Span, parse_day},
    money::{BasisPoints, Fen},
    reviews::{
        measure::Measure,
        plan::{
            Curve, Dimension, DimensionKind, FileField, Floor, GradeStep, Indicator, ScorePlan,
            Step,
        },
    },
    tasks::kind::TaskKind,
    time::Day,
};
use serde::{Deserialize, Serialize};

use super::super::points::{points, read, read_part, typed};

/// No number that is typed is this one.
const UNREAD: i64 = -1;

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    pub(super) from: String,
    /// Months.
    pub(super) every: String,
    pub(super) due_days: String,
    pub(super) remind_days: String,
    pub(super) fields: BTreeSet<FileField>,
    pub(super) questions: BTreeSet<TaskKind>,
    pub(super) dimensions: Vec<TypedDimension>,
    pub(super) grades: Vec<TypedGrade>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct TypedDimension {
    pub(super) kind: DimensionKind,
    pub(super) weight: String,
    pub(super) indicators: Vec<TypedIndicator>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct TypedIndicator {
    pub(super) measure: Measure,
    pub(super) weight: String,
    pub(super) target: String,
    pub(super) minimum: String,
    /// `share`, `threshold`, `down` or `steps`.
    pub(super) curve: String,
    pub(super) none_at: String,
    /// `target=points`, one after the other.
    pub(super) steps: String,
    /// Empty for no floor.
    pub(super) floor: String,
    pub(super) at_most: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct TypedGrade {
    pub(super) name: String,
    pub(super) from: String,
    pub(super) bonus: String,
}

impl Typed {
    pub(super) fn of(plan: &ScorePlan, from: Day) -> Self {
        Self {
            from: from.to_string(),
            every: plan.every.months().to_string(),
            due_days: plan.due_days.to_string(),
            remind_days: plan.remind_days.to_string(),
            fields: plan.fields.clone(),
            questions: plan.questions.clone(),
            dimensions: plan
                .dimensions
                .iter()
                .map(|dimension| TypedDimension {
                    kind: dimension.kind,
                    weight: dimension.weight.to_string(),
                    indicators: dimension
                        .indicators
                        .iter()
                        .map(TypedIndicator::of)
                        .collect(),
                })
                .collect(),
            grades: plan
                .grades
                .iter()
                .map(|grade| TypedGrade {
                    name: grade.name.clone(),
                    from: points(grade.from),
                    bonus: grade.bonus.typed(),
                })
                .collect(),
        }
    }

    pub(super) fn plan(&self) -> ScorePlan {
        let days = |text: &str| text.trim().parse().unwrap_or(u32::MAX);
        let mut every = Span::ALL.into_iter();
        ScorePlan {
            in_force_from: parse_day(&self.from).unwrap_or(Day::MIN),
            every: every
                .find(|span| span.months().to_string() == self.every)
                .unwrap_or(Span::Quarter),
            due_days: days(&self.due_days),
            remind_days: days(&self.remind_days),
            fields: self.fields.clone(),
            questions: self.questions.clone(),
            dimensions: self
                .dimensions
                .iter()
                .map(|dimension| Dimension {
                    kind: dimension.kind,
                    weight: weight(&dimension.weight),
                    indicators: dimension
                        .indicators
                        .iter()
                        .map(TypedIndicator::read)
                        .collect(),
                })
                .collect(),
            grades: self
                .grades
                .iter()
                .filter(|grade| !grade.name.trim().is_empty())
                .map(|grade| GradeStep {
                    name: grade.name.trim().to_owned(),
                    from: part(&grade.from),
                    bonus: grade.bonus.parse().unwrap_or(Fen(UNREAD)),
                })
                .collect(),
        }
    }
}

impl TypedIndicator {
    fn of(it: &Indicator) -> Self {
        let of = |value| typed(it.measure, value);
        let (curve, none_at, steps) = match &it.curve {
            Curve::Share => ("share", String::new(), String::new()),
            Curve::Threshold => ("threshold", String::new(), String::new()),
            Curve::Down { none_at } => ("down", of(*none_at), String::new()),
            Curve::Steps(steps) => {
                let steps = steps.iter();
                let steps = steps.map(|step| format!("{}={}", of(step.from), points(step.points)));
                ("steps", String::new(), steps.collect::<Vec<_>>().join(" "))
            }
        };
        Self {
            measure: it.measure,
            weight: it.weight.to_string(),
            target: of(it.target),
            minimum: it.minimum.to_string(),
            curve: curve.to_owned(),
            none_at,
            steps,
            floor: it.floor.map(|floor| of(floor.below)).unwrap_or_default(),
            at_most: it
                .floor
                .map(|floor| points(floor.at_most))
                .unwrap_or_default(),
        }
    }

    fn read(&self) -> Indicator {
        let value = |text: &str| read(self.measure, text).unwrap_or(UNREAD);
        let curve = match self.curve.as_str() {
            "threshold" => Curve::Threshold,
            "down" => Curve::Down {
                none_at: value(&self.none_at),
            },
            "steps" => {
                let steps = self.steps.split_whitespace().map(|step| {
                    let (from, points) = step.split_once('=').unwrap_or((step, ""));
                    Step {
                        from: value(from),
                        points: part(points),
                    }
                });
                Curve::Steps(steps.collect())
            }
            _ => Curve::Share,
        };
        let floor = (!self.floor.trim().is_empty()).then(|| Floor {
            below: value(&self.floor),
            at_most: match self.at_most.trim() {
                "" => BasisPoints::NONE,
                text => part(text),
            },
        });
        Indicator {
            measure: self.measure,
            weight: weight(&self.weight),
            target: value(&self.target),
            curve,
            minimum: self.minimum.trim().parse().unwrap_or(u32::MAX),
            floor,
        }
    }
}

pub(super) fn weight(text: &str) -> u8 {
    text.trim().parse().unwrap_or(u8::MAX)
}

/// More than the whole where it cannot be read.
fn part(text: &str) -> BasisPoints {
    read_part(text).unwrap_or(BasisPoints(u32::MAX))
}

#[cfg(test)]
mod tests {
    use caravan_domain::reviews::plan::ScoreRole;
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_plan_is_read_back_as_it_was_typed() {
        for role in ScoreRole::ALL {
            let mut plan = ScorePlan::usual(*role);
            plan.in_force_from = date(2026, 12, 1);
            plan.dimensions[0].indicators[0].curve = Curve::Steps(vec![
                Step {
                    from: 3,
                    points: BasisPoints(5_050),
                },
                Step {
                    from: 5,
                    points: BasisPoints::WHOLE,
                },
            ]);
            assert_eq!(Typed::of(&plan, plan.in_force_from).plan(), plan);
        }
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        let plan = ScorePlan::usual(ScoreRole::Sales);
        let mut typed = Typed::of(&plan, date(2026, 12, 1));
        typed.dimensions[0].indicators[0].target = "five".to_owned();
        assert!(typed.plan().check().is_err());
        let mut typed = Typed::of(&plan, date(2026, 12, 1));
        typed.grades[0].from = "most".to_owned();
        assert!(typed.plan().check().is_err());
    }
}

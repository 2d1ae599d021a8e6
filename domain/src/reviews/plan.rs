//! The score plan: by which numbers people of a role are scored (R12). Versions, each in force from a day on, none ever
//! taken away. A period is scored by the version in force on its first day: nobody is measured by what was decided later.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::calendar::{Period, Span};
use crate::clients::record::words;
use crate::decision::Refusal;
use crate::fold::is_blank;
use crate::money::{BasisPoints, Fen};
use crate::order::gathered;
use crate::reviews::measure::Measure;
use crate::tasks::kind::TaskKind;
use crate::time::Day;

/// Versions that one role can have.
pub const VERSIONS_MAX: usize = 400;
/// Names of grades, in characters.
pub const GRADE_MAX: usize = 20;
/// Grades of a plan.
pub const GRADES_MAX: usize = 12;
/// Steps of one indicator.
pub const STEPS_MAX: usize = 20;
/// A year.
const DAYS_MAX: u32 = 366;
const WHOLE: u32 = 100;

/// By which plan somebody is scored.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum ScoreRole {
    #[default]
    Sales,
    /// Scored on questions resolved and not on sales (R43).
    AfterSales,
    /// By the figures of the whole team.
    Manager,
}

words!(ScoreRole {
    Sales = "sales",
    AfterSales = "after-sales",
    Manager = "manager",
});

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DimensionKind {
    Results,
    Quality,
    Attitude,
}

words!(DimensionKind {
    Results = "results",
    Quality = "quality",
    Attitude = "attitude",
});

/// A field that every client's file should have (R08).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum FileField {
    Contact,
    Phone,
    Address,
    Region,
    Source,
    Code,
    Position,
    Birthday,
    Tags,
}

words!(FileField {
    Contact = "contact",
    Phone = "phone",
    Address = "address",
    Region = "region",
    Source = "source",
    Code = "code",
    Position = "position",
    Birthday = "birthday",
    Tags = "tags",
});

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ScorePlan {
    #[serde(with = "crate::calendar::written")]
    pub in_force_from: Day,
    /// How often there is a review (R14).
    pub every: Span,
    /// Days from the end of the period until the review is due.
    pub due_days: u32,
    /// Days before that on which it is brought to mind.
    pub remind_days: u32,
    /// What counts as a complete file.
    pub fields: BTreeSet<FileField>,
    /// Tasks for a client of these kinds are clients' questions.
    pub questions: BTreeSet<TaskKind>,
    pub dimensions: Vec<Dimension>,
    pub grades: Vec<GradeStep>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Dimension {
    pub kind: DimensionKind,
    /// Of 100 in all.
    pub weight: u8,
    pub indicators: Vec<Indicator>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Indicator {
    pub measure: Measure,
    /// Of 100 in its dimension.
    pub weight: u8,
    /// In the measure's unit; for a month where it adds up.
    pub target: i64,
    pub curve: Curve,
    /// With fewer records behind it the figure says nothing.
    pub minimum: u32,
    pub floor: Option<Floor>,
}

/// How points follow from the figure.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Curve {
    /// Figure ÷ target, at most the whole.
    Share,
    /// All at the target, nothing below.
    Threshold,
    /// Less is better: all at the target, nothing at `none_at`, straight in between.
    Down { none_at: i64 },
    /// Those of the highest step that is reached; nothing below the first.
    Steps(Vec<Step>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Step {
    /// In the measure's unit; for a month where it adds up.
    pub from: i64,
    pub points: BasisPoints,
}

/// Below it the whole dimension is not met (R09).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Floor {
    /// In the measure's unit.
    pub below: i64,
    /// What the dimension gives then at the most.
    pub at_most: BasisPoints,
}

/// What a total is called and what it brings (R17).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct GradeStep {
    pub name: String,
    pub from: BasisPoints,
    /// For the period, taken over by pay once the result stands.
    pub bonus: Fen,
}

/// Every version a workspace has decided, in the order of its decisions.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ScorePlans(pub Vec<ScorePlan>);

impl ScorePlans {
    /// What holds before a workspace has decided anything is version 0.
    #[must_use]
    pub fn version(&self, role: ScoreRole, number: u32) -> Option<ScorePlan> {
        match number.checked_sub(1) {
            None => Some(ScorePlan::usual(role)),
            Some(place) => self.0.get(place as usize).cloned(),
        }
    }

    /// The number of the version a period is scored by. Of two in force from one day the one decided later counts.
    #[must_use]
    pub fn number_for(&self, period: Period) -> u32 {
        let mut best: Option<(Day, u32)> = None;
        for (plan, number) in self.0.iter().zip(1u32..) {
            let from = plan.in_force_from;
            if from <= period.first() && best.is_none_or(|(day, _)| day <= from) {
                best = Some((from, number));
            }
        }
        best.map_or(0, |(_, number)| number)
    }

    #[must_use]
    pub fn plan_for(&self, role: ScoreRole, period: Period) -> ScorePlan {
        let number = self.number_for(period);
        self.version(role, number)
            .unwrap_or_else(|| ScorePlan::usual(role))
    }
}

impl Dimension {
    fn new(kind: DimensionKind, weight: u8, indicators: Vec<Indicator>) -> Self {
        Self {
            kind,
            weight,
            indicators,
        }
    }
}

impl Indicator {
    #[must_use]
    pub fn new(measure: Measure, weight: u8, target: i64) -> Self {
        Self {
            measure,
            weight,
            target,
            curve: Curve::Share,
            minimum: 0,
            floor: None,
        }
    }

    fn at_least(self, minimum: u32) -> Self {
        Self { minimum, ..self }
    }
}

impl ScorePlan {
    /// Where a workspace begins: 60 results, 30 quality, 10 attitude (R12).
    #[must_use]
    pub fn usual(role: ScoreRole) -> Self {
        use Measure as M;
        let percent = |percent: i64| percent * 100;
        let level = 500;
        let satisfaction = |weight| Indicator {
            floor: Some(Floor {
                below: percent(80),
                at_most: BasisPoints::NONE,
            }),
            ..Indicator::new(M::Satisfaction, weight, percent(95)).at_least(5)
        };
        let response = Indicator {
            curve: Curve::Down { none_at: 24 * 60 },
            ..Indicator::new(M::FirstResponse, 20, 60).at_least(5)
        };
        let results = match role {
            ScoreRole::Sales | ScoreRole::Manager => vec![
                Indicator::new(M::NewClients, 40, 5),
                Indicator::new(M::Sales, 40, Fen::yuan(100_000).0),
                Indicator::new(M::Repurchase, 20, percent(50)).at_least(5),
            ],
            ScoreRole::AfterSales => vec![
                Indicator::new(M::Resolved, 70, 20),
                Indicator::new(M::TasksOnTime, 30, percent(95)).at_least(5),
            ],
        };
        let quality = match role {
            ScoreRole::Sales | ScoreRole::Manager => vec![
                Indicator::new(M::Completeness, 30, percent(95)),
                Indicator::new(M::Accuracy, 30, percent(95)).at_least(10),
                satisfaction(40),
            ],
            ScoreRole::AfterSales => vec![
                Indicator::new(M::Accuracy, 30, percent(95)).at_least(10),
                satisfaction(70),
            ],
        };
        let attitude = vec![
            Indicator::new(M::Attendance, 30, percent(95)).at_least(5),
            response,
            Indicator::new(M::TeamWork, 20, level),
            Indicator::new(M::Communication, 10, level),
            Indicator::new(M::Retention, 10, level),
            Indicator::new(M::MarketShare, 10, level),
        ];
        let grade = |name: &str, from, bonus| GradeStep {
            name: name.to_owned(),
            from: BasisPoints::percent(from),
            bonus: Fen::yuan(bonus),
        };
        Self {
            in_force_from: Day::MIN,
            every: Span::Quarter,
            due_days: 14,
            remind_days: 7,
            fields: gathered([
                FileField::Contact,
                FileField::Phone,
                FileField::Address,
                FileField::Region,
                FileField::Source,
            ]),
            questions: [TaskKind::FollowUp].into(),
            dimensions: vec![
                Dimension::new(DimensionKind::Results, 60, results),
                Dimension::new(DimensionKind::Quality, 30, quality),
                Dimension::new(DimensionKind::Attitude, 10, attitude),
            ],
            grades: vec![
                grade("A", 90, 2_000),
                grade("B", 75, 1_000),
                grade("C", 60, 0),
                grade("D", 0, 0),
            ],
        }
    }

    /// The highest grade that is reached.
    #[must_use]
    pub fn grade(&self, total: BasisPoints) -> Option<&GradeStep> {
        let reached = self.grades.iter().filter(|step| step.from <= total);
        reached.max_by_key(|step| step.from)
    }

    pub fn indicators(&self) -> impl Iterator<Item = &Indicator> {
        self.dimensions.iter().flat_map(|it| &it.indicators)
    }

    #[must_use]
    pub fn measures(&self, measure: Measure) -> bool {
        self.indicators().any(|it| it.measure == measure)
    }

    /// The day by which the review of a period is to be submitted.
    #[must_use]
    pub fn due_on(&self, period: Period) -> Day {
        crate::calendar::plus_days(period.last(), i64::from(self.due_days))
    }

    /// # Errors
    /// `Unbalanced` where weights do not come to 100 or something is measured twice, `BadName` for a grade without a
    /// name or with another's, `OutOfRange` for any other number.
    pub fn check(&self) -> Result<(), Refusal> {
        let sum = |weights: &mut dyn Iterator<Item = u8>| weights.map(u32::from).sum::<u32>();
        let kinds: BTreeSet<_> = gathered(self.dimensions.iter().map(|it| it.kind));
        let measured: BTreeSet<_> = gathered(self.indicators().map(|it| it.measure));
        let balanced = sum(&mut self.dimensions.iter().map(|it| it.weight)) == WHOLE
            && self.dimensions.iter().all(|dimension| {
                sum(&mut dimension.indicators.iter().map(|it| it.weight)) == WHOLE
                    && dimension.indicators.iter().all(|it| it.weight > 0)
            })
            && kinds.len() == self.dimensions.len()
            && measured.len() == self.indicators().count();
        if !balanced {
            return Err(Refusal::Unbalanced);
        }
        let names: BTreeSet<_> = gathered(self.grades.iter().map(|it| it.name.trim()));
        let named = |step: &GradeStep| {
            let name = step.name.trim();
            // It stands on one line of the plan as text.
            !is_blank(name) && name.chars().count() <= GRADE_MAX && !name.contains(char::is_control)
        };
        if !self.grades.iter().all(named) || names.len() != self.grades.len() {
            return Err(Refusal::BadName);
        }
        let in_range = (1..=GRADES_MAX).contains(&self.grades.len())
            && self.grades.iter().all(is_grade)
            && self.due_days <= DAYS_MAX
            && self.remind_days <= DAYS_MAX
            && !(self.fields.is_empty() && self.measures(Measure::Completeness))
            && self.indicators().all(is_indicator);
        match in_range {
            true => Ok(()),
            false => Err(Refusal::OutOfRange),
        }
    }
}

fn is_grade(step: &GradeStep) -> bool {
    step.from.is_a_part() && (Fen::ZERO..=Fen::MOST).contains(&step.bonus)
}

fn is_indicator(indicator: &Indicator) -> bool {
    use crate::reviews::measure::Unit;
    let most = match indicator.measure.unit() {
        Unit::Share => i64::from(BasisPoints::WHOLE.0),
        Unit::Level => 500,
        Unit::Fen => Fen::MOST.0,
        Unit::Count | Unit::Minutes => 1_000_000,
    };
    let is_one = |value: i64| (0..=most).contains(&value);
    let curve = match &indicator.curve {
        Curve::Share | Curve::Threshold => true,
        Curve::Down { none_at } => is_one(*none_at) && indicator.target < *none_at,
        Curve::Steps(steps) => {
            (1..=STEPS_MAX).contains(&steps.len())
                && steps
                    .iter()
                    .all(|it| is_one(it.from) && it.points.is_a_part())
        }
    };
    let floor = indicator
        .floor
        .is_none_or(|floor| is_one(floor.below) && floor.at_most.is_a_part());
    (1..=most).contains(&indicator.target) && curve && floor && indicator.minimum <= 10_000
}

//! The score: a pure function of a plan's version and of figures.
//!
//! Rounding, once: an indicator's points are whole basis points, half up; so are a dimension's, from those of its
//! indicators by weight; so is the total, from those of the dimensions by weight.
//!
//! An indicator that says nothing (no records, fewer than its minimum, not rated) has no points, and its weight goes to
//! the rest of its dimension in proportion to theirs; that of a dimension of which nothing is known goes to the others.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::money::{BasisPoints, Fen};
use crate::reviews::measure::Measure;
use crate::reviews::plan::{Curve, Dimension, DimensionKind, Indicator, ScorePlan};

/// What records say of one measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Figure {
    /// In the measure's unit.
    pub value: i64,
    /// How many records it rests on.
    pub sample: u32,
}

/// Of a measure that is not here nothing is known.
pub type Figures = BTreeMap<Measure, Figure>;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    pub dimensions: Vec<DimensionScore>,
    /// `None` where nothing at all is known.
    pub total: Option<BasisPoints>,
    /// Empty without a total.
    pub grade: String,
    pub bonus: Fen,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DimensionScore {
    pub kind: DimensionKind,
    /// Of 100, as the plan has it.
    pub weight: u8,
    pub points: Option<BasisPoints>,
    /// An indicator is below its floor.
    pub not_met: bool,
    pub indicators: Vec<IndicatorScore>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndicatorScore {
    pub measure: Measure,
    /// Of 100 in its dimension, as the plan has it.
    pub weight: u8,
    /// What it has of the total, now that those that say nothing are left out.
    pub counts: BasisPoints,
    /// For the whole period.
    pub target: i64,
    pub minimum: u32,
    pub says: Says,
    pub points: Option<BasisPoints>,
    pub below_floor: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Says {
    Nothing,
    /// Fewer records than its minimum.
    TooLittle(Figure),
    This(Figure),
}

impl Says {
    #[must_use]
    pub const fn figure(self) -> Option<Figure> {
        match self {
            Self::Nothing => None,
            Self::TooLittle(figure) | Self::This(figure) => Some(figure),
        }
    }
}

/// `months` is how many the period has.
#[must_use]
pub fn score(plan: &ScorePlan, months: u8, figures: &Figures) -> Score {
    let mut dimensions: Vec<_> = plan
        .dimensions
        .iter()
        .map(|dimension| scored(dimension, i64::from(months.max(1)), figures))
        .collect();
    let known = dimensions
        .iter()
        .filter_map(|it| Some((u64::from(it.weight), it.points?)));
    let total = mean(known);
    share_out(&mut dimensions);
    let grade = total.and_then(|total| plan.grade(total));
    Score {
        dimensions,
        total,
        grade: grade.map(|step| step.name.clone()).unwrap_or_default(),
        bonus: grade.map_or(Fen::ZERO, |step| step.bonus),
    }
}

fn scored(dimension: &Dimension, months: i64, figures: &Figures) -> DimensionScore {
    let indicators: Vec<_> = dimension
        .indicators
        .iter()
        .map(|indicator| measured(indicator, months, figures.get(&indicator.measure).copied()))
        .collect();
    let known = indicators
        .iter()
        .filter_map(|it| Some((u64::from(it.weight), it.points?)));
    let mut points = mean(known);
    let floors = dimension.indicators.iter().zip(&indicators);
    let floors: Vec<_> = floors
        .filter(|(_, scored)| scored.below_floor)
        .filter_map(|(indicator, _)| indicator.floor)
        .collect();
    for floor in &floors {
        points = points.map(|points| points.min(floor.at_most));
    }
    DimensionScore {
        kind: dimension.kind,
        weight: dimension.weight,
        points,
        not_met: !floors.is_empty(),
        indicators,
    }
}

fn measured(indicator: &Indicator, months: i64, figure: Option<Figure>) -> IndicatorScore {
    let times = if indicator.measure.adds_up() {
        months
    } else {
        1
    };
    let minimum = indicator.minimum.max(indicator.measure.fewest());
    let says = match figure {
        None => Says::Nothing,
        Some(figure) if figure.sample < minimum => Says::TooLittle(figure),
        Some(figure) => Says::This(figure),
    };
    let value = match says {
        Says::This(figure) => Some(figure.value),
        _ => None,
    };
    IndicatorScore {
        measure: indicator.measure,
        weight: indicator.weight,
        counts: BasisPoints::NONE,
        target: indicator.target.saturating_mul(times),
        minimum,
        says,
        points: value.map(|value| points(indicator, times, value)),
        below_floor: value
            .is_some_and(|value| indicator.floor.is_some_and(|floor| value < floor.below)),
    }
}

fn points(indicator: &Indicator, times: i64, value: i64) -> BasisPoints {
    let target = indicator.target.saturating_mul(times);
    match &indicator.curve {
        Curve::Share => part(value, target),
        Curve::Threshold if value >= target => BasisPoints::WHOLE,
        Curve::Threshold => BasisPoints::NONE,
        Curve::Down { none_at } => part(
            none_at.saturating_sub(value.max(target)),
            none_at.saturating_sub(target),
        ),
        Curve::Steps(steps) => {
            let reached = steps
                .iter()
                .filter(|step| step.from.saturating_mul(times) <= value);
            let highest = reached.max_by_key(|step| step.from);
            highest.map_or(BasisPoints::NONE, |step| step.points)
        }
    }
}

/// Half up, between nothing and the whole.
#[must_use]
pub(crate) fn part(value: i64, of: i64) -> BasisPoints {
    let (value, of) = (i128::from(value.max(0)), i128::from(of));
    if of <= 0 {
        return BasisPoints::NONE;
    }
    let whole = i128::from(BasisPoints::WHOLE.0);
    let points = (value * whole * 2 + of) / (of * 2);
    BasisPoints(u32::try_from(points.min(whole)).unwrap_or_default())
}

/// By weight, half up; `None` of nothing.
fn mean(known: impl Iterator<Item = (u64, BasisPoints)>) -> Option<BasisPoints> {
    let (weights, sum) = known.fold((0, 0), |(weights, sum), (weight, points)| {
        (weights + weight, sum + weight * u64::from(points.0))
    });
    let points = (sum * 2 + weights).checked_div(weights * 2)?;
    Some(BasisPoints(u32::try_from(points).unwrap_or_default()))
}

/// Every basis point of the total is some indicator's: what does not come out even goes to those with the largest rest,
/// the first of them first.
fn share_out(dimensions: &mut [DimensionScore]) {
    let weights = |it: &DimensionScore| -> u64 {
        let known = it.indicators.iter().filter(|it| it.points.is_some());
        known.map(|it| u64::from(it.weight)).sum()
    };
    let known = dimensions.iter().filter(|it| it.points.is_some());
    let of_dimensions: u64 = known.map(|it| u64::from(it.weight)).sum();
    let whole = u64::from(BasisPoints::WHOLE.0);
    let mut rests = Vec::new();
    let mut left = whole;
    for (place, dimension) in dimensions.iter_mut().enumerate() {
        let within = weights(dimension);
        for (number, indicator) in dimension.indicators.iter_mut().enumerate() {
            let divisor = of_dimensions * within;
            if indicator.points.is_none() || divisor == 0 {
                continue;
            }
            let share = whole * u64::from(dimension.weight) * u64::from(indicator.weight);
            indicator.counts = BasisPoints(u32::try_from(share / divisor).unwrap_or_default());
            left = left.saturating_sub(share / divisor);
            // Rests of unlike divisors are compared as parts of one.
            let rest = u128::from(share % divisor) * 1_000_000_000 / u128::from(divisor);
            rests.push((rest, place, number));
        }
    }
    crate::order::sort_by(&mut rests, |one, other| other.0.cmp(&one.0));
    for (_, place, number) in rests.into_iter().take(usize::try_from(left).unwrap_or(0)) {
        dimensions[place].indicators[number].counts.0 += 1;
    }
}

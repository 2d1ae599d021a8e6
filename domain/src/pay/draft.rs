//! A version of the plan as a form holds it: everything as typed.

use serde::{Deserialize, Serialize};

use crate::calendar::parse_day;
use crate::facts::Employment;
use crate::fold::is_blank;
use crate::money::{BasisPoints, Fen};
use crate::pay::plan::{PayPlan, STEPS, Tier};

/// Amounts in yuan, parts in per cent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PlanDraft {
    pub in_force_from: String,
    pub usual_wage: String,
    /// City and wage. Blank lines count for nothing, here and below.
    pub city_wages: Vec<(String, String)>,
    pub base_full_time: String,
    pub base_part_time: String,
    pub base_agent: String,
    /// From which net sales on, and the rate.
    pub tiers: Vec<(String, String)>,
    pub manager_part: String,
    pub manager_part_of_own: String,
    /// From the easiest to the hardest; blank for nothing.
    pub task_rates: Vec<String>,
    /// For the first, the second, …
    pub ranked: Vec<(String, String)>,
    pub best: String,
    pub ranked_from: String,
    pub penalty_part: String,
    pub minimum_wage: String,
}

/// The field that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlanField {
    InForceFrom,
    UsualWage,
    CityWages,
    Base,
    Tiers,
    ManagerPart,
    ManagerPartOfOwn,
    TaskRates,
    Ranked,
    Best,
    RankedFrom,
    PenaltyPart,
    MinimumWage,
    /// Each can be read, and all together cannot be paid by.
    Whole,
}

impl PlanDraft {
    #[must_use]
    pub fn of(plan: &PayPlan) -> Self {
        let base = |employment| percent(plan.base_part(employment));
        Self {
            in_force_from: plan.in_force_from.to_string(),
            usual_wage: plan.usual_wage.typed(),
            city_wages: plan
                .city_wages
                .iter()
                .map(|(city, wage)| (city.clone(), wage.typed()))
                .collect(),
            base_full_time: base(Employment::FullTime),
            base_part_time: base(Employment::PartTime),
            base_agent: base(Employment::OutsideAgent),
            tiers: plan
                .tiers
                .iter()
                .map(|tier| (tier.from.typed(), percent(tier.rate)))
                .collect(),
            manager_part: percent(plan.manager_part),
            manager_part_of_own: percent(plan.manager_part_of_own),
            task_rates: (1..=STEPS)
                .map(|step| plan.task_rate(step).typed())
                .collect(),
            ranked: plan
                .ranked
                .iter()
                .enumerate()
                .map(|(place, bonus)| ((place + 1).to_string(), bonus.typed()))
                .collect(),
            best: plan.best.typed(),
            ranked_from: plan.ranked_from.typed(),
            penalty_part: percent(plan.penalty_part),
            minimum_wage: plan.minimum_wage.typed(),
        }
    }

    /// # Errors
    /// The first field that cannot be read.
    pub fn read(&self) -> Result<PayPlan, PlanField> {
        use PlanField as F;
        let base = [
            (Employment::FullTime, &self.base_full_time),
            (Employment::PartTime, &self.base_part_time),
            (Employment::OutsideAgent, &self.base_agent),
        ];
        let base = base
            .into_iter()
            .map(|(employment, typed)| Ok((employment, part(typed, F::Base)?)))
            .filter(|read| !matches!(read, Ok((_, BasisPoints::NONE))));
        let task_rates = (1..=STEPS).zip(&self.task_rates);
        let plan = PayPlan {
            in_force_from: parse_day(self.in_force_from.trim()).ok_or(F::InForceFrom)?,
            city_wages: filled(&self.city_wages)
                .map(|(city, wage)| Ok((city.trim().to_owned(), fen(wage, F::CityWages)?)))
                .collect::<Result<_, _>>()?,
            usual_wage: fen(&self.usual_wage, F::UsualWage)?,
            base: base.collect::<Result<_, _>>()?,
            tiers: filled(&self.tiers)
                .map(|(from, rate)| {
                    Ok(Tier {
                        from: fen(from, F::Tiers)?,
                        rate: part(rate, F::Tiers)?,
                    })
                })
                .collect::<Result<_, _>>()?,
            manager_part: part(&self.manager_part, F::ManagerPart)?,
            manager_part_of_own: part(&self.manager_part_of_own, F::ManagerPartOfOwn)?,
            task_rates: task_rates
                .filter(|(_, typed)| !is_blank(typed))
                .map(|(step, typed)| Ok((step, fen(typed, F::TaskRates)?)))
                .collect::<Result<_, _>>()?,
            ranked: self
                .ranked
                .iter()
                .filter(|(_, bonus)| !is_blank(bonus))
                .map(|(_, bonus)| fen(bonus, F::Ranked))
                .collect::<Result<_, _>>()?,
            best: fen(&self.best, F::Best)?,
            ranked_from: fen(&self.ranked_from, F::RankedFrom)?,
            penalty_part: part(&self.penalty_part, F::PenaltyPart)?,
            minimum_wage: fen(&self.minimum_wage, F::MinimumWage)?,
        };
        match plan.is_sound() {
            true => Ok(plan),
            false => Err(F::Whole),
        }
    }
}

/// `4`, `2.5`.
#[must_use]
pub fn percent(part: BasisPoints) -> String {
    Fen(i64::from(part.0)).typed()
}

fn filled(lines: &[(String, String)]) -> impl Iterator<Item = &(String, String)> {
    let lines = lines.iter();
    lines.filter(|(one, other)| !is_blank(one) || !is_blank(other))
}

fn fen(typed: &str, field: PlanField) -> Result<Fen, PlanField> {
    typed.parse().map_err(|_| field)
}

fn part(typed: &str, field: PlanField) -> Result<BasisPoints, PlanField> {
    let points: Fen = typed
        .trim()
        .trim_end_matches(['%', '％'])
        .parse()
        .map_err(|_| field)?;
    let points = u32::try_from(points.0).map_err(|_| field)?;
    Some(BasisPoints(points))
        .filter(|part| part.is_a_part())
        .ok_or(field)
}

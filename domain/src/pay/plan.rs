//! The commission plan: versions, each in force from a day on, none ever taken away.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::facts::{Employment, Facts};
use crate::money::{BasisPoints, Fen};
use crate::time::Day;
use crate::work::kind::Difficulty;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayPlan {
    #[serde(with = "crate::calendar::written")]
    pub in_force_from: Day,
    /// Base pay refers to what a city pays (R39); other cities pay [`PayPlan::usual_wage`].
    pub city_wages: Vec<(String, Fen)>,
    pub usual_wage: Fen,
    /// How much of the wage is the base, by employment; none for one that is not listed.
    pub base: Vec<(Employment, BasisPoints)>,
    /// The rate of all orders of a month, by the net sales of that month; the highest that is
    /// reached counts.
    pub tiers: Vec<Tier>,
    /// What somebody else than the representative has of a commission: the manager of the
    /// representative's team (R40).
    pub manager_part: BasisPoints,
    /// The same for a client whom the manager developed (R41).
    pub manager_part_of_own: BasisPoints,
    /// For a finished task, by its difficulty (R38).
    pub task_rates: Vec<(u8, Fen)>,
    /// For the first, the second, … by net sales of a month (R42).
    pub ranked: Vec<Fen>,
    /// For the best of the month (R37).
    pub best: Fen,
    /// Net sales without which nobody is ranked.
    pub ranked_from: Fen,
    /// The most that penalties take of a month's pay (R48).
    pub penalty_part: BasisPoints,
    /// What penalties leave to everybody who is employed.
    pub minimum_wage: Fen,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tier {
    pub from: Fen,
    pub rate: BasisPoints,
}

impl PayPlan {
    /// Where a workspace begins.
    #[must_use]
    pub fn usual(in_force_from: Day) -> Self {
        let tier = |yuan, percent| Tier {
            from: Fen::yuan(yuan),
            rate: BasisPoints::percent(percent),
        };
        Self {
            in_force_from,
            city_wages: Vec::new(),
            usual_wage: Fen::yuan(2585),
            base: vec![
                (Employment::FullTime, BasisPoints::WHOLE),
                (Employment::PartTime, BasisPoints::percent(50)),
            ],
            tiers: vec![tier(0, 3), tier(50_000, 4), tier(100_000, 5)],
            manager_part: BasisPoints::percent(20),
            manager_part_of_own: BasisPoints::WHOLE,
            task_rates: vec![
                (1, Fen::yuan(5)),
                (2, Fen::yuan(10)),
                (3, Fen::yuan(20)),
                (4, Fen::yuan(40)),
                (5, Fen::yuan(80)),
            ],
            ranked: vec![Fen::yuan(800), Fen::yuan(500), Fen::yuan(300)],
            best: Fen::yuan(1000),
            ranked_from: Fen::yuan(10_000),
            penalty_part: BasisPoints::percent(20),
            minimum_wage: Fen::yuan(2585),
        }
    }

    #[must_use]
    pub fn wage(&self, city: &str) -> Fen {
        let known = self.city_wages.iter().find(|(known, _)| known == city);
        known.map_or(self.usual_wage, |(_, wage)| *wage)
    }

    #[must_use]
    pub fn base_part(&self, employment: Employment) -> BasisPoints {
        let known = self.base.iter().find(|(known, _)| *known == employment);
        known.map_or(BasisPoints::NONE, |(_, part)| *part)
    }

    /// Below every tier there is no commission. Who gave back more than they sold is not below
    /// nothing: what went back has taken its own commission with it.
    #[must_use]
    pub fn rate(&self, net: Fen) -> BasisPoints {
        let net = net.max(Fen::ZERO);
        let reached = self.tiers.iter().filter(|tier| tier.from <= net);
        let highest = reached.max_by_key(|tier| tier.from);
        highest.map_or(BasisPoints::NONE, |tier| tier.rate)
    }

    #[must_use]
    pub fn task_rate(&self, difficulty: u8) -> Fen {
        let known = self
            .task_rates
            .iter()
            .find(|(known, _)| *known == difficulty);
        known.map_or(Fen::ZERO, |(_, rate)| *rate)
    }
}

/// Entries of any one list of a plan.
pub const LIST_MAX: usize = 100;

impl PayPlan {
    /// Whether every number is one that can be paid by, and no list says two things of the same.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let money = |fen: Fen| (Fen::ZERO..=Fen::MOST).contains(&fen);
        let all = [
            self.city_wages.len(),
            self.base.len(),
            self.tiers.len(),
            self.task_rates.len(),
            self.ranked.len(),
        ];
        let parts = self.base.iter().map(|(_, part)| *part);
        let rates = self.tiers.iter().map(|tier| tier.rate);
        let named = [
            self.manager_part,
            self.manager_part_of_own,
            self.penalty_part,
        ];
        let cities = self.city_wages.iter().map(|(city, _)| city.trim());
        let amounts = self.city_wages.iter().map(|(_, wage)| *wage);
        let amounts = amounts
            .chain(self.task_rates.iter().map(|(_, rate)| *rate))
            .chain(self.tiers.iter().map(|tier| tier.from))
            .chain(self.ranked.iter().copied())
            .chain([
                self.usual_wage,
                self.best,
                self.ranked_from,
                self.minimum_wage,
            ]);
        all.iter().all(|length| *length <= LIST_MAX)
            && parts.chain(rates).chain(named).all(|part| part.is_a_part())
            // R48: the law, not the workspace, says how much a penalty may take.
            && self.penalty_part <= BasisPoints::percent(PENALTY_PERCENT_MAX)
            && amounts.into_iter().all(money)
            && cities.clone().all(|city| !city.is_empty() && city.chars().count() <= LIST_MAX)
            && are_different(cities)
            && are_different(self.base.iter().map(|(employment, _)| employment))
            && are_different(self.tiers.iter().map(|tier| tier.from))
            && are_different(self.task_rates.iter().map(|(step, _)| step))
            && self.task_rates.iter().all(|(step, _)| (1..=STEPS).contains(step))
    }
}

/// 工资支付暂行规定 §16: at most a fifth of the month's pay.
pub const PENALTY_PERCENT_MAX: u32 = 20;

/// As many as a form offers for how hard a task is.
pub const STEPS: u8 = Difficulty::STEPS.len() as u8;

/// How hard a task is, on the plan's scale of one to [`STEPS`].
#[must_use]
pub fn step_of(difficulty: Difficulty) -> u8 {
    let reached = Difficulty::STEPS.iter().filter(|step| **step <= difficulty);
    u8::try_from(reached.count()).unwrap_or(STEPS).max(1)
}

fn are_different<T: Ord>(all: impl Iterator<Item = T>) -> bool {
    let mut seen = BTreeSet::new();
    all.into_iter().all(|one| seen.insert(one))
}

/// Every version, in the order in which they were decided.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PayPlans(pub Vec<PayPlan>);

impl PayPlans {
    /// Those of a workspace: until its own first version begins, the usual one holds.
    #[must_use]
    pub fn of(facts: &Facts) -> Self {
        let own = facts.pay_plans.values().cloned();
        Self([PayPlan::usual(Day::MIN)].into_iter().chain(own).collect())
    }
}

impl PayPlans {
    /// Of two versions in force from the same day the one decided later counts.
    #[must_use]
    pub fn on(&self, day: Day) -> Option<&PayPlan> {
        let begun = self.0.iter().filter(|plan| plan.in_force_from <= day);
        begun.max_by_key(|plan| plan.in_force_from)
    }
}

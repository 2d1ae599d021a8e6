//! The plan: numbers and lists that a workspace can change without a new version of the app.

use serde::{Deserialize, Serialize};

use crate::clients::record::Grade;
use crate::decision::Refusal;
use crate::facts::{Fact, FactChange, FactKey, Facts};
use crate::geo::CheckInRule;
use crate::id::PersonId;
use crate::role::Role;
use crate::visits::record::{ActionKind, VisitKind};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Days between visits or other contact, by the client's grade (R57).
    pub cadence_days: Vec<(Grade, u32)>,
    /// Metres.
    pub verified_within: u32,
    pub invalid_beyond: u32,
    pub accuracy_at_most: u32,
    pub visit_actions: Vec<(VisitKind, Vec<ActionKind>)>,
    /// How many days ahead birthdays are shown.
    pub birthdays_ahead_days: u32,
}

impl Default for Plan {
    fn default() -> Self {
        use ActionKind::{CompetitorNote, Note, Order, Photo, StockCount, Survey};
        Self {
            cadence_days: vec![
                (Grade::A, 7),
                (Grade::B, 14),
                (Grade::C, 30),
                (Grade::D, 90),
            ],
            verified_within: 300,
            invalid_beyond: 1000,
            accuracy_at_most: 500,
            visit_actions: vec![
                (VisitKind::Regular, vec![Note, Photo, CompetitorNote]),
                (VisitKind::FirstVisit, vec![Note, Photo, Survey]),
                (VisitKind::Service, vec![Note, Photo]),
                (
                    VisitKind::StockCheck,
                    vec![StockCount, Photo, CompetitorNote],
                ),
                (VisitKind::Collection, vec![Note, Order]),
                (VisitKind::Survey, vec![Survey, Note]),
            ],
            birthdays_ahead_days: 7,
        }
    }
}

impl Plan {
    #[must_use]
    pub fn cadence(&self, grade: Grade) -> Option<u32> {
        self.cadence_days
            .iter()
            .find(|(known, _)| *known == grade)
            .map(|(_, days)| *days)
    }

    #[must_use]
    pub fn actions(&self, kind: VisitKind) -> &[ActionKind] {
        self.visit_actions
            .iter()
            .find(|(known, _)| *known == kind)
            .map_or(&[], |(_, actions)| actions)
    }

    #[must_use]
    pub fn check_in_rule(&self) -> CheckInRule {
        CheckInRule {
            verified_radius_m: f64::from(self.verified_within),
            invalid_beyond_m: f64::from(self.invalid_beyond),
            max_accuracy_m: f64::from(self.accuracy_at_most),
        }
    }
}

/// Directors and administrators change the plan.
pub(crate) fn decide(
    plan: &Plan,
    actor: PersonId,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    if !facts.has_role(actor, Role::Director) && !facts.has_role(actor, Role::Administrator) {
        return Err(Refusal::NotAllowed);
    }
    Ok(vec![FactChange {
        key: FactKey::Plan,
        fact: Some(Fact::Plan(plan.clone())),
    }])
}

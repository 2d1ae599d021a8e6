//! Where a goal and what belongs to it are opened.

use caravan_domain::{
    goals::place::{GoalPlace, GoalRef},
    id::{GoalId, Id},
    time::Day,
};
use leptos_router::params::ParamsMap;

/// The goal in `/goals/:where/:goal`; what cannot be read is none that there is.
pub(super) fn goal_of(params: &ParamsMap) -> GoalRef {
    let part = |name: &str| params.get(name).unwrap_or_default();
    GoalRef {
        place: part("where").parse().unwrap_or(GoalPlace::Company),
        goal: GoalId(part("goal").parse().unwrap_or(Id::ZERO)),
    }
}

pub(super) fn page(goal: GoalRef) -> String {
    format!("/goals/{goal}")
}

pub(super) fn change(goal: GoalRef) -> String {
    format!("/goals/{goal}/change")
}

/// All of them, or those of some days.
pub(super) fn records(goal: GoalRef, days: Option<(Day, Day)>) -> String {
    match days {
        Some((from, to)) => format!("/goals/{goal}/records?from={from}&to={to}"),
        None => format!("/goals/{goal}/records"),
    }
}

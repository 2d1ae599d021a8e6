//! Who looks at whose month. What a device does not hold it cannot show; this says what it is not asked to show either.

use crate::facts::Facts;
use crate::goals::place::GoalPlace;
use crate::id::PersonId;
use crate::policy;
use crate::role::Role;

#[must_use]
pub fn may_look(person: PersonId, place: GoalPlace, facts: &Facts) -> bool {
    let directs = facts.has_role(person, Role::Director);
    match place {
        GoalPlace::Company => directs,
        GoalPlace::Team(team) => {
            let own = facts.people.get(&person).and_then(|known| known.team);
            directs || (facts.has_role(person, Role::TeamManager) && own == Some(team))
        }
        GoalPlace::Person(whose) => policy::holds(whose, person, facts),
    }
}

/// What somebody answers for: the company, a team or their own work.
#[must_use]
pub fn own(person: PersonId, facts: &Facts) -> GoalPlace {
    let team = facts.people.get(&person).and_then(|known| known.team);
    match team {
        _ if facts.has_role(person, Role::Director) => GoalPlace::Company,
        Some(team) if facts.has_role(person, Role::TeamManager) => GoalPlace::Team(team),
        _ => GoalPlace::Person(person),
    }
}

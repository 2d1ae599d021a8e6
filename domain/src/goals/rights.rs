//! Which places of a goal are whose. What is written stays as it was written: nothing is put twice, nothing removed.

use crate::facts::Facts;
use crate::goals::place::GoalPlace;
use crate::goals::record::Side;
use crate::id::PersonId;
use crate::policy;
use crate::role::Role;
use crate::value::Value;

/// For whom a person signs at a place. A director who also manages the team stands on both sides there.
#[must_use]
pub fn sides(person: PersonId, place: GoalPlace, facts: &Facts) -> Vec<Side> {
    let is_director = facts.has_role(person, Role::Director);
    let (sets, bears) = match place {
        GoalPlace::Company => (is_director, false),
        GoalPlace::Team(team) => {
            let in_team = facts.active(person).is_some_and(|it| it.team == Some(team));
            (
                is_director,
                in_team && facts.has_role(person, Role::TeamManager),
            )
        }
        GoalPlace::Person(subject) => (
            person != subject && policy::holds(subject, person, facts),
            person == subject && facts.active(person).is_some(),
        ),
    };
    [(sets, Side::Setter), (bears, Side::Bearer)]
        .into_iter()
        .filter_map(|(stands, side)| stands.then_some(side))
        .collect()
}

pub(crate) fn is_place_of(
    author: PersonId,
    place: Option<GoalPlace>,
    steps: &[&str],
    facts: &Facts,
) -> bool {
    let Some(place) = place else {
        return false;
    };
    let sides = sides(author, place, facts);
    match steps {
        ["goals", _, "setter", ..] => sides.contains(&Side::Setter),
        ["goals", _, "bearer", ..] => sides.contains(&Side::Bearer),
        ["goals", ..] => !sides.is_empty(),
        _ => false,
    }
}

/// Whether there is such a place, each of which is written once and under an id of its author's making.
pub(crate) fn is_place(steps: &[&str]) -> bool {
    matches!(
        steps,
        ["goals", _, "about"] | ["goals", _, "versions" | "setter" | "bearer" | "updates", _]
    )
}

/// What `written` says of who wrote it. An entry that does not say is nobody's to write.
pub(crate) fn claimed<'a>(steps: &[&str], written: &'a Value) -> Option<&'a Value> {
    is_place(steps).then(|| written.at(&["by"]).unwrap_or(&Value::Null))
}

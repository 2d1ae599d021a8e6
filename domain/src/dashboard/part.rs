//! What a place is made of, to compare: the teams of the company, the people of a team.

use core::cmp::Reverse;
use std::collections::BTreeMap;

use crate::dashboard::clients::Overdue;
use crate::dashboard::list::{PartLine, SHOWN};
use crate::facts::{Person, PersonStatus};
use crate::goals::deeds::{Doers, sum};
use crate::goals::list::GoalLine;
use crate::goals::place::GoalPlace;
use crate::goals::progress::Standing;
use crate::id::{PersonId, TeamId};
use crate::order::{gathered, sort_by};
use crate::query::Sources;
use crate::role::Role;
use crate::time::Instant;
use crate::work::query::LoadLine;

/// Who counts where: whoever has left the company stays with the team they left from as long as it stands.
pub(super) struct Parts {
    of_person: BTreeMap<PersonId, GoalPlace>,
    places: Vec<(GoalPlace, String)>,
}

impl Parts {
    /// Of a person there are none.
    pub(super) fn of(place: GoalPlace, from: &Sources<'_>) -> Self {
        let facts = from.facts;
        let people = || facts.people.iter();
        let works = |known: &Person| {
            [Role::AccountManager, Role::TeamManager]
                .iter()
                .any(|role| known.roles.contains(role))
        };
        let here = |known: &Person| works(known) && known.status != PersonStatus::Deactivated;
        let person = |id: &PersonId, known: &Person| (GoalPlace::Person(*id), known.name.clone());
        let mut places = Vec::new();
        match place {
            GoalPlace::Person(_) => {}
            GoalPlace::Team(team) => {
                let members = people().filter(|(_, known)| known.team == Some(team) && here(known));
                places.extend(members.map(|(id, known)| person(id, known)));
            }
            GoalPlace::Company => {
                let open = facts.teams.iter().filter(|(_, team)| !team.closed);
                places
                    .extend(open.map(|(team, known)| (GoalPlace::Team(*team), known.name.clone())));
                let alone = people().filter(|(_, known)| known.team.is_none() && here(known));
                places.extend(alone.map(|(id, known)| person(id, known)));
            }
        }
        let part_of = |id: PersonId, team: Option<TeamId>| match (place, team) {
            (GoalPlace::Company, Some(team)) => GoalPlace::Team(team),
            _ => GoalPlace::Person(id),
        };
        Self {
            of_person: gathered(people().map(|(id, known)| (*id, part_of(*id, known.team)))),
            places,
        }
    }

    pub(super) fn part_of(&self, person: PersonId) -> Option<GoalPlace> {
        self.of_person.get(&person).copied()
    }

    pub(super) fn contains(&self, place: GoalPlace) -> bool {
        self.places.iter().any(|(known, _)| *known == place)
    }

    pub(super) fn lines(
        self,
        span: &core::ops::Range<Instant>,
        seen: &Seen<'_, '_>,
        from: &Sources<'_>,
    ) -> Vec<PartLine> {
        let mut lines: Vec<_> = self
            .places
            .iter()
            .map(|(place, name)| {
                let doers = Doers::of(*place, from);
                let load = seen.load.iter().filter(|line| doers.contains(line.person));
                let load = load.fold((0_u32, 0_u32), |(load, available), line| {
                    (
                        load.saturating_add(line.load),
                        available.saturating_add(line.available),
                    )
                });
                let overdue = seen.overdue.iter().filter(|it| doers.contains(it.owner));
                PartLine {
                    place: *place,
                    name: name.clone(),
                    values: SHOWN
                        .iter()
                        .map(|metric| sum(*metric, &doers, span, from))
                        .collect(),
                    goals_reached: reached(seen.goals.iter().filter(|line| {
                        let of = line.goal.place;
                        of == *place || matches!(of, GoalPlace::Person(it) if doers.contains(it))
                    })),
                    load,
                    overdue: u32::try_from(overdue.count()).unwrap_or(u32::MAX),
                }
            })
            .collect();
        sort_by(&mut lines, |one, other| {
            let key = |line: &PartLine| (Reverse(line.values.first().copied()), line.place);
            key(one).cmp(&key(other))
        });
        lines
    }
}

/// What the whole dashboard has counted already.
pub(super) struct Seen<'a, 'r> {
    pub(super) goals: &'a [GoalLine],
    pub(super) load: &'a [LoadLine],
    pub(super) overdue: &'a [Overdue<'r>],
}

/// Of those that were agreed: how many are reached, and how many there are.
pub(super) fn reached<'a>(lines: impl Iterator<Item = &'a GoalLine>) -> (u32, u32) {
    let (mut reached, mut all) = (0, 0);
    for line in lines {
        match line.progress.standing {
            Standing::Reached => {
                reached += 1;
                all += 1;
            }
            Standing::Proposed | Standing::Dropped => {}
            _ => all += 1,
        }
    }
    (reached, all)
}

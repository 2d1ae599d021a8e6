//! Who reads what, found from the side of the document: [`policy::may_read`] asks person by
//! person, which is too slow for each new client of an import.

use std::collections::{BTreeMap, BTreeSet};

use caravan_domain::document::DocumentId;
use caravan_domain::facts::Facts;
use caravan_domain::id::{PersonId, TeamId};
use caravan_domain::policy;
use caravan_domain::role::Role;

/// Everybody by what makes them a reader; valid until a person changes.
#[derive(Debug, Clone, Default)]
pub(super) struct Audience {
    everybody: Vec<PersonId>,
    by_role: BTreeMap<Role, Vec<PersonId>>,
    members: BTreeMap<TeamId, Vec<PersonId>>,
}

impl Audience {
    pub(super) fn of(facts: &Facts) -> Self {
        let mut audience = Self::default();
        for (person, known) in &facts.people {
            audience.everybody.push(*person);
            for role in &known.roles {
                audience.by_role.entry(*role).or_default().push(*person);
            }
            if let Some(team) = known.team {
                audience.members.entry(team).or_default().push(*person);
            }
        }
        audience
    }

    /// Everybody for whom [`policy::may_read`] holds. `facts` are those the audience was made of,
    /// people at least.
    pub(super) fn readers(&self, document: DocumentId, facts: &Facts) -> BTreeSet<PersonId> {
        let circle = policy::circle(document, facts);
        let subject = circle.subject.and_then(|owner| facts.people.get(&owner));
        let managers = subject.and_then(|known| known.team);
        let teams = circle.team.into_iter().chain(managers);
        let by_role = circle
            .roles
            .iter()
            .filter_map(|role| self.by_role.get(role));
        let everybody = circle.everybody.then_some(&self.everybody);
        teams
            .filter_map(|team| self.members.get(&team))
            .chain(by_role)
            .chain(everybody)
            .flatten()
            .chain(circle.shared_with.into_iter().flatten())
            .chain(circle.subject.as_ref())
            .filter(|person| policy::may_read(**person, document, facts))
            .copied()
            .collect()
    }
}

//! Who reads what, found from the side of the document: [`policy::may_read`] asks person by
//! person, which is too slow for each new client of an import.

use std::collections::{BTreeMap, BTreeSet};

use caravan_domain::document::DocumentId;
use caravan_domain::facts::Facts;
use caravan_domain::id::{PersonId, TeamId};
use caravan_domain::policy;
use caravan_domain::role::Role;

/// Those who may read what they do not own; valid until a person changes.
#[derive(Debug, Clone, Default)]
pub(super) struct Audience {
    directors: Vec<PersonId>,
    managers: BTreeMap<TeamId, Vec<PersonId>>,
}

impl Audience {
    pub(super) fn of(facts: &Facts) -> Self {
        let mut audience = Self::default();
        for (person, known) in &facts.people {
            if facts.has_role(*person, Role::Director) {
                audience.directors.push(*person);
            }
            if let (Some(team), true) = (known.team, facts.has_role(*person, Role::TeamManager)) {
                audience.managers.entry(team).or_default().push(*person);
            }
        }
        audience
    }

    /// Everybody for whom [`policy::may_read`] holds. `facts` are those the audience was made of,
    /// people at least.
    pub(super) fn readers(&self, document: DocumentId, facts: &Facts) -> BTreeSet<PersonId> {
        let (owner, shared) = match document.person() {
            Some(subject) => (subject, None),
            None => match facts.grants.get(&document) {
                Some(grant) => (grant.owner, Some(&grant.shared_with)),
                None => return BTreeSet::new(),
            },
        };
        let team = facts.people.get(&owner).and_then(|known| known.team);
        let managers = team.and_then(|team| self.managers.get(&team));
        self.directors
            .iter()
            .chain(managers.into_iter().flatten())
            .chain(shared.into_iter().flatten())
            .chain([&owner])
            .filter(|person| policy::may_read(**person, document, facts))
            .copied()
            .collect()
    }
}

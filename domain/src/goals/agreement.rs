//! What was agreed about a goal: computed from its versions and signatures, of which all are kept, so that it is the
//! same in whatever order they came.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::goals::place::GoalPlace;
use crate::goals::record::{Goal, Side, Signature, Version};
use crate::id::GoalVersionId;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Agreement {
    /// Two versions that know nothing of each other.
    Disputed,
    /// Never signed by both sides.
    Proposed,
    /// Agreed, and other numbers are proposed; those agreed hold until then.
    Adjusting,
    Agreed,
    Dropped,
}

impl Goal {
    #[must_use]
    pub fn version(&self, id: GoalVersionId) -> Option<&Version> {
        self.versions.iter().find(|version| version.id == id)
    }

    /// The versions that no other replaces; the earliest first. More than one where people wrote at once.
    #[must_use]
    pub fn heads(&self) -> Vec<&Version> {
        let replaced = |version: &&Version| {
            let mut others = self.versions.iter().filter(|other| other.id != version.id);
            others.any(|other| other.after.contains(&version.id))
        };
        let heads: Vec<_> = self
            .versions
            .iter()
            .filter(|version| !replaced(version))
            .collect();
        // Versions that replace each other in a ring were not made by this app; all of them stand then.
        match heads.is_empty() {
            true => self.versions.iter().collect(),
            false => heads,
        }
    }

    pub fn signatures_of(&self, version: GoalVersionId) -> impl Iterator<Item = &Signature> {
        self.signatures
            .iter()
            .filter(move |signature| signature.version == version)
    }

    /// Signed on both sides, by two people. The company has one side.
    #[must_use]
    pub fn is_agreed(&self, version: GoalVersionId) -> bool {
        let of = |side| {
            self.signatures_of(version)
                .filter(move |signature| signature.side == side)
        };
        match self.place {
            GoalPlace::Company => of(Side::Setter).next().is_some(),
            GoalPlace::Team(_) | GoalPlace::Person(_) => {
                of(Side::Setter).any(|setter| of(Side::Bearer).any(|bearer| bearer.by != setter.by))
            }
        }
    }

    /// The version that holds: the last one agreed, which proposals made after it do not change.
    #[must_use]
    pub fn in_force(&self) -> Option<&Version> {
        let agreed: Vec<_> = self
            .versions
            .iter()
            .filter(|version| self.is_agreed(version.id))
            .collect();
        let replaced: BTreeSet<_> = agreed
            .iter()
            .flat_map(|version| self.before(version))
            .collect();
        let last = agreed.iter().rev();
        let standing = last.clone().find(|version| !replaced.contains(&version.id));
        standing.or(agreed.last()).copied()
    }

    /// Whose numbers count: those in force, and until there are any the last proposed.
    ///
    /// # Panics
    /// Never: a goal that was read has a version.
    #[must_use]
    pub fn current(&self) -> &Version {
        let proposed = || self.heads().last().copied();
        self.in_force()
            .or_else(proposed)
            .expect("a goal has at least one version")
    }

    #[must_use]
    pub fn agreement(&self) -> Agreement {
        let heads = self.heads();
        match (heads.as_slice(), self.in_force()) {
            ([head], Some(agreed)) if head.id == agreed.id => match head.dropped {
                true => Agreement::Dropped,
                false => Agreement::Agreed,
            },
            ([_], Some(_)) => Agreement::Adjusting,
            ([_], None) => Agreement::Proposed,
            _ => Agreement::Disputed,
        }
    }

    /// The one version in question, and the side whose signature it lacks.
    #[must_use]
    pub fn awaits(&self) -> Option<(GoalVersionId, Side)> {
        let heads = self.heads();
        let [head] = heads.as_slice() else {
            return None;
        };
        if self.is_agreed(head.id) {
            return None;
        }
        let signed = |side| self.signatures_of(head.id).any(|it| it.side == side);
        match (signed(Side::Setter), signed(Side::Bearer)) {
            (false, _) => Some((head.id, Side::Setter)),
            (true, _) => Some((head.id, Side::Bearer)),
        }
    }

    /// Everything a version builds on.
    fn before(&self, version: &Version) -> BTreeSet<GoalVersionId> {
        let mut found = BTreeSet::new();
        let mut open: Vec<_> = version.after.iter().copied().collect();
        while let Some(id) = open.pop() {
            if id != version.id && found.insert(id) {
                let further = self.version(id).into_iter();
                open.extend(further.flat_map(|version| version.after.iter().copied()));
            }
        }
        found
    }
}

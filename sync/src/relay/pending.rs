//! The state a batch of writes would lead to, until it is durable.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use caravan_domain::agreements::standing::waits;
use caravan_domain::document::{DocumentId, DocumentKind};
use caravan_domain::facts::{Fact, FactChange, FactKey, Facts, Person, PersonStatus};
use caravan_domain::id::{ClientId, DeviceId, PersonId};
use caravan_domain::policy;
use caravan_domain::role::Role;

use super::admit::Admission;
use super::audience::Audience;
use super::core::DeviceHead;
use super::index::{SequencedFact, VisibilityChange};
use super::log::LogEntry;
use crate::cursor::Sequence;
use crate::envelope::Hash;

/// What has changed against the [`RelayCore`](super::RelayCore) it was begun from. Facts are shared
/// with it until one changes.
#[derive(Debug, Clone)]
pub struct Pending {
    pub(super) facts: Arc<Facts>,
    pub(super) position: Sequence,
    pub(super) heads: BTreeMap<DeviceId, DeviceHead>,
    pub(super) refused: BTreeSet<Hash>,
    pub(super) quarantined: Vec<(DeviceId, Sequence)>,
    pub(super) accepted: BTreeSet<Hash>,
    pub(super) released: Option<Sequence>,
    pub(super) pushed: BTreeMap<(DeviceId, u64), LogEntry>,
    pub(super) changed: Vec<SequencedFact>,
    pub(super) visibility: Vec<VisibilityChange>,
    /// The accepted changes of documents that a refill has asked about.
    pub(super) in_log: BTreeMap<DocumentId, BTreeMap<Hash, Sequence>>,
    /// Made when first needed.
    audience: Option<Audience>,
}

impl Pending {
    pub(super) fn new(facts: Arc<Facts>, position: Sequence) -> Self {
        Self {
            facts,
            position,
            heads: BTreeMap::new(),
            refused: BTreeSet::new(),
            quarantined: Vec::new(),
            accepted: BTreeSet::new(),
            released: None,
            pushed: BTreeMap::new(),
            changed: Vec::new(),
            visibility: Vec::new(),
            in_log: BTreeMap::new(),
            audience: None,
        }
    }

    /// The facts as they will be.
    #[must_use]
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// Sets facts at the present position and adds what follows from them to `admission`.
    pub(super) fn settle(&mut self, changes: Vec<FactChange>, admission: &mut Admission) {
        let mut seen = BTreeMap::new();
        for change in changes {
            self.note_revoked(&change, admission);
            match change.key {
                FactKey::Grant(document) => self.settle_grant(document, &change, &mut seen),
                FactKey::Person(person) => self.settle_person(person, &change, &mut seen),
                FactKey::Requirement(_) | FactKey::Signed(..) => {
                    self.settle_signatures(&change, &mut seen);
                }
                _ => Arc::make_mut(&mut self.facts).apply(change.clone()),
            }
            let fact = SequencedFact {
                sequence: self.position,
                change,
            };
            self.changed.push(fact.clone());
            admission.facts.push(fact);
        }
        for ((person, document), gained) in seen {
            let change = VisibilityChange {
                sequence: self.position,
                person,
                document,
                gained,
            };
            self.visibility.push(change);
            admission.visibility.push(change);
        }
    }

    fn settle_grant(&mut self, document: DocumentId, change: &FactChange, seen: &mut Seen) {
        let audience = match self.audience.take() {
            Some(audience) => audience,
            None => Audience::of(&self.facts),
        };
        let fresh = self.facts.owner(document).is_none();
        let before = audience.readers(document, &self.facts);
        Arc::make_mut(&mut self.facts).apply(change.clone());
        let after = audience.readers(document, &self.facts);
        compare(document, &before, &after, seen);
        // Whoever writes a client down while they have something to sign sees it again once they have signed.
        let author = self.facts.owner(document).filter(|_| fresh);
        if let Some(author) = author.filter(|author| !after.contains(author)) {
            seen.insert((author, document), false);
        }
        self.audience = Some(audience);
    }

    /// Another role, team or status: the person may read other documents, and other people what is
    /// this person's.
    fn settle_person(&mut self, person: PersonId, change: &FactChange, seen: &mut Seen) {
        let before = Arc::clone(&self.facts);
        Arc::make_mut(&mut self.facts).apply(change.clone());
        let facts = &self.facts;
        let standing = |facts: &Facts| facts.people.get(&person).map(standing_of);
        if standing(&before) == standing(facts) {
            return;
        }
        let then = Audience::of(&before);
        let now = Audience::of(facts);
        for document in policy::documents(facts) {
            if policy::circle(document, facts).subject == Some(person) {
                let before = then.readers(document, &before);
                compare(document, &before, &now.readers(document, facts), seen);
            }
            let gained = policy::may_read(person, document, facts);
            if gained != policy::may_read(person, document, &before) {
                seen.insert((person, document), gained);
            }
        }
        let runs = runs_the_workspace(person, facts);
        if runs != runs_the_workspace(person, &before) {
            seen.insert((person, DocumentId::WORKSPACE), runs);
        }
        self.audience = Some(now);
    }

    /// Whoever has something to sign, or has signed it, loses or gains everything of clients at once.
    fn settle_signatures(&mut self, change: &FactChange, seen: &mut Seen) {
        let before = Arc::clone(&self.facts);
        Arc::make_mut(&mut self.facts).apply(change.clone());
        let facts = &self.facts;
        let turned = |person: &PersonId| waits(*person, &before) != waits(*person, facts);
        let people = facts.people.keys().copied();
        let turned: Vec<_> = people.filter(turned).collect();
        if turned.is_empty() {
            return;
        }
        let now_reads = |person, document| {
            let reads = policy::may_read(person, document, facts);
            (reads != policy::may_read(person, document, &before)).then_some(reads)
        };
        for document in policy::documents(facts).filter(|it| policy::is_of_client(*it)) {
            for person in &turned {
                // Orders come and go with their client, for whoever reads it.
                let client = DocumentId::from(ClientId(document.id));
                let follows =
                    document.kind == DocumentKind::Orders && now_reads(*person, client).is_some();
                if let Some(reads) = now_reads(*person, document).filter(|_| !follows) {
                    seen.insert((*person, document), reads);
                }
            }
        }
    }

    fn note_revoked(&self, change: &FactChange, admission: &mut Admission) {
        match (&change.key, &change.fact) {
            (FactKey::Device(device), Some(Fact::Device(after))) if after.revoked_at.is_some() => {
                let before = self.facts.devices.get(device);
                let was_bound = before.is_some_and(|known| known.revoked_at.is_none());
                admission.revoked.extend(was_bound.then_some(*device));
            }
            (FactKey::Person(person), Some(Fact::Person(after)))
                if after.status != PersonStatus::Active =>
            {
                let devices = self.facts.devices.iter();
                let theirs = devices.filter(|(_, known)| known.person == *person);
                admission.revoked.extend(theirs.map(|(device, _)| *device));
            }
            _ => {}
        }
    }
}

/// Who gained (`true`) or lost which document at this position.
type Seen = BTreeMap<(PersonId, DocumentId), bool>;

fn compare(
    document: DocumentId,
    before: &BTreeSet<PersonId>,
    after: &BTreeSet<PersonId>,
    seen: &mut Seen,
) {
    let lost = before.difference(after).map(|person| (*person, false));
    let gained = after.difference(before).map(|person| (*person, true));
    for (person, gained) in lost.chain(gained) {
        seen.insert((person, document), gained);
    }
}

/// What of a person the policy looks at.
fn standing_of(person: &Person) -> impl PartialEq + use<> {
    (person.roles.clone(), person.team, person.status)
}

fn runs_the_workspace(person: PersonId, facts: &Facts) -> bool {
    facts.has_role(person, Role::Administrator) || facts.has_role(person, Role::Director)
}

//! Who may see what, said a second time and in other words than the policy's: a check that asked
//! the policy itself would find its mistakes right.

use caravan_domain::agreements::decision::Waits;
use caravan_domain::document::{DocumentId, DocumentKind};
use caravan_domain::facts::{FactKey, Facts, PersonStatus};
use caravan_domain::id::{ClientId, DeviceId, PersonId, TeamId};
use caravan_domain::role::Role;
use caravan_domain::training::fact::TrainingKey;
use caravan_sync::frame::Reply;

pub(super) fn may_see(me: PersonId, document: DocumentId, facts: &Facts) -> bool {
    let Some(mine) = facts
        .people
        .get(&me)
        .filter(|_| is_for(me, document, facts))
    else {
        return false;
    };
    // Whoever was asked to sign before they see clients, and has signed nothing of it, sees none.
    let unsigned = facts.requirements.iter().any(|(agreement, asked)| {
        let of_me = asked.terms.required_of.intersection(&mine.roles).count() > 0;
        let from_me = match asked.terms.waits {
            Waits::Nobody => false,
            Waits::Newcomers => asked.began < mine.joined_at,
            Waits::Everybody => true,
        };
        of_me && from_me && !facts.signatures.contains_key(&(me, *agreement))
    });
    let of_client = matches!(document.kind, DocumentKind::Client | DocumentKind::Orders);
    !(unsigned && of_client)
}

/// Whether it is this person's to work with, whatever they still have to sign: what they write of it counts.
fn is_for(me: PersonId, document: DocumentId, facts: &Facts) -> bool {
    let Some(mine) = facts.people.get(&me) else {
        return false;
    };
    if facts.erased.contains_key(&document) {
        return false;
    }
    if mine.status != PersonStatus::Active {
        return false;
    }
    let is = |role| mine.roles.contains(&role);
    let of_person = |owner: PersonId| {
        let team_of_owner = facts.people.get(&owner).and_then(|owner| owner.team);
        let same_team = mine.team.is_some() && mine.team == team_of_owner;
        owner == me || is(Role::Director) || (is(Role::TeamManager) && same_team)
    };
    let of_client = |client: ClientId| {
        let grant = facts.grants.get(&DocumentId::from(client));
        grant.is_some_and(|grant| of_person(grant.owner) || grant.shared_with.contains(&me))
    };
    let id = document.id;
    match document.kind {
        DocumentKind::Workspace | DocumentKind::Company => true,
        DocumentKind::Team => mine.team == Some(TeamId(id)) || is(Role::Director) || is(Role::Hr),
        DocumentKind::Person => of_person(PersonId(id)),
        DocumentKind::Reviews => of_person(PersonId(id)) || is(Role::Hr),
        DocumentKind::Pay => of_person(PersonId(id)) || is(Role::Finance),
        DocumentKind::Client => of_client(ClientId(id)),
        DocumentKind::Orders => {
            let processes = is(Role::OrderDesk) || is(Role::Finance) || is(Role::Director);
            of_client(ClientId(id)) || processes
        }
    }
}

/// Whether the relay takes in what this person sends of it, before anybody looks inside: whoever handed a client over may
/// not have heard of it yet.
pub(super) fn may_send(me: PersonId, document: DocumentId, facts: &Facts) -> bool {
    let mut handed = facts.handovers.iter().filter(|((from, _), _)| *from == me);
    let given = document
        .client()
        .is_some_and(|client| handed.any(|(_, it)| it.clients.contains_key(&client)));
    is_for(me, document, facts) || (given && !facts.erased.contains_key(&document))
}

/// The document whose readers alone may know a fact. `None` for what everybody may know.
fn goes_with(key: FactKey) -> Option<DocumentId> {
    use TrainingKey as T;
    match key {
        FactKey::Grant(document) => Some(document),
        FactKey::Survey(client, _) => Some(client.into()),
        FactKey::Order(client, _) => Some(DocumentId::orders(client)),
        FactKey::Handover(giver, _) => Some(giver.into()),
        FactKey::PayTerms(person)
        | FactKey::PayAdjustment(person, _)
        | FactKey::PayStatement(person, _) => Some(DocumentId::pay(person)),
        FactKey::Certificate(person, _)
        | FactKey::ScoredAs(person)
        | FactKey::Review(person, _)
        | FactKey::SurveyReply(person, _)
        | FactKey::SurveyWords(person, ..)
        | FactKey::SurveyDigest(person)
        | FactKey::Grade(person)
        | FactKey::Training(
            T::Required(person, _)
            | T::Seat(person, _)
            | T::Register(person, _)
            | T::Score(person, _),
        ) => Some(DocumentId::reviews(person)),
        _ => None,
    }
}

/// What in a reply the device's person may not have.
pub(super) fn leak(device: DeviceId, reply: &Reply, facts: &Facts) -> Option<String> {
    let known = facts.devices.get(&device)?;
    let snapshots = reply.snapshots.iter().map(|it| ("whole", it.document));
    // Its own come back to it when they were quarantined.
    let entries = reply.entries.iter().map(|it| &it.envelope);
    let entries = entries
        .filter(|it| it.device != device)
        .map(|it| ("a change", it.document));
    let granted = reply.facts.iter().filter(|change| change.fact.is_some());
    // What a client has said of somebody is for everybody but them.
    let mut of_themself = granted.clone().filter(|change| match change.key {
        FactKey::SurveyReply(about, _) | FactKey::SurveyWords(about, ..) => about == known.person,
        _ => false,
    });
    if let Some(change) = of_themself.next() {
        return Some(format!("{:?} was sent to whom it is about", change.key));
    }
    let facts_of = granted.filter_map(|change| Some(("a fact", goes_with(change.key)?)));
    let mut sent = snapshots.chain(entries).chain(facts_of);
    let (what, leaked) =
        sent.find(|(_, it)| known.revoked_at.is_some() || !may_see(known.person, *it, facts))?;
    Some(format!(
        "{what} of {leaked} was sent to {}, who may not see it",
        known.person
    ))
}

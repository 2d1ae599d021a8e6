//! What the [`Intruder`](super::intruder::Intruder) sends, and what must become of it.

use caravan_documents::Document;
use caravan_domain::decision::{Decision, Refusal};
use caravan_domain::document::{DocumentId, DocumentKind};
use caravan_domain::edit::Edit;
use caravan_domain::id::{ClientId, DeviceId, Id, PersonId};
use caravan_domain::people::decision::{PeopleDecision, PersonChange};
use caravan_domain::role::Role;
use caravan_domain::value::Value;
use caravan_sync::envelope::{Envelope, Hash, PAYLOAD_MAX, Payload};
use caravan_sync::frame::Rejection;
use sha2::{Digest, Sha256};

use super::rights::may_send;
use super::world::World;

pub(super) struct Forgery {
    pub(super) name: &'static str,
    pub(super) envelope: Envelope,
    pub(super) fate: Fate,
}

/// What must become of it.
pub(super) enum Fate {
    /// It was none.
    Received,
    /// Received, and quarantined when it is looked into.
    Quarantined,
    Refused(Rejection),
    /// Refused without a place in the log.
    TurnedAway(Rejection),
    OutOfOrder,
    /// Refused, passed on or quarantined, as far as it can be read.
    Either,
}

/// `None` when there is nothing to do it with.
pub(super) fn forge(world: &World) -> Option<Forgery> {
    let (name, envelope, fate) = match world.dice.below(14) {
        0 => anothers_signature(world)?,
        1 => anothers_name(world)?,
        2 => not_a_decision(world),
        3 => too_much(world)?,
        4 => another_past(world)?,
        5 => a_gap(world)?,
        6..=7 => anothers_client(world)?,
        8 => a_promotion(world)?,
        9 => in_anothers_name(world)?,
        10..=11 => rotten_inside(world)?,
        _ => the_same_twice(world)?,
    };
    Some(Forgery {
        name,
        envelope,
        fate,
    })
}

type Forged = (&'static str, Envelope, Fate);

fn anothers_signature(world: &World) -> Option<Forged> {
    let mut envelope = new_client(world)?;
    envelope.signature.0[0] ^= 1;
    let fate = Fate::Refused(Rejection::BadSignature);
    Some(("another's signature", envelope, fate))
}

fn anothers_name(world: &World) -> Option<Forged> {
    let document = fresh_client(world);
    let payload = change(world, world.phones[0].was?, document)?;
    let envelope = signed(world, document, payload);
    let fate = Fate::Refused(Rejection::WrongActor);
    Some(("another's name", envelope, fate))
}

fn not_a_decision(world: &World) -> Forged {
    let junk = Payload::Decision(vec![0xff; 40]);
    let envelope = signed(world, DocumentId::WORKSPACE, junk);
    let fate = Fate::Refused(Rejection::Malformed);
    ("not a decision", envelope, fate)
}

/// Seldom: a megabyte takes its time.
fn too_much(world: &World) -> Option<Forged> {
    if !world.dice.percent(20) {
        return None;
    }
    let huge = Payload::Decision(vec![0; PAYLOAD_MAX + 1]);
    let envelope = signed(world, DocumentId::WORKSPACE, huge);
    let fate = Fate::Refused(Rejection::TooLarge);
    Some(("too much", envelope, fate))
}

fn another_past(world: &World) -> Option<Forged> {
    let mut envelope = new_client(world)?;
    envelope.previous = Hash(world.dice.bytes());
    let envelope = world.intruder.sign(envelope);
    let fate = Fate::TurnedAway(Rejection::Forked);
    Some(("another past", envelope, fate))
}

fn a_gap(world: &World) -> Option<Forged> {
    let mut envelope = new_client(world)?;
    envelope.sequence += 1 + world.dice.below(3) as u64;
    let envelope = world.intruder.sign(envelope);
    Some(("a gap", envelope, Fate::OutOfOrder))
}

/// A client or a task list that is none of Bo's.
fn anothers_client(world: &World) -> Option<Forged> {
    let facts = world.relay.core.facts();
    let bo = facts.author(world.intruder.device)?;
    let people = facts.people.keys().map(|person| DocumentId::from(*person));
    let foreign: Vec<_> = facts
        .grants
        .keys()
        .copied()
        .chain(people)
        .filter(|document| !may_send(bo, *document, facts))
        .collect();
    let document = *world.dice.pick(&foreign)?;
    let payload = change(world, world.intruder.device, document)?;
    let envelope = signed(world, document, payload);
    let fate = Fate::Refused(Rejection::NotAllowed);
    Some(("another's document", envelope, fate))
}

/// In a new client of its own, an entry that says another wrote it.
fn in_anothers_name(world: &World) -> Option<Forged> {
    let (document, at) = (fresh_client(world), world.relay.now());
    may_write_down(world)?;
    let word = world.intruder.words.next();
    let note = [
        ("text", word),
        ("by", PersonId(Id::from_bytes([1; 16])).to_string()),
    ];
    let note = note.map(|(key, text)| (key.to_owned(), Value::Text(text)));
    let edit = Edit::put(document, &["interactions", "0"], Value::Map(note.into()));
    let mut fresh = Document::new(document);
    let change = fresh.commit(world.intruder.device, at, &[edit]).ok()??;
    let envelope = signed(world, document, Payload::Change(change.bytes));
    Some(("in another's name", envelope, Fate::Quarantined))
}

/// A change of its own with a bit turned over, the checksum mended and the whole well signed. Many
/// of them Automerge cannot take.
fn rotten_inside(world: &World) -> Option<Forged> {
    may_write_down(world)?;
    let document = fresh_client(world);
    let Payload::Change(mut bytes) = change(world, world.intruder.device, document)? else {
        return None;
    };
    // Behind dependencies, actor and counts, of which the relay reads the first itself.
    const HEADER: usize = 80;
    let place = HEADER + world.dice.below(bytes.len().checked_sub(HEADER + 16)?);
    bytes[place] ^= 1 << world.dice.below(8);
    let digest = Sha256::digest(&bytes[8..]);
    bytes[4..8].copy_from_slice(&digest[..4]);
    let envelope = signed(world, document, Payload::Change(bytes));
    Some(("rotten inside", envelope, Fate::Either))
}

fn may_write_down(world: &World) -> Option<()> {
    let facts = world.relay.core.facts();
    let bo = facts.author(world.intruder.device)?;
    let works = [Role::AccountManager, Role::TeamManager, Role::Director];
    let works = works.iter().any(|role| facts.has_role(bo, *role));
    works.then_some(())
}

fn a_promotion(world: &World) -> Option<Forged> {
    let facts = world.relay.core.facts();
    let bo = facts.author(world.intruder.device)?;
    if facts.has_role(bo, Role::Director) {
        return None;
    }
    let promotion = Decision::People(PeopleDecision::ChangePerson {
        person: bo,
        change: PersonChange::Roles([Role::Director, Role::Administrator].into()),
    });
    let payload = Payload::of_decision(&promotion);
    let envelope = signed(world, DocumentId::WORKSPACE, payload);
    let fate = Fate::Refused(Rejection::Decision(Refusal::NotAllowed));
    Some(("a promotion", envelope, fate))
}

/// What counted once, after the right to write it is gone; before that, the writing of it.
fn the_same_twice(world: &World) -> Option<Forged> {
    let facts = world.relay.core.facts();
    let bo = facts.author(world.intruder.device)?;
    if let Some((document, payload)) = world.intruder.written.clone() {
        if may_send(bo, document, facts) {
            return None;
        }
        let envelope = signed(world, document, payload);
        let fate = Fate::Refused(match facts.is_erased(document) {
            true => Rejection::Erased,
            false => Rejection::Repeated,
        });
        return Some(("the same twice", envelope, fate));
    }
    may_write_down(world)?;
    Some(("nothing wrong", new_client(world)?, Fate::Received))
}

fn fresh_client(world: &World) -> DocumentId {
    ClientId(Id::from_bytes(world.dice.bytes())).into()
}

fn new_client(world: &World) -> Option<Envelope> {
    let document = fresh_client(world);
    let payload = change(world, world.intruder.device, document)?;
    Some(signed(world, document, payload))
}

fn signed(world: &World, document: DocumentId, payload: Payload) -> Envelope {
    let at = world.relay.now();
    world.intruder.envelope(at, document, payload)
}

fn change(world: &World, actor: DeviceId, document: DocumentId) -> Option<Payload> {
    let word = world.intruder.words.next();
    let path: &[&str] = match document.kind {
        DocumentKind::Person => &["tasks", "0", "title"],
        _ => &["profile", "name"],
    };
    let edit = Edit::put(document, path, word.as_str());
    let mut fresh = Document::new(document);
    let change = fresh.commit(actor, world.relay.now(), &[edit]);
    Some(Payload::Change(change.ok()??.bytes))
}

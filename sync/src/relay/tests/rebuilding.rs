//! A log that begins anew with what a director's device has.

use caravan_domain::document::DocumentId;
use caravan_domain::facts::{Fact, FactChange, FactKey, Workspace};
use caravan_domain::time::Instant;

use super::world::*;
use crate::cursor::{CatchUp, Cursor};
use crate::envelope::Envelope;
use crate::frame::{Rejection, Snapshot, Verdict};
use crate::join::JoinError;
use crate::rebuild::{Claim, WITNESSES_MAX};
use crate::relay::memory::MemoryLog;
use crate::relay::rebuild::{check_documents, facts_of, witnesses};
use crate::relay::{Refill, RelayCore, assemble};

const HOUR: i64 = 60 * 60 * 1000;

fn claim(number: usize) -> Claim {
    Claim {
        token: [1; 16],
        workspace: WORKSPACE,
        device: device(number),
        key: key(device(number)),
        facts_of: Instant::from_millis(0),
        password: String::new(),
    }
}

/// Those of the relay, and the workspace's own.
fn all_facts(world: &World) -> Vec<FactChange> {
    let facts = world.core.facts();
    let mut all: Vec<_> = facts
        .keys()
        .map(|key| FactChange {
            key,
            fact: facts.get(key),
        })
        .collect();
    all.push(FactChange {
        key: FactKey::Workspace,
        fact: Some(Fact::Workspace(Workspace {
            name: "Caravan".into(),
            founded_at: world.now,
        })),
    });
    all
}

/// Everything is gone but the facts, and of the documents what the director has just been sent.
fn rebuild(world: &mut World) {
    let changes = facts_of(&claim(DIRECTOR), all_facts(world)).unwrap();
    let mut log = MemoryLog::default();
    let mut core = RelayCore::new(WORKSPACE);
    let mut pending = core.begin();
    let giver = device(DIRECTOR);
    log.write(&core.bind(&mut pending, giver, key(giver), changes));
    log.write_key(giver, key(giver));
    let documents: Vec<_> = world.phones[DIRECTOR].documents.keys().copied().collect();
    let whole = |document| assemble(document, u64::MAX, &world.log).unwrap().snapshot;
    let bases: Vec<_> = documents.into_iter().map(whole).collect();
    check_documents(&bases, pending.facts()).unwrap();
    bases.into_iter().for_each(|base| log.write_base(base));
    core.commit(pending);
    log.write_refill(Refill {
        since: 1,
        until: world.now.plus_millis(HOUR),
        facts_of: Some(world.now),
    });
    world.log = log;
    for number in 0..PEOPLE {
        world.log.write_key(device(number), key(device(number)));
    }
    world.core = RelayCore::restore(WORKSPACE, world.log.restored());
    for phone in &mut world.phones {
        phone.cursor = Cursor::default();
    }
}

fn begun() -> (World, Envelope, Envelope) {
    let mut world = World::new();
    let first = world.phones[ANN].change(client(1), 0);
    world.deliver(ANN, first.clone());
    world.catch_up(DIRECTOR);
    world.catch_up(ANN);
    // The director does not hear of this one any more.
    let second = world.phones[ANN].change(client(1), 0);
    (world, first, second)
}

#[test]
fn what_it_begins_with_is_sent_once_and_built_upon() {
    let (mut world, first, second) = begun();
    rebuild(&mut world);
    world.phones[BO].documents.clear();
    let sent = world.pull(DIRECTOR);
    let whole = sent.snapshots.iter().find(|it| it.document == client(1));
    assert_eq!(whole.unwrap().received.len(), 1);
    // Its proof takes its place in the chain, and the change stands there once.
    let back = world.push(ANN, &[first, second]);
    assert!(
        back.receipts
            .iter()
            .all(|it| matches!(it.verdict, Verdict::Received { .. }))
    );
    let position = world.core.position();
    let whole = assemble(client(1), position, &world.log).unwrap();
    assert_eq!(whole.snapshot.received.len(), 2);
    assert_eq!(world.core.lacks_from(device(ANN)), Some(3));
}

#[test]
fn what_was_allowed_then_is_not_asked_again_and_leaves_who_may_not_read_it() {
    let (mut world, first, late) = begun();
    world.assign(DIRECTOR, &[1], BO);
    rebuild(&mut world);
    let back = world.push(ANN, std::slice::from_ref(&first));
    assert!(matches!(back.receipts[0].verdict, Verdict::Received { .. }));
    // What rests on it and is not in the base is judged as ever, when the refill is over.
    let waits = world.push(ANN, std::slice::from_ref(&late));
    assert_eq!(waits.receipts[0].verdict, Verdict::Waits);
    world.now = world.now.plus_millis(HOUR);
    let refused = world.push(ANN, std::slice::from_ref(&late));
    assert!(matches!(
        refused.receipts[0].verdict,
        Verdict::Refused {
            reason: Rejection::NotAllowed,
            ..
        }
    ));
    // Her phone still has the client, and is told to let go of it.
    world.phones[ANN].cursor = Cursor {
        sequence: world.core.released(),
        catch_up: CatchUp::Everything {
            after: DocumentId::WORKSPACE,
        },
    };
    assert_eq!(world.pull(ANN).purges, [client(1), orders(1)]);
}

#[test]
fn facts_must_hold_together_and_make_the_giver_a_director() {
    let (world, ..) = begun();
    let all = all_facts(&world);
    assert!(facts_of(&claim(DIRECTOR), all.clone()).is_ok());
    for number in [MANAGER, ANN, ADMINISTRATOR] {
        let refused = facts_of(&claim(number), all.clone());
        assert_eq!(refused, Err(JoinError::NotADirector));
    }
    let malformed = Err(JoinError::Malformed);
    let twice = [all.clone(), all[..1].to_vec()].concat();
    assert_eq!(facts_of(&claim(DIRECTOR), twice), malformed);
    let mut without = all.clone();
    without.retain(|it| it.key != FactKey::Workspace);
    assert_eq!(facts_of(&claim(DIRECTOR), without), malformed);
    let mut another = all.clone();
    another[0].fact = all.last().unwrap().fact.clone();
    assert_eq!(facts_of(&claim(DIRECTOR), another), malformed);
    let mut removed = all;
    removed[0].fact = None;
    assert_eq!(facts_of(&claim(DIRECTOR), removed), malformed);
}

#[test]
fn documents_are_plain_changes_of_what_the_facts_name() {
    let (mut world, first, _) = begun();
    let whole = assemble(client(1), u64::MAX, &world.log).unwrap().snapshot;
    let facts = world.core.facts().clone();
    let check = |documents: &[Snapshot]| check_documents(documents, &facts);
    assert_eq!(check(std::slice::from_ref(&whole)), Ok(()));
    let of = |document| Snapshot {
        document,
        ..whole.clone()
    };
    for wrong in [
        vec![whole.clone(), whole.clone()],
        vec![of(DocumentId::WORKSPACE)],
        vec![of(client(9))],
        vec![Snapshot {
            chunks: Vec::new(),
            ..whole.clone()
        }],
        vec![Snapshot {
            chunks: whole.chunks[1..].to_vec(),
            ..whole.clone()
        }],
    ] {
        assert_eq!(check(&wrong), Err(JoinError::Malformed));
    }
    // Of each device a few envelopes are kept, of one that nobody knows none.
    let many = vec![first.clone(); 2 * WITNESSES_MAX];
    let stranger = Envelope {
        device: caravan_domain::id::DeviceId(caravan_domain::id::Id::from_bytes([77; 16])),
        ..first
    };
    let kept = witnesses([many, vec![stranger.clone()]].concat(), &facts);
    assert_eq!(kept[&device(ANN)].len(), WITNESSES_MAX);
    assert!(kept[&stranger.device].is_empty());
    world.assign(DIRECTOR, &[1], BO);
}

//! Between receiving a change and passing it on.

use caravan_domain::facts::Facts;

use super::world::*;
use crate::cursor::Cursor;
use crate::frame::{Quarantine, Rejection, Reply, Verdict};
use crate::relay::{Limit, Quarantined, RelayCore};

const ALL: Limit = Limit {
    entries: usize::MAX,
    bytes: usize::MAX,
};

#[test]
fn nothing_is_passed_on_before_it_was_looked_into() {
    let mut world = World::new();
    world.write(ANN, client(1), 0);
    for phone in [MANAGER, BO] {
        world.catch_up(phone);
    }
    world.releases_at_once = false;
    world.write(ANN, client(1), 0);
    // A new one, which comes whole, and a decision behind both.
    world.write(ANN, client(2), 0);
    world.assign(DIRECTOR, &[1], BO);
    let (waiting, upto) = world.core.waiting().next(ALL, &world.log).unwrap();
    assert_eq!((waiting.len(), upto), (3, world.core.position()));
    for phone in [MANAGER, BO] {
        let replies = world.catch_up(phone);
        let came = |reply: &Reply| reply.entries.len() + reply.snapshots.len();
        assert_eq!(replies.iter().map(came).sum::<usize>(), 0, "phone {phone}");
        assert!(world.phones[phone].cursor.sequence < waiting[0].sequence);
    }
    world.release(Vec::new());
    assert_eq!(world.core.released(), world.core.position());
    for (phone, held) in [(MANAGER, [false, true]), (BO, [true, false])] {
        world.catch_up(phone);
        let documents = &world.phones[phone].documents;
        let holds = [1, 2].map(|number| documents.contains_key(&client(number)));
        assert_eq!(holds, held, "phone {phone}");
    }
}

#[test]
fn what_is_quarantined_goes_back_to_its_author_and_to_nobody_else() {
    let mut world = World::new();
    world.write(ANN, client(1), 0);
    for phone in [ANN, MANAGER] {
        world.catch_up(phone);
    }
    world.releases_at_once = false;
    world.write(ANN, client(1), 0);
    world.write(ANN, client(2), 0);
    let sequence = world.core.position() - 1;
    let reason = Quarantine::Unsound;
    world.release(vec![Quarantined { sequence, reason }]);

    let replies = world.catch_up(ANN);
    let returned: Vec<_> = replies.iter().flat_map(|reply| &reply.receipts).collect();
    assert_eq!(returned.len(), 1);
    let refused = Rejection::Quarantined(reason);
    assert!(matches!(returned[0].verdict, Verdict::Refused { reason, .. } if reason == refused));
    let envelopes: Vec<_> = replies.iter().flat_map(|reply| &reply.entries).collect();
    assert_eq!(envelopes.len(), 1);
    assert_eq!(envelopes[0].envelope.sequence, returned[0].sequence);

    let replies = world.catch_up(MANAGER);
    let passed_on: Vec<_> = replies.iter().flat_map(|reply| &reply.entries).collect();
    assert_eq!(passed_on.len(), 1, "the client written after it came");
    assert_eq!(passed_on[0].envelope.document, client(2));

    // What rests on it can count no more; a repeat gets the new verdict, also after a restart.
    world.core = RelayCore::restore(WORKSPACE, world.log.restored());
    assert_eq!(world.core.released(), world.core.position());
    let receipt = world.write(ANN, client(1), 0);
    let expected = Rejection::RestsOnRefused;
    assert!(matches!(receipt.verdict, Verdict::Refused { reason, .. } if reason == expected));
}

#[test]
fn decisions_alone_wait_for_nobody() {
    let mut world = World::new();
    world.write(ANN, client(1), 0);
    world.releases_at_once = false;
    world.assign(DIRECTOR, &[1], BO);
    assert_eq!(world.core.released(), world.core.position());
}

#[test]
fn what_was_quarantined_goes_back_to_a_device_that_begins_from_nothing() {
    let mut world = World::new();
    world.releases_at_once = false;
    world.write(ANN, client(1), 0);
    let sequence = world.core.position();
    let reason = Quarantine::NotAllowed;
    world.release(vec![Quarantined { sequence, reason }]);
    for _ in 0..2 {
        world.phones[ANN].cursor = Cursor::default();
        let replies = world.catch_up(ANN);
        let returned = replies.iter().flat_map(|reply| &reply.receipts);
        let verdicts: Vec<_> = returned.map(|it| it.verdict.clone()).collect();
        let refused = Rejection::Quarantined(reason);
        assert!(
            matches!(verdicts[..], [Verdict::Refused { reason, .. }] if reason == refused),
            "{verdicts:?}"
        );
        world.core = RelayCore::restore(WORKSPACE, world.log.restored());
    }
}

#[test]
fn what_waits_to_be_looked_into_is_held_against_the_facts_of_when_it_came() {
    let mut world = World::new();
    world.write(ANN, client(1), 0);
    world.assign(DIRECTOR, &[1], ANN);
    world.releases_at_once = false;
    let owner = |facts: &Facts| facts.grants.get(&client(1)).map(|grant| grant.owner);
    let mut came = Vec::new();
    for next in [BO, MANAGER, BO] {
        world.write(DIRECTOR, client(1), 0);
        came.push((world.core.position(), owner(world.core.facts())));
        world.assign(DIRECTOR, &[1], next);
    }
    let mut then = world.core.facts_then(None);
    for (sequence, expected) in came {
        assert_eq!(owner(then.at(sequence)), expected, "at {sequence}");
    }
    assert_eq!(then.at(world.core.position()), world.core.facts());
    world.release(Vec::new());
    for former in [None, Some(then)] {
        let mut then = world.core.facts_then(former);
        assert_eq!(then.at(0), world.core.facts());
    }
}

#[test]
fn facts_are_gone_on_with_only_from_where_the_log_was_released() {
    let mut world = World::new();
    world.write(ANN, client(1), 0);
    world.assign(DIRECTOR, &[1], ANN);
    let mut then = world.core.facts_then(None);
    then.at(world.core.position());
    // Nothing waits: what is decided now nobody looks into, and the walk has not seen it.
    world.assign(DIRECTOR, &[1], BO);
    world.releases_at_once = false;
    world.write(DIRECTOR, client(1), 0);
    assert_eq!(
        world.core.facts_then(Some(then)),
        world.core.facts_then(None)
    );
    // It was walked further than was released.
    let mut then = world.core.facts_then(None);
    world.assign(DIRECTOR, &[1], ANN);
    then.at(world.core.position());
    assert_eq!(
        world.core.facts_then(Some(then)),
        world.core.facts_then(None)
    );
}

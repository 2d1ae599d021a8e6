use caravan_documents::Document;
use caravan_domain::document::{DocumentId, DocumentKind};
use caravan_domain::facts::PersonStatus;
use caravan_domain::people::decision::PersonChange;
use proptest::prelude::*;

use super::world::*;
use crate::envelope::{Envelope, Hash, Payload, Signature};
use crate::frame::{Rejection, Verdict};
use crate::relay::memory::MemoryLog;
use crate::relay::{Admission, DERIVED, RelayCore};

const HOUR: i64 = 60 * 60 * 1000;

/// Put back to what `backup` holds, and refilled for an hour.
fn restore(world: &mut World, mut backup: MemoryLog) {
    backup.refill_until(world.now.plus_millis(HOUR));
    world.core = RelayCore::restore(WORKSPACE, backup.restored());
    world.log = backup;
}

fn give(world: &mut World, envelopes: &[Envelope]) -> Admission {
    let mut pending = world.core.begin();
    let now = world.now;
    let given = world
        .core
        .refill(&mut pending, now, envelopes, &verify, &world.log);
    let admission = given.unwrap();
    world.log.write(&admission);
    world.core.commit(pending);
    world.release(Vec::new());
    admission
}

/// What came after the backup, in the log's order.
fn newer(world: &World, backup: &MemoryLog) -> Vec<Envelope> {
    let known = backup.iter().count();
    let newer = world.log.iter().skip(known);
    newer
        .map(|entry| Envelope::from_bytes(&entry.envelope).unwrap())
        .collect()
}

fn received(admission: &Admission) -> Vec<bool> {
    let receipts = admission.receipts.iter();
    receipts
        .map(|it| matches!(it.verdict, Verdict::Received { .. }))
        .collect()
}

fn refusal(admission: &Admission) -> Option<Rejection> {
    match admission.receipts.first()?.verdict {
        Verdict::Refused { reason, .. } => Some(reason),
        _ => None,
    }
}

/// Devices come in any order, each with its own in its order or with what it has of others', again
/// and again until nothing moves.
fn refill(world: &mut World, mut missing: Vec<Envelope>, mut seed: u64) {
    let mut dice = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(seed >> 33).unwrap() % below
    };
    let mut idle = 0;
    while !missing.is_empty() && idle < 60 {
        let number = dice(PEOPLE);
        let offered: Vec<_> = match dice(2) {
            0 => missing
                .iter()
                .filter(|it| it.device == device(number))
                .cloned()
                .collect(),
            _ => {
                let changes = missing.iter().filter(|it| is_change(it));
                changes.filter(|_| dice(3) == 0).cloned().collect()
            }
        };
        let own = offered.iter().all(|it| it.device == device(number));
        let admission = match own {
            true => world.push(number, &offered),
            false => give(world, &offered),
        };
        let taken = received(&admission);
        let taken: Vec<_> = offered.iter().zip(taken).filter(|(_, it)| *it).collect();
        idle = if taken.is_empty() { idle + 1 } else { 0 };
        missing.retain(|it| !taken.iter().any(|(taken, _)| *taken == it));
    }
}

fn is_change(envelope: &Envelope) -> bool {
    matches!(envelope.payload, Payload::Change(_))
}

#[test]
fn what_everybody_derives_is_known_by_its_hash() {
    let derived = DocumentKind::ALL.into_iter().flat_map(Document::genesis);
    let derived: Vec<_> = derived.map(|head| Hash(head.0)).collect();
    assert_eq!(derived, DERIVED);
}

#[test]
fn a_change_waits_for_what_it_rests_on() {
    let mut world = World::new();
    let backup = world.log.clone();
    world.write(ANN, client(1), 0);
    world.catch_up(MANAGER);
    world.write(MANAGER, client(1), 0);
    let newer = newer(&world, &backup);
    restore(&mut world, backup);
    let [first, second] = newer.as_slice() else {
        panic!("two were written");
    };
    let early = world.push(MANAGER, std::slice::from_ref(second));
    assert_eq!(early.receipts[0].verdict, Verdict::Waits);
    assert!(early.appends.is_empty(), "its place stays free");
    // From whoever reads it: its author is gone.
    assert_eq!(
        received(&give(&mut world, std::slice::from_ref(first))),
        [true]
    );
    assert_eq!(world.core.facts().owner(client(1)), Some(person(ANN)));
    assert_eq!(
        received(&world.push(MANAGER, std::slice::from_ref(second))),
        [true]
    );
    assert_eq!(world.accepted()[&client(1)].len(), 2);
}

#[test]
fn who_wrote_before_they_lost_the_right_is_not_refused_because_the_loss_came_first() {
    let mut world = World::new();
    world.write(ANN, client(1), 0);
    world.write(BO, client(2), 0);
    let backup = world.log.clone();
    world.write(ANN, client(1), 0);
    world.write(BO, client(2), 0);
    world.assign(DIRECTOR, &[1], BO);
    world.change_person(
        DIRECTOR,
        BO,
        PersonChange::Status(PersonStatus::Deactivated),
    );
    let newer = newer(&world, &backup);
    restore(&mut world, backup);
    assert_eq!(received(&world.push(DIRECTOR, &newer[2..])), [true, true]);
    assert_eq!(received(&give(&mut world, &newer[..2])), [true, true]);
    // What Ann never could is no more allowed than before.
    let foreign = world.phones[ANN].change(client(2), 1);
    let tried = world.push(ANN, std::slice::from_ref(&foreign));
    assert_eq!(tried.receipts[0].verdict, Verdict::Waits);
    // Then as ever.
    world.now = world.now.plus_millis(HOUR);
    let tried = world.push(ANN, std::slice::from_ref(&foreign));
    assert_eq!(refusal(&tried), Some(Rejection::NotAllowed));
    assert_eq!(tried.appends.len(), 1);
}

#[test]
fn a_gap_is_filled_whenever_its_envelope_comes() {
    let mut world = World::new();
    let backup = world.log.clone();
    for number in [1, 2, 3] {
        world.write(ANN, client(number), 0);
    }
    let newer = newer(&world, &backup);
    restore(&mut world, backup);
    assert_eq!(received(&give(&mut world, &newer[2..])), [true]);
    assert_eq!(
        received(&give(&mut world, &newer[2..])),
        [true],
        "the same again"
    );
    assert_eq!(world.core.lacks_from(device(ANN)), Some(1));
    // What the relay finds when it starts again is the same.
    world.core = RelayCore::restore(WORKSPACE, world.log.restored());
    assert_eq!(world.core.lacks_from(device(ANN)), Some(1));
    // New work goes on, and after the refill too.
    let next = world.phones[ANN].change(client(3), 0);
    assert_eq!(received(&world.push(ANN, &[next])), [true]);
    world.now = world.now.plus_millis(HOUR);
    let next = world.phones[ANN].change(client(3), 0);
    let after = world.phones[ANN].change(client(3), 0);
    // It rests on one that is missing and may come.
    let gap = world.push(ANN, std::slice::from_ref(&after));
    assert_eq!(gap.receipts[0].verdict, Verdict::OutOfOrder { expected: 5 });
    assert_eq!(received(&world.push(ANN, &[next, after])), [true, true]);
    assert_eq!(received(&world.push(ANN, &newer[..2])), [true, true]);
    assert_eq!(world.core.lacks_from(device(ANN)), Some(7));
    assert_eq!(
        world.log.iter().filter(|it| it.refusal.is_none()).count(),
        6
    );
}

#[test]
fn a_device_goes_on_without_what_it_has_no_more() {
    let mut world = World::new();
    world.write(ANN, client(1), 0);
    let backup = world.log.clone();
    world.write(ANN, client(2), 0);
    restore(&mut world, backup);
    world.now = world.now.plus_millis(2 * HOUR);
    let next = world.phones[ANN].change(client(1), 0);
    let third = world.phones[ANN].change(client(1), 0);
    assert_eq!(received(&world.push(ANN, &[next, third])), [true, true]);
    assert_eq!(world.core.lacks_from(device(ANN)), Some(2));
}

#[test]
fn nobody_puts_into_anothers_chain_what_its_device_has_not_signed() {
    let mut world = World::new();
    world.write(ANN, client(1), 0);
    let backup = world.log.clone();
    let signed = world.phones[ANN].change(client(1), 0);
    let decision = world.phones[ANN].envelope(DocumentId::WORKSPACE, Payload::Decision(vec![99]));
    restore(&mut world, backup);
    let forged = Envelope {
        signature: Signature([7; 64]),
        ..signed.clone()
    };
    let other = sealed(Envelope {
        previous: Hash([1; 32]),
        ..signed.clone()
    });
    for (envelope, reason) in [
        // Also when the next one would vouch for it: that one may never be written.
        (forged, Rejection::BadSignature),
        (other, Rejection::Forked),
        (decision, Rejection::NotAllowed),
    ] {
        let tried = give(&mut world, &[envelope]);
        assert_eq!(refusal(&tried), Some(reason));
        assert!(tried.appends.is_empty(), "its place stays free");
    }
    let unknown = sealed(Envelope {
        device: device(77),
        ..signed.clone()
    });
    assert_eq!(
        give(&mut world, &[unknown]).receipts[0].verdict,
        Verdict::Waits
    );
    world.now = world.now.plus_millis(HOUR);
    let late = give(&mut world, std::slice::from_ref(&signed));
    assert_eq!(refusal(&late), Some(Rejection::NotAllowed));
    assert!(late.appends.is_empty());
    assert_eq!(
        received(&world.push(ANN, std::slice::from_ref(&signed))),
        [true]
    );
    assert_eq!(
        received(&give(&mut world, &[signed])),
        [true],
        "it is told what is there"
    );
}

/// Somebody works, or the director decides: of decisions of two people the later may undo the right to
/// the earlier one, so that they do not commute.
fn act(world: &mut World, (who, what, about): (usize, usize, usize)) {
    let (who, other) = (who % PEOPLE, about % PEOPLE);
    match what {
        0 => {
            world.assign(DIRECTOR, &[1 + about % 4], other);
        }
        1 => {
            let status = [PersonStatus::Deactivated, PersonStatus::Active][about % 2];
            world.change_person(DIRECTOR, BO, PersonChange::Status(status));
        }
        2 => {
            let team = [Some(NORTH), Some(SOUTH)][about % 2];
            world.change_person(DIRECTOR, ANN, PersonChange::Team(team));
        }
        _ => {
            // Whoever writes in another's client has read it.
            world.catch_up(who);
            world.write(who, client(1 + about % 4), 0);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_accepted_change_comes_back_in_any_order(
        before in proptest::collection::vec((0..PEOPLE, 0..9usize, 0..20usize), 0..20),
        after in proptest::collection::vec((0..PEOPLE, 0..9usize, 0..20usize), 1..30),
        seed: u64,
    ) {
        let mut world = World::new();
        before.into_iter().for_each(|it| act(&mut world, it));
        let backup = world.log.clone();
        after.into_iter().for_each(|it| act(&mut world, it));
        let accepted = world.accepted();
        let known = backup.iter().count();
        let counted: Vec<_> = world.log.iter().skip(known).filter(|it| it.refusal.is_none()).collect();
        let missing = counted.iter().map(|it| Envelope::from_bytes(&it.envelope).unwrap());
        let changes: Vec<_> = missing.collect();
        restore(&mut world, backup);
        refill(&mut world, changes, seed);
        for (document, changes) in accepted {
            let back = world.accepted().remove(&document).unwrap_or_default();
            prop_assert!(changes.is_subset(&back), "{document} lacks changes");
        }
    }
}

use std::cell::Cell;

use caravan_domain::decision::{Decision, Refusal};
use caravan_domain::document::DocumentId;
use caravan_domain::facts::PersonStatus;
use caravan_domain::id::{ClientId, Id};
use caravan_domain::people::decision::{PeopleDecision, PersonChange};

use super::world::*;
use crate::envelope::{Envelope, Hash, PAYLOAD_MAX, Payload, Signature};
use crate::frame::{Receipt, Rejection, Verdict};
use crate::join::PublicKey;
use crate::relay::{RelayCore, RelayError, Standing};

fn verdicts(receipts: &[Receipt]) -> Vec<Verdict> {
    receipts
        .iter()
        .map(|receipt| receipt.verdict.clone())
        .collect()
}

fn refusal(receipt: &Receipt) -> Option<Rejection> {
    match receipt.verdict {
        Verdict::Refused { reason, .. } => Some(reason),
        _ => None,
    }
}

fn is_received(receipt: &Receipt) -> bool {
    matches!(receipt.verdict, Verdict::Received { .. })
}

#[test]
fn a_client_belongs_to_whoever_writes_it_down_first() {
    let mut world = World::new();
    assert!(is_received(&world.write(ANN, client(1), 0)));
    assert_eq!(world.core.facts().owner(client(1)), Some(person(ANN)));
    assert_eq!(
        refusal(&world.write(BO, client(1), 0)),
        Some(Rejection::NotAllowed)
    );
    assert_eq!(world.core.facts().owner(client(1)), Some(person(ANN)));
}

#[test]
fn a_repeat_gets_the_first_receipt_however_late() {
    let mut world = World::new();
    let first = world.phones[ANN].change(client(1), 0);
    let refused = world.phones[ANN].envelope(DocumentId::WORKSPACE, Payload::Decision(vec![99]));
    let pushed = [first, refused];
    let once = world.push(ANN, &pushed);
    assert!(is_received(&once.receipts[0]));
    assert_eq!(refusal(&once.receipts[1]), Some(Rejection::Malformed));
    world.write(BO, client(2), 0);
    let again = world.push(ANN, &pushed);
    assert_eq!(again.receipts, once.receipts);
    assert!(again.appends.is_empty() && again.facts.is_empty());
    // The same, twice in one push.
    let third = world.phones[ANN].change(client(1), 0);
    let both = world.push(ANN, &[third.clone(), third]);
    assert_eq!(both.receipts[0], both.receipts[1]);
    assert_eq!(both.appends.len(), 1);
}

#[test]
fn after_a_gap_nothing_is_looked_at() {
    let mut world = World::new();
    let pushed: Vec<_> = (0..3)
        .map(|_| world.phones[ANN].change(client(1), 0))
        .collect();
    let admission = world.push(ANN, &[pushed[0].clone(), pushed[2].clone()]);
    let gap = Verdict::OutOfOrder { expected: 2 };
    assert_eq!(verdicts(&admission.receipts)[1], gap);
    assert_eq!(admission.appends.len(), 1);
    assert!(world.push(ANN, &pushed).receipts.iter().all(is_received));
}

#[test]
fn a_copied_device_is_told_so() {
    let mut world = World::new();
    world.write(ANN, client(1), 0);
    world.phones[ANN].sequence = 0;
    world.phones[ANN].previous = Hash::NONE;
    let copy = [
        world.phones[ANN].change(client(2), 1),
        world.phones[ANN].change(client(2), 1),
    ];
    let admission = world.push(ANN, &copy);
    // The first has a number that is taken, the second hangs on the first.
    assert_eq!(refusal(&admission.receipts[0]), Some(Rejection::Forked));
    assert_eq!(refusal(&admission.receipts[1]), Some(Rejection::Forked));
    assert!(admission.appends.is_empty());
}

#[test]
fn what_is_refused_is_kept_and_holds_nothing_up() {
    let mut world = World::new();
    world.write(BO, client(9), 0);
    let unsigned = unsigned(world.phones[ANN].change(client(1), 0));
    let alone = world.push(ANN, &[unsigned]);
    assert_eq!(refusal(&alone.receipts[0]), Some(Rejection::BadSignature));
    assert_eq!(alone.appends.len(), 1);
    let phone = &mut world.phones[ANN];
    let stolen = chunk(&[], device(BO), 1, 0);
    let pushed = [
        phone.envelope(client(2), Payload::Change(stolen)),
        phone.change(client(9), 0),
        phone.change(client(3), PAYLOAD_MAX),
        phone.envelope(client(2), Payload::of_decision(&rename("x"))),
        phone.envelope(DocumentId::WORKSPACE, Payload::of_decision(&rename("x"))),
        phone.change(client(4), 0),
    ];
    let admission = world.push(ANN, &pushed);
    let reasons: Vec<_> = admission.receipts.iter().map(refusal).collect();
    assert_eq!(
        reasons,
        [
            Some(Rejection::WrongActor),
            Some(Rejection::NotAllowed),
            Some(Rejection::TooLarge),
            Some(Rejection::Malformed),
            Some(Rejection::Decision(Refusal::NotAllowed)),
            None,
        ]
    );
    assert_eq!(admission.appends.len(), pushed.len());
    assert_eq!(admission.facts.len(), 1);
}

fn unsigned(envelope: Envelope) -> Envelope {
    Envelope {
        signature: Signature([7; 64]),
        ..envelope
    }
}

/// What becomes of a push by Ann, and how many signatures that took.
fn counted(world: &mut World, pushed: &[Envelope]) -> (Vec<Option<Rejection>>, u32) {
    let verified = Cell::new(0);
    let counting = |key: &PublicKey, bytes: &[u8], signature: &Signature| {
        verified.set(verified.get() + 1);
        verify(key, bytes, signature)
    };
    let mut pending = world.core.begin();
    let now = world.now;
    let admission = world
        .core
        .admit(
            &mut pending,
            now,
            device(ANN),
            pushed,
            &counting,
            &world.log,
        )
        .unwrap();
    let refusals = admission.receipts.iter().map(refusal).collect();
    (refusals, verified.get())
}

#[test]
fn one_signature_vouches_for_the_chain_that_leads_to_it() {
    let mut world = World::new();
    let mut run: Vec<_> = (1..=5)
        .map(|number| world.phones[ANN].change(client(number), 0))
        .collect();
    assert_eq!(counted(&mut world, &run), (vec![None; 5], 1));

    // Covered by the later ones.
    run[1] = unsigned(run[1].clone());
    assert_eq!(counted(&mut world, &run), (vec![None; 5], 1));

    // Not covered: the fourth's signature is the last good one.
    run[4] = unsigned(run[4].clone());
    let bad = Some(Rejection::BadSignature);
    let mut refusals = vec![None; 5];
    refusals[4] = bad;
    assert_eq!(counted(&mut world, &run), (refusals, 2));

    let run: Vec<_> = run.into_iter().map(unsigned).collect();
    assert_eq!(counted(&mut world, &run), (vec![bad; 5], 5));
}

#[test]
fn a_signature_vouches_for_nothing_that_its_chain_does_not_name() {
    let mut world = World::new();
    let first = world.phones[ANN].change(client(1), 0);
    let second = world.phones[ANN].change(client(2), 0);
    // The same place in the chain, other contents.
    let other = unsigned(Envelope {
        document: client(3),
        ..first
    });
    let (refusals, _) = counted(&mut world, &[other, second]);
    let expected = [Rejection::BadSignature, Rejection::Forked];
    assert_eq!(refusals, expected.map(Some));
}

/// A signature that the log will not hold vouches for nothing: it could not be shown to anybody later.
#[test]
fn only_the_very_next_envelope_of_the_device_vouches() {
    let vouched_by = |voucher: fn(&mut Envelope)| {
        let mut world = World::new();
        let first = unsigned(world.phones[ANN].change(client(1), 0));
        let mut second = world.phones[ANN].change(client(2), 0);
        voucher(&mut second);
        let signed = second.signed_bytes(WORKSPACE).unwrap();
        second.signature = signed_by(&key(device(ANN)), &signed);
        counted(&mut world, &[first, second]).0
    };
    let bad = Some(Rejection::BadSignature);
    assert_eq!(vouched_by(|_| {}), [None, None]);
    assert_eq!(vouched_by(|next| next.sequence = 99), [bad, None]);
    let forked = Some(Rejection::Forked);
    assert_eq!(vouched_by(|next| next.sequence = 1), [bad, forked]);
    let stranger = Some(Rejection::WrongActor);
    assert_eq!(vouched_by(|next| next.device = device(BO)), [bad, stranger]);
}

fn rename(name: &str) -> Decision {
    Decision::People(PeopleDecision::RenameWorkspace { name: name.into() })
}

#[test]
fn an_envelope_of_another_device_is_not_even_kept() {
    let mut world = World::new();
    let foreign = world.phones[BO].change(client(1), 0);
    let admission = world.push(ANN, &[foreign]);
    assert_eq!(refusal(&admission.receipts[0]), Some(Rejection::WrongActor));
    assert!(admission.appends.is_empty());
}

#[test]
fn nothing_may_rest_on_what_was_refused() {
    let mut world = World::new();
    world.write(BO, client(1), 0);
    let refused = world.phones[ANN].change(client(1), 0);
    let resting = world.phones[ANN].change(client(1), 0);
    world.push(ANN, std::slice::from_ref(&refused));
    world.assign(DIRECTOR, &[1], ANN);
    let admission = world.push(ANN, &[resting]);
    assert_eq!(
        refusal(&admission.receipts[0]),
        Some(Rejection::RestsOnRefused)
    );
    // The same change in another envelope is the same change.
    let again = world.phones[ANN].envelope(client(1), refused.payload);
    let admission = world.push(ANN, &[again]);
    assert_eq!(
        refusal(&admission.receipts[0]),
        Some(Rejection::RestsOnRefused)
    );
    // A relay that starts again still knows.
    world.core = RelayCore::restore(WORKSPACE, world.log.restored());
    let resting = world.phones[ANN].change(client(1), 1);
    assert_eq!(
        refusal(&world.deliver(ANN, resting)),
        Some(Rejection::RestsOnRefused)
    );
}

#[test]
fn refusing_again_what_counts_brings_nothing_down() {
    let mut world = World::new();
    let first = world.phones[ANN].change(client(1), 0);
    world.push(ANN, std::slice::from_ref(&first));
    world.assign(DIRECTOR, &[1], BO);
    let again = world.phones[ANN].envelope(client(1), first.payload);
    assert_eq!(
        refusal(&world.deliver(ANN, again)),
        Some(Rejection::Repeated)
    );
    world.catch_up(BO);
    assert!(is_received(&world.write(BO, client(1), 0)));
}

#[test]
fn a_store_that_fails_leaves_everything_as_it_was() {
    let mut world = World::new();
    let envelope = world.phones[ANN].change(client(1), 0);
    let before = world.core.position();
    let mut pending = world.core.begin();
    let lost = world
        .core
        .admit(
            &mut pending,
            world.now,
            device(ANN),
            std::slice::from_ref(&envelope),
            &verify,
            &world.log,
        )
        .unwrap();
    drop(pending);
    assert_eq!(
        (world.core.position(), world.core.facts().owner(client(1))),
        (before, None)
    );
    let admission = world.push(ANN, &[envelope]);
    assert_eq!(admission.appends[0].sequence, lost.appends[0].sequence);
}

#[test]
fn pushes_of_several_devices_settle_in_one_pending_state() {
    let mut world = World::new();
    let ann = world.phones[ANN].change(client(1), 0);
    let bo = world.phones[BO].change(client(1), 0);
    let mut pending = world.core.begin();
    let now = world.now;
    let core = &world.core;
    let first = core
        .admit(&mut pending, now, device(ANN), &[ann], &verify, &world.log)
        .unwrap();
    let second = core
        .admit(&mut pending, now, device(BO), &[bo], &verify, &world.log)
        .unwrap();
    assert!(is_received(&first.receipts[0]));
    assert_eq!(refusal(&second.receipts[0]), Some(Rejection::NotAllowed));
    assert_eq!(first.appends[0].sequence + 1, second.appends[0].sequence);
    world.core.commit(pending);
    assert_eq!(world.core.facts().owner(client(1)), Some(person(ANN)));
}

#[test]
fn a_device_that_was_revoked_or_lost_its_person_is_cut_off() {
    let mut world = World::new();
    let revoke = Decision::People(PeopleDecision::RevokeDevice {
        device: device(ANN),
    });
    let envelope =
        world.phones[DIRECTOR].envelope(DocumentId::WORKSPACE, Payload::of_decision(&revoke));
    let admission = world.push(DIRECTOR, &[envelope]);
    assert_eq!(admission.revoked, [device(ANN)]);
    assert_eq!(world.core.standing(device(ANN)), Standing::Revoked);
    assert_eq!(
        refusal(&world.write(ANN, client(1), 0)),
        Some(Rejection::NotAllowed)
    );

    let suspend = Decision::People(PeopleDecision::ChangePerson {
        person: person(BO),
        change: PersonChange::Status(PersonStatus::Suspended),
    });
    let envelope =
        world.phones[DIRECTOR].envelope(DocumentId::WORKSPACE, Payload::of_decision(&suspend));
    assert_eq!(world.push(DIRECTOR, &[envelope]).revoked, [device(BO)]);
    assert_eq!(world.core.standing(device(BO)), Standing::Revoked);
    assert_eq!(
        world.core.standing(device(MANAGER)),
        Standing::Active(person(MANAGER))
    );
    assert_eq!(world.core.standing(device(77)), Standing::Unknown);
}

#[test]
fn a_device_nobody_knows_is_turned_away() {
    let mut world = World::new();
    let mut pending = world.core.begin();
    let unknown = caravan_domain::id::DeviceId(Id::from_bytes([77; 16]));
    let envelope = Envelope {
        device: unknown,
        ..World::new().phones[ANN].change(ClientId(Id::from_bytes([1; 16])).into(), 0)
    };
    let turned = world.core.admit(
        &mut pending,
        world.now,
        unknown,
        &[envelope],
        &verify,
        &world.log,
    );
    assert!(matches!(turned, Err(RelayError::UnknownDevice)));
}

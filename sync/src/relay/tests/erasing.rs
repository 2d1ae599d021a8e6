use caravan_domain::clients::erasure::{EraseClient, Erased, ErasureReason};
use caravan_domain::decision::Decision;
use caravan_domain::id::ClientId;

use super::world::*;
use crate::frame::{Quarantine, Receipt, Rejection, Verdict};
use crate::relay::{Log, Quarantined, RelayCore};

fn erase(number: usize) -> Decision {
    Decision::Erase(EraseClient {
        client: ClientId(client(number).id),
        reason: ErasureReason::Asked,
    })
}

fn refusal(receipt: &Receipt) -> Option<Rejection> {
    match receipt.verdict {
        Verdict::Refused { reason, .. } => Some(reason),
        _ => None,
    }
}

#[test]
fn everybody_who_had_it_is_told_to_remove_it() {
    let mut world = World::new();
    world.write(ANN, client(1), 0);
    world.write(ANN, client(2), 0);
    for number in [DIRECTOR, MANAGER, ANN, BO] {
        world.catch_up(number);
    }
    assert_eq!(refusal(&world.decide(ADMINISTRATOR, &erase(1))), None);
    for number in [DIRECTOR, MANAGER, ANN] {
        let replies = world.catch_up(number);
        // Whoever has to do with orders by their role keeps them.
        let gone = match number {
            DIRECTOR => vec![client(1)],
            _ => vec![client(1), orders(1)],
        };
        assert_eq!(replies[0].purges, gone, "person {number}");
        let phone = &world.phones[number];
        assert!(!phone.documents.contains_key(&client(1)));
        assert!(phone.documents.contains_key(&client(2)));
        assert_eq!(phone.facts.erased[&client(1)].by, person(ADMINISTRATOR));
    }
    // Who never had it has nothing to remove, and hears of it all the same.
    let replies = world.catch_up(BO);
    assert!(replies.iter().all(|reply| reply.purges.is_empty()));
    assert!(world.phones[BO].facts.is_erased(client(1)));
}

#[test]
fn a_device_that_begins_is_given_nothing_of_it() {
    let mut world = World::new();
    world.write(ANN, client(1), 0);
    world.decide(DIRECTOR, &erase(1));
    for _ in 0..2 {
        let replies = world.catch_up(DIRECTOR);
        let given = |reply: &crate::frame::Reply| reply.snapshots.len() + reply.entries.len();
        assert_eq!(replies.iter().map(given).sum::<usize>(), 0);
        assert!(world.phones[DIRECTOR].facts.is_erased(client(1)));
        // The same after a start.
        world.core = RelayCore::restore(WORKSPACE, world.log.restored());
        world.phones[DIRECTOR].cursor = crate::cursor::Cursor::default();
    }
}

#[test]
fn late_edits_are_refused_with_a_reason_of_their_own() {
    let mut world = World::new();
    world.write(ANN, client(1), 0);
    world.decide(DIRECTOR, &erase(1));
    let late = world.phones[ANN].change(client(1), 0);
    let erased = Some(Rejection::Erased);
    assert_eq!(refusal(&world.deliver(ANN, late.clone())), erased);
    // A repeat gets the first answer, and what comes after goes on.
    let again = world.push(ANN, &[late]);
    assert_eq!(refusal(&again.receipts[0]), erased);
    assert_eq!(refusal(&world.write(ANN, client(2), 0)), None);
    // Nobody brings it back by writing it down anew.
    assert_eq!(refusal(&world.write(BO, client(1), 0)), erased);
    assert!(!world.core.facts().grants.contains_key(&client(1)));
}

#[test]
fn what_was_quarantined_does_not_come_back_once_it_is_erased() {
    let mut world = World::new();
    world.catch_up(ANN);
    world.releases_at_once = false;
    world.write(ANN, client(1), 0);
    let sequence = world.core.position();
    world.decide(DIRECTOR, &erase(1));
    let reason = Quarantine::Unsound;
    world.release(vec![Quarantined { sequence, reason }]);
    let replies = world.catch_up(ANN);
    assert!(replies.iter().all(|reply| reply.entries.is_empty()));
    assert!(world.log.document_entries(client(1), 0).unwrap()[0].is_erased());
}

#[test]
fn a_restored_log_is_told_of_it_once() {
    let mut world = World::new();
    world.write(ANN, client(1), 0);
    world.catch_up(ANN);
    let erased = Erased {
        at: world.now,
        by: person(DIRECTOR),
        reason: ErasureReason::Asked,
    };
    for expected in [2, 0] {
        let mut pending = world.core.begin();
        let admission = world.core.erase_again(&mut pending, client(1), erased);
        assert_eq!(admission.facts.len(), expected);
        world.log.write(&admission);
        world.core.commit(pending);
    }
    let replies = world.catch_up(ANN);
    assert_eq!(replies[0].purges, [client(1), orders(1)]);
}

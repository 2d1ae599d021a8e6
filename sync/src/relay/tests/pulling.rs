use std::collections::BTreeSet;

use caravan_domain::decision::Decision;
use caravan_domain::facts::FactKey;
use caravan_domain::people::decision::PersonChange;
use caravan_domain::role::Role;

use super::world::*;
use crate::cursor::CatchUp;
use crate::frame::{BATCH_TARGET, Reply};
use crate::relay::{StoredSnapshot, assemble};

fn snapshots(replies: &[Reply]) -> usize {
    replies.iter().map(|reply| reply.snapshots.len()).sum()
}

fn entries(replies: &[Reply]) -> usize {
    replies.iter().map(|reply| reply.entries.len()).sum()
}

#[test]
fn a_reconnect_brings_what_is_new_and_nothing_else() {
    let mut world = World::new();
    world.write(ANN, client(1), 0);
    world.write(BO, client(2), 0);
    world.catch_up(ANN);
    world.catch_up(MANAGER);
    world.write(ANN, client(1), 0);
    world.write(BO, client(2), 0);
    // Not one's own, not what one may not read.
    let nothing = world.catch_up(ANN);
    assert_eq!(
        (nothing.len(), entries(&nothing), snapshots(&nothing)),
        (1, 0, 0)
    );
    let one = world.catch_up(MANAGER);
    assert_eq!((one.len(), entries(&one), snapshots(&one)), (1, 1, 0));
    assert!(one[0].facts.is_empty() && one[0].purges.is_empty());
}

#[test]
fn what_a_device_began_does_not_come_back_to_it() {
    let mut world = World::new();
    world.catch_up(ANN);
    world.write(ANN, client(1), 0);
    let replies = world.catch_up(ANN);
    assert_eq!((entries(&replies), snapshots(&replies)), (0, 0));
    assert_eq!(world.phones[ANN].facts.owner(client(1)), Some(person(ANN)));
    let replies = world.catch_up(MANAGER);
    assert_eq!((entries(&replies), snapshots(&replies)), (0, 1));
    assert_eq!(
        world.phones[MANAGER].facts.owner(client(1)),
        Some(person(ANN))
    );
}

#[test]
fn a_document_gained_comes_whole_and_one_lost_goes() {
    let mut world = World::new();
    for _ in 0..3 {
        world.write(ANN, client(1), 0);
    }
    world.catch_up(BO);
    world.assign(DIRECTOR, &[1], BO);
    world.write(DIRECTOR, client(2), 0);
    let replies = world.catch_up(BO);
    assert_eq!((entries(&replies), snapshots(&replies)), (0, 1));
    assert_eq!(world.phones[BO].documents[&client(1)].len(), 3);
    world.catch_up(DIRECTOR);
    world.assign(DIRECTOR, &[1], ANN);
    world.write(ANN, client(1), 0);
    let replies = world.catch_up(BO);
    assert_eq!(replies[0].purges, [client(1), orders(1)]);
    assert!(!world.phones[BO].documents.contains_key(&client(1)));
    assert_eq!(world.phones[BO].facts.owner(client(1)), None);
}

#[test]
fn where_orders_stand_is_known_as_long_as_the_orders_are() {
    let mut world = World::new();
    world.write(ANN, client(1), 0);
    for number in [ANN, BO, MANAGER] {
        world.catch_up(number);
    }
    let key = world.submit_order(ANN, 1);
    world.write(ANN, orders(1), 0);
    let knows = |world: &World, number: usize| world.phones[number].facts.get(key).is_some();
    for number in [ANN, BO, MANAGER] {
        world.catch_up(number);
    }
    assert!(knows(&world, ANN) && knows(&world, MANAGER) && !knows(&world, BO));
    // Who comes to look after the client is told, and who ceases to forgets.
    world.assign(DIRECTOR, &[1], BO);
    for number in [ANN, BO, MANAGER] {
        world.catch_up(number);
    }
    assert!(knows(&world, BO) && !knows(&world, ANN) && !knows(&world, MANAGER));
    // So does who comes to the order desk.
    let desk = BTreeSet::from([Role::OrderDesk]);
    world.change_person(DIRECTOR, ADMINISTRATOR, PersonChange::Roles(desk));
    world.catch_up(ADMINISTRATOR);
    assert!(knows(&world, ADMINISTRATOR));
    let hr = BTreeSet::from([Role::Hr]);
    world.change_person(DIRECTOR, ADMINISTRATOR, PersonChange::Roles(hr));
    world.catch_up(ADMINISTRATOR);
    assert!(!knows(&world, ADMINISTRATOR));
}

/// A log that was restored gets a client's beginning back after what was decided about it.
#[test]
fn what_was_decided_before_a_document_began_is_told_with_it() {
    let mut world = World::new();
    for number in [ANN, BO, MANAGER] {
        world.catch_up(number);
    }
    let key = world.issue_survey(ANN, 1);
    for number in [ANN, BO, MANAGER] {
        world.catch_up(number);
        let known = world.phones[number].facts.get(key);
        assert_eq!(known, None, "nobody holds the client yet");
    }
    world.write(ANN, client(1), 0);
    for number in [ANN, BO, MANAGER] {
        let replies = world.catch_up(number);
        let knows = world.phones[number].facts.get(key).is_some();
        assert_eq!(knows, number != BO);
        let facts: Vec<_> = replies.iter().flat_map(|it| &it.facts).collect();
        let keys: BTreeSet<_> = facts.iter().map(|change| change.key).collect();
        assert_eq!(keys.len(), facts.len(), "each once");
    }
}

#[test]
fn a_grant_taken_back_and_given_again_leaves_no_gap() {
    let mut world = World::new();
    world.write(ANN, client(1), 0);
    world.catch_up(ANN);
    world.catch_up(DIRECTOR);
    world.assign(DIRECTOR, &[1], BO);
    world.write(DIRECTOR, client(1), 0);
    world.assign(DIRECTOR, &[1], ANN);
    world.write(DIRECTOR, client(1), 0);
    world.catch_up(ANN);
    assert_eq!(
        world.phones[ANN].documents[&client(1)],
        world.accepted()[&client(1)]
    );
    world.catch_up(BO);
    assert!(!world.phones[BO].documents.contains_key(&client(1)));
}

/// The manager loses what Ann looks after and is given her client. What they wrote meanwhile comes with the answer that takes
/// the orders away and gives them back, and nobody has looked into it.
#[test]
fn what_goes_and_comes_in_one_reply_has_what_its_device_wrote() {
    let mut world = World::new();
    world.write(ANN, client(1), 0);
    world.catch_up(MANAGER);
    world.change_person(DIRECTOR, ANN, PersonChange::Team(Some(SOUTH)));
    world.assign(DIRECTOR, &[1], MANAGER);
    world.releases_at_once = false;
    world.write(MANAGER, orders(1), 0);
    let replies = world.catch_up(MANAGER);
    assert!(replies[0].purges.contains(&orders(1)));
    let held = &world.phones[MANAGER].documents;
    assert_eq!(held[&orders(1)], world.accepted()[&orders(1)]);
}

/// Ann has parted with her client when her edit is received, because it is hers again; she hears that before anybody has
/// looked into the edit.
#[test]
fn what_comes_back_has_what_its_device_wrote_and_nobody_has_looked_into() {
    let mut world = World::new();
    world.write(ANN, client(1), 0);
    world.catch_up(DIRECTOR);
    world.catch_up(ANN);
    let edit = world.phones[ANN].change(client(1), 0);
    world.assign(DIRECTOR, &[1], BO);
    world.catch_up(ANN);
    assert!(!world.phones[ANN].documents.contains_key(&client(1)));
    world.releases_at_once = false;
    world.write(DIRECTOR, client(1), 0);
    world.assign(DIRECTOR, &[1], ANN);
    world.deliver(ANN, edit);
    world.look_into(2);
    assert_eq!(world.core.released() + 1, world.core.position());
    let replies = world.catch_up(ANN);
    assert_eq!((entries(&replies), snapshots(&replies)), (0, 1));
    let held = &world.phones[ANN].documents;
    assert_eq!(held[&client(1)], world.accepted()[&client(1)]);
}

/// The manager is given a client in whose edits only some were looked into: those would rest on what the manager lacks.
#[test]
fn what_is_gained_comes_whole_and_nothing_of_it_before() {
    let mut world = World::new();
    world.write(DIRECTOR, client(1), 0);
    world.catch_up(MANAGER);
    world.releases_at_once = false;
    world.write(DIRECTOR, client(1), 0);
    world.write(DIRECTOR, client(1), 0);
    world.assign(DIRECTOR, &[1], MANAGER);
    world.look_into(1);
    let replies = world.catch_up(MANAGER);
    assert_eq!((entries(&replies), snapshots(&replies)), (0, 0));
    world.release(Vec::new());
    let replies = world.catch_up(MANAGER);
    assert_eq!((entries(&replies), snapshots(&replies)), (0, 1));
    assert_eq!(world.phones[MANAGER].documents[&client(1)].len(), 3);
}

#[test]
fn a_large_catch_up_can_be_cut_anywhere() {
    let mut world = World::new();
    for number in 0..6 {
        world.write(ANN, client(number), BATCH_TARGET / 2);
    }
    let first = world.pull(DIRECTOR);
    assert!(first.more && matches!(first.cursor.catch_up, CatchUp::Everything { .. }));
    let sent = first.snapshots.iter();
    let sent = sent.filter(|it| it.document.client().is_some()).count();
    assert_eq!(first.remaining as usize + sent, 6);
    // Meanwhile something already sent changes.
    world.write(ANN, client(0), 0);
    let rest = world.catch_up(DIRECTOR);
    assert!(rest.len() >= 3);
    assert_eq!(world.phones[DIRECTOR].documents, world.accepted());

    world.catch_up(BO);
    world.change_person(DIRECTOR, BO, PersonChange::Roles([Role::Director].into()));
    let first = world.pull(BO);
    assert!(matches!(first.cursor.catch_up, CatchUp::Gained { .. }));
    world.assign(DIRECTOR, &[5], ANN);
    assert!(world.catch_up(BO).len() >= 2);
    assert_eq!(world.phones[BO].documents, world.accepted());
}

#[test]
fn long_entries_come_in_several_replies() {
    let mut world = World::new();
    world.write(ANN, client(1), 0);
    world.catch_up(MANAGER);
    for _ in 0..5 {
        world.write(ANN, client(1), BATCH_TARGET / 2);
    }
    let replies = world.catch_up(MANAGER);
    assert!(replies.len() >= 2);
    assert_eq!(entries(&replies), 5);
}

#[test]
fn a_stored_snapshot_spares_the_log() {
    let mut world = World::new();
    for _ in 0..3 {
        world.write(ANN, client(1), 0);
    }
    let whole = assemble(client(1), world.core.position(), &world.log).unwrap();
    world.log.write_snapshot(StoredSnapshot { ..whole.clone() });
    world.write(ANN, client(1), 0);
    let later = assemble(client(1), world.core.position(), &world.log).unwrap();
    assert_eq!(later.snapshot.received.len(), 4);
    assert!(later.snapshot.chunks.starts_with(&whole.snapshot.chunks));
    world.catch_up(MANAGER);
    assert_eq!(world.phones[MANAGER].documents[&client(1)].len(), 4);
}

#[test]
fn only_those_who_run_the_workspace_know_of_others_devices() {
    let mut world = World::new();
    let knows = |world: &World, number: usize, of: usize| {
        let facts = &world.phones[number].facts;
        facts.get(FactKey::DeviceDetail(device(of))).is_some()
    };
    world.catch_up(BO);
    assert!(knows(&world, BO, BO) && !knows(&world, BO, ANN));
    let roles = [Role::AccountManager, Role::Administrator];
    world.change_person(DIRECTOR, BO, PersonChange::Roles(roles.into()));
    world.catch_up(BO);
    assert!(knows(&world, BO, ANN));
    world.change_person(
        DIRECTOR,
        BO,
        PersonChange::Roles([Role::AccountManager].into()),
    );
    world.catch_up(BO);
    assert!(knows(&world, BO, BO) && !knows(&world, BO, ANN));
}

#[test]
fn a_cursor_from_a_longer_log_begins_anew() {
    let mut world = World::new();
    world.write(ANN, client(1), 0);
    world.catch_up(MANAGER);
    world.phones[MANAGER].cursor.sequence += 100;
    let replies = world.catch_up(MANAGER);
    assert_eq!(snapshots(&replies), 1);
    assert_eq!(world.phones[MANAGER].cursor.sequence, world.core.position());
}

#[test]
fn whoever_only_runs_the_workspace_reads_no_client() {
    let mut world = World::new();
    world.write(ANN, client(1), 0);
    let replies = world.catch_up(ADMINISTRATOR);
    assert_eq!((entries(&replies), snapshots(&replies)), (0, 0));
    assert!(world.phones[ADMINISTRATOR].facts.grants.is_empty());
}

#[test]
fn a_changed_plan_reaches_everybody() {
    let mut world = World::new();
    world.catch_up(ANN);
    let plan = caravan_domain::plan::Plan {
        verified_within: 77,
        ..Default::default()
    };
    world.decide(DIRECTOR, &Decision::ChangePlan(plan));
    let replies = world.catch_up(ANN);
    assert_eq!(replies[0].facts.len(), 1);
    assert_eq!(world.phones[ANN].facts.plan().verified_within, 77);
}

use std::collections::BTreeSet;

use caravan_domain::decision::Decision;
use caravan_domain::facts::{Employment, Facts};
use caravan_domain::id::{DeviceId, Id, InvitationId, PersonId};
use caravan_domain::people::decision::{Offer, PeopleDecision};
use caravan_domain::role::Role;
use caravan_domain::time::Instant;

use super::world::*;
use crate::join::{JoinError, Offered};
use crate::relay::join::{Newcomer, accept_invitation, bind_device, found_workspace, offered};

const TOKEN: [u8; 32] = [5; 32];

fn newcomer(at: Instant) -> Newcomer {
    Newcomer {
        device: DeviceId(Id::from_bytes([50; 16])),
        label: "Chrome".repeat(40),
        at,
    }
}

fn fresh() -> PersonId {
    PersonId(Id::from_bytes([60; 16]))
}

fn apply(facts: &mut Facts, changes: Vec<caravan_domain::facts::FactChange>) {
    changes.into_iter().for_each(|change| facts.apply(change));
}

/// A world in which the manager has invited somebody.
fn invited() -> World {
    let mut world = World::new();
    let decision = Decision::People(PeopleDecision::Invite {
        invitation: InvitationId(Id::from_bytes([70; 16])),
        offer: Offer {
            name: "Cy".into(),
            roles: BTreeSet::from([Role::AccountManager]),
            team: Some(NORTH),
            employment: Employment::PartTime,
            token_hash: TOKEN,
            expires_at: world.now.plus_millis(1000),
        },
    });
    world.decide(MANAGER, &decision);
    world
}

#[test]
fn a_founder_runs_the_workspace_and_works_in_it() {
    let now = Instant::from_millis(7);
    let mut facts = Facts::default();
    apply(
        &mut facts,
        found_workspace(" Caravan ", fresh(), "Ada", &newcomer(now)).unwrap(),
    );
    assert_eq!(facts.workspace.as_ref().unwrap().name, "Caravan");
    assert!(facts.has_role(fresh(), Role::Administrator));
    assert!(facts.has_role(fresh(), Role::Director));
    assert_eq!(facts.author(newcomer(now).device), Some(fresh()));
    let blank = found_workspace(" ", fresh(), "Ada", &newcomer(now));
    assert_eq!(blank, Err(JoinError::BadName));
}

#[test]
fn an_invitation_lets_one_person_in_once() {
    let world = invited();
    let mut facts = world.core.facts().clone();
    let now = world.now;
    assert!(matches!(
        offered(&TOKEN, now, &facts),
        Ok(Offered::Membership {
            own_device: false,
            ..
        })
    ));
    let (person, changes) = accept_invitation(&TOKEN, fresh(), "", &newcomer(now), &facts).unwrap();
    apply(&mut facts, changes);
    assert_eq!(person, fresh());
    let known = &facts.people[&fresh()];
    assert_eq!((known.name.as_str(), known.team), ("Cy", Some(NORTH)));
    assert_eq!(
        facts.device_details[&newcomer(now).device]
            .label
            .chars()
            .count(),
        80
    );
    let again = accept_invitation(&TOKEN, fresh(), "", &newcomer(now), &facts);
    assert_eq!(again, Err(JoinError::LinkUsed));
}

#[test]
fn a_link_that_is_late_or_unknown_lets_nobody_in() {
    let world = invited();
    let late = world.now.plus_millis(1000);
    let facts = world.core.facts();
    assert_eq!(offered(&TOKEN, late, facts), Err(JoinError::LinkExpired));
    assert_eq!(
        offered(&[6; 32], world.now, facts),
        Err(JoinError::UnknownLink)
    );
}

#[test]
fn one_more_device_belongs_to_who_asked_for_it() {
    let mut world = World::new();
    let decision = Decision::People(PeopleDecision::AddOwnDevice {
        invitation: InvitationId(Id::from_bytes([70; 16])),
        token_hash: TOKEN,
        expires_at: world.now.plus_millis(1000),
    });
    world.decide(ANN, &decision);
    let facts = world.core.facts();
    let (owner, _) =
        accept_invitation(&TOKEN, fresh(), "Eve", &newcomer(world.now), facts).unwrap();
    assert_eq!(owner, person(ANN));
    let known = Newcomer {
        device: device(BO),
        ..newcomer(world.now)
    };
    let taken = accept_invitation(&TOKEN, fresh(), "", &known, facts);
    assert_eq!(taken, Err(JoinError::Malformed));
    assert_eq!(
        bind_device(fresh(), &newcomer(world.now), facts),
        Err(JoinError::UnknownLink)
    );
}

#[test]
fn whoever_joins_reads_what_they_may_from_then_on() {
    let mut world = invited();
    let newcomer = newcomer(world.now);
    let (_, changes) =
        accept_invitation(&TOKEN, fresh(), "", &newcomer, world.core.facts()).unwrap();
    world.catch_up(MANAGER);
    let mut pending = world.core.begin();
    let admission = world
        .core
        .bind(&mut pending, newcomer.device, key(newcomer.device), changes);
    // Their own three, for themselves and the manager, and what is the company's and the team's;
    // the director may read anybody's already.
    assert_eq!(admission.visibility.len(), 8);
    world.core.commit(pending);
    let reply = world
        .core
        .pull(newcomer.device, Default::default(), &world.log)
        .unwrap();
    assert!(reply.facts.len() > PEOPLE);
    world.catch_up(MANAGER);
    assert!(world.phones[MANAGER].facts.people.contains_key(&fresh()));
}

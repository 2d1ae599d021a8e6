//! Whatever people write and decide, and whenever devices ask: in the end each holds what its
//! person may hold, all of it and nothing else.

use std::collections::BTreeMap;

use caravan_domain::clients::erasure::{EraseClient, ErasureReason};
use caravan_domain::clients::ownership::OwnershipDecision;
use caravan_domain::decision::Decision;
use caravan_domain::document::{DocumentId, DocumentKind};
use caravan_domain::facts::{FactKey, PersonStatus};
use caravan_domain::id::ClientId;
use caravan_domain::people::decision::PersonChange;
use caravan_domain::policy;
use caravan_domain::role::Role;
use proptest::prelude::*;

use super::world::*;
use crate::frame::BATCH_TARGET;
use crate::relay::{RelayCore, Standing};

const CLIENTS: usize = 4;

#[derive(Debug, Clone)]
enum Step {
    Write {
        by: usize,
        document: usize,
        large: bool,
    },
    Assign {
        clients: Vec<usize>,
        owner: usize,
    },
    Share {
        client: usize,
        with: usize,
        take_back: bool,
    },
    Erase {
        client: usize,
    },
    Team {
        person: usize,
        north: Option<bool>,
    },
    Roles {
        person: usize,
        role: Role,
    },
    Status {
        person: usize,
        status: PersonStatus,
    },
    Pull {
        by: usize,
    },
    /// What comes from now on is not looked into at once, but as far as [`Step::Look`] goes.
    Lag,
    Look {
        entries: usize,
    },
    Restart,
}

fn step() -> impl Strategy<Value = Step> {
    // The director stays: somebody has to decide.
    let person = 1..PEOPLE;
    let clients = prop::collection::vec(0..CLIENTS, 1..3);
    let role = prop::sample::select(vec![
        Role::AccountManager,
        Role::TeamManager,
        Role::Director,
        Role::Administrator,
        Role::Finance,
    ]);
    let status = prop::sample::select(vec![PersonStatus::Active, PersonStatus::Suspended]);
    prop_oneof![
        8 => (0..PEOPLE, 0..2 * CLIENTS + PEOPLE, prop::bool::weighted(0.2))
            .prop_map(|(by, document, large)| Step::Write { by, document, large }),
        3 => (clients, person.clone()).prop_map(|(clients, owner)| Step::Assign { clients, owner }),
        2 => (0..CLIENTS, person.clone(), any::<bool>())
            .prop_map(|(client, with, take_back)| Step::Share { client, with, take_back }),
        1 => (0..CLIENTS).prop_map(|client| Step::Erase { client }),
        2 => (person.clone(), any::<Option<bool>>())
            .prop_map(|(person, north)| Step::Team { person, north }),
        2 => (person.clone(), role).prop_map(|(person, role)| Step::Roles { person, role }),
        1 => (person, status).prop_map(|(person, status)| Step::Status { person, status }),
        8 => (0..PEOPLE).prop_map(|by| Step::Pull { by }),
        1 => Just(Step::Lag),
        4 => (1..4usize).prop_map(|entries| Step::Look { entries }),
        1 => Just(Step::Restart),
    ]
}

fn document(number: usize) -> DocumentId {
    match number {
        0..CLIENTS => client(number),
        _ if number < 2 * CLIENTS => orders(number - CLIENTS),
        _ => person(number - 2 * CLIENTS).into(),
    }
}

fn run(world: &mut World, step: Step) {
    match step {
        Step::Write {
            by,
            document: number,
            large,
        } => {
            let padding = if large { BATCH_TARGET / 2 } else { 10 };
            let document = document(number);
            // Orders are for clients that there are.
            if policy::documents(world.core.facts()).any(|it| it == document)
                || document.kind == DocumentKind::Client
            {
                world.write(by, document, padding);
            }
        }
        Step::Assign { clients, owner } => drop(world.assign(DIRECTOR, &clients, owner)),
        Step::Share {
            client: number,
            with,
            take_back,
        } => {
            let (client, with) = (ClientId(client(number).id), person(with));
            let decision = match take_back {
                false => OwnershipDecision::Share { client, with },
                true => OwnershipDecision::Unshare { client, with },
            };
            world.decide(DIRECTOR, &Decision::Ownership(decision));
        }
        Step::Erase { client: number } => {
            let decision = EraseClient {
                client: ClientId(client(number).id),
                reason: ErasureReason::Asked,
            };
            world.decide(DIRECTOR, &Decision::Erase(decision));
        }
        Step::Team { person, north } => {
            let team = north.map(|north| if north { NORTH } else { SOUTH });
            world.change_person(DIRECTOR, person, PersonChange::Team(team));
        }
        Step::Roles { person, role } => {
            world.change_person(DIRECTOR, person, PersonChange::Roles([role].into()));
        }
        Step::Status { person, status } => {
            world.change_person(DIRECTOR, person, PersonChange::Status(status));
        }
        Step::Pull { by } => {
            if matches!(world.core.standing(device(by)), Standing::Active(_)) {
                world.pull(by);
            }
        }
        Step::Lag => world.releases_at_once = false,
        Step::Look { entries } => world.look_into(entries),
        Step::Restart => {
            world.core = RelayCore::restore(WORKSPACE, world.log.restored());
            // What was not looked into before is looked into once more.
            world.release(Vec::new());
        }
    }
}

fn check(world: &mut World) -> Result<(), TestCaseError> {
    world.release(Vec::new());
    let accepted = world.accepted();
    for number in 0..PEOPLE {
        if !matches!(world.core.standing(device(number)), Standing::Active(_)) {
            continue;
        }
        world.catch_up(number);
        let facts = world.core.facts();
        let me = person(number);
        let may_hold: BTreeMap<_, _> = accepted
            .iter()
            .filter(|(document, _)| policy::may_read(me, **document, facts))
            .map(|(document, changes)| (*document, changes.clone()))
            .collect();
        let mut held = world.phones[number].documents.clone();
        held.retain(|_, changes| !changes.is_empty());
        prop_assert_eq!(held, may_hold, "documents of person {}", number);
        let keys = [
            FactKey::Workspace,
            FactKey::Plan,
            FactKey::Team(NORTH),
            FactKey::Team(SOUTH),
        ];
        let people = (0..PEOPLE).flat_map(|other| {
            let device = device(other);
            [
                FactKey::Person(person(other)),
                FactKey::Device(device),
                FactKey::DeviceDetail(device),
            ]
        });
        let grants = (0..CLIENTS)
            .map(client)
            .flat_map(|client| [FactKey::Grant(client), FactKey::Erased(client)]);
        for key in keys.into_iter().chain(people).chain(grants) {
            let may_know = facts.get(key).filter(|_| policy::may_know(me, key, facts));
            let knows = world.phones[number].facts.get(key);
            prop_assert_eq!(knows, may_know, "{:?} at person {}", key, number);
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn every_device_ends_with_what_its_person_may_hold(
        steps in prop::collection::vec(step(), 1..60),
    ) {
        let mut world = World::new();
        for step in steps {
            run(&mut world, step);
        }
        check(&mut world)?;
        // Nobody is told again what they know.
        for number in 0..PEOPLE {
            if matches!(world.core.standing(device(number)), Standing::Active(_)) {
                let reply = world.pull(number);
                prop_assert!(!reply.more);
                prop_assert!(reply.entries.is_empty() && reply.snapshots.is_empty());
                prop_assert!(reply.facts.is_empty() && reply.purges.is_empty());
            }
        }
    }
}

//! What the relay settles: each rule, allowed and refused.

use std::collections::BTreeSet;

use caravan_domain::clients::erasure::{EraseClient, Erased, ErasureReason};
use caravan_domain::clients::ownership::{CLIENTS_MAX, OwnershipDecision};
use caravan_domain::decision::{Decision, Refusal};
use caravan_domain::document::DocumentId;
use caravan_domain::facts::{Employment, Invitation, InvitationState, PersonStatus};
use caravan_domain::id::{ClientId, DeviceId, Id, InvitationId, PersonId, TeamId};
use caravan_domain::people::decision::{
    INVITATION_MAX_MILLIS, Offer, PeopleDecision, PersonChange,
};
use caravan_domain::plan::Plan;
use caravan_domain::role::{Role, Roles};
use caravan_domain::time::Instant;
use proptest::prelude::*;

use crate::field::{
    ADMIN, ALICE, BOB, CAROL, DIRECTOR, EAST, EAST_MANAGER, FINANCE, Field, MORNING, WEST,
    WEST_MANAGER, id, named, person,
};

const INVITATION: InvitationId = InvitationId(id(70));
const PHONE: DeviceId = DeviceId(id(71));
const EVERYBODY: [PersonId; 8] = [
    ADMIN,
    DIRECTOR,
    EAST_MANAGER,
    WEST_MANAGER,
    ALICE,
    BOB,
    CAROL,
    FINANCE,
];

/// Those of everybody whose decision is accepted; each tries in a field of their own.
fn accepted(make: impl Fn() -> Field, decision: &Decision) -> Vec<PersonId> {
    EVERYBODY
        .into_iter()
        .filter(|actor| match make().decide(*actor, decision) {
            Ok(()) => true,
            Err(Refusal::NotAllowed) => false,
            Err(other) => panic!("{actor}: {other}"),
        })
        .collect()
}

fn change(person: PersonId, change: PersonChange) -> Decision {
    Decision::People(PeopleDecision::ChangePerson { person, change })
}

fn offer(roles: &[Role], team: Option<TeamId>) -> Decision {
    Decision::People(PeopleDecision::Invite {
        invitation: INVITATION,
        offer: Offer {
            name: " 新人 ".to_owned(),
            roles: roles.iter().copied().collect(),
            team,
            employment: Employment::PartTime,
            token_hash: [1; 32],
            expires_at: MORNING.plus_millis(1000),
        },
    })
}

fn cancel() -> Decision {
    Decision::People(PeopleDecision::CancelInvitation {
        invitation: INVITATION,
    })
}

fn revoke() -> Decision {
    Decision::People(PeopleDecision::RevokeDevice { device: PHONE })
}

fn define_team(name: &str, closed: bool) -> Decision {
    Decision::People(PeopleDecision::DefineTeam {
        team: EAST,
        name: name.to_owned(),
        closed,
    })
}

fn assign(clients: &[ClientId], owner: PersonId) -> Decision {
    Decision::Ownership(OwnershipDecision::Assign {
        clients: clients.to_vec(),
        owner,
    })
}

fn invitation(field: &Field) -> &Invitation {
    &field.facts.invitations[&INVITATION]
}

#[test]
fn who_runs_the_workspace() {
    let rename = Decision::People(PeopleDecision::RenameWorkspace {
        name: "新名".to_owned(),
    });
    for decision in [
        rename,
        define_team("华东一部", false),
        Decision::ChangePlan(Plan::default()),
        change(ALICE, PersonChange::Team(Some(WEST))),
        change(ALICE, PersonChange::Employment(Employment::PartTime)),
        change(ALICE, PersonChange::Status(PersonStatus::Suspended)),
        change(ALICE, PersonChange::Roles(Roles::from([Role::TeamManager]))),
    ] {
        assert_eq!(
            accepted(Field::new, &decision),
            [ADMIN, DIRECTOR],
            "{decision:?}"
        );
    }
}

#[test]
fn people_keep_their_own_name_and_phone() {
    for detail in [
        PersonChange::Name("爱丽丝".to_owned()),
        PersonChange::Phone("13812345678".to_owned()),
    ] {
        let decision = change(ALICE, detail);
        assert_eq!(accepted(Field::new, &decision), [ADMIN, DIRECTOR, ALICE]);
    }
}

#[test]
fn names_are_trimmed_and_bounded() {
    let mut field = Field::new();
    field
        .decide(DIRECTOR, &define_team("  华东一部 ", false))
        .unwrap();
    assert_eq!(field.facts.teams[&EAST].name, "华东一部");
    let long = "长".repeat(81);
    for bad in [define_team(" ", false), define_team(&long, false)] {
        assert_eq!(field.decide(DIRECTOR, &bad), Err(Refusal::BadName));
    }
    let phone = change(ALICE, PersonChange::Phone("1".repeat(81)));
    assert_eq!(field.decide(ALICE, &phone), Err(Refusal::BadName));
}

#[test]
fn who_invites_whom() {
    use Role::{AccountManager, Administrator, Director, TeamManager};
    for (roles, team, inviters) in [
        (
            &[AccountManager][..],
            Some(EAST),
            &[ADMIN, DIRECTOR, EAST_MANAGER][..],
        ),
        (
            &[AccountManager],
            Some(WEST),
            &[ADMIN, DIRECTOR, WEST_MANAGER],
        ),
        (&[AccountManager], None, &[ADMIN, DIRECTOR]),
        (
            &[AccountManager, TeamManager],
            Some(EAST),
            &[ADMIN, DIRECTOR],
        ),
        (&[TeamManager], Some(EAST), &[ADMIN, DIRECTOR]),
        (&[Director], None, &[ADMIN, DIRECTOR]),
        (&[Administrator], None, &[ADMIN]),
        (&[], Some(EAST), &[]),
    ] {
        let decision = offer(roles, team);
        assert_eq!(
            accepted(Field::new, &decision),
            inviters,
            "{roles:?} {team:?}"
        );
    }
}

#[test]
fn an_invitation_is_kept_as_offered() {
    let mut field = Field::new();
    let offered = offer(&[Role::AccountManager], Some(EAST));
    field.decide(EAST_MANAGER, &offered).unwrap();
    assert_eq!(invitation(&field).name, "新人");
    assert_eq!(invitation(&field).invited_by, EAST_MANAGER);
    assert_eq!(invitation(&field).state, InvitationState::Open);
    // The same id again would replace the link that is on its way.
    assert_eq!(
        field.decide(DIRECTOR, &offered),
        Err(Refusal::AlreadySettled)
    );
}

#[test]
fn nobody_is_invited_into_a_team_that_is_closed_or_unknown() {
    let mut field = Field::new();
    field.decide(DIRECTOR, &define_team("华东", true)).unwrap();
    for team in [EAST, TeamId(id(29))] {
        let offered = offer(&[Role::AccountManager], Some(team));
        assert_eq!(field.decide(DIRECTOR, &offered), Err(Refusal::NotFound));
        let moved = change(CAROL, PersonChange::Team(Some(team)));
        assert_eq!(field.decide(DIRECTOR, &moved), Err(Refusal::NotFound));
    }
}

#[test]
fn a_link_for_ones_own_device_offers_what_one_is_for_thirty_days_at_most() {
    let mut field = Field::new();
    let link = Decision::People(PeopleDecision::AddOwnDevice {
        invitation: INVITATION,
        token_hash: [2; 32],
        expires_at: Instant::from_millis(i64::MAX),
    });
    field.decide(ALICE, &link).unwrap();
    assert_eq!(invitation(&field).person, Some(ALICE));
    assert_eq!(invitation(&field).roles, field.facts.people[&ALICE].roles);
    assert_eq!(
        invitation(&field).expires_at,
        MORNING.plus_millis(INVITATION_MAX_MILLIS)
    );
    assert_eq!(field.decide(ALICE, &link), Err(Refusal::AlreadySettled));
}

/// Whoever opens such a link is that person from then on.
#[test]
fn who_makes_a_link_for_a_forgotten_password() {
    let renew = |person| {
        Decision::People(PeopleDecision::RenewPassword {
            invitation: INVITATION,
            person,
            token_hash: [2; 32],
            expires_at: Instant::from_millis(i64::MAX),
        })
    };
    assert_eq!(accepted(Field::new, &renew(ALICE)), [ADMIN, DIRECTOR]);
    assert_eq!(accepted(Field::new, &renew(DIRECTOR)), [ADMIN]);
    assert_eq!(accepted(Field::new, &renew(ADMIN)), []);
    let mut field = Field::new();
    field.decide(DIRECTOR, &renew(ALICE)).unwrap();
    let made = invitation(&field);
    assert_eq!((made.person, made.invited_by), (Some(ALICE), DIRECTOR));
    assert_eq!(made.expires_at, MORNING.plus_millis(INVITATION_MAX_MILLIS));
    assert_eq!(
        field.decide(DIRECTOR, &renew(ALICE)),
        Err(Refusal::AlreadySettled)
    );
    field.set_status(BOB, PersonStatus::Suspended);
    let other = Decision::People(PeopleDecision::RenewPassword {
        invitation: InvitationId(id(77)),
        person: BOB,
        token_hash: [3; 32],
        expires_at: MORNING,
    });
    assert_eq!(field.decide(ADMIN, &other), Err(Refusal::NotAllowed));
}

#[test]
fn who_cancels_an_invitation() {
    let invited = || {
        let mut field = Field::new();
        let offered = offer(&[Role::AccountManager], Some(EAST));
        field.decide(EAST_MANAGER, &offered).unwrap();
        field
    };
    assert_eq!(
        accepted(invited, &cancel()),
        [ADMIN, DIRECTOR, EAST_MANAGER]
    );
    let mut field = invited();
    field.decide(ADMIN, &cancel()).unwrap();
    assert_eq!(invitation(&field).state, InvitationState::Cancelled);
    assert_eq!(field.decide(ADMIN, &cancel()), Err(Refusal::AlreadySettled));
    assert_eq!(
        Field::new().decide(ADMIN, &cancel()),
        Err(Refusal::NotFound)
    );
}

#[test]
fn only_an_administrator_makes_or_touches_one() {
    let promote = change(
        ALICE,
        PersonChange::Roles(Roles::from([Role::Administrator])),
    );
    assert_eq!(accepted(Field::new, &promote), [ADMIN]);
    let two = || {
        let mut field = Field::new();
        field.hire(person(30), "副管理员", &[Role::Administrator], None);
        field
    };
    let demote = change(person(30), PersonChange::Roles(Roles::from([Role::Hr])));
    let suspend = change(person(30), PersonChange::Status(PersonStatus::Suspended));
    for decision in [demote, suspend] {
        assert_eq!(accepted(two, &decision), [ADMIN], "{decision:?}");
    }
}

#[test]
fn the_last_administrator_stays() {
    for last in [
        change(ADMIN, PersonChange::Roles(Roles::from([Role::Director]))),
        change(ADMIN, PersonChange::Status(PersonStatus::Suspended)),
        change(ADMIN, PersonChange::Status(PersonStatus::Deactivated)),
    ] {
        let mut field = Field::new();
        assert_eq!(field.decide(ADMIN, &last), Err(Refusal::LastAdministrator));
        field.hire(person(30), "副管理员", &[Role::Administrator], None);
        field.set_status(person(30), PersonStatus::Suspended);
        assert_eq!(field.decide(ADMIN, &last), Err(Refusal::LastAdministrator));
        field.set_status(person(30), PersonStatus::Active);
        assert_eq!(field.decide(ADMIN, &last), Ok(()));
    }
}

#[test]
fn a_role_is_never_taken_to_nothing() {
    let none = change(ALICE, PersonChange::Roles(Roles::new()));
    assert_eq!(accepted(Field::new, &none), []);
}

#[test]
fn who_revokes_a_device() {
    let with_phone = |owner| {
        move || {
            let mut field = Field::new();
            field.give_device(owner, PHONE);
            field
        }
    };
    assert_eq!(
        accepted(with_phone(ALICE), &revoke()),
        [ADMIN, DIRECTOR, ALICE]
    );
    // A director could otherwise lock the administrator out.
    assert_eq!(accepted(with_phone(ADMIN), &revoke()), [ADMIN]);
    let mut field = with_phone(ALICE)();
    field.decide(ALICE, &revoke()).unwrap();
    assert_eq!(field.facts.devices[&PHONE].revoked_at, Some(MORNING));
    field.now = MORNING.plus_millis(5);
    field.decide(ADMIN, &revoke()).unwrap();
    assert_eq!(field.facts.devices[&PHONE].revoked_at, Some(MORNING));
    assert_eq!(
        Field::new().decide(ADMIN, &revoke()),
        Err(Refusal::NotFound)
    );
}

#[test]
fn whoever_is_deactivated_loses_every_device() {
    let mut field = Field::new();
    field.give_device(ALICE, PHONE);
    field.give_device(BOB, DeviceId(id(72)));
    let leave = change(ALICE, PersonChange::Status(PersonStatus::Deactivated));
    field.decide(DIRECTOR, &leave).unwrap();
    assert_eq!(field.facts.devices[&PHONE].revoked_at, Some(MORNING));
    assert_eq!(field.facts.devices[&DeviceId(id(72))].revoked_at, None);
}

#[test]
fn whoever_is_not_active_decides_nothing() {
    let mut field = Field::new();
    field.set_status(DIRECTOR, PersonStatus::Suspended);
    let decision = define_team("华东", false);
    assert_eq!(field.decide(DIRECTOR, &decision), Err(Refusal::NotActive));
    assert_eq!(field.decide(person(99), &decision), Err(Refusal::NotActive));
}

/// Clients of Alice (East) and Carol (West).
fn two_clients() -> (Field, ClientId, ClientId) {
    let mut field = Field::new();
    let of_alice = field.create(ALICE, named("甲"));
    let of_carol = field.create(CAROL, named("乙"));
    (field, of_alice, of_carol)
}

#[test]
fn who_assigns_clients_to_whom() {
    let (_, of_alice, of_carol) = two_clients();
    let fields = || two_clients().0;
    for (clients, to, deciding) in [
        (&[of_alice][..], BOB, &[DIRECTOR, EAST_MANAGER][..]),
        (&[of_alice], EAST_MANAGER, &[DIRECTOR, EAST_MANAGER]),
        // Out of the team, or from another: only a director.
        (&[of_alice], CAROL, &[DIRECTOR]),
        (&[of_carol], BOB, &[DIRECTOR]),
        (&[of_alice, of_carol], BOB, &[DIRECTOR]),
    ] {
        assert_eq!(
            accepted(fields, &assign(clients, to)),
            deciding,
            "{clients:?} {to}"
        );
    }
}

#[test]
fn an_assignment_moves_all_clients_or_none() {
    let (mut field, of_alice, of_carol) = two_clients();
    let owner = |field: &Field, client| field.facts.owner(DocumentId::from(client)).unwrap();
    let both = assign(&[of_alice, of_carol], BOB);
    assert_eq!(field.decide(EAST_MANAGER, &both), Err(Refusal::NotAllowed));
    assert_eq!(owner(&field, of_alice), ALICE);
    field.decide(DIRECTOR, &both).unwrap();
    assert_eq!(
        (owner(&field, of_alice), owner(&field, of_carol)),
        (BOB, BOB)
    );
    let unknown = assign(&[of_alice, ClientId(Id::ZERO)], ALICE);
    assert_eq!(field.decide(DIRECTOR, &unknown), Err(Refusal::NotFound));
    let many = assign(&vec![of_alice; CLIENTS_MAX + 1], ALICE);
    assert_eq!(field.decide(DIRECTOR, &many), Err(Refusal::TooMany));
    field.set_status(ALICE, PersonStatus::Suspended);
    let gone = assign(&[of_alice], ALICE);
    assert_eq!(field.decide(DIRECTOR, &gone), Err(Refusal::NotActive));
}

#[test]
fn who_shares_a_client() {
    let (_, client, _) = two_clients();
    let fields = || two_clients().0;
    let share = Decision::Ownership(OwnershipDecision::Share {
        client,
        with: CAROL,
    });
    let unshare = Decision::Ownership(OwnershipDecision::Unshare {
        client,
        with: CAROL,
    });
    for decision in [&share, &unshare] {
        assert_eq!(accepted(fields, decision), [DIRECTOR, EAST_MANAGER, ALICE]);
    }
    let mut field = fields();
    let shared_with = |field: &Field| field.facts.grants[&client.into()].shared_with.clone();
    field.decide(ALICE, &share).unwrap();
    assert_eq!(shared_with(&field), BTreeSet::from([CAROL]));
    // A share does not pass on the right to share.
    assert_eq!(field.decide(CAROL, &unshare), Err(Refusal::NotAllowed));
    // The new owner needs no share.
    field.decide(DIRECTOR, &assign(&[client], CAROL)).unwrap();
    assert_eq!(shared_with(&field), BTreeSet::new());
    let to_owner = Decision::Ownership(OwnershipDecision::Share {
        client,
        with: CAROL,
    });
    field.decide(CAROL, &to_owner).unwrap();
    assert_eq!(shared_with(&field), BTreeSet::new());
}

fn any_change() -> impl Strategy<Value = PersonChange> {
    let role = proptest::sample::select(&Role::ALL[..]);
    let status = proptest::sample::select(vec![
        PersonStatus::Active,
        PersonStatus::Suspended,
        PersonStatus::Deactivated,
    ]);
    prop_oneof![
        proptest::collection::btree_set(role, 0..3).prop_map(PersonChange::Roles),
        status.prop_map(PersonChange::Status),
    ]
}

proptest! {
    /// Whatever is decided in whatever order, somebody can still run the workspace.
    #[test]
    fn there_is_always_an_administrator(
        steps in proptest::collection::vec((0usize..8, 0usize..8, any_change()), 0..40)
    ) {
        let mut field = Field::new();
        for (actor, subject, what) in steps {
            let _ = field.decide(EVERYBODY[actor], &change(EVERYBODY[subject], what));
            let left = EVERYBODY
                .iter()
                .any(|person| field.facts.has_role(*person, Role::Administrator));
            prop_assert!(left);
        }
    }
}

fn erase(client: ClientId) -> Decision {
    Decision::Erase(EraseClient {
        client,
        reason: ErasureReason::Asked,
    })
}

/// A field in which one person of each role owns a client.
fn field_with_owner(role: Role) -> (Field, ClientId) {
    let mut field = Field::new();
    field.hire(person(40), "某人", &[role], None);
    field.hire(person(41), "经理", &[Role::AccountManager], None);
    let client = field.create(person(41), named("张三商贸"));
    field
        .decide(DIRECTOR, &assign(&[client], person(40)))
        .unwrap();
    (field, client)
}

#[test]
fn who_erases_a_client() {
    for role in Role::ALL {
        let (mut field, client) = field_with_owner(role);
        let expected = match role {
            Role::Director | Role::Administrator => Ok(()),
            _ => Err(Refusal::NotAllowed),
        };
        // To own it is not enough.
        assert_eq!(
            field.decide(person(40), &erase(client)),
            expected,
            "{role:?}"
        );
    }
    let (field, client) = field_with_owner(Role::AccountManager);
    let make = || {
        let mut fresh = Field::new();
        fresh.facts = field.facts.clone();
        fresh
    };
    assert_eq!(accepted(make, &erase(client)), [ADMIN, DIRECTOR]);
}

#[test]
fn an_erasure_leaves_who_when_and_why() {
    let (mut field, client) = field_with_owner(Role::AccountManager);
    field.decide(ADMIN, &erase(client)).unwrap();
    let document = DocumentId::from(client);
    assert!(!field.facts.grants.contains_key(&document));
    let expected = Erased {
        at: MORNING,
        by: ADMIN,
        reason: ErasureReason::Asked,
    };
    assert_eq!(field.facts.erased.get(&document), Some(&expected));
}

#[test]
fn an_erasure_is_settled_once_and_for_all() {
    let (mut field, client) = field_with_owner(Role::AccountManager);
    field.decide(ADMIN, &erase(client)).unwrap();
    for (decision, refusal) in [
        (erase(client), Refusal::AlreadySettled),
        (assign(&[client], ALICE), Refusal::NotFound),
        (erase(ClientId(id(99))), Refusal::NotFound),
    ] {
        assert_eq!(field.decide(DIRECTOR, &decision), Err(refusal));
    }
}

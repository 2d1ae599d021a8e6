//! Who may read, write and know what, as tables.

use std::collections::BTreeSet;

use caravan_domain::clients::erasure::{Erased, ErasureReason, erasure};
use caravan_domain::document::{DocumentId, DocumentKind};
use caravan_domain::facts::{
    Employment, Fact, FactKey, Grant, Invitation, InvitationState, PersonStatus,
};
use caravan_domain::id::{AgreementId, ClientId, CourseId, DeviceId, InvitationId, PersonId};
use caravan_domain::policy::{documents, may_know, may_put, may_read, may_write};
use caravan_domain::role::{Role, Roles};

use crate::field::{
    ADMIN, ALICE, BOB, CAROL, DIRECTOR, EAST, EAST_MANAGER, FINANCE, Field, MORNING, WEST,
    WEST_MANAGER, id, person,
};

const SUBJECT: PersonId = person(40);

fn grant(field: &mut Field, client: ClientId, owner: PersonId, shared_with: &[PersonId]) {
    let grant = Grant {
        owner,
        shared_with: shared_with.iter().copied().collect::<BTreeSet<_>>(),
    };
    field.know(FactKey::Grant(client.into()), Fact::Grant(grant));
}

/// (read, write) as letters, `-` for neither.
fn access(field: &Field, person: PersonId, document: DocumentId) -> &'static str {
    match (
        may_read(person, document, &field.facts),
        may_write(person, document, &field.facts),
    ) {
        (true, true) => "rw",
        (true, false) => "r",
        (false, true) => "w",
        (false, false) => "-",
    }
}

/// One person per role, in no team, beside a client of Alice's.
#[test]
fn every_role_on_every_kind_of_document() {
    let table = [
        // role, workspace, own client, shared, another's, fresh, own tasks, another's tasks
        (Role::AccountManager, ["r", "rw", "rw", "-", "w", "rw", "-"]),
        (Role::TeamManager, ["r", "rw", "rw", "-", "w", "rw", "-"]),
        (Role::Director, ["r", "rw", "rw", "rw", "w", "rw", "rw"]),
        (Role::OrderDesk, ["r", "r", "r", "-", "-", "rw", "-"]),
        (Role::Finance, ["r", "r", "r", "-", "-", "rw", "-"]),
        (Role::Hr, ["r", "r", "r", "-", "-", "rw", "-"]),
        (Role::InternalAuditor, ["r", "r", "r", "-", "-", "rw", "-"]),
        (
            Role::ThirdPartyAuditor,
            ["r", "r", "r", "-", "-", "rw", "-"],
        ),
        (Role::Administrator, ["r", "r", "r", "-", "-", "rw", "-"]),
    ];
    assert_eq!(table.map(|(role, _)| role), Role::ALL);
    let [own, shared, anothers, fresh] = [50, 51, 52, 53].map(|n| ClientId(id(n)));
    for (role, expected) in table {
        let mut field = Field::new();
        field.hire(SUBJECT, "某人", &[role], None);
        grant(&mut field, own, SUBJECT, &[]);
        grant(&mut field, shared, ALICE, &[SUBJECT]);
        grant(&mut field, anothers, ALICE, &[]);
        let documents = [
            DocumentId::WORKSPACE,
            own.into(),
            shared.into(),
            anothers.into(),
            fresh.into(),
            SUBJECT.into(),
            ALICE.into(),
        ];
        let found = documents.map(|document| access(&field, SUBJECT, document));
        assert_eq!(found, expected, "{role:?}");
    }
}

/// One person per role, in the eastern team, beside Alice of the same team.
#[test]
fn every_role_on_what_is_not_a_clients() {
    let table = [
        // role, company, own team, another team, orders of one's own client, of another's,
        // own reviews, another's reviews, own pay, another's pay
        (
            Role::AccountManager,
            ["r", "rw", "-", "rw", "-", "rw", "-", "rw", "-"],
        ),
        (
            Role::TeamManager,
            ["r", "rw", "-", "rw", "rw", "rw", "rw", "rw", "rw"],
        ),
        (
            Role::Director,
            ["rw", "rw", "rw", "rw", "rw", "rw", "rw", "rw", "rw"],
        ),
        (
            Role::OrderDesk,
            ["r", "rw", "-", "rw", "rw", "rw", "-", "rw", "-"],
        ),
        (
            Role::Finance,
            ["r", "rw", "-", "rw", "rw", "rw", "-", "rw", "rw"],
        ),
        (
            Role::Hr,
            ["rw", "rw", "rw", "r", "-", "rw", "rw", "rw", "-"],
        ),
        (
            Role::InternalAuditor,
            ["r", "rw", "-", "r", "-", "rw", "-", "rw", "-"],
        ),
        (
            Role::ThirdPartyAuditor,
            ["r", "rw", "-", "r", "-", "rw", "-", "rw", "-"],
        ),
        (
            Role::Administrator,
            ["rw", "rw", "-", "r", "-", "rw", "-", "rw", "-"],
        ),
    ];
    assert_eq!(table.map(|(role, _)| role), Role::ALL);
    let [own, anothers] = [50, 51].map(|n| ClientId(id(n)));
    for (role, expected) in table {
        let mut field = Field::new();
        field.hire(SUBJECT, "某人", &[role], Some(EAST));
        grant(&mut field, own, SUBJECT, &[]);
        grant(&mut field, anothers, ALICE, &[]);
        let documents = [
            DocumentId::COMPANY,
            EAST.into(),
            WEST.into(),
            DocumentId::orders(own),
            DocumentId::orders(anothers),
            DocumentId::reviews(SUBJECT),
            DocumentId::reviews(ALICE),
            DocumentId::pay(SUBJECT),
            DocumentId::pay(ALICE),
        ];
        let found = documents.map(|document| access(&field, SUBJECT, document));
        assert_eq!(found, expected, "{role:?}");
    }
}

/// The list that a device is sent from nothing is no shorter than what the policy lets it read.
#[test]
fn every_document_that_somebody_may_read_is_listed() {
    let mut field = Field::new();
    let client = ClientId(id(50));
    grant(&mut field, client, ALICE, &[]);
    let listed: BTreeSet<_> = documents(&field.facts).collect();
    for expected in [
        client.into(),
        DocumentId::orders(client),
        ALICE.into(),
        DocumentId::reviews(ALICE),
        DocumentId::pay(ALICE),
        EAST.into(),
        DocumentId::COMPANY,
    ] {
        assert!(listed.contains(&expected), "{expected}");
    }
    let kinds: BTreeSet<_> = listed.iter().map(|document| document.kind).collect();
    assert_eq!(
        kinds.len(),
        DocumentKind::ALL.len() - 1,
        "all but the workspace's own"
    );
}

#[test]
fn managers_hold_what_their_team_holds() {
    let mut field = Field::new();
    let client = ClientId(id(50));
    grant(&mut field, client, ALICE, &[]);
    for (person, on_client, on_tasks) in [
        (ALICE, "rw", "rw"),
        (BOB, "-", "-"),
        (CAROL, "-", "-"),
        (EAST_MANAGER, "rw", "rw"),
        (WEST_MANAGER, "-", "-"),
        (DIRECTOR, "rw", "rw"),
        (ADMIN, "-", "-"),
        (FINANCE, "-", "-"),
    ] {
        assert_eq!(access(&field, person, client.into()), on_client, "{person}");
        assert_eq!(access(&field, person, ALICE.into()), on_tasks, "{person}");
    }
}

#[test]
fn whoever_is_not_active_loses_everything() {
    for status in [PersonStatus::Suspended, PersonStatus::Deactivated] {
        let mut field = Field::new();
        let client = ClientId(id(50));
        grant(&mut field, client, ALICE, &[]);
        field.set_status(ALICE, status);
        let fresh = ClientId(id(53));
        for document in [
            client.into(),
            fresh.into(),
            ALICE.into(),
            DocumentId::WORKSPACE,
        ] {
            assert_eq!(
                access(&field, ALICE, document),
                "-",
                "{status:?} {document}"
            );
        }
        // The manager still reaches what the person left behind.
        assert_eq!(access(&field, EAST_MANAGER, client.into()), "rw");
    }
}

#[test]
fn nobody_reads_or_writes_what_was_erased() {
    for role in Role::ALL {
        let mut field = Field::new();
        field.hire(SUBJECT, "某人", &[role], None);
        let client = ClientId(id(50));
        grant(&mut field, client, SUBJECT, &[ALICE]);
        let erased = Erased {
            at: MORNING,
            by: DIRECTOR,
            reason: ErasureReason::Asked,
        };
        for change in erasure(client.into(), erased, &field.facts.clone()) {
            field.facts.apply(change);
        }
        // A grant that came from elsewhere does not bring it back.
        for regranted in [false, true] {
            if regranted {
                grant(&mut field, client, SUBJECT, &[ALICE]);
            }
            for person in [SUBJECT, ALICE, DIRECTOR, ADMIN, EAST_MANAGER] {
                assert_eq!(access(&field, person, client.into()), "-", "{role:?}");
            }
        }
    }
}

#[test]
fn what_may_be_put_where() {
    const ALWAYS: (bool, bool) = (true, true);
    const ONCE: (bool, bool) = (true, false);
    const NEVER: (bool, bool) = (false, false);
    let table = [
        ("client profile/name", ALWAYS),
        ("client profile/created_by", ONCE),
        ("client profile/batch", ONCE),
        ("client profile", NEVER),
        ("client profile/name/deeper", NEVER),
        ("client tags/VIP", ALWAYS),
        ("client tags", NEVER),
        ("client contacts/1", ALWAYS),
        ("client contacts/1/name", ALWAYS),
        ("client contacts/1/phones", NEVER),
        ("client contacts/1/phones/2", ALWAYS),
        ("client contacts/1/phones/2/3", NEVER),
        ("client interactions", NEVER),
        ("client interactions/1", ONCE),
        ("client interactions/1/text", NEVER),
        ("client visits", NEVER),
        ("client visits/1", ONCE),
        ("client visits/1/purpose", ALWAYS),
        ("client visits/1/note", ALWAYS),
        ("client visits/1/cancelled", ALWAYS),
        ("client visits/1/check_in", ONCE),
        ("client visits/1/check_in/at", NEVER),
        ("client visits/1/check_out", ONCE),
        ("client visits/1/check_out/presence", NEVER),
        ("client visits/1/photos", NEVER),
        ("client visits/1/photos/2", ONCE),
        ("client visits/1/photos/2/by", NEVER),
        ("client visits/1/with", NEVER),
        ("client visits/1/with/2", ALWAYS),
        ("client visits/1/actions", NEVER),
        ("client visits/1/actions/note", ALWAYS),
        ("client visits/1/actions/note/text", ALWAYS),
        ("client tasks/1", NEVER),
        ("client elsewhere/1", NEVER),
        ("orders orders", NEVER),
        ("orders orders/1", ONCE),
        ("orders orders/1/client_name", NEVER),
        ("orders orders/1/versions", NEVER),
        ("orders orders/1/versions/2", ONCE),
        ("orders orders/1/versions/2/lines", NEVER),
        ("orders orders/1/receipts/2", ONCE),
        ("orders orders/1/receipts/2/amount", NEVER),
        ("orders orders/1/refunds/2", ONCE),
        ("orders orders/1/replies/2", ONCE),
        ("orders elsewhere/1", NEVER),
        ("pay statements", NEVER),
        ("pay statements/1", ONCE),
        ("pay statements/1/total", NEVER),
        ("pay statements/1/lines/00000", NEVER),
        ("pay adjustments/1", ONCE),
        ("pay adjustments/1/amount", NEVER),
        ("pay disputes/1", ONCE),
        ("pay disputes/1/text", NEVER),
        ("pay disputes/1/answers", NEVER),
        ("pay disputes/1/answers/2", ONCE),
        ("pay elsewhere/1", NEVER),
        ("team posts/1", ONCE),
        ("team posts/1/words", NEVER),
        ("team posts/1/applause", NEVER),
        ("team posts/1/applause/2", ALWAYS),
        ("team posts/1/seen/2", ONCE),
        ("team posts/1/withdrawn/2", ONCE),
        ("team posts/1/withdrawn/2/reason", NEVER),
        ("person tasks", NEVER),
        ("person tasks/1", ONCE),
        ("person tasks/1/status", ALWAYS),
        ("person tasks/1/created_by", ONCE),
        ("person tasks/1/created_at", ONCE),
        ("person tasks/1/from", ONCE),
        ("person tasks/1/time", NEVER),
        ("person tasks/1/time/2", ONCE),
        ("person tasks/1/time/2/minutes", NEVER),
        ("person tasks/1/help", NEVER),
        ("person tasks/1/help/2", ONCE),
        ("person tasks/1/handed", NEVER),
        ("person tasks/1/handed/2", ONCE),
        ("person tasks/1/earlier", NEVER),
        ("person tasks/1/earlier/000", NEVER),
        ("person skills", NEVER),
        ("person skills/follow-up", NEVER),
        ("person skills/follow-up/2", ONCE),
        ("person skills/follow-up/2/level", NEVER),
        ("person calendar", NEVER),
        ("person calendar/mon", NEVER),
        ("person calendar/mon/09:00-12:00", ALWAYS),
        ("person calendar/mon/off/1", NEVER),
        ("person goals", NEVER),
        ("person goals/1", NEVER),
        ("person goals/1/about", ONCE),
        ("person goals/1/about/by", NEVER),
        ("person goals/1/versions", NEVER),
        ("person goals/1/versions/2", ONCE),
        ("person goals/1/versions/2/target", NEVER),
        ("person goals/1/setter/2", ONCE),
        ("person goals/1/bearer/2", ONCE),
        ("person goals/1/updates/2", ONCE),
        ("person goals/1/elsewhere/2", NEVER),
        ("team goals/1/versions/2", ONCE),
        ("company goals/1/setter/2", ONCE),
        ("client goals/1/about", NEVER),
        ("reviews goals/1/about", NEVER),
        ("person profile/name", NEVER),
        ("person training/1", ONCE),
        ("person training/1/at", NEVER),
        ("company courses/1", ONCE),
        ("company courses/1/title", ALWAYS),
        ("company courses/1/created_by", NEVER),
        ("company courses/1/lessons", NEVER),
        ("company courses/1/lessons/1", ALWAYS),
        ("company courses/1/lessons/1/text", ALWAYS),
        ("company courses/1/questions/1/right", ALWAYS),
        ("company goals/1/anything", NEVER),
        ("workspace profile/name", NEVER),
    ];
    for (place, expected) in table {
        let (kind, path) = place.split_once(' ').unwrap();
        let kind = DocumentKind::ALL
            .into_iter()
            .find(|known| known.name() == kind)
            .unwrap();
        let path: Vec<_> = path.split('/').map(str::to_owned).collect();
        let found = (may_put(kind, &path, false), may_put(kind, &path, true));
        assert_eq!(found, expected, "{place}");
    }
    assert!(!may_put(DocumentKind::Client, &[], false));
}

#[test]
fn who_may_know_which_facts() {
    let mut field = Field::new();
    let client = ClientId(id(50));
    grant(&mut field, client, ALICE, &[CAROL]);
    let device = DeviceId(id(60));
    field.give_device(ALICE, device);
    let invitation = InvitationId(id(61));
    field.know(
        FactKey::Invitation(invitation),
        Fact::Invitation(Invitation {
            name: "新人".to_owned(),
            roles: Roles::from([Role::AccountManager]),
            team: Some(EAST),
            employment: Employment::PartTime,
            token_hash: [7; 32],
            invited_by: EAST_MANAGER,
            expires_at: MORNING,
            state: InvitationState::Open,
            person: None,
        }),
    );
    let everybody = [
        ADMIN,
        DIRECTOR,
        EAST_MANAGER,
        WEST_MANAGER,
        ALICE,
        BOB,
        CAROL,
        FINANCE,
    ];
    for (key, knowing) in [
        (FactKey::Workspace, &everybody[..]),
        (FactKey::Plan, &everybody),
        (
            FactKey::TaskKind(caravan_domain::tasks::kind::TaskKind::Other),
            &everybody,
        ),
        (FactKey::WorkLimits, &everybody),
        (FactKey::Team(EAST), &everybody),
        (FactKey::Person(ALICE), &everybody),
        (FactKey::Device(device), &everybody),
        (FactKey::Erased(client.into()), &everybody),
        (FactKey::DeviceDetail(device), &[ADMIN, DIRECTOR, ALICE]),
        (
            FactKey::Invitation(invitation),
            &[ADMIN, DIRECTOR, EAST_MANAGER],
        ),
        (
            FactKey::Grant(client.into()),
            &[DIRECTOR, EAST_MANAGER, ALICE, CAROL],
        ),
        (FactKey::CourseRule(CourseId(id(62))), &everybody),
        (
            FactKey::Certificate(ALICE, CourseId(id(62))),
            &[DIRECTOR, EAST_MANAGER, ALICE],
        ),
        (FactKey::Requirement(AgreementId(id(64))), &everybody),
        (FactKey::Signed(ALICE, AgreementId(id(64))), &everybody),
        (FactKey::PayPlan(crate::field::today()), &everybody),
        (
            FactKey::PayTerms(ALICE),
            &[DIRECTOR, EAST_MANAGER, ALICE, FINANCE],
        ),
        (
            FactKey::PayAdjustment(ALICE, id(63)),
            &[DIRECTOR, EAST_MANAGER, ALICE, FINANCE],
        ),
    ] {
        let found: Vec<_> = everybody
            .into_iter()
            .filter(|person| may_know(*person, key, &field.facts))
            .collect();
        assert_eq!(found, knowing, "{key:?}");
    }
}

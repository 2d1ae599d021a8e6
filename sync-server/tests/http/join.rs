//! `/api/invitation` and `/api/join`.

use axum::http::StatusCode;
use caravan_domain::facts::{FactKey, InvitationState};
use caravan_domain::id::DeviceId;
use caravan_domain::role::Role;
use caravan_relay::clock;
use caravan_relay::config::LimitOptions;
use caravan_relay::identity::hash_token;
use caravan_relay::store::{Write, WriteBatch};
use caravan_sync::join::{JoinError, Joined, Offered};

use crate::support::{Client, Device, Running, Setup, client_document};

async fn offered(client: &Client, token: [u8; 16]) -> Result<Offered, JoinError> {
    client.post("/api/invitation", &token).await.frame()
}

#[tokio::test]
async fn a_founding_link_makes_a_workspace_once() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    let token = relay.founding_link().await;
    assert_eq!(offered(&relay.client(), token).await, Ok(Offered::Founding));
    let mut founder = Device::found(relay.client(), token).await;
    let reply = founder.exchange(Vec::new()).await;
    let people = reply
        .facts
        .iter()
        .filter(|fact| matches!(fact.key, FactKey::Person(_)));
    assert_eq!(people.count(), 1);
    assert_eq!(
        offered(&relay.client(), token).await,
        Err(JoinError::UnknownLink)
    );
    let again = Device::try_join(relay.client(), token, |_| {}).await;
    assert_eq!(again.err(), Some(JoinError::UnknownLink));
}

#[tokio::test]
async fn an_invitation_lets_one_person_in() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    let mut founder = relay.founder().await;
    let token = founder.invite().await;
    let offer = offered(&relay.client(), token).await;
    let expected = Offered::Membership {
        workspace_name: "云南商队".to_owned(),
        name: "李强".to_owned(),
        invited_by: "王芳".to_owned(),
        own_device: false,
    };
    assert_eq!(offer, Ok(expected));
    let joined = Device::try_join(relay.client(), token, |request| request.name.clear()).await;
    let joined = joined.unwrap();
    assert_eq!(joined.workspace, founder.workspace);
    assert_eq!(
        offered(&relay.client(), token).await,
        Err(JoinError::LinkUsed)
    );
    let again = Device::try_join(relay.client(), token, |_| {}).await;
    assert_eq!(again.err(), Some(JoinError::LinkUsed));

    let reply = founder.exchange(Vec::new()).await;
    let mut facts = caravan_domain::facts::Facts::default();
    reply.facts.into_iter().for_each(|fact| facts.apply(fact));
    let person = &facts.people[&joined.person];
    assert_eq!(person.name, "李强");
    assert!(person.roles.contains(&Role::AccountManager));
    let used = InvitationState::Used { by: joined.person };
    assert!(
        facts
            .invitations
            .values()
            .any(|invitation| invitation.state == used)
    );
}

#[tokio::test]
async fn what_cannot_come_in_is_told_why() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    let mut founder = relay.founder().await;
    let token = founder.invite().await;
    let refused = async |change: &dyn Fn(&mut caravan_sync::join::JoinRequest)| {
        let joined = Device::try_join(relay.client(), token, |request| change(request)).await;
        joined.err()
    };
    let other = refused(&|request| request.token[0] ^= 1).await;
    assert_eq!(other, Some(JoinError::BadSignature));
    let stolen = refused(&|request| request.key.0[20] ^= 1).await;
    assert_eq!(stolen, Some(JoinError::BadSignature));
    let long = refused(&|request| request.name = "长".repeat(81)).await;
    assert_eq!(long, Some(JoinError::BadName));
    let short = refused(&|request| "short".clone_into(&mut request.password)).await;
    assert_eq!(short, Some(JoinError::PasswordTooShort));
    let unknown = Device::try_join(relay.client(), [9; 16], |_| {}).await;
    assert_eq!(unknown.err(), Some(JoinError::UnknownLink));
    // After all that the link still works.
    Device::join(relay.client(), token).await;
}

#[tokio::test]
async fn a_device_that_is_bound_cannot_be_bound_again() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    let mut founder = relay.founder().await;
    let token = founder.invite().await;
    let key = crate::support::new_key();
    let request = crate::support::join_request(&key, DeviceId(founder.id.0), token);
    let answer = relay.client().post("/api/join", &request).await;
    assert_eq!(
        answer.frame::<Result<Joined, JoinError>>(),
        Err(JoinError::Malformed)
    );
    assert_eq!(answer.cookie(), None);
}

#[tokio::test]
async fn an_expired_link_is_refused() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    let token = [3; 16];
    let founding = Write::Founding {
        token: hash_token(&token),
        expires_at: clock::now().plus_millis(-1),
    };
    let batch = WriteBatch {
        workspace: caravan_domain::id::WorkspaceId(caravan_domain::id::Id::ZERO),
        writes: vec![founding],
    };
    relay.store.commit(batch).await.unwrap();
    assert_eq!(
        offered(&relay.client(), token).await,
        Err(JoinError::LinkExpired)
    );
    let late = Device::try_join(relay.client(), token, |_| {}).await;
    assert_eq!(late.err(), Some(JoinError::LinkExpired));
}

#[tokio::test]
async fn workspaces_on_one_relay_do_not_see_each_other() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    let (mut ours, mut theirs) = (relay.founder().await, relay.founder().await);
    assert_ne!(ours.workspace, theirs.workspace);
    let document = client_document();
    let envelope = ours.name_client(document, "大理茶厂");
    ours.push(vec![envelope]).await;
    let reply = theirs.exchange(Vec::new()).await;
    assert!(reply.snapshots.is_empty() && reply.entries.is_empty());
    // Nor does a cookie of one open the other.
    theirs.client.cookie.clone_from(&ours.client.cookie);
    let refused = theirs.exchange_frame(Vec::new()).await;
    let unknown = caravan_sync::frame::Trouble::Unknown;
    assert_eq!(refused, caravan_sync::frame::RelayFrame::Refused(unknown));
}

#[tokio::test]
async fn trying_links_without_end_is_slowed_down() {
    let data = tempfile::tempdir().unwrap();
    let setup = Setup {
        limits: LimitOptions {
            joins_per_minute: 3.try_into().ok(),
            ..LimitOptions::default()
        },
        ..Setup::default()
    };
    let relay = Running::with(data.path(), setup).await;
    for _ in 0..3 {
        assert_eq!(
            offered(&relay.client(), [1; 16]).await,
            Err(JoinError::UnknownLink)
        );
    }
    let answer = relay.client().post("/api/invitation", &[1u8; 16]).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(
        answer.frame::<Result<Offered, JoinError>>(),
        Err(JoinError::TooMany)
    );
}

#[tokio::test]
async fn the_cookie_is_bound_to_this_origin_and_out_of_reach_of_scripts() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    let token = relay.founding_link().await;
    let key = crate::support::new_key();
    let mut request = crate::support::join_request(&key, DeviceId(crate::support::mint()), token);
    request.founding = Some(caravan_sync::join::Founding {
        workspace_name: "云南商队".to_owned(),
    });
    request.password = "a long password".to_owned();
    let answer = relay.client().post("/api/join", &request).await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-caravan="), "{cookie}");
    for attribute in ["Path=/", "Secure", "HttpOnly", "SameSite=Strict"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    assert_eq!(answer.header("cache-control"), "no-store");
}

//! `POST /api/exchange`.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use caravan_domain::document::{DocumentId, DocumentKind};
use caravan_sync::frame::{Challenge, Rejection, RelayFrame, Trouble, Verdict};

use crate::support::{Device, Running, client_document, mint};

#[tokio::test]
async fn what_one_device_pushes_the_director_receives() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    let mut director = relay.founder().await;
    let token = director.invite().await;
    let mut manager = Device::join(relay.client(), token).await;
    director.exchange(Vec::new()).await;
    let document = client_document();
    let envelope = manager.name_client(document, "大理茶厂");
    let reply = manager.push(vec![envelope.clone()]).await;
    assert!(
        reply.entries.is_empty(),
        "a device is not sent its own changes"
    );
    relay.settled().await;
    let reply = director.exchange(Vec::new()).await;
    let entries: Vec<_> = reply.entries.iter().map(|it| &it.envelope).collect();
    assert_eq!(
        entries,
        [&envelope],
        "what begins a document comes as it was signed"
    );
    // The answer brings what the next exchange needs: nothing is owed now.
    let reply = director.exchange(Vec::new()).await;
    assert!(reply.snapshots.is_empty() && reply.facts.is_empty() && !reply.more);
}

#[tokio::test]
async fn an_account_manager_never_receives_what_is_not_theirs() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    let mut director = relay.founder().await;
    let token = director.invite().await;
    let mut manager = Device::join(relay.client(), token).await;
    let theirs = client_document();
    let envelope = director.name_client(theirs, "昆明花市");
    director.push(vec![envelope]).await;
    let reply = manager.exchange(Vec::new()).await;
    assert!(reply.snapshots.is_empty() && reply.entries.is_empty());
    let envelope = manager.name_client(theirs, "mine now");
    let reply = manager.exchange(vec![envelope]).await;
    let refused = &reply.receipts[0].verdict;
    let reason = Rejection::NotAllowed;
    assert!(
        matches!(refused, Verdict::Refused { reason: why, .. } if *why == reason),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_repeated_push_gets_the_receipt_of_the_first() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    let mut device = relay.founder().await;
    let envelope = device.name_client(client_document(), "大理茶厂");
    let first = device.push(vec![envelope.clone()]).await;
    let again = device.push(vec![envelope]).await;
    assert_eq!(first.receipts, again.receipts);
    let entries = relay.store.workspaces().unwrap()[0].head;
    assert_eq!(entries, 2, "the founding and one envelope");
}

#[tokio::test]
async fn an_acknowledged_push_is_there_after_a_restart() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    let mut device = relay.founder().await;
    let document = client_document();
    let envelope = device.name_client(document, "大理茶厂");
    let before = device.push(vec![envelope.clone()]).await;
    relay.stop().await;
    let relay = Running::start(data.path()).await;
    device.client.address = relay.address;
    device.client.origin = relay.client().origin;
    // The same session, the same epoch, and one round trip.
    let reply = device.push(vec![envelope]).await;
    assert_eq!(reply.receipts, before.receipts);
    assert_eq!(reply.epoch, before.epoch);
    assert!(!reply.more && reply.snapshots.is_empty());
}

#[tokio::test]
async fn the_cookie_alone_opens_nothing() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    let mut device = relay.founder().await;
    device.exchange(Vec::new()).await;
    let right = device.challenge;

    // Without a challenge there is one to sign.
    device.challenge = Challenge::default();
    let RelayFrame::Challenge(fresh) = device.exchange_frame(Vec::new()).await else {
        panic!("a challenge was expected");
    };
    assert_ne!(fresh, Challenge::default());

    // One that the relay never made.
    device.challenge = Challenge([7; 16]);
    let forged = device.exchange_frame(Vec::new()).await;
    assert!(matches!(forged, RelayFrame::Challenge(_)));

    // The right challenge under another key.
    device.challenge = right;
    let key = std::mem::replace(&mut device.key, crate::support::new_key());
    let stolen = device.exchange_frame(Vec::new()).await;
    assert_eq!(stolen, RelayFrame::Refused(Trouble::Unknown));
    device.key = key;

    // The right key without the cookie.
    let cookie = device.client.cookie.take();
    let bare = device.exchange_frame(Vec::new()).await;
    assert_eq!(bare, RelayFrame::Refused(Trouble::Unknown));
    device.client.cookie = cookie;
    device.exchange(Vec::new()).await;
}

#[tokio::test]
async fn a_challenge_is_good_once() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    let mut device = relay.founder().await;
    let used = device.challenge;
    device.exchange(Vec::new()).await;
    device.challenge = used;
    let replayed = device.exchange_frame(Vec::new()).await;
    assert!(matches!(replayed, RelayFrame::Challenge(_)), "{replayed:?}");
}

#[tokio::test]
async fn a_revoked_device_must_wipe_and_its_push_counts_for_nothing() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    let mut director = relay.founder().await;
    let token = director.invite().await;
    let mut manager = Device::join(relay.client(), token).await;
    director.revoke(manager.id).await;
    let document = DocumentId {
        kind: DocumentKind::Client,
        id: mint(),
    };
    let envelope = manager.name_client(document, "too late");
    let answer = manager.exchange_frame(vec![envelope]).await;
    assert_eq!(answer, RelayFrame::Revoked);
    let reply = director.exchange(Vec::new()).await;
    assert!(reply.snapshots.is_empty() && reply.entries.is_empty());
}

#[tokio::test]
async fn bytes_that_are_no_frame_are_refused() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    let device = relay.founder().await;
    let post = async |body: Vec<u8>| {
        let path = "/api/exchange";
        let answer = device
            .client
            .send(Method::POST, path, &[], Body::from(body));
        answer.await
    };
    let nonsense = post(vec![1, 0, 255]).await;
    assert_eq!(
        nonsense.frame::<RelayFrame>(),
        RelayFrame::Refused(Trouble::BadFrame)
    );
    let newer = post(vec![9, 0, 1]).await;
    assert_eq!(
        newer.frame::<RelayFrame>(),
        RelayFrame::Refused(Trouble::Outdated)
    );
    let huge = post(vec![1; 5 << 20]).await;
    assert_eq!(huge.status, StatusCode::PAYLOAD_TOO_LARGE);
}

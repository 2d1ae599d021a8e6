//! `GET /api/sync`.

use std::time::{Duration, Instant};

use caravan_domain::document::DocumentId;
use caravan_sync::frame::{DeviceFrame, RelayFrame, Trouble, Verdict};

use crate::support::{Device, Running, Setup, Socket, client_document};

#[tokio::test]
async fn a_push_on_one_socket_is_news_on_another() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    let mut director = relay.founder().await;
    let token = director.invite().await;
    let mut manager = Device::join(relay.client(), token).await;
    let (mut theirs, mut ours) = (Socket::open(&director).await, Socket::open(&manager).await);
    // The upgrade is answered with the first reply at once.
    assert!(!theirs.reply().await.facts.is_empty());
    manager.stored(&ours.reply().await);

    let document = client_document();
    let envelope = manager.name_client(document, "大理茶厂");
    ours.say(&DeviceFrame::Push(vec![envelope])).await;
    let reply = ours.reply().await;
    assert!(matches!(
        reply.receipts[0].verdict,
        Verdict::Received { .. }
    ));
    let news = theirs.reply().await;
    let entries = news.entries.iter();
    let documents: Vec<DocumentId> = entries.map(|entry| entry.envelope.document).collect();
    assert_eq!(documents, [document]);
    // The one who wrote it hears whose it is, and no news of it.
    let reply = ours.reply().await;
    assert_eq!(
        (
            reply.facts.len(),
            reply.entries.len(),
            reply.snapshots.len()
        ),
        (1, 0, 0)
    );
    assert!(ours.is_silent().await);
}

/// Its headers are most of what a reconnect would cost, and there is no content they could guard.
#[tokio::test]
async fn the_upgrade_is_answered_in_few_words() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    let device = relay.founder().await;
    let socket = Socket::open(&device).await;
    let words = socket.headers.iter();
    let bytes: usize = words
        .map(|(name, value)| name.as_str().len() + value.len() + ": \r\n".len())
        .sum();
    assert!(bytes < 160, "{:?}", socket.headers);
}

#[tokio::test]
async fn what_is_not_for_this_person_is_not_even_hinted_at() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    let mut director = relay.founder().await;
    let token = director.invite().await;
    let manager = Device::join(relay.client(), token).await;
    let mut socket = Socket::open(&manager).await;
    socket.reply().await;
    director.exchange(Vec::new()).await;
    let envelope = director.name_client(client_document(), "昆明花市");
    director.push(vec![envelope]).await;
    assert!(socket.is_silent().await);
}

#[tokio::test]
async fn a_socket_is_cut_at_once_when_its_device_is_revoked() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    let mut director = relay.founder().await;
    let token = director.invite().await;
    let manager = Device::join(relay.client(), token).await;
    let mut socket = Socket::open(&manager).await;
    socket.reply().await;
    let begun = Instant::now();
    director.revoke(manager.id).await;
    assert_eq!(socket.hear().await, Some(RelayFrame::Revoked));
    assert_eq!(socket.hear().await, None);
    assert!(begun.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn a_large_catch_up_comes_in_batches_that_can_be_cut_anywhere() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    let mut author = relay.founder().await;
    let text = "茶".repeat(2000);
    for _ in 0..4 {
        let envelopes = (0..40).map(|_| author.name_client(client_document(), &text));
        let envelopes = envelopes.collect();
        author.push(envelopes).await;
    }
    relay.settled().await;
    let mut device = author;
    device.cursor = caravan_sync::cursor::Cursor::default();
    let mut received = 0;
    let mut batches = 0;
    // A new connection for every batch: each begins where the last one was stored.
    loop {
        let mut socket = Socket::open(&device).await;
        let reply = socket.reply().await;
        received += reply.snapshots.len();
        batches += 1;
        device.stored(&reply);
        if !reply.more {
            break;
        }
        // And one batch asked for on the same connection.
        socket.say(&DeviceFrame::Continue(reply.cursor)).await;
        let reply = socket.reply().await;
        received += reply.snapshots.len();
        batches += 1;
        device.stored(&reply);
        if !reply.more {
            break;
        }
    }
    assert_eq!(received, 160);
    assert!(batches > 2, "{batches} batches");
}

#[tokio::test]
async fn a_spent_challenge_is_answered_with_a_fresh_one() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    let mut device = relay.founder().await;
    let used = device.challenge;
    device.exchange(Vec::new()).await;
    device.challenge = used;
    let mut socket = Socket::open(&device).await;
    let Some(RelayFrame::Challenge(fresh)) = socket.hear().await else {
        panic!("a challenge was expected");
    };
    assert_eq!(socket.hear().await, None);
    device.challenge = fresh;
    Socket::open(&device).await.reply().await;
}

#[tokio::test]
async fn a_device_that_talks_without_end_is_stopped() {
    let data = tempfile::tempdir().unwrap();
    let setup = Setup {
        limits: caravan_relay::config::LimitOptions {
            exchanges_per_second: 5.try_into().ok(),
            ..Default::default()
        },
        ..Setup::default()
    };
    let relay = Running::with(data.path(), setup).await;
    let device = relay.founder().await;
    let mut socket = Socket::open(&device).await;
    let cursor = socket.reply().await.cursor;
    for _ in 0..10 {
        socket.say(&DeviceFrame::Continue(cursor)).await;
    }
    let mut last = None;
    while let Some(frame) = socket.hear().await {
        last = Some(frame);
    }
    assert_eq!(last, Some(RelayFrame::Refused(Trouble::TooMany)));
}

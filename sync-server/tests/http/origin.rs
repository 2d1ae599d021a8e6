//! Where requests may come from.

use axum::http::StatusCode;
use caravan_sync::join::JoinError;

use crate::support::{Running, Socket};

#[tokio::test]
async fn a_post_from_another_site_is_refused_before_it_is_read() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    let mut client = relay.client();
    for origin in [Some("https://evil.example"), Some("null"), None] {
        client.origin = origin.map(str::to_owned);
        let answer = client.post("/api/join", &[0u8; 16]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert_eq!(&answer.body[..], br#"{"code":"foreign_origin"}"#);
    }
    client.origin = Some(format!("http://127.0.0.1:{}", relay.address.port()));
    let answer = client.post("/api/join", &[0u8; 16]).await;
    assert_eq!(
        answer.frame::<Result<(), JoinError>>(),
        Err(JoinError::Malformed)
    );
}

#[tokio::test]
async fn a_socket_from_another_site_is_refused_before_the_upgrade() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    let device = relay.founder().await;
    let refused = Socket::try_open(&device, "https://evil.example").await;
    assert_eq!(refused.err(), Some(StatusCode::FORBIDDEN));
}

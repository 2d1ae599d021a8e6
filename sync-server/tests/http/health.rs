//! `/healthz`, `/readyz`, `/metrics`, and the headers on every answer.

use axum::body::Body;
use axum::http::{Method, StatusCode};

use crate::support::Running;

#[tokio::test]
async fn a_relay_that_can_write_is_ready() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    assert_eq!(relay.client().get("/healthz").await.status, StatusCode::OK);
    assert_eq!(relay.client().get("/readyz").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_relay_that_cannot_write_is_not_ready() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    // Another process holds the database longer than the probe waits.
    let held = rusqlite::Connection::open(data.path().join("relay.sqlite")).unwrap();
    held.execute_batch("BEGIN IMMEDIATE").unwrap();
    let answer = relay.client().get("/readyz").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    held.execute_batch("ROLLBACK").unwrap();
    assert_eq!(relay.client().get("/healthz").await.status, StatusCode::OK);
}

#[tokio::test]
async fn metrics_are_for_this_machine_only() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    relay.client().get("/healthz").await;
    let answer = relay.client().get("/metrics").await;
    let text = String::from_utf8(answer.body.to_vec()).unwrap();
    assert!(
        text.contains(r#"caravan_requests_total{route="/healthz",status="200"} 1"#),
        "{text}"
    );
    let passed_on = [("x-forwarded-for", "203.0.113.9")];
    let outside = relay
        .client()
        .send(Method::GET, "/metrics", &passed_on, Body::empty())
        .await;
    assert_eq!(outside.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn every_answer_carries_the_headers_that_keep_the_app_safe() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    for path in ["/healthz", "/", "/api/nowhere", "/api/blobs/x"] {
        let answer = relay.client().get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(
            policy.contains("script-src 'self' 'wasm-unsafe-eval';"),
            "{path}: {policy}"
        );
        assert!(policy.contains(&format!("ws://localhost:{}", relay.address.port())));
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin");
        // A browser must not insist on TLS where there is none.
        assert_eq!(answer.header("strict-transport-security"), "");
    }
}

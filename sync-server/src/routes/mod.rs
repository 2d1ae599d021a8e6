//! The relay's addresses, one file each: extractors, then who asks, then the store or the
//! workspace, then a typed answer.

mod admitted;
mod blobs;
mod body;
mod exchange;
mod healthz;
mod invitation;
mod join;
mod metrics;
mod password;
mod readyz;
mod rebuild;
mod refill;
mod returning;
mod session;
mod share;
mod sign_in;
mod survey;
mod sync;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, head, post};

use crate::config::LimitConfig;
use crate::relay::Relay;
use crate::web::{check_origin, observe, serve_app, set_headers};

/// Joining and signing in say little.
const SMALL_BODY: usize = 8 * 1024;

/// A thousand characters, each of which a form may write as nine.
const SURVEY_BODY: usize = 16 * 1024;

pub fn router(relay: Relay, limits: &LimitConfig) -> Router {
    let identity = Router::new()
        .route("/api/invitation", post(invitation::post))
        .route("/api/join", post(join::post))
        .route("/api/sign-in", post(sign_in::post))
        .route("/api/session", post(session::post))
        .route("/api/password", post(password::post))
        .route("/api/return", post(returning::post))
        .route("/api/share", post(share::post))
        .layer(DefaultBodyLimit::max(SMALL_BODY));
    let surveys = Router::new()
        .route("/s/{secret}", get(survey::get).post(survey::post))
        .layer(DefaultBodyLimit::max(SURVEY_BODY));
    let exchange = Router::new()
        .route("/api/exchange", post(exchange::post))
        .route("/api/refill", post(refill::post))
        .layer(DefaultBodyLimit::max(limits.max_exchange_bytes));
    let blobs = Router::new()
        .route(
            "/api/blobs/{hash}",
            head(blobs::head).get(blobs::get).patch(blobs::patch),
        )
        // Streamed to disk; its own limit is on the whole upload.
        .layer(DefaultBodyLimit::disable());
    let rebuilding = Router::new()
        .route("/api/rebuild", post(rebuild::post))
        // It sees to its limits itself, once it knows whose it is.
        .layer(DefaultBodyLimit::disable());
    Router::new()
        .merge(identity)
        .merge(rebuilding)
        .merge(surveys)
        .merge(exchange)
        .merge(blobs)
        .route("/api/sync", get(sync::get))
        .route("/healthz", get(healthz::get))
        .route("/readyz", get(readyz::get))
        .route("/metrics", get(metrics::get))
        .fallback(serve_app)
        .layer(from_fn_with_state(relay.clone(), check_origin))
        .layer(from_fn_with_state(relay.clone(), set_headers))
        .layer(from_fn_with_state(relay.clone(), observe))
        .with_state(relay)
}

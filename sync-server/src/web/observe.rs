//! Counts and times each request, and logs those that failed here. The route's pattern is all that
//! is written down: an address in the path could be somebody's photo.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;

use crate::metrics::RequestLabels;
use crate::relay::Relay;

pub async fn observe(State(relay): State<Relay>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let matched = request.extensions().get::<MatchedPath>();
    let route = matched.map_or("app", MatchedPath::as_str).to_owned();
    let response = next.run(request).await;
    let status = response.status();
    if status.is_server_error() {
        tracing::warn!(%route, status = status.as_u16(), "a request failed");
    }
    let metrics = relay.metrics();
    metrics
        .request_seconds
        .observe(begun.elapsed().as_secs_f64());
    let labels = RequestLabels {
        route,
        status: status.as_u16(),
    };
    metrics.requests.get_or_create(&labels).inc();
    response
}

//! Requests that change something, and WebSockets, are taken only from the app's own origin.
//! `SameSite=Strict` says the same to good browsers; this says it to every client.

use std::collections::HashSet;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::config::Origin;
use crate::problem::{Code, Problem};
use crate::relay::Relay;

#[derive(Debug, Clone)]
pub struct AllowedOrigins(HashSet<String>);

impl AllowedOrigins {
    #[must_use]
    pub fn new(origins: &[Origin]) -> Self {
        Self(origins.iter().map(Origin::to_string).collect())
    }

    /// Whether exactly one origin is named and it is one of ours. `null` never is.
    fn admit(&self, headers: &HeaderMap) -> bool {
        let mut named = headers.get_all(header::ORIGIN).iter();
        match (named.next(), named.next()) {
            (Some(origin), None) => origin.to_str().is_ok_and(|origin| self.0.contains(origin)),
            _ => false,
        }
    }
}

pub async fn check_origin(State(relay): State<Relay>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD);
    let upgrade = request.headers().contains_key(header::UPGRADE);
    if (safe && !upgrade) || relay.origins().admit(request.headers()) {
        return next.run(request).await;
    }
    relay.metrics().foreign_origins.inc();
    Problem::from(Code::ForeignOrigin).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_exact_origin_is_admitted() {
        let ours = AllowedOrigins::new(&["https://crm.example.com".parse().unwrap()]);
        let admitted = |origin: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ORIGIN, origin.parse().unwrap());
            ours.admit(&headers)
        };
        assert!(admitted("https://crm.example.com"));
        for other in [
            "http://crm.example.com",
            "https://crm.example.com.evil.example",
            "https://crm.example.com:444",
            "null",
        ] {
            assert!(!admitted(other), "{other}");
        }
        assert!(!ours.admit(&HeaderMap::new()));
    }
}

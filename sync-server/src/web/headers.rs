//! Headers on every answer with content. The policy admits this origin's scripts and WebAssembly, nothing
//! inline, and requires Trusted Types, so that a text field can never become a script.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{
    CONTENT_SECURITY_POLICY, HeaderMap, HeaderName, HeaderValue, REFERRER_POLICY,
    STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::middleware::Next;
use axum::response::Response;

use crate::config::Origin;
use crate::relay::Relay;

#[derive(Debug, Clone)]
pub struct SecurityHeaders(HeaderMap);

impl SecurityHeaders {
    #[must_use]
    pub fn new(origins: &[Origin]) -> Self {
        let mut headers = HeaderMap::new();
        if let Ok(policy) = HeaderValue::try_from(content_security_policy(origins)) {
            headers.insert(CONTENT_SECURITY_POLICY, policy);
        }
        for (name, value) in FIXED {
            headers.insert(
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            );
        }
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
        headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
        // A browser obeys this only over TLS; behind a proxy that ends TLS it must be there too.
        if origins.iter().all(Origin::is_secure) {
            headers.insert(
                STRICT_TRANSPORT_SECURITY,
                HeaderValue::from_static("max-age=63072000; includeSubDomains"),
            );
        }
        Self(headers)
    }
}

const FIXED: [(&str, &str); 3] = [
    (
        "permissions-policy",
        "geolocation=(self), camera=(self), microphone=(), payment=(), usb=()",
    ),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

fn content_security_policy(origins: &[Origin]) -> String {
    // Some browsers do not count WebSockets of the same host as 'self'.
    let sockets: Vec<String> = origins.iter().map(Origin::socket).collect();
    [
        "default-src 'self'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "img-src 'self' blob: data:",
        &format!("connect-src 'self' {}", sockets.join(" ")),
        "worker-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types caravan default",
    ]
    .join("; ")
}

/// A handler that sets one of them itself keeps its own. The answer to an upgrade goes without:
/// there is no content that they could speak of, and a reconnect has a budget in bytes.
pub async fn set_headers(State(relay): State<Relay>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if response.status() == StatusCode::SWITCHING_PROTOCOLS {
        return response;
    }
    let headers = response.headers_mut();
    for (name, value) in &relay.security_headers().0 {
        if !headers.contains_key(name) {
            headers.insert(name, value.clone());
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_inline_script_and_sockets_only_to_this_relay() {
        let policy = content_security_policy(&["https://crm.example.com".parse().unwrap()]);
        assert!(policy.contains("connect-src 'self' wss://crm.example.com;"));
        assert!(!policy.contains("unsafe-inline"));
        assert!(!policy.contains("'unsafe-eval'"));
    }

    #[test]
    fn strict_transport_only_where_every_address_is_secure() {
        let strict = |origin: &str| {
            let headers = SecurityHeaders::new(&[origin.parse().unwrap()]);
            headers.0.contains_key(STRICT_TRANSPORT_SECURITY)
        };
        assert!(strict("https://crm.example.com"));
        assert!(!strict("http://localhost:8080"));
    }
}

//! The network address a request comes from, for rate limits. It is never logged.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;

use crate::relay::Relay;

/// The other end of the connection, put beside each request by the server.
#[derive(Debug, Clone, Copy)]
pub struct PeerAddress(pub SocketAddr);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress {
    pub ip: IpAddr,
    /// Whether the request was made on this machine and nothing passed it on.
    pub local: bool,
}

impl FromRequestParts<Relay> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, relay: &Relay) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<PeerAddress>();
        // Without a connection (a test that calls the router) everybody shares one bucket.
        let peer = peer.map_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED), |peer| peer.0.ip());
        Ok(client(peer, &parts.headers, relay.forwarded_header()))
    }
}

fn client(peer: IpAddr, headers: &HeaderMap, trusted: Option<&str>) -> ClientAddress {
    let passed_on = ["forwarded", "x-forwarded-for", "x-real-ip"]
        .into_iter()
        .chain(trusted)
        .any(|name| headers.contains_key(name));
    let forwarded = trusted
        .and_then(|name| headers.get_all(name).iter().next_back())
        .and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
    ClientAddress {
        ip: forwarded.unwrap_or(peer),
        local: peer.to_canonical().is_loopback() && !passed_on,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROXY: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    fn forwarded(value: &'static str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", value.parse().unwrap());
        headers
    }

    #[test]
    fn only_the_entry_our_own_proxy_wrote_is_believed() {
        let headers = forwarded("203.0.113.9, 198.51.100.7");
        let seen = client(PROXY, &headers, Some("x-forwarded-for"));
        assert_eq!(seen.ip.to_string(), "198.51.100.7");
        assert!(!seen.local);
    }

    #[test]
    fn without_a_trusted_proxy_the_header_changes_nothing_but_local() {
        let seen = client(PROXY, &forwarded("198.51.100.7"), None);
        assert_eq!(seen.ip, PROXY);
        assert!(!seen.local);
        assert!(client(PROXY, &HeaderMap::new(), None).local);
    }
}

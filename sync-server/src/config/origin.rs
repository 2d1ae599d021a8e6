//! A web origin as browsers send it (RFC 6454): scheme, host and, when it is not the default, port.

use std::fmt;
use std::str::FromStr;

use axum::http::Uri;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Origin {
    secure: bool,
    host: String,
    port: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAnOrigin {
    #[error("not an address")]
    Address,
    #[error("neither http nor https")]
    Scheme,
    #[error("no host")]
    Host,
}

impl Origin {
    #[must_use]
    pub fn new(secure: bool, host: &str, port: u16) -> Self {
        Self {
            secure,
            host: host.to_ascii_lowercase(),
            port,
        }
    }

    #[must_use]
    pub const fn is_secure(&self) -> bool {
        self.secure
    }

    /// The same place for WebSockets, as the content security policy wants it.
    #[must_use]
    pub fn socket(&self) -> String {
        let scheme = if self.secure { "wss" } else { "ws" };
        self.written_with(scheme)
    }

    fn written_with(&self, scheme: &str) -> String {
        let default_port = if self.secure { 443 } else { 80 };
        if self.port == default_port {
            format!("{scheme}://{}", self.host)
        } else {
            format!("{scheme}://{}:{}", self.host, self.port)
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written_with(if self.secure { "https" } else { "http" }))
    }
}

/// Reads any address and keeps its origin: `https://crm.example.com/` is `https://crm.example.com`.
impl FromStr for Origin {
    type Err = NotAnOrigin;

    fn from_str(text: &str) -> Result<Self, NotAnOrigin> {
        let uri: Uri = text.trim().parse().map_err(|_| NotAnOrigin::Address)?;
        let secure = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return Err(NotAnOrigin::Scheme),
        };
        let host = uri.host().filter(|host| !host.is_empty());
        let host = host.ok_or(NotAnOrigin::Host)?;
        let port = uri.port_u16().unwrap_or(if secure { 443 } else { 80 });
        Ok(Self::new(secure, host, port))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_written_as_browsers_write_it() {
        for (typed, written) in [
            ("https://CRM.example.com/", "https://crm.example.com"),
            ("https://crm.example.com:443", "https://crm.example.com"),
            ("http://127.0.0.1:4150/#/join/x", "http://127.0.0.1:4150"),
            ("http://[::1]:80", "http://[::1]"),
        ] {
            assert_eq!(typed.parse::<Origin>().unwrap().to_string(), written);
        }
    }

    #[test]
    fn other_schemes_and_nonsense_are_refused() {
        for typed in [
            "null",
            "ftp://crm.example.com",
            "crm.example.com",
            "https://",
        ] {
            assert!(typed.parse::<Origin>().is_err(), "{typed}");
        }
    }
}

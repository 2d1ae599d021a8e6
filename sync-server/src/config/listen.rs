//! Where the relay listens, under which addresses people reach it, and its certificate.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use clap::Args;
use serde::Deserialize;

use super::{ConfigError, Origin};

#[derive(Debug, Clone, Default, Args, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
#[command(next_help_heading = "Listening")]
pub struct ListenOptions {
    /// Address to listen on; 0.0.0.0 or :: for every network [default: 127.0.0.1]
    #[arg(long, env = "CARAVAN_ADDRESS", value_name = "IP")]
    pub address: Option<IpAddr>,
    /// Port to listen on; 0 for any that is free [default: 8080]
    #[arg(long, env = "CARAVAN_PORT")]
    pub port: Option<u16>,
    /// Address under which people open the app; repeat it or separate with commas. Requests from
    /// any other origin are refused [default: http(s)://localhost and 127.0.0.1 with the port]
    #[arg(
        long,
        env = "CARAVAN_PUBLIC_URL",
        value_name = "URL",
        value_delimiter = ','
    )]
    pub public_url: Vec<String>,
    /// Certificate chain (PEM). With --tls-key the relay speaks TLS itself; both files are read
    /// again on SIGHUP
    #[arg(long, env = "CARAVAN_TLS_CERT", value_name = "FILE")]
    pub tls_cert: Option<PathBuf>,
    /// Private key of the certificate (PEM)
    #[arg(long, env = "CARAVAN_TLS_KEY", value_name = "FILE")]
    pub tls_key: Option<PathBuf>,
    /// The network address of a client is the last one in this header. Set it only behind a proxy
    /// of your own that always writes it, for example X-Forwarded-For
    #[arg(long, env = "CARAVAN_FORWARDED_HEADER", value_name = "HEADER")]
    pub forwarded_header: Option<String>,
}

#[derive(Debug, Clone)]
pub struct ListenConfig {
    pub address: SocketAddr,
    /// Empty until the port is known: see [`ListenConfig::origins`].
    pub public: Vec<Origin>,
    pub tls: Option<TlsFiles>,
    pub forwarded_header: Option<String>,
}

#[derive(Debug, Clone)]
pub struct TlsFiles {
    pub certificate: PathBuf,
    pub key: PathBuf,
}

impl ListenOptions {
    #[must_use]
    pub fn or(self, file: Self) -> Self {
        Self {
            address: self.address.or(file.address),
            port: self.port.or(file.port),
            public_url: if self.public_url.is_empty() {
                file.public_url
            } else {
                self.public_url
            },
            tls_cert: self.tls_cert.or(file.tls_cert),
            tls_key: self.tls_key.or(file.tls_key),
            forwarded_header: self.forwarded_header.or(file.forwarded_header),
        }
    }

    pub fn resolve(self) -> Result<ListenConfig, ConfigError> {
        let tls = match (self.tls_cert, self.tls_key) {
            (Some(certificate), Some(key)) => Some(TlsFiles { certificate, key }),
            (None, None) => None,
            _ => return Err(ConfigError::HalfOfTls),
        };
        let public = self
            .public_url
            .into_iter()
            .map(|text| {
                text.parse()
                    .map_err(|source| ConfigError::Origin { text, source })
            })
            .collect::<Result<_, _>>()?;
        Ok(ListenConfig {
            address: SocketAddr::new(
                self.address.unwrap_or(Ipv4Addr::LOCALHOST.into()),
                self.port.unwrap_or(8080),
            ),
            public,
            tls,
            forwarded_header: self.forwarded_header,
        })
    }
}

impl ListenConfig {
    /// The origins the app may be opened from, the one to print first. `port` is the one really
    /// bound, as port 0 asks for any.
    #[must_use]
    pub fn origins(&self, port: u16) -> Vec<Origin> {
        if !self.public.is_empty() {
            return self.public.clone();
        }
        let secure = self.tls.is_some();
        ["localhost", "127.0.0.1"]
            .map(|host| Origin::new(secure, host, port))
            .into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_win_over_the_file() {
        let flags = ListenOptions {
            port: Some(1),
            ..ListenOptions::default()
        };
        let file = ListenOptions {
            port: Some(2),
            public_url: vec!["https://crm.example.com/".into()],
            ..ListenOptions::default()
        };
        let config = flags.or(file).resolve().unwrap();
        assert_eq!(config.address.port(), 1);
        assert_eq!(config.origins(1)[0].to_string(), "https://crm.example.com");
    }

    #[test]
    fn without_a_public_url_only_this_machine_may_open_the_app() {
        let config = ListenOptions::default().resolve().unwrap();
        let origins: Vec<_> = config.origins(4150).iter().map(Origin::to_string).collect();
        assert_eq!(origins, ["http://localhost:4150", "http://127.0.0.1:4150"]);
    }

    #[test]
    fn a_certificate_without_its_key_is_refused() {
        let half = ListenOptions {
            tls_cert: Some("cert.pem".into()),
            ..ListenOptions::default()
        };
        assert!(matches!(half.resolve(), Err(ConfigError::HalfOfTls)));
    }
}

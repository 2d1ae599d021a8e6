//! What the operator chooses, one struct per concern.
//!
//! Every choice can be a flag, an environment variable (`CARAVAN_…`) or a key of a TOML file, in
//! that order of precedence. The `*Options` structs hold what was said, the `*Config` structs what
//! follows from it; only the latter leave this module.

mod file;
mod limits;
mod listen;
mod log;
mod origin;
mod storage;
mod web;

use std::path::PathBuf;

pub use file::{ConfigFile, read_file};
pub use limits::{LimitConfig, LimitOptions};
pub use listen::{ListenConfig, ListenOptions, TlsFiles};
pub use log::{LogConfig, LogFormat, LogOptions};
pub use origin::{NotAnOrigin, Origin};
pub use storage::{StorageConfig, StorageOptions};
pub use web::{WebConfig, WebOptions};

#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("the configuration file {path} cannot be read")]
    Unreadable {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("the configuration file {path} is not valid")]
    Malformed {
        path: PathBuf,
        #[source]
        source: Box<toml::de::Error>,
    },
    #[error("{text:?} is not a web address such as https://crm.example.com")]
    Origin {
        text: String,
        #[source]
        source: NotAnOrigin,
    },
    #[error("a TLS certificate and its key are given together or not at all")]
    HalfOfTls,
}

/// Everything `serve` needs.
#[derive(Debug, Clone)]
pub struct Config {
    pub listen: ListenConfig,
    pub storage: StorageConfig,
    pub web: WebConfig,
    pub limits: LimitConfig,
}

//! What the relay writes about its own work: never names, texts, tokens or addresses of people.

use clap::{Args, ValueEnum};
use serde::Deserialize;

#[derive(Debug, Clone, Default, Args, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
#[command(next_help_heading = "Log")]
pub struct LogOptions {
    /// What to log, for example "info" or "caravan_relay=debug,warn" [default: info]
    #[arg(long, env = "CARAVAN_LOG", value_name = "FILTER", global = true)]
    pub log: Option<String>,
    /// Lines for people or for machines [default: text]
    #[arg(long, env = "CARAVAN_LOG_FORMAT", global = true)]
    pub log_format: Option<LogFormat>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    #[default]
    Text,
    Json,
}

#[derive(Debug, Clone)]
pub struct LogConfig {
    pub filter: String,
    pub format: LogFormat,
}

impl LogOptions {
    #[must_use]
    pub fn or(self, file: Self) -> Self {
        Self {
            log: self.log.or(file.log),
            log_format: self.log_format.or(file.log_format),
        }
    }

    #[must_use]
    pub fn resolve(self) -> LogConfig {
        LogConfig {
            filter: self.log.unwrap_or_else(|| "info".to_owned()),
            format: self.log_format.unwrap_or_default(),
        }
    }
}

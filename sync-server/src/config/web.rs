//! The app's files.

use std::path::PathBuf;

use clap::Args;
use serde::Deserialize;

#[derive(Debug, Clone, Default, Args, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
#[command(next_help_heading = "App")]
pub struct WebOptions {
    /// Folder of the built app; without it only the interface for devices is served
    #[arg(long, env = "CARAVAN_DIST", value_name = "DIR")]
    pub dist: Option<PathBuf>,
}

#[derive(Debug, Clone)]
pub struct WebConfig {
    pub dist: Option<PathBuf>,
}

impl WebOptions {
    #[must_use]
    pub fn or(self, file: Self) -> Self {
        Self {
            dist: self.dist.or(file.dist),
        }
    }

    #[must_use]
    pub fn resolve(self) -> WebConfig {
        WebConfig { dist: self.dist }
    }
}

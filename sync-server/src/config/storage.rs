//! Where the relay keeps what it was given.

use std::path::PathBuf;

use clap::Args;
use serde::Deserialize;

#[derive(Debug, Clone, Default, Args, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
#[command(next_help_heading = "Storage")]
pub struct StorageOptions {
    /// Folder of the database and the photos; made when it is missing [default: .caravan]
    #[arg(long, env = "CARAVAN_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
}

#[derive(Debug, Clone)]
pub struct StorageConfig {
    pub data: PathBuf,
}

impl StorageOptions {
    #[must_use]
    pub fn or(self, file: Self) -> Self {
        Self {
            data: self.data.or(file.data),
        }
    }

    #[must_use]
    pub fn resolve(self) -> StorageConfig {
        StorageConfig {
            data: self.data.unwrap_or_else(|| PathBuf::from(".caravan")),
        }
    }
}

impl StorageConfig {
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.data.join("relay.sqlite")
    }

    /// The keys that the database and the photos are encrypted with.
    #[must_use]
    pub fn keys(&self) -> PathBuf {
        self.data.join("keys.db")
    }

    /// Finished blobs, named by their hash.
    #[must_use]
    pub fn blobs(&self) -> PathBuf {
        self.data.join("blobs")
    }

    /// Uploads under way. Not worth a backup: a phone resumes or starts again.
    #[must_use]
    pub fn uploads(&self) -> PathBuf {
        self.data.join("uploads")
    }
}

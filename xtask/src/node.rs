//! Node programs of `tests/e2e`, which drive the app in a real browser: journeys, soaks, the benchmark.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Result;

use crate::{browser, build, npm, places, process::program};

/// What each of them needs: the release build of the app, a relay, a browser, and their packages.
pub(crate) struct Programs {
    pub(crate) folder: PathBuf,
    dist: PathBuf,
    relay: PathBuf,
    chromium: PathBuf,
}

impl Programs {
    pub(crate) fn ready(relay: PathBuf) -> Result<Self> {
        let folder = places::root().join("tests/e2e");
        let dist = build::release()?;
        npm::install_in(&folder)?;
        let chromium = browser::chromium()?;
        Ok(Self {
            folder,
            dist,
            relay,
            chromium,
        })
    }

    /// Node with `flags`, on a script of the folder.
    pub(crate) fn run(&self, flags: &[&str], script: impl AsRef<Path>) -> Command {
        let mut node = program("node");
        node.args(flags)
            .arg(self.folder.join(script))
            .env("CARAVAN_CHROMIUM", &self.chromium)
            .env("CARAVAN_RELAY", &self.relay)
            .env("CARAVAN_DIST", &self.dist);
        node
    }
}

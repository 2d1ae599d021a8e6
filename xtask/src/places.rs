//! Where things are: the checkout, and the cache outside it.

use std::{env, path::PathBuf};

use anyhow::{Context, Result};

/// The top of the checkout.
pub(crate) fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.parent().map(PathBuf::from).unwrap_or(here)
}

/// Where cargo keeps the sources of other people's crates.
pub(crate) fn cargo_home() -> Option<PathBuf> {
    let set = env::var_os("CARGO_HOME").map(PathBuf::from);
    set.or_else(|| Some(dirs::home_dir()?.join(".cargo")))
}

/// Where cargo puts what it builds: one directory for host, Wasm and tests.
pub(crate) fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// Steps of the PWA's build that are kept between builds.
pub(crate) fn pwa() -> PathBuf {
    target().join("pwa")
}

/// Tools, shared by every checkout of this user: `$CARAVAN_CACHE`, or `caravan` in the system's cache folder.
pub(crate) fn cache() -> Result<PathBuf> {
    match env::var_os("CARAVAN_CACHE") {
        Some(path) => Ok(PathBuf::from(path)),
        None => Ok(dirs::cache_dir()
            .context("this system names no cache folder: set CARAVAN_CACHE")?
            .join("caravan")),
    }
}

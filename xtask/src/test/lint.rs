//! Formatting and lints.

use anyhow::Result;

use crate::process::{cargo, run};

/// Everything that is compiled for the browser.
const BROWSER: [&str; 7] = [
    "caravan-domain",
    "caravan-documents",
    "caravan-sync",
    "caravan-port",
    "caravan-engine",
    "caravan-files",
    "caravan-ui",
];

pub(super) fn fmt() -> Result<()> {
    run(cargo().args(["fmt", "--all", "--check"]))
}

pub(super) fn host() -> Result<()> {
    run(cargo().args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--",
        "--deny",
        "warnings",
    ]))
}

pub(super) fn wasm() -> Result<()> {
    let packages = BROWSER.iter().flat_map(|package| ["--package", package]);
    run(cargo()
        .args(["clippy", "--target", "wasm32-unknown-unknown"])
        .args(packages)
        .args(["--", "--deny", "warnings"]))
}

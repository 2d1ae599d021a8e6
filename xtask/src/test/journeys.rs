//! Journeys of people through the whole product: `tests/e2e/*.test.mjs`, driven by Playwright.
//!
//! The tests get `CARAVAN_CHROMIUM`, `CARAVAN_RELAY` (the relay's program) and `CARAVAN_DIST` (the app to serve).

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Result, ensure};

use crate::{
    browser, build, npm, places,
    process::{program, run},
    run::relay,
};

pub(super) fn journeys() -> Result<()> {
    let dist = build::release()?;
    let relay = relay(false)?;
    let folder = places::root().join("tests/e2e");
    npm::install_in(&folder)?;
    let tests = tests(&folder)?;
    ensure!(
        !tests.is_empty(),
        "there is no test in {}",
        folder.display()
    );
    run(program("node")
        .args(["--test", "--test-reporter=spec", "--test-concurrency=1"])
        .args(tests)
        .env("CARAVAN_CHROMIUM", browser::chromium()?)
        .env("CARAVAN_RELAY", relay)
        .env("CARAVAN_DIST", dist))
}

fn tests(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut tests = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(".test.mjs") {
            tests.push(path);
        }
    }
    tests.sort();
    Ok(tests)
}

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
    let chromium = browser::chromium()?;
    let journey = |test: &Path| {
        run(program("node")
            .args(["--test", "--test-reporter=spec", "--test-concurrency=1"])
            .arg(test)
            .env("CARAVAN_CHROMIUM", &chromium)
            .env("CARAVAN_RELAY", &relay)
            .env("CARAVAN_DIST", &dist))
    };
    let mut failed = Vec::new();
    for test in &tests {
        // A browser on a crowded machine can miss a limit once; a journey that fails twice is broken.
        if journey(test).is_err() {
            println!("  {} failed; once more", test.display());
            if journey(test).is_err() {
                failed.push(test.display().to_string());
            }
        }
    }
    ensure!(failed.is_empty(), "failed twice: {}", failed.join(", "));
    Ok(())
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

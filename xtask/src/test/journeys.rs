//! Journeys of people through the whole product: `tests/e2e/*.test.mjs`, driven by Playwright.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Result, ensure};

use crate::{node::Programs, process::run, run::relay_beside_tests};

pub(super) fn journeys() -> Result<()> {
    let programs = Programs::ready(relay_beside_tests()?)?;
    let tests = tests(&programs.folder)?;
    ensure!(
        !tests.is_empty(),
        "there is no test in {}",
        programs.folder.display()
    );
    let flags = ["--test", "--test-reporter=spec", "--test-concurrency=1"];
    let journey = |test: &Path| run(&mut programs.run(&flags, test));
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

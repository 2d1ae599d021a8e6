//! Tests that need a browser's own interfaces: every crate's `tests/web.rs`, run as Wasm in headless Chromium.

use anyhow::{Result, ensure};

use crate::{
    browser, places,
    process::{cargo, run},
    tools,
};

/// Crates that may hold a `tests/web.rs`.
const CRATES: [(&str, &str); 3] = [
    ("caravan-engine", "app/engine"),
    ("caravan-files", "app/files"),
    ("caravan-ui", "app/ui"),
];

pub(super) fn web() -> Result<()> {
    let holds = |folder: &str| places::root().join(folder).join("tests/web.rs").is_file();
    let packages: Vec<&str> = CRATES
        .iter()
        .filter(|(_, folder)| holds(folder))
        .flat_map(|(package, _)| ["--package", *package])
        .collect();
    ensure!(!packages.is_empty(), "no crate has a tests/web.rs");
    let runner = tools::wasm_bindgen()?.join("wasm-bindgen-test-runner");
    run(cargo()
        .args(["test", "--target", tools::WASM, "--test", "web"])
        .args(packages)
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
        .env("CHROMEDRIVER", browser::driver()?)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", browser::capabilities()?))
}

//! The browser that Wasm tests and journeys run in, its driver, and fonts to read the screenshots by.

use std::{env, fs, path::PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::json;

use crate::{places, process, step::step};

/// Names of the browser on different systems.
const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// The browser: `$CARAVAN_CHROMIUM`, or one on the search path, or Debian's, installed now.
pub(crate) fn chromium() -> Result<PathBuf> {
    ensure_chinese_font()?;
    program("CARAVAN_CHROMIUM", &BROWSERS, "chromium")
}

/// The driver of the same version: `$CHROMEDRIVER`, or one on the search path, or Debian's, installed now.
pub(crate) fn driver() -> Result<PathBuf> {
    program("CHROMEDRIVER", &["chromedriver"], "chromium-driver")
}

/// A file that tells the driver how to start the browser: no window, and without the sandbox that root cannot have.
pub(crate) fn capabilities() -> Result<PathBuf> {
    let arguments = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];
    let content = json!({ "goog:chromeOptions": { "binary": chromium()?, "args": arguments } });
    let path = places::pwa().join("webdriver.json");
    fs::create_dir_all(places::pwa())?;
    fs::write(&path, content.to_string())?;
    Ok(path)
}

fn program(variable: &str, names: &[&str], package: &str) -> Result<PathBuf> {
    if let Some(path) = env::var_os(variable) {
        return Ok(PathBuf::from(path));
    }
    let find = || names.iter().find_map(|name| process::find(name));
    if let Some(path) = find() {
        return Ok(path);
    }
    if !can_install() {
        bail!(
            "{} is not on the search path: install it, or set {variable} to its program",
            names[0]
        );
    }
    install(package)?;
    find()
        .with_context(|| format!("Debian's {package} was installed, but brought none of {names:?}"))
}

/// Without one, screenshots show boxes; the tests themselves do not depend on it.
fn ensure_chinese_font() -> Result<()> {
    let known = process::find("fc-list")
        .map(|list| process::read(process::program(list).arg(":lang=zh").arg("family")))
        .transpose()?;
    if known.is_some_and(|families| !families.trim().is_empty()) {
        return Ok(());
    }
    if can_install() {
        return install("fonts-noto-cjk");
    }
    println!(
        "  no Chinese font is installed: screenshots will show boxes (Debian: fonts-noto-cjk)"
    );
    Ok(())
}

/// Whether apt is there and would obey.
fn can_install() -> bool {
    let is_root = process::find("id")
        .and_then(|id| process::read(process::program(id).arg("-u")).ok())
        .is_some_and(|user| user.trim() == "0");
    is_root && process::find("apt-get").is_some()
}

fn install(package: &str) -> Result<()> {
    let apt = || {
        let mut apt = process::program("apt-get");
        apt.args(["-q", "-o", "Dpkg::Use-Pty=0"])
            .env("DEBIAN_FRONTEND", "noninteractive");
        apt
    };
    step(&format!("Install Debian's {package} (once)"), || {
        process::run(apt().arg("update"))?;
        process::run(apt().args(["install", "--yes", "--no-install-recommends", package]))
    })
}

//! Build tools written in Rust, in pinned versions, each in a folder of the cache that carries its version.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};

use crate::{places, process, step::step};

pub(crate) const WASM: &str = "wasm32-unknown-unknown";

struct Tool {
    package: &'static str,
    /// The folder's name, which is also the name of the tool's main program.
    name: &'static str,
    version: String,
    flags: &'static [&'static str],
    optimised: bool,
    /// What to expect on two cores.
    minutes: &'static str,
}

/// The tools that building the PWA needs, as folders for the search path.
pub(crate) fn for_the_pwa() -> Result<Vec<PathBuf>> {
    Ok(vec![wasm_bindgen()?, trunk()?])
}

/// `wasm-bindgen` and `wasm-bindgen-test-runner`, and the target they are for. Its version is the one in Cargo.lock: the two must be equal.
pub(crate) fn wasm_bindgen() -> Result<PathBuf> {
    ensure_wasm_target()?;
    installed(&Tool {
        package: "wasm-bindgen-cli",
        name: "wasm-bindgen",
        version: locked_version(&places::root().join("Cargo.lock"), "wasm-bindgen")?,
        // Its published lock file no longer resolves; unoptimised it would take seconds for every build.
        flags: &[],
        optimised: true,
        minutes: "about 4 minutes",
    })
}

/// The folder of `cargo-nextest`: where it already is, or the cache.
pub(crate) fn nextest() -> Result<Option<PathBuf>> {
    if process::answers("cargo-nextest", &["--version"]) {
        return Ok(None);
    }
    installed(&Tool {
        package: "cargo-nextest",
        name: "cargo-nextest",
        version: "0.9.143".into(),
        flags: &[
            "--locked",
            "--no-default-features",
            "--features",
            "default-no-update",
        ],
        optimised: false,
        minutes: "about 4 minutes",
    })
    .map(Some)
}

fn trunk() -> Result<PathBuf> {
    installed(&Tool {
        package: "trunk",
        name: "trunk",
        version: "0.21.14".into(),
        flags: &["--locked", "--no-default-features"],
        optimised: false,
        minutes: "about 4 minutes",
    })
}

pub(crate) fn ensure_wasm_target() -> Result<()> {
    let sysroot = process::read(process::program("rustc").args(["--print", "sysroot"]))?;
    if Path::new(sysroot.trim())
        .join("lib/rustlib")
        .join(WASM)
        .is_dir()
    {
        return Ok(());
    }
    step("Add the Wasm target to the Rust toolchain", || {
        process::run(process::program("rustup").args(["target", "add", WASM]))
    })
}

/// The tool's `bin` folder. Installs beside it and renames, so that an interrupted install never looks complete.
fn installed(tool: &Tool) -> Result<PathBuf> {
    let folder = places::cache()?
        .join("tools")
        .join(format!("{}-{}", tool.name, tool.version));
    let bin = folder.join("bin");
    if bin.is_dir() {
        return Ok(bin);
    }
    let announcement = format!(
        "Install {} {} ({}, once)",
        tool.name, tool.version, tool.minutes
    );
    step(&announcement, || {
        let parent = folder
            .parent()
            .context("the cache is the root of the file system")?;
        fs::create_dir_all(parent)?;
        let unfinished = tempfile::Builder::new()
            .prefix(".unfinished-")
            .tempdir_in(parent)?;
        // Named after the tool, so that a second try goes on where an interrupted one stopped.
        let objects = parent.join(format!(".build-{}-{}", tool.name, tool.version));
        process::run(
            process::cargo()
                .args([
                    "install",
                    "--debug",
                    "--version",
                    &format!("={}", tool.version),
                    tool.package,
                ])
                .args(tool.flags)
                .arg("--root")
                .arg(unfinished.path())
                .env("CARGO_TARGET_DIR", &objects)
                .env("CARGO_PROFILE_DEV_DEBUG", "0")
                .env(
                    "CARGO_PROFILE_DEV_OPT_LEVEL",
                    if tool.optimised { "1" } else { "0" },
                ),
        )?;
        fs::rename(unfinished.path(), &folder)?;
        fs::remove_dir_all(&objects)?;
        Ok(bin)
    })
}

/// The one version of a package in a lock file.
fn locked_version(lock: &Path, package: &str) -> Result<String> {
    let text =
        fs::read_to_string(lock).with_context(|| format!("cannot read {}", lock.display()))?;
    let table: toml::Table = text.parse()?;
    let versions: Vec<&str> = table
        .get("package")
        .and_then(toml::Value::as_array)
        .into_iter()
        .flatten()
        .filter(|entry| entry.get("name").and_then(toml::Value::as_str) == Some(package))
        .filter_map(|entry| entry.get("version").and_then(toml::Value::as_str))
        .collect();
    ensure!(
        versions.len() == 1,
        "Cargo.lock must hold one version of {package}, it holds {versions:?}"
    );
    Ok(versions[0].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Trunk looks for the version in its own way: a caret range there could find another one than Cargo.lock has.
    #[test]
    fn the_manifest_pins_the_wasm_bindgen_of_the_lock_file() {
        let manifest: toml::Table = fs::read_to_string(places::root().join("Cargo.toml"))
            .unwrap()
            .parse()
            .unwrap();
        let pinned = manifest["workspace"]["dependencies"]["wasm-bindgen"]
            .as_str()
            .unwrap();
        let locked = locked_version(&places::root().join("Cargo.lock"), "wasm-bindgen").unwrap();
        assert_eq!(pinned, format!("={locked}"));
    }
}

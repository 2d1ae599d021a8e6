//! Build tools from npm, exactly as `xtask/npm/package-lock.json` has them, outside the checkout.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};

use crate::{fingerprint, places, process, step::step};

/// An installed `node_modules`.
pub(crate) struct Npm {
    modules: PathBuf,
    /// Another one for every other version of any of the packages.
    pub(crate) version: String,
}

impl Npm {
    /// Installs when this lock file has not been installed yet.
    pub(crate) fn ready() -> Result<Self> {
        ensure!(
            process::answers("node", &["--version"])
                && process::answers(npm_name(), &["--version"]),
            "Node.js and npm are needed on the search path: install Node.js 20 or newer"
        );
        let manifests = places::root().join("xtask/npm");
        let lock = fs::read(manifests.join("package-lock.json"))?;
        let version = fingerprint::short(&lock);
        let folder = places::cache()?.join("npm").join(&version);
        let modules = folder.join("node_modules");
        if !modules.is_dir() {
            step("Install the build tools from npm (once)", || {
                install(&manifests, &folder)
            })?;
        }
        Ok(Self { modules, version })
    }

    /// A script of one of the packages, run by Node. Packages named in style sheets resolve too.
    pub(crate) fn script(&self, path: &str) -> Command {
        let mut command = process::program("node");
        command
            .arg(self.modules.join(path))
            .env("NODE_PATH", &self.modules);
        command
    }
}

fn install(manifests: &Path, folder: &Path) -> Result<()> {
    let parent = folder
        .parent()
        .context("the cache is the root of the file system")?;
    fs::create_dir_all(parent)?;
    let unfinished = tempfile::Builder::new()
        .prefix(".unfinished-")
        .tempdir_in(parent)?;
    for name in ["package.json", "package-lock.json"] {
        fs::copy(manifests.join(name), unfinished.path().join(name))?;
    }
    process::run(
        process::program(npm_name())
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            .current_dir(unfinished.path()),
    )?;
    fs::rename(unfinished.path(), folder)?;
    Ok(())
}

/// Installs in the checkout, for modules: Node looks for their packages only in folders above them.
pub(crate) fn install_in(folder: &Path) -> Result<()> {
    let lock = fingerprint::short(&fs::read(folder.join("package-lock.json"))?);
    let mark = folder.join("node_modules/.installed-from");
    if fs::read_to_string(&mark).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    step("Install what Node needs in the browser tests", || {
        process::run(
            process::program(npm_name())
                .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
                .current_dir(folder),
        )?;
        Ok(fs::write(&mark, &lock)?)
    })
}

/// Windows starts `npm` only under its full name.
fn npm_name() -> &'static str {
    if env::consts::OS == "windows" {
        "npm.cmd"
    } else {
        "npm"
    }
}

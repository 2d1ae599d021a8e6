//! Builds the PWA into `dist/`: Trunk compiles, then everything is shrunk, versioned, sealed and compressed.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::{
    compress::compress,
    fingerprint,
    npm::Npm,
    offline, page, parts, places, process,
    site::Site,
    step::{beside, step},
    style,
    tools::{self, WASM},
    versioned::versioned,
    wasm_opt,
};

/// Whatever can change what comes out, but for the tools, whose versions stand in these files.
const INPUTS: [&str; 11] = [
    "app",
    "domain",
    "documents",
    "sync",
    "public",
    "xtask",
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
    "rust-toolchain.toml",
    ".cargo",
];

/// Each in a folder of `app`; the one that takes longest first. `app/index.html` names them for Trunk.
const PROGRAMS: [&str; 3] = ["caravan-ui", "caravan-engine", "caravan-files"];

/// The programs that become several files each.
const PARTED: [&str; 2] = ["caravan-ui", "caravan-engine"];

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Fast instead of small, into dist-dev/: development profile, no wasm-opt, no brotli
    #[arg(long)]
    dev: bool,
}

/// Builds unless nothing changed; returns the folder to serve.
pub(crate) fn build(args: &Args) -> Result<PathBuf> {
    let kind = if args.dev {
        Kind::Development
    } else {
        Kind::Release
    };
    fs::create_dir_all(places::pwa())?;
    // Trunk and wasm-bindgen share their working folders: two builds at once would mix.
    let lock = File::create(places::pwa().join("lock"))?;
    lock.lock().context("cannot wait for the other build")?;

    let dist = places::root().join(kind.folder());
    let stamp = Stamp {
        path: places::pwa().join(format!("{}.stamp", kind.folder())),
    };
    let inputs = fingerprint::of_tree(&places::root(), &INPUTS, &kind.salt())?;
    if stamp.matches(&inputs, &dist) {
        println!("✓ The app is up to date");
        return Ok(dist);
    }
    stamp.forget()?;
    let site = step("Build the app", || make(kind))?;
    site.write(&dist)?;
    stamp.remember(&inputs, &dist)?;
    println!("  {}", sizes(&site, kind));
    Ok(dist)
}

pub(crate) fn release() -> Result<PathBuf> {
    build(&Args { dev: false })
}

#[derive(Clone, Copy)]
enum Kind {
    Release,
    Development,
}

impl Kind {
    fn folder(self) -> &'static str {
        match self {
            Self::Release => "dist",
            Self::Development => "dist-dev",
        }
    }

    fn profile(self) -> &'static str {
        match self {
            Self::Release => "wasm-release",
            Self::Development => "dev",
        }
    }

    fn is_release(self) -> bool {
        matches!(self, Self::Release)
    }

    /// What cargo and the build scripts are told.
    fn compiler(self) -> Vec<(&'static str, String)> {
        let mut variables = vec![(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
            self.rustflags(),
        )];
        if self.is_release() {
            // To app/ui/build.rs: with what it takes to be cut afterwards.
            variables.push(("CARAVAN_PARTS", "1".into()));
        }
        variables
    }

    /// In a release Leptos builds views from boxed parts: less code of each, a little more work at run time.
    /// And places in the source are named without the folders of whoever built it.
    fn rustflags(self) -> String {
        match self {
            Self::Release => {
                let folders = places::cargo_home().into_iter().chain([places::root()]);
                let hidden = folders.map(|folder| folder.display().to_string());
                // Flags are parted by blanks: a folder with one in its name cannot be named here.
                let hidden = hidden.filter(|folder| !folder.contains(char::is_whitespace));
                let flags = hidden.map(|folder| format!(" --remap-path-prefix={folder}="));
                format!("--cfg=erase_components{}", flags.collect::<String>())
            }
            Self::Development => String::new(),
        }
    }

    /// Flags from the environment change what the compiler emits.
    fn salt(self) -> String {
        format!(
            "{} {}",
            self.profile(),
            std::env::var("RUSTFLAGS").unwrap_or_default()
        )
    }
}

fn make(kind: Kind) -> Result<Site> {
    tools::ensure_wasm_target()?;
    let compiling = || {
        step("Compile the UI, the engine and the file reader", || {
            compile(kind)
        })
    };
    let fetching = || Ok((tools::for_the_pwa()?, Npm::ready()?));
    let ((), (folders, npm)) = beside(compiling, fetching)?;
    let staging = places::pwa().join("trunk");
    step("Put the app together with Trunk", || {
        trunk(kind, &folders, &staging)
    })?;
    if kind.is_release() {
        step("Part the UI and the engine", || {
            let compiled = places::target().join(WASM).join(kind.profile());
            PARTED.iter().try_for_each(|name| {
                let program = compiled.join(name).with_extension("wasm");
                parts::part(&program, name, &folders, &staging)
            })
        })?;
    }
    step("Build the style sheet", || {
        style::style(&npm, &staging.join("app.css"), kind.is_release())
    })?;
    let mut site = Site::read(&staging)?;
    page::tidy(&mut site)?;
    if kind.is_release() {
        step("Shrink the Wasm", || wasm_opt::shrink(&mut site, &npm))?;
    }
    let mut site = versioned(&site)?;
    offline::seal(&mut site)?;
    if kind.is_release() {
        step("Compress with brotli", || compress(&mut site))?;
    }
    Ok(site)
}

/// What Trunk would have cargo do, before Trunk is there: on a fresh machine it is compiled meanwhile.
fn compile(kind: Kind) -> Result<()> {
    PROGRAMS.iter().try_for_each(|name| {
        let folder = name.trim_start_matches("caravan-");
        let manifest = places::root().join("app").join(folder).join("Cargo.toml");
        let mut cargo = process::cargo();
        cargo.args(["build", "--target", WASM, "--profile", kind.profile()]);
        cargo.arg("--manifest-path").arg(manifest);
        process::run(cargo.args(["--bin", name]).envs(kind.compiler()))
    })
}

fn trunk(kind: Kind, folders: &[PathBuf], staging: &Path) -> Result<()> {
    // Trunk copies whatever wasm-bindgen left there, snippets of removed crates included.
    let bindgen = places::target().join("wasm-bindgen");
    if bindgen.exists() {
        fs::remove_dir_all(bindgen)?;
    }
    let folders: Vec<&Path> = folders.iter().map(PathBuf::as_path).collect();
    process::run(
        process::program("trunk")
            .args([
                "--skip-version-check",
                "build",
                "--cargo-profile",
                kind.profile(),
                "--dist",
            ])
            .arg(staging)
            .env("PATH", process::path_with(&folders)?)
            .envs(kind.compiler())
            // Trunk takes only true or false for this common variable.
            .env_remove("NO_COLOR"),
    )
}

/// Remembers which inputs the folder was built from.
struct Stamp {
    path: PathBuf,
}

impl Stamp {
    fn matches(&self, inputs: &str, dist: &Path) -> bool {
        let built = fs::read_to_string(&self.path).ok();
        built.is_some() && built == Self::content(inputs, dist).ok()
    }

    fn remember(&self, inputs: &str, dist: &Path) -> Result<()> {
        Ok(fs::write(&self.path, Self::content(inputs, dist)?)?)
    }

    fn forget(&self) -> Result<()> {
        if self.path.exists() {
            fs::remove_file(&self.path)?;
        }
        Ok(())
    }

    /// The output counts too: a folder that was deleted or tampered with is built again.
    fn content(inputs: &str, dist: &Path) -> Result<String> {
        let name = dist
            .file_name()
            .and_then(|name| name.to_str())
            .context("the folder has no name")?;
        let parent = dist.parent().context("the folder has no parent")?;
        Ok(format!(
            "{inputs} {}",
            fingerprint::of_tree(parent, &[name], "")?
        ))
    }
}

fn sizes(site: &Site, kind: Kind) -> String {
    let kilobytes = |ending: &str| site.bytes(ending).div_ceil(1024);
    match kind {
        Kind::Release => format!(
            "Wasm {} KB ({} KB with brotli), CSS {} KB ({} KB with brotli)",
            kilobytes(".wasm"),
            kilobytes(".wasm.br"),
            kilobytes(".css"),
            kilobytes(".css.br")
        ),
        Kind::Development => format!(
            "Wasm {} KB, CSS {} KB",
            kilobytes(".wasm"),
            kilobytes(".css")
        ),
    }
}

//! Cuts a Wasm binary into a main part and those that are fetched later, along the functions that its source marks with
//! `wasm_split`. Trunk cannot: it has to happen before wasm-bindgen, between Trunk's own steps.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, anyhow};
use wasm_split_cli_support::{Options, transform};

use crate::process;

/// What a loader asks for its main part. The one that wasm-bindgen writes names the loader in its turn, and two files
/// that name each other cannot both carry the other's hash: `app/start/main.js` stands between.
const MAIN: &str = "./main.js";

/// `compiled` is the program `name` as cargo left it, with its relocations. Replaces what Trunk made of it in `staging`.
pub(crate) fn part(compiled: &Path, name: &str, tools: &[PathBuf], staging: &Path) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let main = folder.path().join("main.wasm");
    let loader = format!("{name}-parts.js");
    let link = format!("./{loader}");
    let input =
        fs::read(compiled).with_context(|| format!("cannot read {}", compiled.display()))?;
    let mut options = Options::new(&input);
    options.output_dir = folder.path();
    options.main_out_path = &main;
    options.main_module = MAIN;
    options.link_name = &link;
    let parted = transform(options).map_err(|error| anyhow!("{error:?}"))?;
    let mut script = fs::read_to_string(folder.path().join(&loader))?;
    for part in parted.split_modules {
        let file = part.file_name().context("a part has no name")?;
        let file = file.to_string_lossy();
        // Two programs call their parts the same.
        let named = format!("{name}-{file}");
        script = script.replace(&format!("\"./{file}\""), &format!("\"./{named}\""));
        fs::copy(&part, staging.join(named))?;
    }
    fs::write(staging.join(loader), script)?;
    let tools: Vec<&Path> = tools.iter().map(PathBuf::as_path).collect();
    process::run(
        process::program("wasm-bindgen")
            .args(["--target", "web", "--no-typescript"])
            // The parts are linked to the main one by these names.
            .args(["--keep-lld-exports", "--no-demangle"])
            .args(["--out-name", name, "--out-dir"])
            .arg(staging)
            .arg(&main)
            .env("PATH", process::path_with(&tools)?),
    )
}

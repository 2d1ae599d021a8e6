//! Shrinks Wasm with binaryen's `wasm-opt`.

use std::{fs, thread};

use anyhow::{Context, Result};

use crate::{artefacts::Recipe, npm::Npm, process, site::Site};

/// Enabled is what rustc and wasm-bindgen emit today, and every browser since 2023 runs. Named one by one, because
/// `--all-features` also rewrites imports into a form that browsers refuse.
const OPTIONS: [&str; 9] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
    "-Oz",
    "--strip-debug",
    "--strip-producers",
];

/// Replaces every `.wasm` of the site by a smaller one, all at once.
pub(crate) fn shrink(site: &mut Site, npm: &Npm) -> Result<()> {
    let words: Vec<&str> = OPTIONS.into_iter().chain([npm.version.as_str()]).collect();
    let recipe = Recipe {
        tool: "wasm-opt",
        words: &words,
    };
    let inputs: Vec<_> = site
        .files
        .iter_mut()
        .filter(|(path, _)| path.ends_with(".wasm"))
        .collect();
    thread::scope(|scope| {
        let workers: Vec<_> = inputs
            .into_iter()
            .map(|(_, content)| {
                scope.spawn(move || -> Result<()> {
                    *content = recipe.kept(content, || optimised(content, npm))?;
                    Ok(())
                })
            })
            .collect();
        workers
            .into_iter()
            .try_for_each(|worker| worker.join().ok().context("wasm-opt stopped")?)
    })
}

fn optimised(content: &[u8], npm: &Npm) -> Result<Vec<u8>> {
    let folder = tempfile::tempdir()?;
    let (input, output) = (
        folder.path().join("in.wasm"),
        folder.path().join("out.wasm"),
    );
    fs::write(&input, content)?;
    process::run(
        npm.script("binaryen/bin/wasm-opt")
            .args(OPTIONS)
            .arg("-o")
            .arg(&output)
            .arg(&input),
    )?;
    Ok(fs::read(&output)?)
}

//! Brotli siblings (`x.wasm.br`), so that the relay never compresses while somebody waits.

use std::{io::Write, thread};

use anyhow::{Context, Result};

use crate::{artefacts::Recipe, site::Site};

const QUALITY: u32 = 11;
const WINDOW: u32 = 24;
const BUFFER: usize = 64 * 1024;

/// Pictures and fonts are compressed already.
const KINDS: [&str; 8] = [
    "css",
    "html",
    "js",
    "json",
    "svg",
    "txt",
    "wasm",
    "webmanifest",
];

/// Adds the siblings, all cores at work.
pub(crate) fn compress(site: &mut Site) -> Result<()> {
    let words = [QUALITY.to_string(), WINDOW.to_string()];
    let words = words.each_ref().map(String::as_str);
    let recipe = Recipe {
        tool: "brotli",
        words: &words,
    };
    let inputs: Vec<(&String, &Vec<u8>)> = site
        .files
        .iter()
        .filter(|(path, _)| KINDS.iter().any(|kind| path.ends_with(&format!(".{kind}"))))
        .collect();
    let siblings = thread::scope(|scope| {
        let workers: Vec<_> = inputs
            .iter()
            .map(|(path, content)| {
                scope.spawn(move || {
                    Ok((
                        format!("{path}.br"),
                        recipe.kept(content, || brotli(content))?,
                    ))
                })
            })
            .collect();
        workers
            .into_iter()
            .map(|worker| worker.join().ok().context("the compressor stopped")?)
            .collect::<Result<Vec<_>>>()
    })?;
    site.files.extend(siblings);
    Ok(())
}

fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), BUFFER, QUALITY, WINDOW);
    writer.write_all(content)?;
    Ok(writer.into_inner())
}

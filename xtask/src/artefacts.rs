//! Results that are expensive to make and depend on their input alone, kept by the hash of that input.

use std::fs;

use anyhow::Result;

use crate::{fingerprint, places};

/// What `make` returned for this input and `recipe` the last time, or what it returns now.
pub(crate) fn kept(
    recipe: &str,
    input: &[u8],
    make: impl FnOnce() -> Result<Vec<u8>>,
) -> Result<Vec<u8>> {
    let folder = places::pwa().join(recipe);
    let path = folder.join(fingerprint::short(input));
    if let Ok(content) = fs::read(&path) {
        return Ok(content);
    }
    let content = make()?;
    fs::create_dir_all(&folder)?;
    let mut unfinished = tempfile::NamedTempFile::new_in(&folder)?;
    std::io::Write::write_all(&mut unfinished, &content)?;
    unfinished.persist(path)?;
    Ok(content)
}

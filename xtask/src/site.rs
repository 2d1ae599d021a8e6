//! The files of the PWA in memory, by their path below `/`.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result};
use walkdir::WalkDir;

/// Path without a leading slash → content.
#[derive(Clone, Default)]
pub(crate) struct Site {
    pub(crate) files: BTreeMap<String, Vec<u8>>,
}

impl Site {
    pub(crate) fn read(folder: &Path) -> Result<Self> {
        let mut files = BTreeMap::new();
        for entry in WalkDir::new(folder) {
            let entry = entry.with_context(|| format!("cannot list {}", folder.display()))?;
            if entry.file_type().is_file() {
                let parts = entry.path().strip_prefix(folder)?.components();
                let path: Vec<_> = parts
                    .map(|part| part.as_os_str().to_string_lossy())
                    .collect();
                files.insert(path.join("/"), fs::read(entry.path())?);
            }
        }
        Ok(Self { files })
    }

    /// Replaces `folder` as a whole, so that a relay that serves it never sees half a version for long.
    pub(crate) fn write(&self, folder: &Path) -> Result<()> {
        let next = folder.with_extension("next");
        let previous = folder.with_extension("previous");
        for leftover in [&next, &previous] {
            if leftover.exists() {
                fs::remove_dir_all(leftover)?;
            }
        }
        for (path, content) in &self.files {
            let path = next.join(path);
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(&path, content)
                .with_context(|| format!("cannot write {}", path.display()))?;
        }
        if folder.exists() {
            fs::rename(folder, &previous)?;
        }
        fs::rename(&next, folder)?;
        if previous.exists() {
            fs::remove_dir_all(&previous)?;
        }
        Ok(())
    }

    /// How many bytes there are under paths that end like this.
    pub(crate) fn bytes(&self, ending: &str) -> usize {
        self.files
            .iter()
            .filter(|(path, _)| path.ends_with(ending))
            .map(|(_, content)| content.len())
            .sum()
    }
}

//! Hashes of content: to know that nothing changed, and to name what never changes.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

/// 16 hexadecimal digits: enough to tell the versions of one file apart.
pub(crate) fn short(content: &[u8]) -> String {
    hex(&Sha256::digest(content))
}

/// 16 hexadecimal digits again, for what is made of several parts.
pub(crate) fn of_parts<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        feed(&mut hasher, part);
    }
    hex(&hasher.finalize())
}

/// One hash over the names and contents of files and folders below `root`. What is missing counts as missing.
pub(crate) fn of_tree(root: &Path, paths: &[&str], salt: &str) -> Result<String> {
    let mut hasher = Sha256::new();
    feed(&mut hasher, salt.as_bytes());
    for path in paths
        .iter()
        .map(|path| root.join(path))
        .filter(|path| path.exists())
    {
        for entry in WalkDir::new(&path).sort_by_file_name() {
            let entry = entry.with_context(|| format!("cannot list {}", path.display()))?;
            if entry.file_type().is_file() {
                feed(&mut hasher, entry.path().to_string_lossy().as_bytes());
                // A file deleted since it was listed makes this build's inputs a different set anyway.
                feed(&mut hasher, &fs::read(entry.path()).unwrap_or_default());
            }
        }
    }
    Ok(hex(&hasher.finalize()))
}

/// Lengths keep `ab`+`c` apart from `a`+`bc`.
fn feed(hasher: &mut Sha256, part: &[u8]) {
    hasher.update((part.len() as u64).to_le_bytes());
    hasher.update(part);
}

fn hex(digest: &[u8]) -> String {
    digest
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_renamed_or_new_file_changes_the_tree() {
        let folder = tempfile::tempdir().unwrap();
        let hash = || of_tree(folder.path(), &["app", "absent"], "").unwrap();
        fs::create_dir(folder.path().join("app")).unwrap();
        fs::write(folder.path().join("app/a"), "1").unwrap();
        let first = hash();
        assert_eq!(first, hash());

        fs::write(folder.path().join("app/a"), "2").unwrap();
        let changed = hash();
        fs::rename(folder.path().join("app/a"), folder.path().join("app/b")).unwrap();
        let renamed = hash();
        fs::write(folder.path().join("app/c"), "").unwrap();
        let grown = hash();
        let all = [&first, &changed, &renamed, &grown];
        for (index, one) in all.iter().enumerate() {
            assert!(all.iter().skip(index + 1).all(|other| one != other));
        }
    }
}

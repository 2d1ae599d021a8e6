//! Results that are expensive to make and depend on their input and their recipe alone, kept by a hash of both.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Result;

use crate::{fingerprint, places};

/// How a result comes about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Recipe<'a> {
    /// Of the tool; also the folder in which its results are kept.
    pub(crate) tool: &'static str,
    /// Its version and options: every word that changes what comes out.
    pub(crate) words: &'a [&'a str],
}

impl Recipe<'_> {
    /// What `make` returned for this input and this recipe the last time, or what it returns now.
    pub(crate) fn kept(
        self,
        input: &[u8],
        make: impl FnOnce() -> Result<Vec<u8>>,
    ) -> Result<Vec<u8>> {
        self.kept_in(&places::pwa(), input, make)
    }

    fn kept_in(
        self,
        root: &Path,
        input: &[u8],
        make: impl FnOnce() -> Result<Vec<u8>>,
    ) -> Result<Vec<u8>> {
        let folder = root.join(self.tool);
        let path = self.path(&folder, input);
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

    fn path(self, folder: &Path, input: &[u8]) -> PathBuf {
        let words = self.words.iter().map(|word| word.as_bytes());
        folder.join(fingerprint::of_parts(words.chain([input])))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_word_or_another_input_is_made_anew() {
        let folder = tempfile::tempdir().unwrap();
        let made = |words: &[&str], input: &[u8], result: &str| {
            let recipe = Recipe {
                tool: "tool",
                words,
            };
            let kept = recipe.kept_in(folder.path(), input, || Ok(result.into()));
            String::from_utf8(kept.unwrap()).unwrap()
        };
        assert_eq!(made(&["-Oz"], b"in", "first"), "first");
        assert_eq!(made(&["-Oz"], b"in", "second"), "first");
        assert_eq!(made(&["-O3"], b"in", "third"), "third");
        assert_eq!(made(&["-Oz", "-O3"], b"in", "fourth"), "fourth");
        assert_eq!(made(&["-O", "z"], b"in", "fifth"), "fifth");
        assert_eq!(made(&["-Oz"], b"other", "sixth"), "sixth");
    }
}

//! Gives every asset a name with a hash of its content, and rewrites the references to it.
//!
//! A file is named only after the files it refers to, so a change deep down renames everything that leads to it.
//! The few entry points keep their names: browsers and the relay ask for them by name.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, bail};
use regex::{Captures, Regex};

use crate::{fingerprint, site::Site};

/// Everything below this folder never changes.
pub(crate) const FOLDER: &str = "assets";

const ENTRY_POINTS: [&str; 5] = [
    "index.html",
    "sw.js",
    "manifest.webmanifest",
    "robots.txt",
    "favicon.ico",
];

/// The site with versioned names. Fails when two files refer to each other in a circle.
pub(crate) fn versioned(site: &Site) -> Result<Site> {
    let mut naming = Naming {
        site,
        names: BTreeMap::new(),
        open: BTreeSet::new(),
        done: Site::default(),
    };
    for path in site.files.keys() {
        naming.name(path)?;
    }
    Ok(naming.done)
}

struct Naming<'a> {
    site: &'a Site,
    /// Old path → new path.
    names: BTreeMap<String, String>,
    /// Being named, further up the stack.
    open: BTreeSet<String>,
    done: Site,
}

impl Naming<'_> {
    fn name(&mut self, path: &str) -> Result<String> {
        if let Some(name) = self.names.get(path) {
            return Ok(name.clone());
        }
        if !self.open.insert(path.to_owned()) {
            bail!("{path} refers to itself by way of other files");
        }
        let content = self.rewritten(path)?;
        let name = match ENTRY_POINTS.contains(&path) {
            true => path.to_owned(),
            false => hashed_name(path, &content),
        };
        self.open.remove(path);
        self.names.insert(path.to_owned(), name.clone());
        self.done.files.insert(name.clone(), content);
        Ok(name)
    }

    fn rewritten(&mut self, path: &str) -> Result<Vec<u8>> {
        let content = &self.site.files[path];
        let (Some(pattern), Ok(text)) = (references(path)?, str::from_utf8(content)) else {
            return Ok(content.clone());
        };
        for found in pattern.captures_iter(text) {
            if let Some(target) = self.target(path, &found["path"]) {
                self.name(&target)?;
            }
        }
        let replaced = pattern.replace_all(text, |found: &Captures<'_>| {
            let target = self.target(path, &found["path"]);
            match target.and_then(|target| self.names.get(&target)) {
                Some(name) => format!("{}/{name}{}", &found["before"], &found["after"]),
                None => found[0].to_owned(),
            }
        });
        Ok(replaced.into_owned().into_bytes())
    }

    /// The file of the site that `reference`, found in the file `from`, means.
    fn target(&self, from: &str, reference: &str) -> Option<String> {
        let mut parts: Vec<&str> = match reference.strip_prefix('/') {
            Some(_) => Vec::new(),
            None => from
                .split('/')
                .rev()
                .skip(1)
                .collect::<Vec<_>>()
                .into_iter()
                .rev()
                .collect(),
        };
        for part in reference.split('/') {
            match part {
                "" | "." => {}
                ".." => drop(parts.pop()),
                part => parts.push(part),
            }
        }
        let path = parts.join("/");
        (path != from && self.site.files.contains_key(&path)).then_some(path)
    }
}

/// Where a file of this kind names others. In scripts only imports and URLs count: wasm-bindgen's glue also holds names
/// of files as keys, which must stay as they are.
fn references(path: &str) -> Result<Option<Regex>> {
    let pattern = match path.rsplit('.').next() {
        Some("html" | "webmanifest" | "json") => r#"(?P<before>")(?P<path>[^"\s]+)(?P<after>")"#,
        Some("css") => r#"(?P<before>url\(["']?)(?P<path>[^"')\s]+)(?P<after>["']?\))"#,
        Some("js" | "mjs") => {
            r#"(?P<before>\b(?:from|import|import\(|URL\()\s*["'])(?P<path>[^"'\s]+)(?P<after>["'])"#
        }
        _ => return Ok(None),
    };
    Ok(Some(Regex::new(pattern)?))
}

fn hashed_name(path: &str, content: &[u8]) -> String {
    let file = path.rsplit('/').next().unwrap_or(path);
    let hash = fingerprint::short(content);
    match file.rsplit_once('.') {
        Some((stem, extension)) => format!("{FOLDER}/{stem}-{hash}.{extension}"),
        None => format!("{FOLDER}/{file}-{hash}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(files: &[(&str, &str)]) -> Site {
        let owned =
            |(path, content): &(&str, &str)| ((*path).to_owned(), content.as_bytes().to_vec());
        Site {
            files: files.iter().map(owned).collect(),
        }
    }

    fn text<'a>(site: &'a Site, start: &str) -> &'a str {
        let (_, content) = site
            .files
            .iter()
            .find(|(path, _)| path.starts_with(start))
            .unwrap();
        str::from_utf8(content).unwrap()
    }

    #[test]
    fn a_change_deep_down_renames_all_that_leads_to_it() {
        let build = |wasm| {
            let page = r#"<script src="/start.js">"#;
            let files = [
                ("index.html", page),
                ("start.js", "import init from './glue.js'"),
                ("glue.js", "new URL('x.wasm', import.meta.url)"),
                ("x.wasm", wasm),
            ];
            versioned(&site(&files)).unwrap()
        };
        let (one, two) = (build("1"), build("2"));
        assert_eq!(one.files.len(), 4);
        assert_ne!(text(&one, "index.html"), text(&two, "index.html"));
        let name = one
            .files
            .keys()
            .find(|path| path.starts_with("assets/x-"))
            .unwrap();
        assert!(text(&one, "assets/glue-").contains(&format!("'/{name}'")));
    }

    #[test]
    fn keys_of_the_import_object_stay_as_wasm_knows_them() {
        let glue =
            r#"import * as a from "./snippets/a.js"; const imports = { "./snippets/a.js": a };"#;
        let named = versioned(&site(&[("glue.js", glue), ("snippets/a.js", "")])).unwrap();
        let glue = text(&named, "assets/glue-");
        assert!(glue.contains(r#"from "/assets/a-"#));
        assert!(glue.contains(r#"{ "./snippets/a.js": a }"#));
    }

    #[test]
    fn references_are_read_from_the_folder_they_stand_in() {
        let files = [
            ("a/b/x.js", "import '../y.js'"),
            ("a/y.js", "1"),
            ("y.js", "2"),
        ];
        let named = versioned(&site(&files)).unwrap();
        let name = format!("/assets/y-{}.js", fingerprint::short(b"1"));
        assert_eq!(text(&named, "assets/x-"), format!("import '{name}'"));
    }

    #[test]
    fn circles_are_refused() {
        assert!(
            versioned(&site(&[
                ("a.js", "import './b.js'"),
                ("b.js", "import './a.js'")
            ]))
            .is_err()
        );
    }
}

//! Tells the service worker and the relay which files make up this version.

use anyhow::{Context, Result};
use serde_json::json;

use crate::{fingerprint, site::Site};

const WORKER: &str = "sw.js";

/// The manifest of the complete set: `{"version", "assets": [{"path", "bytes"}]}`
pub(crate) const MANIFEST: &str = "assets.json";

/// Puts the version and the list of assets in front of `sw.js` and into [`MANIFEST`].
pub(crate) fn seal(site: &mut Site) -> Result<()> {
    let version = version(site);
    let worker = site.files.remove(WORKER).context("the site has no sw.js")?;
    let paths: Vec<String> = site.files.keys().map(|path| url(path)).collect();
    let assets: Vec<_> = site
        .files
        .iter()
        .map(|(path, content)| json!({ "path": url(path), "bytes": content.len() }))
        .collect();

    let build = json!({ "version": version, "assets": paths });
    let mut sealed = format!("const BUILD = {build};\n\n").into_bytes();
    sealed.extend(worker);
    site.files.insert(WORKER.into(), sealed);
    let manifest = json!({ "version": version, "assets": assets });
    site.files
        .insert(MANIFEST.into(), serde_json::to_vec_pretty(&manifest)?);
    Ok(())
}

/// The page is asked for by the address people type.
fn url(path: &str) -> String {
    if path == "index.html" {
        "/".into()
    } else {
        format!("/{path}")
    }
}

fn version(site: &Site) -> String {
    let mut all = Vec::new();
    for (path, content) in &site.files {
        all.extend(path.as_bytes());
        all.extend(fingerprint::short(content).as_bytes());
    }
    fingerprint::short(&all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed(page: &str) -> Site {
        let file = |path: &str, content: &str| (path.to_owned(), content.as_bytes().to_vec());
        let files = [
            file("index.html", page),
            file("sw.js", "run(BUILD)"),
            file("assets/a.css", ""),
        ];
        let mut site = Site {
            files: files.into(),
        };
        seal(&mut site).unwrap();
        site
    }

    #[test]
    fn the_worker_knows_every_file_but_itself() {
        let site = sealed("1");
        let worker = str::from_utf8(&site.files["sw.js"]).unwrap();
        assert!(
            worker.contains(r#""assets":["/assets/a.css","/"]"#),
            "{worker}"
        );
        assert!(worker.ends_with("run(BUILD)"));
    }

    #[test]
    fn any_change_makes_a_new_worker() {
        assert_ne!(sealed("1").files["sw.js"], sealed("2").files["sw.js"]);
    }
}

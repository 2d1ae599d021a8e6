//! Takes out of the page what only its authors and Trunk need, comments and Trunk's own links, and modules to be
//! preloaded that this build does not have.

use anyhow::Result;
use regex::{Captures, Regex};

use crate::site::Site;

const PAGE: &str = "index.html";

pub(crate) fn tidy(site: &mut Site) -> Result<()> {
    // With `inject_scripts = false` Trunk leaves the link of the UI's crate where it stood.
    let noise = Regex::new(r"(?s)<!--.*?-->\s*|[ \t]*<link data-trunk [^>]*>\s*?\n|(?m)^[ \t]+\n")?;
    let module = Regex::new(r#"[ \t]*<link rel="modulepreload" href="/([^"]+)" />\n"#)?;
    let Some(page) = site.files.get(PAGE) else {
        return Ok(());
    };
    let page = noise.replace_all(str::from_utf8(page)?, "");
    let page = module.replace_all(&page, |found: &Captures<'_>| {
        match site.files.contains_key(&found[1]) {
            true => found[0].to_owned(),
            false => String::new(),
        }
    });
    let page = page.into_owned().into_bytes();
    site.files.insert(PAGE.to_owned(), page);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_that_a_browser_needs_stays() {
        let page = "<!doctype html>\n<!-- a\n  note -->\n<head>\n  <link data-trunk rel=\"rust\" />\n    \n  <link rel=\"icon\" />\n</head>\n";
        assert_eq!(
            tidied(page, &[]),
            "<!doctype html>\n<head>\n  <link rel=\"icon\" />\n</head>\n"
        );
    }

    /// A development build is not parted.
    #[test]
    fn only_what_is_there_is_preloaded() {
        let link = |name| format!("  <link rel=\"modulepreload\" href=\"/{name}\" />\n");
        let page = [link("ui.js"), link("parts.js")].concat();
        assert_eq!(tidied(&page, &["ui.js"]), link("ui.js"));
        assert_eq!(tidied(&page, &["ui.js", "parts.js"]), page);
    }

    fn tidied(page: &str, others: &[&str]) -> String {
        let others = others.iter().map(|name| ((*name).to_owned(), Vec::new()));
        let page = (PAGE.to_owned(), page.as_bytes().to_vec());
        let mut site = Site {
            files: others.chain([page]).collect(),
        };
        tidy(&mut site).unwrap();
        String::from_utf8(site.files.remove(PAGE).unwrap()).unwrap()
    }
}

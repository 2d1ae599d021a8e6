//! Takes out of the page what only its authors and Trunk need: comments and Trunk's own links.

use anyhow::Result;
use regex::Regex;

use crate::site::Site;

const PAGE: &str = "index.html";

pub(crate) fn tidy(site: &mut Site) -> Result<()> {
    // With `inject_scripts = false` Trunk leaves the link of the UI's crate where it stood.
    let noise = Regex::new(r"(?s)<!--.*?-->\s*|[ \t]*<link data-trunk [^>]*>\s*?\n|(?m)^[ \t]+\n")?;
    if let Some(content) = site.files.get_mut(PAGE) {
        *content = noise
            .replace_all(str::from_utf8(content)?, "")
            .into_owned()
            .into_bytes();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_that_a_browser_needs_stays() {
        let page = "<!doctype html>\n<!-- a\n  note -->\n<head>\n  <link data-trunk rel=\"rust\" />\n    \n  <link rel=\"icon\" />\n</head>\n";
        let mut site = Site {
            files: [(PAGE.to_owned(), page.as_bytes().to_vec())].into(),
        };
        tidy(&mut site).unwrap();
        let tidied = str::from_utf8(&site.files[PAGE]).unwrap();
        assert_eq!(
            tidied,
            "<!doctype html>\n<head>\n  <link rel=\"icon\" />\n</head>\n"
        );
    }
}

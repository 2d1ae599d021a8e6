//! Builds the style sheet with Tailwind and daisyUI.

use std::path::Path;

use anyhow::Result;

use crate::{npm::Npm, places, process};

const SOURCE: &str = "app/ui/style/app.css";

/// Writes the style sheet that `app/ui/style/app.css` describes to `output`.
pub(crate) fn style(npm: &Npm, output: &Path, small: bool) -> Result<()> {
    let mut tailwind = npm.script("@tailwindcss/cli/dist/index.mjs");
    tailwind
        .arg("--input")
        .arg(places::root().join(SOURCE))
        .arg("--output")
        .arg(output);
    if small {
        tailwind.arg("--minify");
    }
    process::run(&mut tailwind)
}

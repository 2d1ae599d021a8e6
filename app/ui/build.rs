//! Turns `locales/<language>/<module>.json` into typed keys. A new namespace is a new file in both
//! languages; a key missing from either stops the build.

use std::{env, error::Error, fs, path::PathBuf};

use leptos_i18n_codegen::gen_code;
use leptos_i18n_parser::parse_locales::{
    options::{Config, ParseOptions},
    parse_locales,
};

const LANGUAGES: [&str; 2] = ["zh", "en"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=locales");
    println!("cargo::rerun-if-env-changed=CARAVAN_PARTS");
    if env::var_os("CARAVAN_PARTS").is_some() {
        println!("cargo::rustc-cfg=caravan_parts");
        // Where the binary can be cut is read off its relocations.
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
    let mut config =
        Config::new(LANGUAGES[0])?.parse_options(ParseOptions::new().interpolate_display(true));
    for language in &LANGUAGES[1..] {
        config = config.add_locale(language)?;
    }
    for namespace in namespaces()? {
        config = config.add_namespace(&namespace)?;
    }
    let locales = parse_locales(None, config)?;
    for finding in locales.diag.warnings().iter() {
        println!("cargo::error={finding}");
    }
    for finding in locales.diag.errors().iter() {
        println!("cargo::error={finding}");
    }
    let code = gen_code(&locales, None, false, None, false)?;
    fs::write(
        PathBuf::from(env::var("OUT_DIR")?).join("i18n.rs"),
        // Nobody reads it; only what it is generated from can be mended.
        format!("#[allow(clippy::all, reason = \"generated\")]\n{code}"),
    )?;
    Ok(())
}

fn namespaces() -> Result<Vec<String>, Box<dyn Error>> {
    let mut names = Vec::new();
    for entry in fs::read_dir("locales/zh")? {
        let path = entry?.path();
        println!("cargo::rerun-if-changed={}", path.display());
        if let Some(name) = path.file_stem().and_then(|stem| stem.to_str()) {
            names.push(name.to_owned());
        }
    }
    names.sort();
    Ok(names)
}

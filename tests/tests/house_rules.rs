//! Rules of the house that no compiler knows. Each says what is wrong and where.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::fs;
use std::path::{Path, PathBuf};

/// They get clock, randomness and the outside world as arguments.
const PURE: [&str; 3] = ["domain", "documents", "sync"];

#[test]
fn pure_crates_read_no_clock_and_touch_no_world() {
    const FORBIDDEN: [&str; 9] = [
        "SystemTime::now",
        "Instant::now()",
        "Timestamp::now",
        "Zoned::now",
        "thread_rng",
        "getrandom",
        "std::fs",
        "std::net",
        "std::env",
    ];
    let mut found = Vec::new();
    for room in PURE {
        for file in rust_files(&root().join(room).join("src")) {
            for (number, line) in code_lines(&file) {
                if FORBIDDEN.iter().any(|word| line.contains(word)) {
                    found.push(format!("{}:{number}: {}", shown(&file), line.trim()));
                }
            }
        }
        let manifest = fs::read_to_string(root().join(room).join("Cargo.toml")).unwrap();
        for word in ["web-sys", "js-sys", "tokio", "wasm-bindgen", "leptos"] {
            if manifest.contains(word) {
                found.push(format!("{room}/Cargo.toml depends on {word}"));
            }
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn only_documents_knows_automerge() {
    let mut found = Vec::new();
    for manifest in manifests() {
        let text = fs::read_to_string(&manifest).unwrap();
        let depends = text.lines().any(|line| line.starts_with("automerge"));
        if depends
            && !manifest.ends_with("documents/Cargo.toml")
            && manifest != root().join("Cargo.toml")
        {
            found.push(shown(&manifest));
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn a_module_has_the_same_name_in_the_domain_and_on_the_screen() {
    let domain = folders(&root().join("domain/src"));
    let screens = folders(&root().join("app/ui/src"));
    for module in ["clients", "goals", "people", "tasks", "today", "visits"] {
        let everywhere = [&domain, &screens]
            .iter()
            .all(|room| room.contains(&module.to_owned()));
        assert!(
            everywhere,
            "{module} is missing in domain/src or app/ui/src"
        );
    }
}

#[test]
fn what_people_read_is_translated() {
    let mut found = Vec::new();
    for file in rust_files(&root().join("app/ui/src")) {
        let text = fs::read_to_string(&file).unwrap();
        // The gallery shows made-up people to engineers; how dates and distances are said in each language is what
        // `format` is for.
        let shipped = text.split("#[cfg(test)]").next().unwrap_or_default();
        if ["/gallery/", "/format/"]
            .iter()
            .any(|room| shown(&file).contains(room))
        {
            continue;
        }
        for (place, line) in shipped.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            let chinese = code
                .chars()
                .any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter));
            if chinese || is_a_bare_text(code) {
                found.push(format!("{}:{}: {}", shown(&file), place + 1, line.trim()));
            }
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

/// A line of a view that is nothing but words: `"Save"`.
fn is_a_bare_text(line: &str) -> bool {
    let trimmed = line.trim();
    let inner = trimmed
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    inner.is_some_and(|words| {
        words.chars().next().is_some_and(char::is_uppercase) && !words.contains('"')
    })
}

/// Leptos compiles its own anew for every place they stand in.
#[test]
fn screens_take_show_and_each_from_the_design_system() {
    let mut found = Vec::new();
    for file in rust_files(&root().join("app/ui/src")) {
        let lines = code_lines(&file);
        let imported = lines.iter().any(|(_, line)| {
            let mut words =
                line.split(|letter: char| !"<_/".contains(letter) && !letter.is_alphanumeric());
            words.any(|word| word == "Show")
        });
        for (number, line) in lines {
            let show = line.split_whitespace().any(|word| word == "<Show");
            let list = line.contains("<For ") && !file.ends_with("ui/each.rs");
            if show && !imported || list {
                found.push(format!("{}:{number}: {}", shown(&file), line.trim()));
            }
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn coverage_names_what_exists() {
    let text = fs::read_to_string(root().join("docs/coverage.md")).unwrap();
    let mut wrong = Vec::new();
    let mut last_folder = PathBuf::new();
    for line in text.lines().filter(|line| line.starts_with("| ")) {
        for path in quoted(line) {
            let path = path
                .split(" (")
                .next()
                .unwrap_or_default()
                .trim_end_matches('*');
            let full = root().join(path);
            // "`decisions.rs`" after "`domain/tests/behaviour/policy.rs`" stands in the same folder.
            let beside = last_folder.join(path);
            if exists(&full) {
                last_folder = full.parent().unwrap().to_owned();
            } else if path.contains('/') || (path.ends_with(".rs") && !exists(&beside)) {
                wrong.push(path.to_owned());
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_link_in_the_documentation_leads_somewhere() {
    let mut wrong = Vec::new();
    let mut pages: Vec<PathBuf> = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"]
        .map(|page| root().join(page))
        .into();
    pages.extend(files(&root().join("docs"), "md"));
    for page in pages {
        let text = fs::read_to_string(&page).unwrap();
        for link in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            let path = link.split('#').next().unwrap_or_default();
            let elsewhere = path.is_empty() || path.contains("://");
            if !elsewhere && !page.parent().unwrap().join(path).exists() {
                wrong.push(format!("{}: {link}", shown(&page)));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root())
        .unwrap_or(path)
        .display()
        .to_string()
}

fn exists(path: &Path) -> bool {
    path.exists() || path.with_extension("rs").exists()
}

fn quoted(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

fn folders(of: &Path) -> Vec<String> {
    let entries = fs::read_dir(of).unwrap().map(|entry| entry.unwrap());
    let folders = entries.filter(|entry| entry.path().is_dir());
    folders
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect()
}

fn manifests() -> Vec<PathBuf> {
    files(&root(), "toml")
        .into_iter()
        .filter(|path| path.ends_with("Cargo.toml"))
        .collect()
}

fn rust_files(under: &Path) -> Vec<PathBuf> {
    files(under, "rs")
}

/// Everything with this extension, leaving out what is built or fetched.
fn files(under: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(under).unwrap() {
        let path = entry.unwrap().path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if path.is_dir() {
            let made = name.starts_with('.')
                || ["target", "dist", "dist-dev", "node_modules"].contains(&name.as_str());
            if !made {
                found.extend(files(&path, extension));
            }
        } else if path.extension().is_some_and(|known| known == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Lines that are not comments, numbered from 1, up to the file's own tests.
fn code_lines(file: &Path) -> Vec<(usize, String)> {
    let text = fs::read_to_string(file).unwrap();
    let lines = text.lines().enumerate();
    lines
        .take_while(|(_, line)| !line.contains("#[cfg(test)]"))
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .map(|(place, line)| (place + 1, line.to_owned()))
        .collect()
}

//! The seeds of every fuzz target as they are, and injured. Longer: `cargo +nightly fuzz run
//! --fuzz-dir tests/fuzz NAME`.

use std::path::{Path, PathBuf};

use caravan_tests::fuzz::TARGETS;
use caravan_tests::injured;

const ROUNDS: u64 = 400;

fn seeds(target: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    let files = std::fs::read_dir(corpus.join(target)).expect("every target has seeds");
    let mut paths: Vec<_> = files
        .map(|file| file.expect("a seed is a file").path())
        .collect();
    paths.sort();
    let read = |path: PathBuf| {
        let bytes = std::fs::read(&path).expect("a seed can be read");
        (path, bytes)
    };
    paths.into_iter().map(read).collect()
}

#[test]
fn seeds_and_what_becomes_of_them_do_no_harm() {
    for (name, target) in TARGETS {
        let seeds = seeds(name);
        assert!(!seeds.is_empty(), "{name} has no seeds");
        for (path, seed) in &seeds {
            eprintln!("{}", path.display());
            target(seed);
            for round in 0..ROUNDS {
                let (_, other) = &seeds[usize::try_from(round).unwrap_or(0) % seeds.len()];
                target(&injured(seed, other, round));
            }
        }
    }
}

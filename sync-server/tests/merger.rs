//! The merger's child process: what it finds, and what becomes of a child that dies.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use caravan_documents::{Document, Finding};
use caravan_domain::document::DocumentId;
use caravan_domain::edit::Edit;
use caravan_domain::id::{ClientId, DeviceId, Id};
use caravan_domain::time::Instant;
use caravan_relay::merger::{Merger, NoMerger, Report, Request};
use serde_bytes::ByteBuf;

fn client() -> DocumentId {
    ClientId(Id::from_bytes([1; 16])).into()
}

/// Changes by one device, each on top of the one before.
fn changes(names: &[&str]) -> Vec<ByteBuf> {
    let mut document = Document::new(client());
    let device = DeviceId(Id::from_bytes([2; 16]));
    let mut write = |name: &&str| {
        let edit = Edit::put(client(), &["profile", "name"], *name);
        let written = document.commit(device, Instant::from_millis(1), &[edit]);
        ByteBuf::from(written.unwrap().unwrap().bytes)
    };
    names.iter().map(&mut write).collect()
}

fn request(changes: Vec<ByteBuf>) -> Request {
    Request {
        id: client(),
        document: Vec::new(),
        changes,
    }
}

async fn ask(merger: &Merger, changes: Vec<ByteBuf>) -> Result<Report, NoMerger> {
    let mut reports = merger.examine(vec![request(changes)]).await?;
    assert_eq!(reports.len(), 1);
    Ok(reports.remove(0))
}

fn relay() -> PathBuf {
    env!("CARGO_BIN_EXE_caravan").into()
}

/// A program that greets as the child does, then does as told.
fn stand_in(folder: &Path, then: &str) -> PathBuf {
    let greeting = concat!("merger ", env!("CARGO_PKG_VERSION"));
    let length = greeting.len();
    let octal = |number: usize| format!("\\{number:03o}");
    let script = format!(
        "#!/bin/sh\nprintf '\\000\\000\\000{}{}{greeting}'\n{then}\n",
        octal(length + 1),
        octal(length),
    );
    program(folder, &script)
}

fn program(folder: &Path, script: &str) -> PathBuf {
    let path = folder.join("program");
    std::fs::write(&path, script).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    path
}

#[tokio::test]
async fn the_child_finds_what_would_be_found_here() {
    let mut changes = changes(&["Ann", "Anna", "Anne"]);
    changes.push(ByteBuf::from(b"no change at all".to_vec()));
    let last = changes.remove(2);
    let mut bent = changes[1].clone();
    let middle = bent.len() / 2;
    bent[middle] ^= 1;
    changes.insert(1, bent);
    for merger in [Merger::here(), Merger::child(relay())] {
        let report = ask(&merger, changes.clone()).await.unwrap();
        let found: Vec<_> = report.iter().map(|it| it.as_ref().err()).collect();
        let unsound = Some(&Finding::Unsound);
        assert_eq!(found, [None, unsound, None, unsound]);
        let report = ask(&merger, vec![last.clone()]).await.unwrap();
        assert_eq!(
            report,
            [Err(Finding::Unfounded)],
            "the child remembers nothing"
        );
    }
}

#[tokio::test]
async fn a_child_that_dies_takes_nothing_with_it() {
    let folder = tempfile::tempdir().unwrap();
    for then in ["exit 1", "kill -9 $$", "head -c 8 >&2; echo nonsense"] {
        let merger = Merger::child(stand_in(folder.path(), then));
        let report = ask(&merger, changes(&["Ann", "Bo"])).await;
        assert_eq!(
            report.unwrap(),
            [Err(Finding::Unsound), Err(Finding::Unsound)]
        );
    }
}

#[tokio::test]
async fn a_child_that_cannot_start_is_nobodys_fault() {
    let folder = tempfile::tempdir().unwrap();
    let flag = folder.path().join("started-before");
    let (flag, real) = (flag.display(), relay());
    let script = format!(
        "#!/bin/sh\nif [ -e {flag} ]; then exec {} merger; fi\ntouch {flag}\nexit 1\n",
        real.display()
    );
    let path = program(folder.path(), &script);
    let merger = Merger::child(path);
    assert!(ask(&merger, changes(&["Ann"])).await.is_err());
    let report = ask(&merger, changes(&["Ann", "Bo"])).await;
    assert!(report.unwrap().iter().all(Result::is_ok));
}

#[tokio::test]
async fn without_a_child_nothing_is_found() {
    for program in ["/nowhere/caravan", "/bin/false"] {
        let merger = Merger::child(program.into());
        let report = ask(&merger, changes(&["Ann"])).await;
        assert!(report.is_err(), "{program}");
    }
}

//! The app's files.

use std::path::PathBuf;

use axum::body::Body;
use axum::http::{Method, StatusCode};

use crate::support::{Answer, Running, Setup};

async fn serving(folder: &tempfile::TempDir) -> Running {
    let dist = folder.path().join("dist");
    let write = |path: &str, text: &str| {
        let path: PathBuf = dist.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("index.html", "<!doctype html>shell");
    write("sw.js", "self");
    write("manifest.webmanifest", "{}");
    write("assets/app-0123456789abcdef.wasm", "plain wasm");
    write("assets/app-0123456789abcdef.wasm.br", "brotli wasm");
    let setup = Setup {
        dist: Some(dist),
        ..Setup::default()
    };
    Running::with(folder.path(), setup).await
}

async fn get(relay: &Running, path: &str, headers: &[(&str, &str)]) -> Answer {
    let client = relay.client();
    client.send(Method::GET, path, headers, Body::empty()).await
}

const WASM: &str = "/assets/app-0123456789abcdef.wasm";

#[tokio::test]
async fn a_hashed_file_comes_compressed_and_is_kept_for_ever() {
    let folder = tempfile::tempdir().unwrap();
    let relay = serving(&folder).await;
    let squeezed = get(&relay, WASM, &[("accept-encoding", "gzip, br")]).await;
    assert_eq!(&squeezed.body[..], b"brotli wasm");
    assert_eq!(squeezed.header("content-encoding"), "br");
    assert_eq!(squeezed.header("content-type"), "application/wasm");
    assert_eq!(
        squeezed.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
    let plain = get(&relay, WASM, &[]).await;
    assert_eq!(&plain.body[..], b"plain wasm");
    assert_eq!(plain.header("vary"), "accept-encoding");
}

#[tokio::test]
async fn entry_points_are_asked_for_anew() {
    let folder = tempfile::tempdir().unwrap();
    let relay = serving(&folder).await;
    for (path, kind) in [
        ("/", "text/html"),
        ("/index.html", "text/html"),
        ("/sw.js", "text/javascript"),
        ("/manifest.webmanifest", "application/manifest+json"),
    ] {
        let answer = get(&relay, path, &[]).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(answer.header("cache-control"), "no-cache", "{path}");
        assert!(answer.header("content-type").starts_with(kind), "{path}");
    }
}

#[tokio::test]
async fn a_page_of_the_app_is_its_shell_but_a_missing_file_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let relay = serving(&folder).await;
    let page = [("accept", "text/html,application/xhtml+xml")];
    let shell = get(&relay, "/clients/01J0", &page).await;
    assert_eq!(shell.status, StatusCode::OK);
    assert_eq!(&shell.body[..], b"<!doctype html>shell");
    for (path, headers) in [
        ("/clients/01J0", &[][..]),
        ("/assets/gone-0123456789abcdef.js", &page[..]),
        ("/api/gone", &page[..]),
        ("/../relay.sqlite", &[][..]),
        ("/%2e%2e/relay.sqlite", &[][..]),
    ] {
        let missing = get(&relay, path, headers).await;
        assert_eq!(missing.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(missing.header("cache-control"), "no-cache", "{path}");
    }
}

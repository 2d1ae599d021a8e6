//! The built app: brotli siblings where the browser takes them, names with a hash kept for ever,
//! everything else asked for anew, and the shell for any page address.

use std::path::Path;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use tower::ServiceExt;
use tower_http::services::ServeDir;

use crate::problem::{Code, Problem};
use crate::relay::Relay;

const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

/// The folder where every name carries a hash of its content.
const HASHED: &str = "/assets/";

#[derive(Debug, Clone)]
pub struct AppFiles(ServeDir);

impl AppFiles {
    #[must_use]
    pub fn new(dist: &Path) -> Self {
        Self(ServeDir::new(dist).precompressed_br())
    }

    async fn get(&self, request: Request) -> Response {
        let Ok(response) = self.0.clone().oneshot(request).await;
        response.map(Body::new)
    }
}

/// The fallback of the router.
pub async fn serve_app(State(relay): State<Relay>, request: Request) -> Response {
    let Some(files) = relay.app_files() else {
        return Problem::from(Code::NotFound).into_response();
    };
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Problem::from(Code::NotFound).into_response();
    }
    let hashed = request.uri().path().starts_with(HASHED);
    let shell = is_navigation(&request).then(|| shell_request(&request));
    let mut response = files.get(request).await;
    if response.status() == StatusCode::NOT_FOUND
        && let Some(shell) = shell
    {
        response = files.get(shell).await;
    }
    let found = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    let headers = response.headers_mut();
    let keep = if hashed && found { FOR_EVER } else { ASK_AGAIN };
    headers.insert(header::CACHE_CONTROL, keep);
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    response
}

/// A person who opens or reloads an address, not a script that misses a file.
fn is_navigation(request: &Request) -> bool {
    let accept = request.headers().get(header::ACCEPT);
    let wants_page = accept.is_some_and(|accept| {
        accept
            .to_str()
            .is_ok_and(|accept| accept.contains("text/html"))
    });
    let path = request.uri().path();
    wants_page && !path.starts_with(HASHED) && !path.starts_with("/api/")
}

fn shell_request(request: &Request) -> Request {
    let mut shell = Request::new(Body::empty());
    *shell.method_mut() = request.method().clone();
    *shell.uri_mut() = Uri::from_static("/index.html");
    *shell.headers_mut() = request.headers().clone();
    shell
}

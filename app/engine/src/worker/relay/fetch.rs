//! Requests to the relay, of this origin and with its cookie.

use caravan_sync::codec;
use js_sys::Uint8Array;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, Request, RequestInit, Response};

use caravan_engine::web::js;

/// No answer, or none that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NoAnswer;

/// Posts a frame; the answer is one too.
pub(super) async fn post<T: DeserializeOwned>(
    path: &str,
    frame: &impl Serialize,
) -> Result<T, NoAnswer> {
    post_body(path, &codec::encode(frame).map_err(|_| NoAnswer)?).await
}

/// Posts what is more than a frame.
pub(super) async fn post_body<T: DeserializeOwned>(path: &str, body: &[u8]) -> Result<T, NoAnswer> {
    let headers = [("content-type", "application/octet-stream".to_owned())];
    let response = send("POST", path, &headers, Some(body)).await?;
    codec::decode(&bytes(&response).await?).map_err(|_| NoAnswer)
}

pub(super) async fn send(
    method: &str,
    path: &str,
    headers: &[(&str, String)],
    body: Option<&[u8]>,
) -> Result<Response, NoAnswer> {
    let init = RequestInit::new();
    init.set_method(method);
    let all = Headers::new().map_err(refused)?;
    for (name, value) in headers {
        all.append(name, value).map_err(refused)?;
    }
    init.set_headers(&all);
    if let Some(body) = body {
        init.set_body(&Uint8Array::from(body));
    }
    let request = Request::new_with_str_and_init(path, &init).map_err(refused)?;
    let response = JsFuture::from(js::scope().fetch_with_request(&request)).await;
    response.map_err(refused)?.dyn_into().map_err(refused)
}

pub(super) async fn bytes(response: &Response) -> Result<Vec<u8>, NoAnswer> {
    let body = JsFuture::from(response.array_buffer().map_err(refused)?).await;
    Ok(Uint8Array::new(&body.map_err(refused)?).to_vec())
}

fn refused(_: JsValue) -> NoAnswer {
    NoAnswer
}

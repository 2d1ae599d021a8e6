//! Sites that are not the app, visited by somebody who is signed in: the browser sends the cookie along,
//! and says where the request comes from.

use anyhow::{Result, ensure};
use caravan_sync::codec;
use caravan_sync::frame::{ExchangeRequest, PROOF_HEADER, RelayFrame};
use data_encoding::BASE64URL_NOPAD;
use hyper::header::{
    CONNECTION, CONTENT_TYPE, COOKIE, HeaderName, ORIGIN, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_VERSION,
    UPGRADE,
};
use hyper::{Method, StatusCode};

use super::scene::Scene;
use super::stolen::hex;
use crate::native::{Device, Request, request};
use crate::soak::socket;

/// How many origins there were, and how many requests from them; each got 403.
pub(super) async fn knock(scene: &Scene) -> Result<(usize, usize)> {
    let mut device = scene.link().await?;
    device.catch_up().await?;
    let port = scene.address().rsplit(':').next().unwrap_or_default();
    let origins = hostile(port);
    let mut requests = 0;
    for origin in &origins {
        for asked in everything(&device)? {
            let mut asked = asked;
            for value in origin {
                asked = asked.header(ORIGIN, value)?;
            }
            let (method, path) = (asked.method.clone(), asked.path.clone());
            let heard = request(scene.address(), asked).await?;
            requests += 1;
            ensure!(
                heard.status == StatusCode::FORBIDDEN
                    && &heard.body[..] == br#"{"code":"foreign_origin"}"#,
                "{method} {path} from {:?} is answered {heard:?}",
                origin
                    .iter()
                    .map(|it| String::from_utf8_lossy(it))
                    .collect::<Vec<_>>()
            );
        }
    }
    // All of it was good but for the origin: from the app's own it is taken.
    for asked in everything(&device)?.into_iter().take(1) {
        let own = asked.header(ORIGIN, format!("http://{}", scene.address()))?;
        let heard = request(scene.address(), own).await?;
        let switched = heard.status == StatusCode::SWITCHING_PROTOCOLS;
        ensure!(switched, "the app's own origin is answered {heard:?}");
    }
    let frame = device.ask(Vec::new()).await?;
    let answered = matches!(frame, RelayFrame::Reply(_) | RelayFrame::Challenge(_));
    ensure!(answered, "the app itself is answered {frame:?}");
    Ok((origins.len(), requests))
}

/// The upgrade first, then every request that changes something; all of them good.
fn everything(device: &Device) -> Result<Vec<Request>> {
    let credentials = device.credentials()?;
    let socket = Request::new(Method::GET, socket::path(&credentials)?)
        .header(CONNECTION, "Upgrade")?
        .header(UPGRADE, "websocket")?
        .header(SEC_WEBSOCKET_VERSION, "13")?
        .header(SEC_WEBSOCKET_KEY, "dGhlIHNhbXBsZSBub25jZQ==")?;
    let exchange = ExchangeRequest {
        credentials,
        outbox: Vec::new(),
    };
    let blob = format!("/api/blobs/{}?document=client/{}", hex(b""), device.id);
    let proof = device.request_proof("PATCH", &blob)?;
    let proof = BASE64URL_NOPAD.encode(&codec::encode(&proof)?);
    let blob = Request::new(Method::PATCH, blob)
        .header(HeaderName::from_static(PROOF_HEADER), proof)?
        .header(HeaderName::from_static("upload-offset"), "0")?
        .header(HeaderName::from_static("upload-length"), "0")?;
    let post = |path: &str, body| Request::new(Method::POST, path).body(body);
    let token = codec::encode(&[0u8; 16])?;
    let requests = vec![
        socket,
        post("/api/exchange", codec::encode(&exchange)?),
        post("/api/invitation", token.clone()),
        post("/api/join", token.clone()),
        post("/api/sign-in", token),
        blob,
        Request::new(Method::PUT, "/"),
        Request::new(Method::DELETE, "/api/exchange"),
    ];
    let signed_in = requests.into_iter().map(|asked| {
        asked
            .header(COOKIE, &device.cookie)?
            .header(CONTENT_TYPE, "application/octet-stream")
    });
    signed_in.collect()
}

/// What each request names as its origins: usually one.
fn hostile(port: &str) -> Vec<Vec<Vec<u8>>> {
    let other = format!("{port}0");
    let one = |text: String| vec![text.into_bytes()];
    let mut all: Vec<Vec<Vec<u8>>> = vec![
        vec![],
        vec![b"null".to_vec()],
        vec![b"".to_vec()],
        vec![b"*".to_vec()],
        // Two, one of them ours.
        vec![
            format!("http://localhost:{port}").into_bytes(),
            b"null".to_vec(),
        ],
        vec![format!("http://localhost:{port}").into_bytes(); 2],
        vec![b"http://localhost\xff".to_vec()],
        vec![
            format!("http://localhost:{port}\t")
                .into_bytes()
                .into_iter()
                .chain(*b"x")
                .collect(),
        ],
    ];
    for host in ["localhost", "127.0.0.1"] {
        for text in [
            format!("https://{host}:{port}"),
            format!("ws://{host}:{port}"),
            format!("wss://{host}:{port}"),
            format!("ftp://{host}:{port}"),
            format!("file://{host}:{port}"),
            format!("http://{host}"),
            format!("http://{host}:"),
            format!("http://{host}:80"),
            format!("http://{host}:443"),
            format!("http://{host}:{other}"),
            format!("http://{host}:0{port}"),
            format!("http://{host}:{port}/"),
            format!("http://{host}:{port}/join"),
            format!("http://{host}:{port}?"),
            format!("http://{host}:{port}#"),
            format!("http://{host}.:{port}"),
            format!("http://{host}..:{port}"),
            format!("http://.{host}:{port}"),
            format!("http://{host}:{port}."),
            format!("http://app.{host}:{port}"),
            format!("http://evil-{host}:{port}"),
            format!("http://evil{host}:{port}"),
            format!("http://{host}.evil.example:{port}"),
            format!("http://{host}.evil.example"),
            format!("http://{host}:{port}.evil.example"),
            format!("http://{host}:{port}@evil.example"),
            format!("http://evil.example@{host}:{port}"),
            format!("http://me:secret@{host}:{port}"),
            format!("http://evil.example#{host}:{port}"),
            format!("http://evil.example/{host}:{port}"),
            format!("http://evil.example\\@{host}:{port}"),
            format!("HTTP://{host}:{port}"),
            format!("Http://{host}:{port}"),
            format!("http:/{host}:{port}"),
            format!("http:///{host}:{port}"),
            format!("http:{host}:{port}"),
            format!("//{host}:{port}"),
            format!("{host}:{port}"),
            host.to_owned(),
            format!("http://{host}:{port} http://evil.example"),
            format!("http://evil.example http://{host}:{port}"),
            format!("http://{host}:{port}, http://{host}:{port}"),
            format!("\"http://{host}:{port}\""),
            format!("http://{host}%2eevil.example:{port}"),
            format!("http://{host}%00:{port}"),
            format!("http://{host}\u{200b}:{port}"),
            format!("http://{host}\u{3002}:{port}"),
            format!("http://\u{202e}{host}:{port}"),
        ] {
            all.push(one(text));
        }
    }
    for text in [
        format!("http://LOCALHOST:{port}"),
        format!("http://Localhost:{port}"),
        format!("http://LocalHost:{port}"),
        // Cyrillic о, full-width letters, a dotless i.
        format!("http://l\u{43e}calhost:{port}"),
        format!("http://\u{ff4c}ocalhost:{port}"),
        format!("http://\u{ff11}27.0.0.1:{port}"),
        format!("http://xn--lcalhost-b6g:{port}"),
        format!("http://127.1:{port}"),
        format!("http://127.0.0.2:{port}"),
        format!("http://127.0.0.01:{port}"),
        format!("http://2130706433:{port}"),
        format!("http://0x7f000001:{port}"),
        format!("http://0177.0.0.1:{port}"),
        format!("http://0.0.0.0:{port}"),
        format!("http://[::1]:{port}"),
        format!("http://[::ffff:127.0.0.1]:{port}"),
        format!("http://[::ffff:7f00:1]:{port}"),
        "http://evil.example".to_owned(),
        "https://evil.example".to_owned(),
        "chrome-extension://aapbdbdomjkkjkaonfhkkikfgjllcleb".to_owned(),
        "moz-extension://0a1b2c3d".to_owned(),
        "capacitor://localhost".to_owned(),
        "data:".to_owned(),
        "about:blank".to_owned(),
        "blob:null".to_owned(),
        "javascript://localhost".to_owned(),
        "undefined".to_owned(),
        "NULL".to_owned(),
        "a".repeat(4000),
    ] {
        all.push(one(text));
    }
    all
}

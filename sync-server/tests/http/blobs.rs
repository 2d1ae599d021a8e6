//! `/api/blobs/{sha256}`.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use caravan_domain::document::DocumentId;
use caravan_relay::identity::hash_token;
use caravan_sync::codec;
use caravan_sync::frame::{CHALLENGE_HEADER, Challenge, PROOF_HEADER};
use data_encoding::BASE64URL_NOPAD;

use crate::support::{Answer, Device, Running, client_document};

const PHOTO: &[u8] = b"a photo of a shop front, compressed on the phone";

fn path() -> String {
    let hex = data_encoding::HEXLOWER.encode(&hash_token(PHOTO));
    format!("/api/blobs/{hex}")
}

async fn patch(
    device: &Device,
    document: DocumentId,
    offset: usize,
    bytes: &'static [u8],
) -> Answer {
    let (offset, length) = (offset.to_string(), PHOTO.len().to_string());
    let headers = [
        ("upload-offset", offset.as_str()),
        ("upload-length", length.as_str()),
        ("content-type", "image/jpeg"),
    ];
    let path = format!("{}?document={document}", path());
    let body = Body::from(bytes);
    device.ask(Method::PATCH, &path, &headers, body).await
}

async fn head(device: &Device) -> Answer {
    device.ask(Method::HEAD, &path(), &[], Body::empty()).await
}

async fn get(device: &Device) -> Answer {
    device.ask(Method::GET, &path(), &[], Body::empty()).await
}

#[tokio::test]
async fn a_photo_goes_up_in_pieces_and_comes_down_to_who_may_see_the_client() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    let mut director = relay.founder().await;
    let (first, second) = (director.invite().await, director.invite().await);
    let mut author = Device::join(relay.client(), first).await;
    let stranger = Device::join(relay.client(), second).await;
    let document = client_document();
    let envelope = author.name_client(document, "大理茶厂");
    author.push(vec![envelope]).await;

    assert_eq!(head(&author).await.header("upload-offset"), "0");
    let answer = patch(&author, document, 0, &PHOTO[..10]).await;
    assert_eq!(
        (answer.status, answer.header("upload-offset")),
        (StatusCode::ACCEPTED, "10")
    );
    assert_eq!(head(&author).await.header("upload-offset"), "10");
    let wrong = patch(&author, document, 5, &PHOTO[5..]).await;
    assert_eq!(wrong.status, StatusCode::CONFLICT);
    assert_eq!(&wrong.body[..], br#"{"code":"conflict","detail":10}"#);
    let answer = patch(&author, document, 10, &PHOTO[10..]).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    let size = PHOTO.len().to_string();
    assert_eq!(head(&author).await.header("upload-offset"), size);

    let seen = get(&director).await;
    assert_eq!(&seen.body[..], PHOTO);
    assert_eq!(seen.header("content-type"), "image/jpeg");
    assert_eq!(
        seen.header("content-security-policy"),
        "default-src 'none'; sandbox"
    );
    let unseen = get(&stranger).await;
    assert_eq!(unseen.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn nobody_attaches_a_photo_to_somebody_elses_client() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    let mut director = relay.founder().await;
    let token = director.invite().await;
    let stranger = Device::join(relay.client(), token).await;
    let document = client_document();
    let envelope = director.name_client(document, "昆明花市");
    director.push(vec![envelope]).await;
    let answer = patch(&stranger, document, 0, PHOTO).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_hash_alone_neither_tells_of_a_photo_nor_gives_it() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    let mut director = relay.founder().await;
    let token = director.invite().await;
    let mut stranger = Device::join(relay.client(), token).await;
    let (theirs, own) = (client_document(), client_document());
    let envelope = director.name_client(theirs, "昆明花市");
    director.push(vec![envelope]).await;
    patch(&director, theirs, 0, PHOTO).await;
    let envelope = stranger.name_client(own, "大理茶厂");
    stranger.push(vec![envelope]).await;

    assert_eq!(head(&stranger).await.header("upload-offset"), "0");
    let claimed = patch(&stranger, own, 0, b"").await;
    assert_eq!(claimed.status, StatusCode::ACCEPTED);
    assert_eq!(get(&stranger).await.status, StatusCode::NOT_FOUND);
    // Whoever has the bytes needs nobody's leave.
    let sent = patch(&stranger, own, 0, PHOTO).await;
    assert_eq!(sent.status, StatusCode::CREATED);
    assert_eq!(&get(&stranger).await.body[..], PHOTO);
}

#[tokio::test]
async fn a_cookie_opens_no_photo_without_the_key() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    let device = relay.founder().await;
    let bare = device
        .client
        .send(Method::HEAD, &path(), &[], Body::empty())
        .await;
    assert_eq!(bare.status, StatusCode::UNAUTHORIZED);
    assert!(!bare.header(CHALLENGE_HEADER).is_empty());
    // For this request, once.
    let path = path();
    let proof = device.proof(&Method::HEAD, &path);
    let headers = [(PROOF_HEADER, proof.as_str())];
    let send = |method| device.client.send(method, &path, &headers, Body::empty());
    assert_eq!(send(Method::GET).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(send(Method::HEAD).await.status, StatusCode::OK);
    assert_eq!(send(Method::HEAD).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_device_that_was_away_signs_the_challenge_it_is_given() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    let mut device = relay.founder().await;
    device.challenge = Challenge::default();
    let answer = head(&device).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    let challenge = answer.header(CHALLENGE_HEADER).as_bytes();
    device.challenge = codec::decode(&BASE64URL_NOPAD.decode(challenge).unwrap()).unwrap();
    assert_eq!(head(&device).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_revoked_device_gets_no_photo() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    let mut director = relay.founder().await;
    let token = director.invite().await;
    let device = Device::join(relay.client(), token).await;
    director.revoke(device.id).await;
    assert_eq!(get(&device).await.status, StatusCode::FORBIDDEN);
}

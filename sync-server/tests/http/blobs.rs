//! `/api/blobs/{sha256}`.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use caravan_domain::document::DocumentId;
use caravan_relay::identity::hash_token;

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
    device
        .client
        .send(Method::PATCH, &path, &headers, body)
        .await
}

async fn head(device: &Device) -> Answer {
    device
        .client
        .send(Method::HEAD, &path(), &[], Body::empty())
        .await
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

    let seen = director.client.get(&path()).await;
    assert_eq!(&seen.body[..], PHOTO);
    assert_eq!(seen.header("content-type"), "image/jpeg");
    assert_eq!(
        seen.header("content-security-policy"),
        "default-src 'none'; sandbox"
    );
    let unseen = stranger.client.get(&path()).await;
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
async fn a_cookie_whose_key_was_not_seen_lately_opens_no_photo() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    let mut device = relay.founder().await;
    assert_eq!(head(&device).await.status, StatusCode::OK);
    relay.stop().await;
    // The relay forgets proofs when it stops; an exchange brings a new one.
    let relay = Running::start(data.path()).await;
    device.client.address = relay.address;
    device.client.origin = relay.client().origin;
    assert_eq!(head(&device).await.status, StatusCode::UNAUTHORIZED);
    device.exchange(Vec::new()).await;
    assert_eq!(head(&device).await.status, StatusCode::OK);
    device.client.cookie = None;
    assert_eq!(head(&device).await.status, StatusCode::UNAUTHORIZED);
}

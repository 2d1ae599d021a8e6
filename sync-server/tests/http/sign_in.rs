//! `/api/sign-in`.

use caravan_domain::id::DeviceId;
use caravan_sync::join::{JoinError, Joined, LostDevice, PublicKey, SignInRequest};
use ring::signature::KeyPair;

use crate::support::{Device, Running, mint, new_key, sign};

async fn sign_in(
    relay: &Running,
    founder: &Device,
    change: impl FnOnce(&mut SignInRequest),
) -> Result<Device, JoinError> {
    let (key, device) = (new_key(), DeviceId(mint()));
    let mut request = SignInRequest {
        workspace: founder.workspace,
        person: founder.person.code(),
        password: "a long password".to_owned(),
        device,
        key: PublicKey(key.public_key().as_ref().to_vec()),
        signature: Vec::new(),
        label: "second phone".to_owned(),
    };
    change(&mut request);
    let workspace = request.workspace.0;
    let signed = [
        b"caravan sign-in v1\0",
        &workspace.as_bytes()[..],
        device.0.as_bytes(),
    ]
    .concat();
    request.signature = sign(&key, &signed).to_vec();
    let mut client = relay.client();
    let answer = client.post("/api/sign-in", &request).await;
    let joined = answer.frame::<Result<Joined, JoinError>>()?;
    client.cookie = answer.cookie();
    Ok(Device::joined(client, key, joined))
}

#[tokio::test]
async fn the_password_binds_a_second_device_of_the_same_person() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    let founder = relay.founder().await;
    let mut second = sign_in(&relay, &founder, |_| {}).await.unwrap();
    assert_eq!(second.person, founder.person);
    assert_ne!(second.id, founder.id);
    assert!(!second.exchange(Vec::new()).await.facts.is_empty());
    let named = sign_in(&relay, &founder, |request| {
        " 王芳 ".clone_into(&mut request.person);
    });
    assert_eq!(named.await.unwrap().person, founder.person);
}

#[tokio::test]
async fn nothing_tells_a_wrong_name_from_a_wrong_password() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    let founder = relay.founder().await;
    let wrong = sign_in(&relay, &founder, |request| {
        "another password".clone_into(&mut request.password);
    });
    assert_eq!(wrong.await.err(), Some(JoinError::WrongPassword));
    let nobody = sign_in(&relay, &founder, |request| {
        "EM-00000".clone_into(&mut request.person);
    });
    assert_eq!(nobody.await.err(), Some(JoinError::WrongPassword));
    let nowhere = sign_in(&relay, &founder, |request| request.workspace.0 = mint());
    assert_eq!(nowhere.await.err(), Some(JoinError::WrongPassword));
}

#[tokio::test]
async fn guessing_is_cut_short() {
    let data = tempfile::tempdir().unwrap();
    let setup = crate::support::Setup {
        limits: caravan_relay::config::LimitOptions {
            sign_ins_per_minute: 2.try_into().ok(),
            ..Default::default()
        },
        ..Default::default()
    };
    let relay = Running::with(data.path(), setup).await;
    let founder = relay.founder().await;
    for expected in [
        JoinError::WrongPassword,
        JoinError::WrongPassword,
        JoinError::TooMany,
    ] {
        let guess = sign_in(&relay, &founder, |request| {
            "a wrong password".clone_into(&mut request.password);
        });
        assert_eq!(guess.await.err(), Some(expected));
    }
    // The right one does not help either, for now.
    let right = sign_in(&relay, &founder, |_| {}).await;
    assert_eq!(right.err(), Some(JoinError::TooMany));
}

/// Signs in as `device` with `key`, as somebody who knows the founder's password.
async fn again(
    relay: &Running,
    founder: &Device,
    device: DeviceId,
    key: &ring::signature::EcdsaKeyPair,
) -> Result<Joined, JoinError> {
    let request = signing_in(founder, device, key);
    let answer = relay.client().post("/api/sign-in", &request).await;
    answer.frame()
}

fn signing_in(
    founder: &Device,
    device: DeviceId,
    key: &ring::signature::EcdsaKeyPair,
) -> SignInRequest {
    let workspace = founder.workspace;
    let signed = [
        b"caravan sign-in v1\0",
        &workspace.0.as_bytes()[..],
        device.0.as_bytes(),
    ]
    .concat();
    SignInRequest {
        workspace,
        person: founder.person.code(),
        password: "a long password".to_owned(),
        device,
        key: PublicKey(key.public_key().as_ref().to_vec()),
        signature: sign(key, &signed).to_vec(),
        label: "again".to_owned(),
    }
}

#[tokio::test]
async fn a_device_comes_in_again_and_nobody_else_as_it() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    let mut founder = relay.founder().await;
    let token = founder.invite().await;
    let other = Device::join(relay.client(), token).await;
    let joined = again(&relay, &founder, founder.id, &founder.key).await;
    assert_eq!(joined.unwrap().device, founder.id);
    // With another key, or as another person's device.
    let forged = again(&relay, &founder, founder.id, &new_key()).await;
    assert_eq!(forged.err(), Some(JoinError::Malformed));
    let stolen = again(&relay, &founder, other.id, &other.key).await;
    assert_eq!(stolen.err(), Some(JoinError::Malformed));
}

/// What the relay says of the device that the browser was before, when a new one signs in with its cookie.
async fn lost(relay: &Running, founder: &Device, cookie: &Option<String>) -> Option<LostDevice> {
    let (device, key) = (DeviceId(mint()), new_key());
    let request = signing_in(founder, device, &key);
    let mut client = relay.client();
    client.cookie.clone_from(cookie);
    let answer = client.post("/api/sign-in", &request).await;
    answer.frame::<Result<Joined, JoinError>>().unwrap().lost
}

#[tokio::test]
async fn a_browser_that_lost_its_storage_is_told_what_the_relay_has_of_it() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    let mut founder = relay.founder().await;
    let cookie = founder.client.cookie.clone();
    let unused = lost(&relay, &founder, &cookie).await;
    let nothing = LostDevice {
        received: 0,
        last_received_at: None,
    };
    assert_eq!(unused, Some(nothing));

    let token = founder.invite().await;
    let before = lost(&relay, &founder, &cookie).await.unwrap();
    assert_eq!(before.received, 1);
    let received_at = before.last_received_at.unwrap();
    assert!(founder.exchange(Vec::new()).await.now >= received_at);

    // Without the cookie, with another person's, or when it was revoked, nothing is said.
    assert_eq!(lost(&relay, &founder, &None).await, None);
    let other = Device::join(relay.client(), token).await;
    assert_eq!(lost(&relay, &founder, &other.client.cookie).await, None);
    let again = sign_in(&relay, &founder, |_| {}).await.unwrap();
    founder.revoke(again.id).await;
    assert_eq!(lost(&relay, &founder, &again.client.cookie).await, None);
}

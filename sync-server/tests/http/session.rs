//! `/api/session`.

use caravan_sync::envelope::Signature;
use caravan_sync::frame::{Challenge, RelayFrame, Trouble};
use caravan_sync::join::{SessionAnswer, SessionRequest, Share};

use crate::support::{Answer, Device, Running, new_key, sign};

fn request(device: &Device) -> SessionRequest {
    let signed = SessionRequest::signed_bytes(device.workspace, device.id, device.challenge);
    SessionRequest {
        workspace: device.workspace,
        device: device.id,
        challenge: device.challenge,
        signature: Signature(sign(&device.key, &signed)),
    }
}

async fn ask(device: &Device, request: &SessionRequest) -> Answer {
    device.client.post("/api/session", request).await
}

/// Takes the session, if one is given.
async fn renew(device: &mut Device) -> Result<Share, SessionAnswer> {
    let answer = ask(device, &request(device)).await;
    match answer.frame() {
        SessionAnswer::Given { challenge, share } => {
            device.challenge = challenge;
            device.client.cookie = answer.cookie();
            assert!(device.client.cookie.is_some());
            Ok(share)
        }
        other => {
            assert_eq!(answer.cookie(), None);
            Err(other)
        }
    }
}

#[tokio::test]
async fn a_device_that_lost_its_cookie_is_given_another_for_a_signature() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    let mut phone = relay.founder().await;
    phone.client.cookie = None;
    let refused = phone.exchange_frame(Vec::new()).await;
    assert_eq!(refused, RelayFrame::Refused(Trouble::Unknown));

    let share = renew(&mut phone).await.unwrap();
    phone.exchange(Vec::new()).await;
    assert_eq!(renew(&mut phone).await.unwrap(), share);

    relay.stop().await;
    let relay = Running::start(data.path()).await;
    phone.client.address = relay.client().address;
    phone.client.origin = relay.client().origin;
    assert_eq!(renew(&mut phone).await.unwrap(), share);
}

#[tokio::test]
async fn a_signature_counts_once_and_only_over_a_fresh_challenge() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    let mut phone = relay.founder().await;
    let overheard = request(&phone);
    renew(&mut phone).await.unwrap();
    let again = ask(&phone, &overheard).await;
    assert!(matches!(again.frame(), SessionAnswer::Challenge(_)));
    assert_eq!(again.cookie(), None);

    phone.challenge = Challenge::default();
    let Err(SessionAnswer::Challenge(challenge)) = renew(&mut phone).await else {
        panic!("all zeros asks for a challenge");
    };
    phone.challenge = challenge;
    renew(&mut phone).await.unwrap();
}

#[tokio::test]
async fn another_key_another_workspace_and_a_revoked_device_get_none() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    let mut founder = relay.founder().await;
    let token = founder.invite().await;
    let mut phone = Device::join(relay.client(), token).await;
    let unknown = Err(SessionAnswer::Refused(Trouble::Unknown));

    let own = std::mem::replace(&mut phone.key, new_key());
    assert_eq!(renew(&mut phone).await, unknown);
    phone.key = own;
    let elsewhere = relay.founder().await.workspace;
    let own = std::mem::replace(&mut phone.workspace, elsewhere);
    assert_eq!(renew(&mut phone).await, unknown);
    phone.workspace = own;
    renew(&mut phone).await.unwrap();

    founder.revoke(phone.id).await;
    assert_eq!(renew(&mut phone).await, Err(SessionAnswer::Revoked));
}

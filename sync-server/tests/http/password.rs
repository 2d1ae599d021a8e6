//! `/api/password`, and the link for whoever has forgotten theirs.

use caravan_domain::decision::{Decision, Refusal};
use caravan_domain::id::{DeviceId, InvitationId, PersonId};
use caravan_domain::people::decision::PeopleDecision;
use caravan_relay::clock;
use caravan_relay::config::LimitOptions;
use caravan_relay::identity::hash_token;
use caravan_sync::envelope::Signature;
use caravan_sync::frame::{Challenge, Rejection, Trouble, Verdict};
use caravan_sync::join::{
    JoinError, Joined, Offered, PasswordAnswer, PasswordRequest, PublicKey, SignInRequest,
};
use ring::signature::KeyPair;

use crate::support::{Device, Running, Setup, mint, new_key, sign};

const FIRST: &str = "a long password";
const SECOND: &str = "another long one";

fn request(device: &Device, old: &str, new: &str) -> PasswordRequest {
    let (workspace, challenge) = (device.workspace, device.challenge);
    let signed = PasswordRequest::signed_bytes(workspace, device.id, challenge, old, new);
    PasswordRequest {
        workspace,
        device: device.id,
        challenge,
        signature: Signature(sign(&device.key, &signed)),
        old: old.to_owned(),
        new: new.to_owned(),
    }
}

async fn post(device: &Device, request: &PasswordRequest) -> PasswordAnswer {
    let answer = device.client.post("/api/password", request).await;
    answer.frame()
}

/// What the relay says of the passwords, with the challenge that came with it kept for the next time.
#[derive(Debug, PartialEq, Eq)]
enum Said {
    Changed,
    Wrong,
    TooShort,
    Else(PasswordAnswer),
}

fn take(device: &mut Device, answer: PasswordAnswer) -> Said {
    let (said, challenge) = match answer {
        PasswordAnswer::Changed(challenge) => (Said::Changed, challenge),
        PasswordAnswer::Wrong(challenge) => (Said::Wrong, challenge),
        PasswordAnswer::TooShort(challenge) => (Said::TooShort, challenge),
        other => return Said::Else(other),
    };
    device.challenge = challenge;
    said
}

async fn change(device: &mut Device, old: &str, new: &str) -> Said {
    let answer = post(device, &request(device, old, new)).await;
    take(device, answer)
}

/// Whether somebody can sign in on a new phone.
async fn signs_in(relay: &Running, of: &Device, password: &str) -> Result<PersonId, JoinError> {
    let (key, device) = (new_key(), DeviceId(mint()));
    let workspace = of.workspace.0;
    let signed = [
        b"caravan sign-in v1\0",
        &workspace.as_bytes()[..],
        device.0.as_bytes(),
    ]
    .concat();
    let request = SignInRequest {
        workspace: of.workspace,
        person: of.person.code(),
        password: password.to_owned(),
        device,
        key: PublicKey(key.public_key().as_ref().to_vec()),
        signature: sign(&key, &signed).to_vec(),
        label: "phone".to_owned(),
    };
    let answer = relay.client().post("/api/sign-in", &request).await;
    let joined: Joined = answer.frame::<Result<_, JoinError>>()?;
    Ok(joined.person)
}

#[tokio::test]
async fn the_old_password_gives_way_to_the_new_one_and_nobody_elses_does() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    let mut founder = relay.founder().await;
    let elsewhere = relay.founder().await;
    founder.exchange(Vec::new()).await;

    assert_eq!(
        change(&mut founder, "a wrong one", SECOND).await,
        Said::Wrong
    );
    assert_eq!(change(&mut founder, FIRST, "short").await, Said::TooShort);
    assert!(signs_in(&relay, &founder, FIRST).await.is_ok());
    assert_eq!(change(&mut founder, FIRST, SECOND).await, Said::Changed);
    let late = signs_in(&relay, &founder, FIRST).await;
    assert_eq!(late, Err(JoinError::WrongPassword));
    assert_eq!(signs_in(&relay, &founder, SECOND).await, Ok(founder.person));
    // The answer was lost, or another device follows: it is done already.
    assert_eq!(change(&mut founder, FIRST, SECOND).await, Said::Changed);
    assert!(signs_in(&relay, &elsewhere, FIRST).await.is_ok());
    // The device goes on where it was.
    founder.exchange(Vec::new()).await;
}

#[tokio::test]
async fn a_request_counts_once_as_it_was_signed_and_from_that_device() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    let mut founder = relay.founder().await;
    let token = founder.invite().await;
    let other = Device::join(relay.client(), token).await;
    founder.exchange(Vec::new()).await;

    let sent = request(&founder, FIRST, SECOND);
    let answer = post(&founder, &sent).await;
    assert_eq!(take(&mut founder, answer), Said::Changed);
    assert_eq!(change(&mut founder, SECOND, FIRST).await, Said::Changed);
    // Overheard and sent once more, it is asked for a fresh signature instead.
    let replayed = post(&founder, &sent).await;
    assert!(
        matches!(replayed, PasswordAnswer::Challenge(_)),
        "{replayed:?}"
    );
    assert!(signs_in(&relay, &founder, FIRST).await.is_ok());

    let unknown = PasswordAnswer::Refused(Trouble::Unknown);
    let mut bent = request(&founder, FIRST, SECOND);
    bent.new = "put in on the way".to_owned();
    assert_eq!(post(&founder, &bent).await, unknown);
    let mut foreign = request(&founder, FIRST, SECOND);
    foreign.workspace.0 = mint();
    assert_eq!(post(&founder, &foreign).await, unknown);
    let mut stolen = request(&founder, FIRST, SECOND);
    let signed = PasswordRequest::signed_bytes(
        founder.workspace,
        founder.id,
        founder.challenge,
        FIRST,
        SECOND,
    );
    stolen.signature = Signature(sign(&other.key, &signed));
    assert_eq!(post(&founder, &stolen).await, unknown);
    let mut made_up = request(&founder, FIRST, SECOND);
    made_up.challenge = Challenge([7; 16]);
    let asked = post(&founder, &made_up).await;
    assert!(matches!(asked, PasswordAnswer::Challenge(_)), "{asked:?}");
    assert!(signs_in(&relay, &founder, FIRST).await.is_ok());

    founder.exchange(Vec::new()).await;
    founder.revoke(other.id).await;
    let gone = post(&other, &request(&other, FIRST, SECOND)).await;
    assert_eq!(gone, PasswordAnswer::Revoked);
}

#[tokio::test]
async fn guessing_is_cut_short_together_with_signing_in() {
    let data = tempfile::tempdir().unwrap();
    let setup = Setup {
        limits: LimitOptions {
            sign_ins_per_minute: 3.try_into().ok(),
            ..Default::default()
        },
        ..Default::default()
    };
    let relay = Running::with(data.path(), setup).await;
    let mut founder = relay.founder().await;
    for _ in 0..2 {
        let guessed = change(&mut founder, "a wrong one", SECOND).await;
        assert_eq!(guessed, Said::Wrong);
    }
    let wrong = signs_in(&relay, &founder, "a wrong one").await;
    assert_eq!(wrong, Err(JoinError::WrongPassword));
    // The right one does not help either, for now.
    let late = change(&mut founder, FIRST, SECOND).await;
    let too_many = PasswordAnswer::Refused(Trouble::TooMany);
    assert_eq!(late, Said::Else(too_many));
}

#[tokio::test]
async fn whoever_forgot_sets_another_by_a_link_that_works_once() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    let mut founder = relay.founder().await;
    let token = founder.invite().await;
    let first = |request: &mut caravan_sync::join::JoinRequest| {
        FIRST.clone_into(&mut request.password);
    };
    let mut ann = Device::try_join(relay.client(), token, first)
        .await
        .unwrap();
    let renew = |person, token: [u8; 16]| {
        Decision::People(PeopleDecision::RenewPassword {
            invitation: InvitationId(mint()),
            person,
            token_hash: hash_token(&token),
            expires_at: clock::now().plus_millis(60_000),
        })
    };
    // Nobody lets themselves in as the founder.
    let token: [u8; 16] = clock::random();
    let envelope = ann.decide(&renew(founder.person, token));
    let reply = ann.exchange(vec![envelope]).await;
    let Verdict::Refused { reason, .. } = reply.receipts[0].verdict else {
        panic!("{:?}", reply.receipts);
    };
    assert_eq!(reason, Rejection::Decision(Refusal::NotAllowed));
    let unknown = Device::try_join(relay.client(), token, |_| {}).await;
    assert_eq!(unknown.err(), Some(JoinError::UnknownLink));

    let token: [u8; 16] = clock::random();
    let envelope = founder.decide(&renew(ann.person, token));
    founder.push(vec![envelope]).await;
    let offered = relay.client().post("/api/invitation", &token).await;
    assert_eq!(
        offered.frame::<Result<Offered, JoinError>>(),
        Ok(Offered::NewPassword {
            workspace_name: "云南商队".to_owned(),
            name: "王芳".to_owned(),
            made_by: "王芳".to_owned(),
        })
    );
    let blank = Device::try_join(relay.client(), token, |_| {}).await;
    assert_eq!(blank.err(), Some(JoinError::PasswordTooShort));
    let second = |request: &mut caravan_sync::join::JoinRequest| {
        SECOND.clone_into(&mut request.password);
    };
    let back = Device::try_join(relay.client(), token, second)
        .await
        .unwrap();
    assert_eq!(back.person, ann.person);
    assert_eq!(signs_in(&relay, &ann, SECOND).await, Ok(ann.person));
    let late = signs_in(&relay, &ann, FIRST).await;
    assert_eq!(late, Err(JoinError::WrongPassword));
    let again = Device::try_join(relay.client(), token, second).await;
    assert_eq!(again.err(), Some(JoinError::LinkUsed));
    assert!(signs_in(&relay, &founder, FIRST).await.is_ok());
}

/// Whoever finds an open phone could make such a link; the account's password stays what it is.
#[tokio::test]
async fn a_link_for_ones_own_device_sets_no_password() {
    let data = tempfile::tempdir().unwrap();
    let relay = Running::start(data.path()).await;
    let mut founder = relay.founder().await;
    let token: [u8; 16] = clock::random();
    let envelope = founder.decide(&Decision::People(PeopleDecision::AddOwnDevice {
        invitation: InvitationId(mint()),
        token_hash: hash_token(&token),
        expires_at: clock::now().plus_millis(60_000),
    }));
    founder.push(vec![envelope]).await;
    let joined = Device::try_join(relay.client(), token, |request| {
        SECOND.clone_into(&mut request.password);
    });
    assert_eq!(joined.await.unwrap().person, founder.person);
    let put_in = signs_in(&relay, &founder, SECOND).await;
    assert_eq!(put_in, Err(JoinError::WrongPassword));
    assert!(signs_in(&relay, &founder, FIRST).await.is_ok());
}

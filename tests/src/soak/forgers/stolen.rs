//! Somebody's session cookie, without the key it belongs to. The thief knows more than a thief would:
//! every id, every hash, and what the device itself has sent before.

use anyhow::{Context, Result, bail, ensure};
use caravan_sync::codec;
use caravan_sync::envelope::{Envelope, Hash, Signature};
use caravan_sync::frame::{
    Challenge, Credentials, ExchangeRequest, PROOF_HEADER, RelayFrame, RequestProof, Trouble,
};
use caravan_sync::join::{JoinError, Joined, PublicKey, SignInRequest};
use data_encoding::BASE64URL_NOPAD;
use hyper::header::{COOKIE, HeaderName, ORIGIN};
use hyper::{Method, StatusCode};

use super::scene::Scene;
use crate::native::{Device, Heard, Request, post, request};
use crate::soak::raw::{new_client, new_name};
use crate::soak::socket;

const PHOTO: &[u8] = b"the front of a shop";

/// Tries, none of which was answered.
pub(super) async fn try_cookie(scene: &Scene, rounds: usize) -> Result<usize> {
    let mut victim = scene.link().await?;
    let mut thief = Thief {
        own: scene.forger.clone(),
        victim: victim.clone(),
        tries: 0,
    };
    victim.catch_up().await?;
    for _ in 0..rounds {
        // The device is at work all the while, and everything it sends is overheard.
        let spent = victim.credentials()?;
        victim.exchange(Vec::new()).await?;
        let document = scene.honest.first().context("there was work")?.0.document;
        let path = format!("/api/blobs/{}", hex(PHOTO));
        let put = format!("{path}?document={document}");
        let uploaded = photo(&victim, Method::PATCH, &put, Some(&victim)).await?;
        ensure!(uploaded.status == StatusCode::CREATED, "{uploaded:?}");
        let proof = header(&victim.request_proof("GET", &path)?)?;
        let shown = with_proof(&victim, Method::GET, &path, Some(&proof)).await?;
        ensure!(shown.body == PHOTO, "the owner is not shown the photo");

        let document = new_client();
        let payload = new_name(&scene.dice, victim.id, document)?;
        let envelope = thief.own.clone().envelope(document, payload)?;
        for credentials in thief.credentials(&spent).await? {
            thief.exchange(credentials.clone(), &envelope).await?;
            thief.connect(credentials).await?;
        }
        for (method, path) in [
            (Method::GET, &path),
            (Method::HEAD, &path),
            (Method::PATCH, &put),
        ] {
            let forged = photo(&thief.victim, method.clone(), path, Some(&thief.own)).await?;
            let copied = with_proof(&thief.victim, method.clone(), path, Some(&proof)).await?;
            let bare = with_proof(&thief.victim, method, path, None).await?;
            for heard in [forged, copied, bare] {
                thief.tries += 1;
                ensure!(
                    heard.status == StatusCode::UNAUTHORIZED,
                    "a photo for a cookie: {heard:?}"
                );
            }
        }
        // Its own challenge still counts: nothing of all this was taken for it.
        let frame = victim.ask(Vec::new()).await?;
        let RelayFrame::Reply(reply) = frame else {
            bail!("the thief has spent the device's challenge: {frame:?}");
        };
        victim.stored(&reply);
    }
    thief.sign_in().await?;
    Ok(thief.tries)
}

struct Thief {
    /// Who the thief really is: of the same workspace.
    own: Device,
    /// As it was when it was robbed; the key is not used.
    victim: Device,
    tries: usize,
}

impl Thief {
    /// Whatever a thief could present.
    async fn credentials(&self, spent: &Credentials) -> Result<Vec<Credentials>> {
        let nothing = Credentials {
            challenge: Challenge::default(),
            signature: Signature([0; 64]),
            ..spent.clone()
        };
        // A challenge is given to whoever has the cookie.
        let frame = exchange(&self.victim, &nothing, Vec::new()).await?;
        let RelayFrame::Challenge(challenge) = frame else {
            bail!("no challenge but {frame:?}");
        };
        let signed = Credentials::signed_bytes(self.victim.id, challenge);
        let forged = Credentials {
            challenge,
            signature: self.own.key.sign(&signed)?,
            ..spent.clone()
        };
        let copied = Credentials {
            challenge,
            ..spent.clone()
        };
        let own = self.own.credentials()?;
        Ok(vec![nothing, spent.clone(), forged, copied, own])
    }

    async fn exchange(&mut self, credentials: Credentials, envelope: &Envelope) -> Result<()> {
        self.tries += 1;
        let frame = exchange(&self.victim, &credentials, vec![envelope.clone()]).await?;
        turned_away(&frame)
    }

    async fn connect(&mut self, credentials: Credentials) -> Result<()> {
        self.tries += 1;
        let push = vec![];
        for frame in socket::converse(&self.victim, &credentials, push).await? {
            turned_away(&frame)?;
        }
        Ok(())
    }

    /// The cookie is no password either.
    async fn sign_in(&mut self) -> Result<()> {
        self.tries += 1;
        let device = self.own.id;
        let signed = [
            b"caravan sign-in v1\0".as_slice(),
            self.victim.workspace.0.as_bytes(),
            device.0.as_bytes(),
        ];
        let form = SignInRequest {
            workspace: self.victim.workspace,
            person: self.victim.person.code(),
            password: self.victim.cookie.clone(),
            device,
            key: PublicKey(self.own.key.public()),
            signature: self.own.key.sign(&signed.concat())?.0.to_vec(),
            label: "thief".to_owned(),
        };
        let (address, cookie) = (&self.victim.address, Some(self.victim.cookie.as_str()));
        let answer =
            post::<Result<Joined, JoinError>>(address, "/api/sign-in", cookie, &form).await?;
        ensure!(
            answer.frame == Err(JoinError::WrongPassword),
            "signed in by a cookie: {:?}",
            answer.frame
        );
        Ok(())
    }
}

fn turned_away(frame: &RelayFrame) -> Result<()> {
    let away = matches!(
        frame,
        RelayFrame::Challenge(_) | RelayFrame::Refused(Trouble::Unknown)
    );
    ensure!(away, "a stolen cookie is answered: {frame:?}");
    Ok(())
}

async fn exchange(
    device: &Device,
    credentials: &Credentials,
    outbox: Vec<Envelope>,
) -> Result<RelayFrame> {
    let asked = ExchangeRequest {
        credentials: credentials.clone(),
        outbox,
    };
    let cookie = Some(device.cookie.as_str());
    Ok(post(&device.address, "/api/exchange", cookie, &asked)
        .await?
        .frame)
}

/// A request with the cookie of `device`, signed by `signer`.
pub(super) async fn photo(
    device: &Device,
    method: Method,
    path: &str,
    signer: Option<&Device>,
) -> Result<Heard> {
    let proof = signer.map(|it| it.request_proof(method.as_str(), path));
    let proof = proof.transpose()?.map(|proof| header(&proof)).transpose()?;
    with_proof(device, method, path, proof.as_deref()).await
}

fn header(proof: &RequestProof) -> Result<String> {
    Ok(BASE64URL_NOPAD.encode(&codec::encode(proof)?))
}

async fn with_proof(
    device: &Device,
    method: Method,
    path: &str,
    proof: Option<&str>,
) -> Result<Heard> {
    let mut asked = Request::new(method.clone(), path)
        .header(ORIGIN, format!("http://{}", device.address))?
        .header(COOKIE, &device.cookie)?;
    if let Some(proof) = proof {
        asked = asked.header(HeaderName::from_static(PROOF_HEADER), proof)?;
    }
    if method == Method::PATCH {
        asked = asked
            .header(HeaderName::from_static("upload-offset"), "0")?
            .header(
                HeaderName::from_static("upload-length"),
                PHOTO.len().to_string(),
            )?
            .body(PHOTO.to_vec());
    }
    request(&device.address, asked).await
}

pub(super) fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&Hash::of(bytes).0)
}

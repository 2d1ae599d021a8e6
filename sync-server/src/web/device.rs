//! The device behind a plain request: its cookie, and its key's signature over this very request.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use caravan_domain::id::{DeviceId, PersonId};
use caravan_sync::codec;
use caravan_sync::frame::{CHALLENGE_HEADER, Challenge, PROOF_HEADER, RequestProof};
use caravan_sync::relay::Standing;
use data_encoding::BASE64URL_NOPAD;

use crate::clock;
use crate::identity::{PROOF_MILLIS, verify};
use crate::problem::{Code, Problem};
use crate::relay::Relay;
use crate::session;
use crate::store::StoreError;
use crate::workspace::Workspace;

#[derive(Debug, Clone)]
pub struct ProvedDevice {
    pub workspace: Workspace,
    pub device: DeviceId,
    pub person: PersonId,
}

/// Why a request gets no further.
#[derive(Debug)]
pub enum NotProved {
    Problem(Problem),
    /// The session is one, but the key has not signed: sign this and ask again.
    Challenged(Challenge),
}

impl From<Code> for NotProved {
    fn from(code: Code) -> Self {
        Self::Problem(code.into())
    }
}

impl From<StoreError> for NotProved {
    fn from(error: StoreError) -> Self {
        Self::Problem(error.into())
    }
}

impl IntoResponse for NotProved {
    fn into_response(self) -> Response {
        match self {
            Self::Problem(problem) => problem.into_response(),
            Self::Challenged(challenge) => {
                let mut response = Problem::from(Code::NotProved).into_response();
                let name = HeaderName::from_static(CHALLENGE_HEADER);
                if let Some(value) = written(challenge) {
                    response.headers_mut().insert(name, value);
                }
                response
            }
        }
    }
}

impl FromRequestParts<Relay> for ProvedDevice {
    type Rejection = NotProved;

    async fn from_request_parts(parts: &mut Parts, relay: &Relay) -> Result<Self, NotProved> {
        let found = session::find(relay, &parts.headers).await?;
        let (_, row) = found.ok_or(Code::NotProved)?;
        let workspaces = relay.workspaces();
        let workspace = workspaces.get(row.workspace).ok_or(Code::NotProved)?;
        let device = row.device;
        let (standing, key) =
            workspace.look(|core| (core.standing(device), core.key(device).cloned()));
        let Standing::Active(person) = standing else {
            return Err(Code::NotAllowed.into());
        };
        let key = key.ok_or(Code::NotProved)?;
        let now = clock::now();
        let counts = proof(&parts.headers).is_some_and(|proof| {
            let RequestProof {
                challenge,
                signature,
            } = proof;
            let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
            let method = parts.method.as_str();
            let signed = RequestProof::signed_bytes(device, challenge, method, path);
            let challenges = relay.challenges();
            challenges.is_recent(device, challenge, now, PROOF_MILLIS)
                && verify(&key.0, &signed, &signature.0).is_ok()
                && relay.proofs().spend(&signature, now)
        });
        if !counts {
            return Err(NotProved::Challenged(relay.challenges().issue(device, now)));
        }
        Ok(Self {
            workspace,
            device,
            person,
        })
    }
}

fn proof(headers: &HeaderMap) -> Option<RequestProof> {
    let bytes = BASE64URL_NOPAD.decode(headers.get(PROOF_HEADER)?.as_bytes());
    codec::decode(&bytes.ok()?).ok()
}

fn written(challenge: Challenge) -> Option<HeaderValue> {
    let frame = codec::encode(&challenge).ok()?;
    HeaderValue::try_from(BASE64URL_NOPAD.encode(&frame)).ok()
}

//! `POST /api/join`: a device comes in by a link, and a workspace may begin with it.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use caravan_domain::id::{Id, PersonId, WorkspaceId};
use caravan_domain::time::Instant;
use caravan_sync::codec;
use caravan_sync::cursor::Epoch;
use caravan_sync::join::{JoinError, JoinRequest, PASSWORD_MIN};
use caravan_sync::relay::RelayCore;
use caravan_sync::relay::join::{
    Newcomer, PasswordRule, accept_again, accept_invitation, found_workspace, password_rule_of,
};

use super::admitted::{self, Admitted};
use crate::clock;
use crate::identity::{hash_token, verify};
use crate::relay::Relay;
use crate::store::{Credential, TokenHash, Write, read};
use crate::web::ClientAddress;
use crate::workspace::{Change, Founding};

pub(super) async fn post(
    State(relay): State<Relay>,
    client: ClientAddress,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let outcome = join(&relay, client, &body).await;
    admitted::answer(&relay, &headers, outcome).await
}

async fn join(relay: &Relay, client: ClientAddress, body: &[u8]) -> Result<Admitted, JoinError> {
    if !relay.rates().may_join(client.ip) {
        relay.metrics().too_often.inc();
        return Err(JoinError::TooMany);
    }
    let request: JoinRequest = codec::decode(body).map_err(|_| JoinError::Malformed)?;
    check_signature(&request)?;
    let token = hash_token(&request.token);
    let now = clock::now();
    let founding = read(relay.store(), move |store| store.founding(token));
    match founding.await.map_err(|_| JoinError::Unavailable)? {
        Some(expires_at) if now >= expires_at => Err(JoinError::LinkExpired),
        Some(_) => found(relay, request, token, now).await,
        None => accept(relay, request, token, now).await,
    }
}

fn check_signature(request: &JoinRequest) -> Result<(), JoinError> {
    let mut signed = b"caravan join v1\0".to_vec();
    signed.extend(request.token);
    signed.extend(request.device.0.as_bytes());
    verify(&request.key.0, &signed, &request.signature).map_err(|_| JoinError::BadSignature)
}

async fn found(
    relay: &Relay,
    request: JoinRequest,
    link: TokenHash,
    now: Instant,
) -> Result<Admitted, JoinError> {
    let founding = request.founding.as_ref().ok_or(JoinError::Malformed)?;
    if request.password.is_empty() {
        return Err(JoinError::PasswordTooShort);
    }
    let id = WorkspaceId(Id::mint(now, clock::random()));
    let person = PersonId(Id::mint(now, clock::random()));
    let newcomer = newcomer(&request, now);
    let name = &founding.workspace_name;
    let changes = found_workspace(name, person, &request.name, &newcomer)?;
    let password = hashed(relay, &request).await?;
    let mut core = RelayCore::new(id);
    let mut pending = core.begin();
    let admission = core.bind(&mut pending, request.device, request.key.clone(), changes);
    let (session, mut also) = admitted::session_writes(id, request.device, request.key, now);
    also.push(Write::Founded(link));
    also.extend(credential(person, password));
    let epoch = Epoch(u64::from_be_bytes(clock::random()));
    let workspace = relay.workspaces().found(Founding {
        id,
        epoch,
        core,
        pending,
        admission,
        also,
    });
    let workspace = workspace.await.map_err(admitted::not_written)?;
    Ok(Admitted {
        workspace,
        person,
        device: request.device,
        session,
    })
}

async fn accept(
    relay: &Relay,
    request: JoinRequest,
    link: TokenHash,
    now: Instant,
) -> Result<Admitted, JoinError> {
    let workspace = relay.workspaces().inviting(&link, now);
    let workspace = workspace.ok_or(JoinError::UnknownLink)?;
    let password = hashed(relay, &request).await?;
    let fresh = PersonId(Id::mint(now, clock::random()));
    let (id, device) = (workspace.id(), request.device);
    let newcomer = newcomer(&request, now);
    let (session, mut also) = admitted::session_writes(id, device, request.key.clone(), now);
    let accepted = workspace.change(move |core, pending, _| {
        let facts = pending.facts();
        let password = match password_rule_of(&link, now, facts) {
            Ok(PasswordRule::First) => password,
            Ok(PasswordRule::Kept) => None,
            Ok(PasswordRule::Renewed) if password.is_some() => password,
            Ok(PasswordRule::Renewed) => {
                return Ok(Change::none(Err(JoinError::PasswordTooShort)));
            }
            Err(error) => return Ok(Change::none(Err(error))),
        };
        // The log was rebuilt without this device's key: whoever made the link vouches for it.
        let again = core.facts_of().is_some()
            && facts.devices.contains_key(&device)
            && core.key(device).is_none();
        let accepted = match again {
            true => accept_again(&link, device, now, facts),
            false => accept_invitation(&link, fresh, &request.name, &newcomer, facts),
        };
        let (person, changes) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => return Ok(Change::none(Err(error))),
        };
        also.extend(credential(person, password));
        Ok(Change {
            answer: Ok(person),
            admission: core.bind(pending, device, request.key, changes),
            also,
        })
    });
    let person = accepted.await.map_err(admitted::not_written)??;
    Ok(Admitted {
        workspace,
        person,
        device,
        session,
    })
}

fn newcomer(request: &JoinRequest, at: Instant) -> Newcomer {
    Newcomer {
        device: request.device,
        label: request.label.clone(),
        at,
    }
}

/// What to keep of the password, if one was given.
async fn hashed(relay: &Relay, request: &JoinRequest) -> Result<Option<String>, JoinError> {
    match request.password.chars().count() {
        0 => Ok(None),
        1..PASSWORD_MIN => Err(JoinError::PasswordTooShort),
        _ => {
            let hashed = relay.passwords().hash(request.password.clone()).await;
            hashed.map(Some).map_err(admitted::not_hashed)
        }
    }
}

fn credential(person: PersonId, password: Option<String>) -> Option<Write> {
    password.map(|password| Write::Credential(Credential { person, password }))
}

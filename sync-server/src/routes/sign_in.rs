//! `POST /api/sign-in`: one more device for somebody who knows their password.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use caravan_domain::facts::{Facts, PersonStatus};
use caravan_domain::id::{DeviceId, PersonId};
use caravan_sync::codec;
use caravan_sync::join::{JoinError, PublicKey, SignInRequest};
use caravan_sync::relay::join::{Newcomer, bind_device};
use caravan_sync::relay::{Admission, RelayCore};

use super::admitted::{self, Admitted};
use crate::clock;
use crate::identity::verify;
use crate::relay::Relay;
use crate::store::read;
use crate::web::ClientAddress;
use crate::workspace::{Change, Workspace};

/// So many people of one name are tried; the code tells more apart.
const NAMESAKES: usize = 3;

pub(super) async fn post(
    State(relay): State<Relay>,
    client: ClientAddress,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let outcome = sign_in(&relay, client, &body).await;
    admitted::answer(&relay, &headers, outcome).await
}

async fn sign_in(relay: &Relay, client: ClientAddress, body: &[u8]) -> Result<Admitted, JoinError> {
    let request: SignInRequest = codec::decode(body).map_err(|_| JoinError::Malformed)?;
    if !relay
        .rates()
        .may_sign_in(client.ip, request.workspace, &request.person)
    {
        relay.metrics().too_often.inc();
        return Err(JoinError::TooMany);
    }
    check_signature(&request)?;
    let workspace = relay.workspaces().get(request.workspace);
    let person = prove(relay, workspace.as_ref(), &request).await?;
    let (Some(workspace), Some(person)) = (workspace, person) else {
        return Err(JoinError::WrongPassword);
    };
    let (device, now) = (request.device, clock::now());
    let newcomer = Newcomer {
        device,
        label: request.label,
        at: now,
    };
    let (session, also) =
        admitted::session_writes(workspace.id(), device, request.key.clone(), now);
    let bound = workspace.change(move |core, pending, _| {
        // It has lost its session, or its relay the log in which it came in: its chain goes on.
        if is_own(person, device, &request.key, core, pending.facts()) {
            return Ok(Change {
                answer: Ok(()),
                admission: Admission::default(),
                also,
            });
        }
        match bind_device(person, &newcomer, pending.facts()) {
            Ok(changes) => Ok(Change {
                answer: Ok(()),
                admission: core.bind(pending, device, request.key, changes),
                also,
            }),
            Err(error) => Ok(Change::none(Err(error))),
        }
    });
    bound.await.map_err(admitted::not_written)??;
    Ok(Admitted {
        workspace,
        person,
        device,
        session,
    })
}

/// Whether this very device of this very person is known, and not revoked.
fn is_own(
    person: PersonId,
    device: DeviceId,
    key: &PublicKey,
    core: &RelayCore,
    facts: &Facts,
) -> bool {
    let known = facts.devices.get(&device);
    let theirs = known.is_some_and(|it| it.person == person && it.revoked_at.is_none());
    theirs && core.key(device) == Some(key)
}

fn check_signature(request: &SignInRequest) -> Result<(), JoinError> {
    let mut signed = b"caravan sign-in v1\0".to_vec();
    signed.extend(request.workspace.0.as_bytes());
    signed.extend(request.device.0.as_bytes());
    verify(&request.key.0, &signed, &request.signature).map_err(|_| JoinError::BadSignature)
}

/// Whose password it is. Costs the same for somebody who does not exist.
async fn prove(
    relay: &Relay,
    workspace: Option<&Workspace>,
    request: &SignInRequest,
) -> Result<Option<PersonId>, JoinError> {
    let people =
        workspace.map(|workspace| workspace.look(|core| named(&request.person, core.facts())));
    let (id, people) = (request.workspace, people.unwrap_or_default());
    let credentials = read(relay.store(), move |store| {
        let held = people
            .into_iter()
            .map(|person| store.credential(id, person));
        held.filter_map(Result::transpose)
            .collect::<Result<Vec<_>, _>>()
    });
    let credentials = credentials.await.map_err(|_| JoinError::Unavailable)?;
    let verify = |stored| relay.passwords().verify(request.password.clone(), stored);
    if credentials.is_empty() {
        verify(None).await.map_err(admitted::not_hashed)?;
    }
    for held in credentials {
        let right = verify(Some(held.password)).await;
        if right.map_err(admitted::not_hashed)? {
            return Ok(Some(held.person));
        }
    }
    Ok(None)
}

/// Active people with this short code or exact name.
fn named(text: &str, facts: &Facts) -> Vec<PersonId> {
    let text = text.trim();
    facts
        .people
        .iter()
        .filter(|(_, person)| person.status == PersonStatus::Active)
        .filter(|(id, person)| id.code().eq_ignore_ascii_case(text) || person.name == text)
        .map(|(id, _)| *id)
        .take(NAMESAKES)
        .collect()
}

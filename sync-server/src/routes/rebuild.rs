//! `POST /api/rebuild`: a director's device gives a relay that has lost everything its workspace back, by a link of the
//! operator's. All of it is written at once, or nothing.

use std::collections::BTreeMap;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use caravan_domain::facts::Facts;
use caravan_domain::id::DeviceId;
use caravan_domain::time::Instant;
use caravan_sync::change;
use caravan_sync::cursor::Epoch;
use caravan_sync::envelope::Envelope;
use caravan_sync::frame::{FRAME_MAX, Snapshot};
use caravan_sync::join::{JoinError, PASSWORD_MIN};
use caravan_sync::rebuild::{self, BODY_MAX, Claim, Rebuild};
use caravan_sync::relay::rebuild::{check_documents, facts_of, witnesses};
use caravan_sync::relay::{Refill, RelayCore};
use futures_util::StreamExt;
use serde_bytes::ByteBuf;

use super::admitted::{self, Admitted};
use crate::clock;
use crate::identity::{hash_rebuild_token, verify};
use crate::merger::Request;
use crate::relay::Relay;
use crate::store::{Conflict, Credential, StoreError, Witness, Write, read};
use crate::web::ClientAddress;
use crate::workspace::{Founding, WorkspaceError};

/// In which devices bring what the giver did not have, in milliseconds: as `caravan restore` has it.
const REFILL: i64 = 72 * 60 * 60 * 1000;

pub(super) async fn post(
    State(relay): State<Relay>,
    client: ClientAddress,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let outcome = give_back(&relay, client, body).await;
    admitted::answer(&relay, &headers, outcome).await
}

async fn give_back(
    relay: &Relay,
    client: ClientAddress,
    body: Body,
) -> Result<Admitted, JoinError> {
    if !relay.rates().may_join(client.ip) {
        relay.metrics().too_often.inc();
        return Err(JoinError::TooMany);
    }
    let body = whole(relay, body).await?;
    let Rebuild {
        claim,
        facts,
        documents,
        witnesses: seen,
        signed,
        signature,
    } = rebuild::read(&body).map_err(|_| JoinError::Malformed)?;
    drop(body);
    verify(&claim.key.0, &signed, &signature.0).map_err(|_| JoinError::BadSignature)?;
    if claim.password.chars().count() < PASSWORD_MIN {
        return Err(JoinError::PasswordTooShort);
    }
    let changes = facts_of(&claim, facts)?;
    let mut facts = Facts::default();
    changes.iter().cloned().for_each(|it| facts.apply(it));
    check_documents(&documents, &facts)?;
    let seen = witnessed(&claim, witnesses(seen, &facts))?;
    examine(relay, &documents).await?;
    let person = facts.author(claim.device).ok_or(JoinError::NotADirector)?;
    let password = relay.passwords().hash(claim.password.clone()).await;
    let password = password.map_err(admitted::not_hashed)?;

    let (id, device, now) = (claim.workspace, claim.device, clock::now());
    let mut core = RelayCore::new(id);
    let mut pending = core.begin();
    let admission = core.bind(&mut pending, device, claim.key.clone(), changes);
    let refill = Refill {
        since: 1,
        until: now.plus_millis(REFILL),
        facts_of: Some(claim.facts_of.min(now)),
    };
    core.begin_refill(refill);
    let (session, mut also) = admitted::session_writes(id, device, claim.key, now);
    also.push(Write::Founded(hash_rebuild_token(&claim.token)));
    also.push(Write::Credential(Credential { person, password }));
    also.push(Write::Refill(refill));
    let count = documents.len();
    also.extend(documents.into_iter().map(Write::Base));
    also.extend(seen.into_iter().map(Write::Witness));
    let workspace = relay.workspaces().found(Founding {
        id,
        epoch: Epoch(u64::from_be_bytes(clock::random())),
        core,
        pending,
        admission,
        also,
    });
    let workspace = workspace.await.map_err(not_written)?;
    tracing::warn!(workspace = %id, %device, documents = count, "rebuilt from a device");
    Ok(Admitted {
        workspace,
        person,
        device,
        session,
    })
}

/// The whole request, as long as it begins with a link that is good.
async fn whole(relay: &Relay, body: Body) -> Result<Bytes, JoinError> {
    let mut pieces = body.into_data_stream();
    let mut whole = Vec::new();
    let mut claimed = false;
    while let Some(piece) = pieces.next().await {
        whole.extend_from_slice(&piece.map_err(|_| JoinError::Malformed)?);
        if !claimed
            && let Some(claim) = rebuild::claim_of(&whole).map_err(|_| JoinError::Malformed)?
        {
            check_link(relay, &claim).await?;
            claimed = true;
        }
        let most = if claimed { BODY_MAX } else { FRAME_MAX };
        if whole.len() > most {
            return Err(JoinError::Malformed);
        }
    }
    match claimed {
        true => Ok(whole.into()),
        false => Err(JoinError::Malformed),
    }
}

async fn check_link(relay: &Relay, claim: &Claim) -> Result<(), JoinError> {
    let token = hash_rebuild_token(&claim.token);
    let link = read(relay.store(), move |store| store.founding(token)).await;
    let ends: Option<Instant> = link.map_err(|_| JoinError::Unavailable)?;
    let ends = ends.ok_or(JoinError::UnknownLink)?;
    if clock::now() >= ends {
        return Err(JoinError::LinkExpired);
    }
    match relay.workspaces().get(claim.workspace) {
        Some(_) => Err(JoinError::AlreadyThere),
        None => Ok(()),
    }
}

/// What is kept of the envelopes. The giver's own key must fit its own.
fn witnessed(
    claim: &Claim,
    seen: BTreeMap<DeviceId, Vec<Envelope>>,
) -> Result<Vec<Witness>, JoinError> {
    let mut all = Vec::new();
    for (device, envelopes) in seen {
        let kept = envelopes.iter().filter_map(|envelope| {
            Some(Witness {
                device,
                signed: envelope.signed_bytes(claim.workspace).ok()?,
                signature: envelope.signature,
            })
        });
        let kept: Vec<_> = kept.collect();
        let fits = |it: &Witness| verify(&claim.key.0, &it.signed, &it.signature.0).is_ok();
        if device == claim.device && !kept.is_empty() && !kept.iter().any(fits) {
            return Err(JoinError::BadSignature);
        }
        all.extend(kept);
    }
    Ok(all)
}

/// Every change is looked into before anybody is given it, as those that are pushed.
async fn examine(relay: &Relay, documents: &[Snapshot]) -> Result<(), JoinError> {
    let mut requests = Vec::with_capacity(documents.len());
    for given in documents {
        let changes = change::split(&given.chunks).map_err(|_| JoinError::Malformed)?;
        requests.push(Request {
            id: given.document,
            document: Vec::new(),
            changes: changes.into_iter().map(ByteBuf::from).collect(),
        });
    }
    let reports = relay.merger().examine(requests).await;
    let reports = reports.map_err(|_| JoinError::Unavailable)?;
    match reports.iter().flatten().all(Result::is_ok) {
        true => Ok(()),
        false => Err(JoinError::Malformed),
    }
}

fn not_written(error: WorkspaceError) -> JoinError {
    match error {
        WorkspaceError::Store(StoreError::Conflict(Conflict::WorkspaceExists)) => {
            JoinError::AlreadyThere
        }
        error => admitted::not_written(error),
    }
}

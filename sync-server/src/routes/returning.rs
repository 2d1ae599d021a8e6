//! `POST /api/return`: a device that a rebuilt log names, and whose key went with the relay before. What it wrote is known here
//! by its signature: the key by which that is good is the device's. Whoever forges one would need the key itself, because
//! nobody can make another that fits a signature which is there already.

use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use caravan_sync::codec;
use caravan_sync::frame::Trouble;
use caravan_sync::join::SessionAnswer;
use caravan_sync::rebuild::ReturnRequest;
use caravan_sync::relay::{Admission, Standing};

use super::session::{Token, given, respond};
use crate::clock;
use crate::identity::{PROOF_MILLIS, verify};
use crate::relay::Relay;
use crate::store::{DeviceKey, Write, read};
use crate::web::ClientAddress;
use crate::workspace::Change;

pub(super) async fn post(
    State(relay): State<Relay>,
    client: ClientAddress,
    body: Bytes,
) -> Response {
    respond(come_back(&relay, client, &body).await)
}

async fn come_back(
    relay: &Relay,
    client: ClientAddress,
    body: &[u8],
) -> Result<(SessionAnswer, Token), SessionAnswer> {
    let refused = |trouble| SessionAnswer::Refused(trouble);
    if !relay.rates().may_ask(client.ip) {
        relay.metrics().too_often.inc();
        return Err(refused(Trouble::TooMany));
    }
    let request = codec::decode::<ReturnRequest>(body).map_err(|_| refused(Trouble::BadFrame))?;
    let (id, device) = (request.workspace, request.device);
    let unknown = || refused(Trouble::Unknown);
    let workspace = relay.workspaces().get(id).ok_or_else(unknown)?;
    let standing = workspace.look(|core| {
        let rebuilt = core.facts_of().is_some() && core.key(device).is_none();
        rebuilt.then(|| core.standing(device))
    });
    let standing = standing
        .filter(|it| *it != Standing::Unknown)
        .ok_or_else(unknown)?;
    let (challenges, now) = (relay.challenges(), clock::now());
    if !challenges.is_recent(device, request.challenge, now, PROOF_MILLIS)
        || !challenges.spend(device, request.challenge, now)
    {
        return Err(SessionAnswer::Challenge(challenges.issue(device, now)));
    }
    let witnesses = read(relay.store(), move |store| store.witnesses(id, device)).await;
    let witnesses = witnesses.map_err(|_| refused(Trouble::Unavailable))?;
    let key = &request.key.0;
    let signed = ReturnRequest::signed_bytes(id, device, request.challenge);
    let holds = verify(key, &signed, &request.signature.0).is_ok();
    let mut seen = witnesses.iter();
    let is_its_own = seen.any(|it| verify(key, &it.signed, &it.signature.0).is_ok());
    if !holds || !is_its_own {
        return Err(unknown());
    }
    if standing == Standing::Revoked {
        return Err(SessionAnswer::Revoked);
    }
    let key = request.key;
    let known = workspace.change(move |core, pending, _| {
        core.know(pending, device, key.clone());
        Ok(Change {
            answer: (),
            admission: Admission::default(),
            also: vec![Write::DeviceKey(DeviceKey { device, key })],
        })
    });
    known.await.map_err(|error| {
        let error = &error as &dyn std::error::Error;
        tracing::error!(error, "a device could not come back");
        refused(Trouble::Unavailable)
    })?;
    given(relay, id, device).await
}

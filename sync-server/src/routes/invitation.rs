//! `POST /api/invitation`: what a link offers, before anybody decides.

use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use caravan_sync::codec;
use caravan_sync::join::{JoinError, Offered};
use caravan_sync::relay::join::offered;

use super::body::answered;
use crate::clock;
use crate::identity::{hash_rebuild_token, hash_token};
use crate::relay::Relay;
use crate::store::read;
use crate::web::ClientAddress;

pub(super) async fn post(
    State(relay): State<Relay>,
    client: ClientAddress,
    body: Bytes,
) -> Response {
    answered(offer(&relay, client, &body).await)
}

async fn offer(relay: &Relay, client: ClientAddress, body: &[u8]) -> Result<Offered, JoinError> {
    if !relay.rates().may_join(client.ip) {
        relay.metrics().too_often.inc();
        return Err(JoinError::TooMany);
    }
    let token: [u8; 16] = codec::decode(body).map_err(|_| JoinError::Malformed)?;
    let (rebuilding, token) = (hash_rebuild_token(&token), hash_token(&token));
    let now = clock::now();
    let links = read(relay.store(), move |store| {
        Ok((store.founding(token)?, store.founding(rebuilding)?))
    });
    match links.await.map_err(|_| JoinError::Unavailable)? {
        (Some(expires_at), _) | (_, Some(expires_at)) if now >= expires_at => {
            Err(JoinError::LinkExpired)
        }
        (Some(_), _) => Ok(Offered::Founding),
        (None, Some(_)) => Ok(Offered::Rebuilding),
        (None, None) => {
            let workspace = relay.workspaces().inviting(&token, now);
            let workspace = workspace.ok_or(JoinError::UnknownLink)?;
            workspace.look(|core| offered(&token, now, core.facts()))
        }
    }
}

//! `POST /api/session`: a session for a device that is bound and has none, by its key's signature over a
//! fresh challenge; with it the relay's share of what the device's storage is encrypted with.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::Response;
use caravan_domain::id::{DeviceId, WorkspaceId};
use caravan_sync::codec;
use caravan_sync::frame::{RelayFrame, Trouble};
use caravan_sync::join::{SessionAnswer, SessionRequest};

use super::body::framed;
use crate::clock;
use crate::identity::{PROOF_MILLIS, hash_token, session_cookie};
use crate::relay::Relay;
use crate::session::Session;
use crate::store::{SessionRow, Write, WriteBatch};
use crate::web::ClientAddress;

/// For the cookie; the store has only its hash.
pub(super) type Token = [u8; 32];

pub(super) async fn post(
    State(relay): State<Relay>,
    client: ClientAddress,
    body: Bytes,
) -> Response {
    respond(renew(&relay, client, &body).await)
}

pub(super) fn respond(outcome: Result<(SessionAnswer, Token), SessionAnswer>) -> Response {
    let (answer, token) = match outcome {
        Ok((answer, token)) => (answer, Some(token)),
        Err(answer) => (answer, None),
    };
    let mut response = framed(status_of(&answer), &answer);
    if let Some(cookie) = token.as_ref().and_then(session_cookie) {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    response
}

async fn renew(
    relay: &Relay,
    client: ClientAddress,
    body: &[u8],
) -> Result<(SessionAnswer, Token), SessionAnswer> {
    let refused = |trouble| Err(SessionAnswer::Refused(trouble));
    if !relay.rates().may_ask(client.ip) {
        relay.metrics().too_often.inc();
        return refused(Trouble::TooMany);
    }
    let Ok(request) = codec::decode::<SessionRequest>(body) else {
        return refused(Trouble::BadFrame);
    };
    let SessionRequest {
        workspace: id,
        device,
        challenge,
        signature,
    } = request;
    let Some(workspace) = relay.workspaces().get(id) else {
        return refused(Trouble::Unknown);
    };
    if workspace.look(|core| core.key(device).is_none()) {
        return refused(Trouble::Unknown);
    }
    let now = clock::now();
    let recent = relay
        .challenges()
        .is_recent(device, challenge, now, PROOF_MILLIS);
    if !recent {
        return Err(SessionAnswer::Challenge(
            relay.challenges().issue(device, now),
        ));
    }
    let signed = SessionRequest::signed_bytes(id, device, challenge);
    Session::prove(relay, workspace, device, challenge, &signed, &signature).map_err(instead)?;
    given(relay, id, device).await
}

/// A session, and the device's share.
pub(super) async fn given(
    relay: &Relay,
    workspace: WorkspaceId,
    device: DeviceId,
) -> Result<(SessionAnswer, Token), SessionAnswer> {
    let (token, now): (Token, _) = (clock::random(), clock::now());
    let session = SessionRow {
        workspace,
        device,
        since: now,
    };
    let writes = vec![Write::Session {
        token: hash_token(&token),
        session,
    }];
    let written = relay.store().commit(WriteBatch { workspace, writes }).await;
    let share = match written {
        Ok(()) => relay.share_of(workspace, device).await,
        Err(error) => Err(error),
    };
    match share {
        Ok(share) => {
            let challenge = relay.challenges().issue(device, now);
            Ok((SessionAnswer::Given { challenge, share }, token))
        }
        Err(error) => {
            let error = &error as &dyn std::error::Error;
            tracing::error!(error, "a session could not be renewed");
            Err(SessionAnswer::Refused(Trouble::Unavailable))
        }
    }
}

/// A frame that would answer an exchange, as the answer here.
pub(super) fn instead(frame: RelayFrame) -> SessionAnswer {
    match frame {
        RelayFrame::Challenge(challenge) => SessionAnswer::Challenge(challenge),
        RelayFrame::Revoked => SessionAnswer::Revoked,
        RelayFrame::Refused(trouble) => SessionAnswer::Refused(trouble),
        // Proving answers with none.
        RelayFrame::Reply(_) => SessionAnswer::Refused(Trouble::Unavailable),
    }
}

const fn status_of(answer: &SessionAnswer) -> StatusCode {
    match answer {
        // Asking for a challenge is a step of its own, and no failure to be logged by a browser.
        SessionAnswer::Given { .. } | SessionAnswer::Challenge(_) => StatusCode::OK,
        SessionAnswer::Revoked => StatusCode::FORBIDDEN,
        SessionAnswer::Refused(trouble) => super::exchange::status_of_trouble(*trouble),
    }
}

//! `POST /api/password`: another password for somebody who knows the one they have, on a device that is theirs.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use caravan_domain::id::{PersonId, WorkspaceId};
use caravan_sync::codec;
use caravan_sync::frame::{Challenge, RelayFrame, Trouble};
use caravan_sync::join::{PASSWORD_MIN, PasswordAnswer, PasswordRequest};

use super::body::framed;
use crate::clock;
use crate::identity::{PROOF_MILLIS, PasswordError};
use crate::relay::Relay;
use crate::session::Session;
use crate::store::{Credential, Write, WriteBatch, read};
use crate::web::ClientAddress;

pub(super) async fn post(
    State(relay): State<Relay>,
    client: ClientAddress,
    body: Bytes,
) -> Response {
    let answer = change(&relay, client, &body).await;
    let answer = answer.unwrap_or_else(|instead| instead);
    framed(status_of(answer), &answer)
}

async fn change(
    relay: &Relay,
    client: ClientAddress,
    body: &[u8],
) -> Result<PasswordAnswer, PasswordAnswer> {
    let refused = PasswordAnswer::Refused;
    if !relay.rates().may_ask(client.ip) {
        relay.metrics().too_often.inc();
        return Err(refused(Trouble::TooMany));
    }
    let request: PasswordRequest = codec::decode(body).map_err(|_| refused(Trouble::BadFrame))?;
    let (id, device) = (request.workspace, request.device);
    let (person, challenge) = prove(relay, &request)?;
    if request.new.chars().count() < PASSWORD_MIN {
        return Ok(PasswordAnswer::TooShort(challenge));
    }
    // As many tries as at signing in, and counted with them.
    if !relay.rates().may_sign_in(client.ip, id, &person.code()) {
        relay.metrics().too_often.inc();
        return Err(refused(Trouble::TooMany));
    }
    let held = read(relay.store(), move |store| store.credential(id, person)).await;
    let held = held.map_err(|_| refused(Trouble::Unavailable))?;
    let stored = held.map(|held| held.password);
    if !fits(relay, request.old, stored.clone()).await? {
        let done = stored.is_some() && fits(relay, request.new, stored).await?;
        return Ok(match done {
            true => PasswordAnswer::Changed(challenge),
            false => PasswordAnswer::Wrong(challenge),
        });
    }
    let password = relay.passwords().hash(request.new).await;
    keep(relay, id, person, password.map_err(not_hashed)?).await?;
    tracing::info!(workspace = %id, %person, %device, "a password was changed");
    Ok(PasswordAnswer::Changed(challenge))
}

/// Whose device has signed this, and the challenge that follows the one that is spent by it.
fn prove(
    relay: &Relay,
    request: &PasswordRequest,
) -> Result<(PersonId, Challenge), PasswordAnswer> {
    let unknown = PasswordAnswer::Refused(Trouble::Unknown);
    let (id, device, challenge) = (request.workspace, request.device, request.challenge);
    let workspace = relay.workspaces().get(id).ok_or(unknown)?;
    let (bound, person) =
        workspace.look(|core| (core.key(device).is_some(), core.facts().author(device)));
    let person = person.filter(|_| bound).ok_or(unknown)?;
    let now = clock::now();
    let challenges = relay.challenges();
    if !challenges.is_recent(device, challenge, now, PROOF_MILLIS) {
        return Err(PasswordAnswer::Challenge(challenges.issue(device, now)));
    }
    let (old, new) = (&request.old, &request.new);
    let signed = PasswordRequest::signed_bytes(id, device, challenge, old, new);
    let signature = &request.signature;
    Session::prove(relay, workspace, device, challenge, &signed, signature).map_err(instead)?;
    Ok((person, challenges.issue(device, now)))
}

async fn fits(
    relay: &Relay,
    password: String,
    stored: Option<String>,
) -> Result<bool, PasswordAnswer> {
    let fits = relay.passwords().verify(password, stored).await;
    fits.map_err(not_hashed)
}

async fn keep(
    relay: &Relay,
    workspace: WorkspaceId,
    person: PersonId,
    password: String,
) -> Result<(), PasswordAnswer> {
    let batch = WriteBatch {
        workspace,
        writes: vec![Write::Credential(Credential { person, password })],
    };
    relay.store().commit(batch).await.map_err(|error| {
        let error = &error as &dyn std::error::Error;
        tracing::error!(error, "a password could not be kept");
        PasswordAnswer::Refused(Trouble::Unavailable)
    })
}

fn not_hashed(error: PasswordError) -> PasswordAnswer {
    PasswordAnswer::Refused(match error {
        PasswordError::TooLong => Trouble::BadFrame,
        PasswordError::Unavailable => Trouble::Unavailable,
    })
}

/// A frame that would answer an exchange, as the answer here.
fn instead(frame: RelayFrame) -> PasswordAnswer {
    match frame {
        RelayFrame::Challenge(challenge) => PasswordAnswer::Challenge(challenge),
        RelayFrame::Revoked => PasswordAnswer::Revoked,
        RelayFrame::Refused(trouble) => PasswordAnswer::Refused(trouble),
        // Proving answers with none.
        RelayFrame::Reply(_) => PasswordAnswer::Refused(Trouble::Unavailable),
    }
}

const fn status_of(answer: PasswordAnswer) -> StatusCode {
    match answer {
        // What people mistype is no failure to be logged by a browser.
        PasswordAnswer::Changed(_)
        | PasswordAnswer::Wrong(_)
        | PasswordAnswer::TooShort(_)
        | PasswordAnswer::Challenge(_) => StatusCode::OK,
        PasswordAnswer::Revoked => StatusCode::FORBIDDEN,
        PasswordAnswer::Refused(trouble) => super::exchange::status_of_trouble(trouble),
    }
}

//! A device has come in: its session, its cookie, and what it is told.

use axum::http::HeaderMap;
use axum::http::header::SET_COOKIE;
use axum::response::Response;
use caravan_domain::id::{DeviceId, PersonId, WorkspaceId};
use caravan_domain::time::Instant;
use caravan_sync::join::{JoinError, Joined, LostDevice, PublicKey};

use super::body::answered;
use crate::clock;
use crate::identity::{PasswordError, hash_token, session_cookie};
use crate::relay::Relay;
use crate::session;
use crate::store::{Conflict, DeviceKey, SessionRow, StoreError, Write, read};
use crate::workspace::{Workspace, WorkspaceError};

pub(super) struct Admitted {
    pub(super) workspace: Workspace,
    pub(super) person: PersonId,
    pub(super) device: DeviceId,
    /// For the cookie; the store has only its hash.
    pub(super) session: [u8; 32],
}

/// A new session, and what must be written for the device to have it.
pub(super) fn session_writes(
    workspace: WorkspaceId,
    device: DeviceId,
    key: PublicKey,
    since: Instant,
) -> ([u8; 32], Vec<Write>) {
    let session: [u8; 32] = clock::random();
    let row = SessionRow {
        workspace,
        device,
        since,
    };
    let writes = vec![
        Write::DeviceKey(DeviceKey { device, key }),
        Write::Session {
            token: hash_token(&session),
            session: row,
        },
    ];
    (session, writes)
}

pub(super) async fn answer(
    relay: &Relay,
    headers: &HeaderMap,
    outcome: Result<Admitted, JoinError>,
) -> Response {
    let admitted = match outcome {
        Ok(admitted) => admitted,
        Err(error) => return answered::<Joined>(Err(error)),
    };
    let id = admitted.workspace.id();
    let Ok(share) = relay.share_of(id, admitted.device).await else {
        return answered::<Joined>(Err(JoinError::Unavailable));
    };
    let lost = lost_before(relay, headers, &admitted).await;
    let now = clock::now();
    let workspace = &admitted.workspace;
    let name = workspace.look(|core| {
        let named = core.facts().workspace.as_ref();
        named.map(|named| named.name.clone()).unwrap_or_default()
    });
    let mut response = answered(Ok(Joined {
        workspace: id,
        workspace_name: name,
        person: admitted.person,
        device: admitted.device,
        epoch: workspace.epoch(),
        challenge: relay.challenges().issue(admitted.device, now),
        now,
        share,
        lost: lost.unwrap_or_default(),
    }));
    if let Some(cookie) = session_cookie(&admitted.session) {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    response
}

/// The session that came with the request is of another device of the same person: only a browser that lost
/// that device's key comes in anew.
///
/// # Errors
/// The store's: whoever comes in is told a little less then.
async fn lost_before(
    relay: &Relay,
    headers: &HeaderMap,
    admitted: &Admitted,
) -> Result<Option<LostDevice>, StoreError> {
    let Some((_, SessionRow { device, .. })) = session::find(relay, headers).await? else {
        return Ok(None);
    };
    let received = admitted.workspace.look(|core| {
        let known = core.facts().devices.get(&device);
        let theirs = known.filter(|it| it.person == admitted.person && it.revoked_at.is_none());
        theirs.and_then(|_| core.received_from(device))
    });
    let Some(received) = received.filter(|_| device != admitted.device) else {
        return Ok(None);
    };
    let workspace = admitted.workspace.id();
    let last = read(relay.store(), move |store| {
        store.pushed(workspace, device, received)
    })
    .await?;
    Ok(Some(LostDevice {
        received,
        last_received_at: last.map(|entry| entry.received_at),
    }))
}

pub(super) fn not_written(error: WorkspaceError) -> JoinError {
    match error {
        WorkspaceError::Store(StoreError::Conflict(Conflict::LinkUsed)) => JoinError::LinkUsed,
        WorkspaceError::Store(StoreError::Conflict(Conflict::DeviceKey)) => JoinError::Malformed,
        error => {
            let error = &error as &dyn std::error::Error;
            tracing::error!(error, "nobody could be let in");
            JoinError::Unavailable
        }
    }
}

pub(super) fn not_hashed(error: PasswordError) -> JoinError {
    match error {
        PasswordError::TooLong => JoinError::Malformed,
        PasswordError::Unavailable => JoinError::Unavailable,
    }
}

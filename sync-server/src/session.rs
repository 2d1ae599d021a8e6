//! How a device begins: cookie, standing, signature over the challenge, pace.

use axum::http::HeaderMap;
use caravan_domain::id::DeviceId;
use caravan_sync::envelope::Signature;
use caravan_sync::frame::{Challenge, Credentials, RelayFrame, Reply, Trouble};
use caravan_sync::relay::Standing;

use crate::clock;
use crate::identity::{hash_token, session_token, verify};
use crate::relay::Relay;
use crate::store::{SessionRow, StoreError, TokenHash, read};
use crate::workspace::Workspace;

/// A device that has shown who it is.
#[derive(Debug, Clone)]
pub struct Session {
    pub relay: Relay,
    pub workspace: Workspace,
    pub device: DeviceId,
}

impl Session {
    /// Why not, as the frame to answer with.
    ///
    /// # Errors
    /// The frame to answer with instead of an exchange.
    pub async fn begin(
        relay: &Relay,
        headers: &HeaderMap,
        credentials: &Credentials,
    ) -> Result<Self, RelayFrame> {
        let unknown = RelayFrame::Refused(Trouble::Unknown);
        let found = find(relay, headers).await.map_err(unavailable)?;
        let Some((_, row)) = found else {
            return Err(unknown);
        };
        let device = credentials.device;
        let Some(workspace) = relay.workspaces().get(row.workspace) else {
            return Err(unknown);
        };
        if row.device != device {
            return Err(unknown);
        }
        let signed = Credentials::signed_bytes(device, credentials.challenge);
        let signature = &credentials.signature;
        Self::prove(
            relay,
            workspace,
            device,
            credentials.challenge,
            &signed,
            signature,
        )
    }

    /// For a device that has signed these bytes, with this challenge among them, which is spent by it.
    ///
    /// # Errors
    /// The frame to answer with instead.
    pub fn prove(
        relay: &Relay,
        workspace: Workspace,
        device: DeviceId,
        challenge: Challenge,
        signed: &[u8],
        signature: &Signature,
    ) -> Result<Self, RelayFrame> {
        let unknown = RelayFrame::Refused(Trouble::Unknown);
        let (standing, key) =
            workspace.look(|core| (core.standing(device), core.key(device).cloned()));
        let Some(key) = key else {
            return Err(unknown);
        };
        let now = clock::now();
        if challenge == Challenge::default() {
            return Err(RelayFrame::Challenge(relay.challenges().issue(device, now)));
        }
        if verify(&key.0, signed, &signature.0).is_err() {
            return Err(unknown);
        }
        match standing {
            Standing::Active(_) => {}
            Standing::Revoked => return Err(RelayFrame::Revoked),
            Standing::Unknown => return Err(unknown),
        }
        if !relay.challenges().spend(device, challenge, now) {
            return Err(RelayFrame::Challenge(relay.challenges().issue(device, now)));
        }
        let session = Self {
            relay: relay.clone(),
            workspace,
            device,
        };
        session.check_pace()?;
        Ok(session)
    }

    /// # Errors
    /// The frame to answer with when the device comes too often.
    pub fn check_pace(&self) -> Result<(), RelayFrame> {
        if self.relay.rates().may_exchange(self.device) {
            return Ok(());
        }
        self.relay.metrics().too_often.inc();
        Err(RelayFrame::Refused(Trouble::TooMany))
    }

    #[must_use]
    pub fn is_active(&self) -> bool {
        let standing = self.workspace.look(|core| core.standing(self.device));
        matches!(standing, Standing::Active(_))
    }

    /// What goes with every reply.
    #[must_use]
    pub fn stamped(&self, reply: Reply) -> RelayFrame {
        let now = clock::now();
        RelayFrame::Reply(Box::new(Reply {
            now,
            next_challenge: self.relay.challenges().issue(self.device, now),
            ..reply
        }))
    }
}

/// The session that the request's cookie names.
///
/// # Errors
/// The store's.
pub async fn find(
    relay: &Relay,
    headers: &HeaderMap,
) -> Result<Option<(TokenHash, SessionRow)>, StoreError> {
    let Some(token) = session_token(headers) else {
        return Ok(None);
    };
    let token = hash_token(&token);
    if let Some(kept) = relay.sessions().get(&token) {
        return Ok(Some((token, kept)));
    }
    let row = read(relay.store(), move |store| store.session(token)).await?;
    Ok(row.map(|row| {
        relay.sessions().keep(token, row);
        (token, row)
    }))
}

/// Whatever failed inside: the device tries again later.
pub fn unavailable(error: impl std::error::Error + 'static) -> RelayFrame {
    let error = &error as &dyn std::error::Error;
    tracing::error!(error, "an exchange failed");
    RelayFrame::Refused(Trouble::Unavailable)
}

//! The device behind a plain request: by its cookie, which counts while the device has proved its
//! key lately.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use caravan_domain::id::{DeviceId, PersonId};
use caravan_sync::relay::Standing;

use crate::clock;
use crate::problem::{Code, Problem};
use crate::relay::Relay;
use crate::session;
use crate::workspace::Workspace;

#[derive(Debug, Clone)]
pub struct ProvedDevice {
    pub workspace: Workspace,
    pub device: DeviceId,
    pub person: PersonId,
}

impl FromRequestParts<Relay> for ProvedDevice {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, relay: &Relay) -> Result<Self, Problem> {
        let found = session::find(relay, &parts.headers).await?;
        let (token, row) = found.ok_or(Code::NotProved)?;
        if !relay.proofs().counts(&token, clock::now()) {
            return Err(Code::NotProved.into());
        }
        let workspace = relay
            .workspaces()
            .get(row.workspace)
            .ok_or(Code::NotProved)?;
        match workspace.look(|core| core.standing(row.device)) {
            Standing::Active(person) => Ok(Self {
                workspace,
                device: row.device,
                person,
            }),
            Standing::Revoked | Standing::Unknown => Err(Code::NotAllowed.into()),
        }
    }
}

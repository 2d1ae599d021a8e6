//! `POST /api/share`: a device of a log that was rebuilt leaves the share by which its storage opens. It had that of a relay
//! that is gone, and this one could only give another. The first that it leaves stays.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use caravan_sync::codec;
use caravan_sync::join::Share;

use super::body::framed;
use crate::problem::{Code, Problem};
use crate::relay::Relay;
use crate::store::{Write, WriteBatch};
use crate::web::ProvedDevice;

pub(super) async fn post(
    State(relay): State<Relay>,
    device: ProvedDevice,
    body: Bytes,
) -> Result<Response, Problem> {
    let Share(share) = codec::decode(&body).map_err(|_| Code::Malformed)?;
    if device.workspace.look(|core| core.facts_of().is_none()) {
        return Err(Code::NotAllowed.into());
    }
    let batch = WriteBatch {
        workspace: device.workspace.id(),
        writes: vec![Write::Share {
            device: device.device,
            share,
        }],
    };
    relay.store().commit(batch).await?;
    Ok(framed(StatusCode::OK, &()))
}

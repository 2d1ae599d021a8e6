//! Everything between this device and the relay: the live connection, the exchange over HTTP when
//! it cannot be had, joining, and pictures.

mod exchange;
mod fetch;
mod joining;
mod link;
mod password;
mod photos;
mod refill;
mod session;
mod socket;

use std::rc::Rc;

use caravan_domain::id::BlobHash;
use caravan_port::act::{Act, ActError, Done};
use wasm_bindgen_futures::spawn_local;

use super::writer::Writer;
use link::Ended;

pub(super) fn start(writer: &Rc<Writer>) {
    link::listen_to_the_network(writer);
    spawn_local(link::run(Rc::clone(writer)));
    spawn_local(photos::run(Rc::clone(writer)));
    spawn_local(refill::run(Rc::clone(writer)));
}

/// Whether an act talks to the relay.
pub(super) fn concerns(act: &Act) -> bool {
    matches!(
        act,
        Act::LookAtInvitation { .. }
            | Act::Join(_)
            | Act::SignIn(_)
            | Act::LoadPhoto(_)
            | Act::SyncNow
            | Act::ChangePassword { .. }
            | Act::GiveBack { .. }
    )
}

pub(super) async fn act(writer: &Rc<Writer>, act: Act) -> Result<Done, ActError> {
    match act {
        Act::LookAtInvitation { token } => joining::look(token).await,
        Act::Join(form) => joining::join(writer, *form).await,
        Act::SignIn(form) => joining::sign_in(writer, *form).await,
        Act::LoadPhoto(hash) => load_photo(writer, hash).await,
        Act::ChangePassword { old, new } => password::change(writer, old, new).await,
        Act::GiveBack { token, password } => joining::give_back(writer, token, password).await,
        Act::SyncNow => {
            writer.call.ring();
            writer.bell.ring();
            writer.photos.ring();
            Ok(Done::Nothing)
        }
        other => writer.engine.act(other).await,
    }
}

/// Asks for this device's share of what it is encrypted with.
pub(super) async fn renew_lease(writer: &Rc<Writer>) -> Result<(), ActError> {
    match session::renew(writer).await {
        Ended::BeginAgain => Ok(()),
        // A wiped device shows as much by itself.
        Ended::Wiped => Err(ActError::NotJoined),
        _ => Err(ActError::LeaseOver),
    }
}

/// From here, else from the relay; what it gave is kept.
async fn load_photo(writer: &Writer, hash: BlobHash) -> Result<Done, ActError> {
    let here = writer.engine.picture(hash).await?;
    let picture = match here {
        Some(picture) => Some(picture),
        None => photos::fetch(writer, hash).await,
    };
    Ok(Done::PhotoBytes(picture))
}

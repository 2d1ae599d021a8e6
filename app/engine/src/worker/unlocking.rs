//! Locking and unlocking this device. When the lease is over, the relay is asked first.

use std::rc::Rc;

use caravan_engine::lock::NotUnlocked;
use caravan_port::act::{Act, ActError, Done, Secret};

use super::relay;
use super::writer::Writer;

pub(super) fn concerns(act: &Act) -> bool {
    matches!(
        act,
        Act::Unlock(_) | Act::Lock | Act::LockAfter(_) | Act::AddPasskey { .. }
    )
}

pub(super) async fn act(writer: &Rc<Writer>, act: Act) -> Result<Done, ActError> {
    match act {
        Act::Unlock(secret) => unlock(writer, &secret).await?,
        Act::Lock => writer.engine.lock().await?,
        Act::LockAfter(minutes) => writer.engine.lock_after(minutes).await,
        Act::AddPasskey {
            password: Secret::Password(password),
            passkey,
            made: Secret::Passkey(made),
        } => writer.engine.add_passkey(&password, passkey, &made).await?,
        _ => return Err(ActError::WrongSecret),
    }
    // The connection ends with a lock and begins with its opening.
    writer.call.ring();
    writer.bell.ring();
    Ok(Done::Nothing)
}

async fn unlock(writer: &Rc<Writer>, secret: &Secret) -> Result<(), ActError> {
    match try_to(writer, secret).await {
        Err(NotUnlocked::LeaseOver) => {
            relay::renew_lease(writer).await?;
            Ok(try_to(writer, secret).await?)
        }
        done => Ok(done?),
    }
}

async fn try_to(writer: &Writer, secret: &Secret) -> Result<(), NotUnlocked> {
    match secret {
        Secret::Password(password) => writer.engine.unlock_by_password(password).await,
        Secret::Passkey(made) => writer.engine.unlock_by_passkey(made).await,
    }
}

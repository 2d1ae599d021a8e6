//! Changing the password by which somebody signs in, and with it the one that unlocks this device.

use caravan_engine::EngineError;
use caravan_port::act::{ActError, Done, Secret};
use caravan_sync::frame::{RelayFrame, Trouble};
use caravan_sync::join::{JoinError, PasswordAnswer};

use super::super::writer::Writer;
use super::fetch;

/// The first challenge at hand may be too old.
const TRIES: u32 = 2;

pub(super) async fn change(writer: &Writer, old: Secret, new: Secret) -> Result<Done, ActError> {
    let (Secret::Password(old), Secret::Password(new)) = (old, new) else {
        return Err(ActError::WrongSecret);
    };
    writer.engine.knows_password(&old).await?;
    ask(writer, &old, &new).await?;
    writer.engine.change_password(&old, &new).await?;
    Ok(Done::Nothing)
}

async fn ask(writer: &Writer, old: &str, new: &str) -> Result<(), ActError> {
    for _ in 0..TRIES {
        let request = writer.engine.password_request(old, new).await?;
        let answer = fetch::post("/api/password", &request).await?;
        let (frame, said) = match answer {
            PasswordAnswer::Changed(challenge) => (RelayFrame::Challenge(challenge), Some(Ok(()))),
            PasswordAnswer::Wrong(challenge) => {
                let other = Some(Err(ActError::OtherPassword));
                (RelayFrame::Challenge(challenge), other)
            }
            PasswordAnswer::TooShort(challenge) => {
                let short = Some(Err(JoinError::PasswordTooShort.into()));
                (RelayFrame::Challenge(challenge), short)
            }
            PasswordAnswer::Challenge(challenge) => (RelayFrame::Challenge(challenge), None),
            PasswordAnswer::Revoked => (RelayFrame::Revoked, Some(Err(ActError::NotJoined))),
            PasswordAnswer::Refused(Trouble::TooMany) => return Err(JoinError::TooMany.into()),
            PasswordAnswer::Refused(_) => return Err(JoinError::Unavailable.into()),
        };
        let taken: Result<_, EngineError> = writer.engine.receive(frame).await;
        taken?;
        if let Some(said) = said {
            return said;
        }
    }
    Err(JoinError::Unavailable.into())
}

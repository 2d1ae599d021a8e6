//! Coming into a workspace.

use std::rc::Rc;

use caravan_port::act::{ActError, Done, JoinForm, Secret, SignInForm};
use caravan_sync::join::{JoinError, Joined, Offered};

use super::super::writer::Writer;
use super::fetch::{self, NoAnswer};

pub(super) async fn look(token: [u8; 16]) -> Result<Done, ActError> {
    let offered: Result<Offered, JoinError> = fetch::post("/api/invitation", &token).await?;
    Ok(Done::Offered(offered?))
}

pub(super) async fn join(writer: &Rc<Writer>, form: JoinForm) -> Result<Done, ActError> {
    let password = form.password.clone();
    let request = writer.engine.join_request(form).await?;
    let joined: Result<Joined, JoinError> = fetch::post("/api/join", &request).await?;
    begin(writer, joined?, &password).await
}

pub(super) async fn sign_in(writer: &Rc<Writer>, form: SignInForm) -> Result<Done, ActError> {
    let password = form.password.clone();
    let request = writer.engine.sign_in_request(form).await?;
    let joined: Result<Joined, JoinError> = fetch::post("/api/sign-in", &request).await?;
    begin(writer, joined?, &password).await
}

async fn begin(writer: &Rc<Writer>, joined: Joined, password: &str) -> Result<Done, ActError> {
    let lock = writer.engine.new_lock(password, &joined.share).await?;
    let share = joined.share.clone();
    writer.engine.joined_under(joined, Some(lock)).await?;
    // Another one than that of a lock that was here before: see there.
    writer.engine.take_share(&share).await?;
    writer.engine.stay_open().await;
    writer.call.ring();
    writer.bell.ring();
    Ok(Done::Nothing)
}

/// Everything that is here goes to a relay that has lost it; from there on this device is refilling it like any other.
pub(super) async fn give_back(
    writer: &Rc<Writer>,
    token: [u8; 16],
    password: Secret,
) -> Result<Done, ActError> {
    let Secret::Password(password) = password else {
        return Err(ActError::WrongSecret);
    };
    writer.engine.knows_password(&password).await?;
    let request = writer
        .engine
        .rebuild_request(token, password.clone())
        .await?;
    let body = request.ok_or(JoinError::NotADirector)?;
    let joined: Result<Joined, JoinError> = fetch::post_body("/api/rebuild", &body).await?;
    begin(writer, joined?, &password).await
}

impl From<NoAnswer> for ActError {
    fn from(_: NoAnswer) -> Self {
        Self::Offline
    }
}

//! Coming into a workspace.

use std::rc::Rc;

use caravan_port::act::{ActError, Done, JoinForm, SignInForm};
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
    writer.engine.joined_under(joined, Some(lock)).await?;
    writer.engine.stay_open().await;
    writer.call.ring();
    writer.bell.ring();
    Ok(Done::Nothing)
}

impl From<NoAnswer> for ActError {
    fn from(_: NoAnswer) -> Self {
        Self::Offline
    }
}

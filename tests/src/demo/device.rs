//! One person's device: the engine of the app on storage in memory, speaking to a relay by HTTP.

use std::cell::Ref;

use anyhow::{Context, Result, bail, ensure};
use caravan_domain::command::{Command, RecordRef};
use caravan_domain::facts::Facts;
use caravan_domain::id::{ClientId, PersonId, WorkspaceId};
use caravan_domain::row::Rows;
use caravan_domain::time::Instant;
use caravan_engine::storage::memory::MemoryStorage;
use caravan_engine::{Engine, Next};
use caravan_port::act::{JoinForm, SignInForm};
use caravan_port::ask::{Ask, Told};
use caravan_sync::join::{JoinError, Joined};
use serde::Serialize;

use super::platform::Native;
use super::time::system;
use crate::dice::Dice;
use crate::native::{looked_into, post};

pub struct Device {
    engine: Engine<MemoryStorage, Native>,
    address: String,
    cookie: String,
    person: PersonId,
    workspace: WorkspaceId,
}

impl Device {
    pub(super) async fn join(address: &str, form: JoinForm, dice: Dice) -> Result<Self> {
        let engine = boot(dice).await?;
        let request = engine.join_request(form).await?;
        Self::let_in(engine, address, "/api/join", &request).await
    }

    /// One more device of somebody who has a password; everything they may see comes with it.
    ///
    /// # Errors
    /// When the relay does not let it in, or cannot be reached.
    pub async fn sign_in(address: &str, form: SignInForm) -> Result<Self> {
        let engine = boot(Dice::new(0)).await?;
        let request = engine.sign_in_request(form).await?;
        let device = Self::let_in(engine, address, "/api/sign-in", &request).await?;
        device.sync().await?;
        Ok(device)
    }

    async fn let_in(
        engine: Engine<MemoryStorage, Native>,
        address: &str,
        path: &str,
        request: &impl Serialize,
    ) -> Result<Self> {
        let answer = post::<Result<Joined, JoinError>>(address, path, None, request).await?;
        let joined = answer.frame?;
        let (person, workspace) = (joined.person, joined.workspace);
        engine.joined(joined).await?;
        Ok(Self {
            engine,
            address: address.to_owned(),
            cookie: answer.cookie.context("there is no session")?,
            person,
            workspace,
        })
    }

    pub fn person(&self) -> PersonId {
        self.person
    }

    pub fn workspace(&self) -> WorkspaceId {
        self.workspace
    }

    pub fn rows(&self) -> Ref<'_, Rows> {
        self.engine.rows()
    }

    pub fn facts(&self) -> Ref<'_, Facts> {
        self.engine.settled()
    }

    /// # Errors
    /// When what is stored cannot be read.
    pub async fn ask(&self, ask: &Ask) -> Result<Told> {
        Ok(self.engine.answer(ask).await?)
    }

    /// Runs a command as if it were `now`; what it brought into being.
    pub(super) async fn run(&self, now: Instant, command: Command) -> Result<Option<RecordRef>> {
        let label = command.label();
        self.engine.platform().set_clock(now);
        let ran = self.engine.run(command, None).await;
        Ok(ran.with_context(|| format!("{label:?}"))?.created)
    }

    pub(super) async fn create(&self, now: Instant, command: Command) -> Result<ClientId> {
        match self.run(now, command).await? {
            Some(RecordRef::Client(client)) => Ok(client),
            other => bail!("a client was to be created, not {other:?}"),
        }
    }

    /// Exchanges until nothing is owed either way. A refusal by the relay is an error here.
    pub(super) async fn sync(&self) -> Result<()> {
        self.send().await?;
        looked_into(&self.address).await?;
        while self.exchange().await? != Next::Settled {}
        let Told::SyncLine(line) = self.ask(&Ask::SyncLine).await? else {
            bail!("the sync line was asked for");
        };
        ensure!(
            line.needs_attention == 0,
            "the relay refused {} of {}",
            line.needs_attention,
            self.person
        );
        Ok(())
    }

    /// Sends everything, and takes in no more than comes with the receipts.
    pub(super) async fn send(&self) -> Result<()> {
        while self.engine.has_waiting() {
            self.exchange().await?;
        }
        Ok(())
    }

    async fn exchange(&self) -> Result<Next> {
        self.engine.platform().set_clock(system());
        let request = self.engine.exchange_request().await?;
        let cookie = Some(self.cookie.as_str());
        let answer = post(&self.address, "/api/exchange", cookie, &request).await?;
        match self.engine.receive(answer.frame).await? {
            Next::Wiped => bail!("the relay has revoked a device of the demo"),
            Next::Trouble(trouble) => bail!("the relay answered {trouble:?}"),
            next => Ok(next),
        }
    }
}

async fn boot(dice: Dice) -> Result<Engine<MemoryStorage, Native>> {
    let platform = Native::new(system(), dice)?;
    Ok(Engine::boot(MemoryStorage::new(), platform).await?)
}

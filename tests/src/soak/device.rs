//! A device without a browser: the real engine over storage in memory, with a real key, that
//! exchanges over HTTP.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use caravan_domain::clients::command::ClientCommand;
use caravan_domain::clients::record::ClientDraft;
use caravan_domain::command::Command;
use caravan_domain::document::DocumentId;
use caravan_domain::facts::Employment;
use caravan_domain::id::{ClientId, DeviceId, Id, InvitationId, TeamId};
use caravan_domain::people::decision::{Offer, PeopleDecision};
use caravan_domain::role::Roles;
use caravan_domain::time::Instant;
use caravan_engine::platform::{KeyError, Platform};
use caravan_engine::storage::memory::MemoryStorage;
use caravan_engine::{Engine, Next};
use caravan_port::act::{Act, JoinForm};
use caravan_port::ask::{Ask, Told};
use caravan_sync::codec;
use caravan_sync::envelope::{Hash, Signature};
use caravan_sync::frame::{CHALLENGE_HEADER, PROOF_HEADER, RelayFrame};
use caravan_sync::join::{JoinError, Joined, PublicKey};

use data_encoding::BASE64URL_NOPAD;
use hyper::Method;
use hyper::header::{CONTENT_TYPE, COOKIE, HeaderName, ORIGIN};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::relay::Relay;
use crate::dice::Dice;
use crate::native::{DeviceKey, Request, now, post, request};

/// What is not passed on by then is not going to be.
const PATIENCE: Duration = Duration::from_secs(60);

/// Good for a key of this machine's; the numbers come from the soak's seed.
#[derive(Clone)]
pub(super) struct Pocket {
    key: Arc<DeviceKey>,
    dice: Dice,
    /// How far its clock was put forward, in milliseconds.
    ahead: Rc<Cell<i64>>,
}

impl Platform for Pocket {
    fn now(&self) -> Instant {
        now().plus_millis(self.ahead.get())
    }

    fn random(&self) -> [u8; 10] {
        self.dice.bytes()
    }

    async fn public_key(&self) -> Result<PublicKey, KeyError> {
        Ok(PublicKey(self.key.public()))
    }

    async fn sign(&self, bytes: &[u8]) -> Result<Signature, KeyError> {
        self.key.sign(bytes).map_err(|_| KeyError)
    }

    fn build(&self) -> String {
        String::new()
    }

    async fn forget_key(&self) -> Result<(), KeyError> {
        Ok(())
    }
}

pub(super) struct Device {
    pub(super) engine: Engine<MemoryStorage, Pocket>,
    cookie: String,
    dice: Dice,
    /// Envelopes written so far.
    pub(super) written: Cell<u64>,
}

impl Device {
    pub(super) async fn found(address: &str, token: [u8; 16], dice: &Dice) -> Result<Self> {
        Self::come_in(address, token, Some("Soak".into()), dice).await
    }

    pub(super) async fn join(address: &str, token: [u8; 16], dice: &Dice) -> Result<Self> {
        Self::come_in(address, token, None, dice).await
    }

    async fn come_in(
        address: &str,
        token: [u8; 16],
        workspace_name: Option<String>,
        dice: &Dice,
    ) -> Result<Self> {
        let pocket = Pocket {
            key: Arc::new(DeviceKey::generate()?),
            dice: dice.clone(),
            ahead: Rc::default(),
        };
        let engine = Engine::boot(MemoryStorage::new(), pocket).await?;
        let cookie = enter(&engine, address, token, workspace_name).await?;
        Ok(Self {
            engine,
            cookie,
            dice: dice.clone(),
            written: Cell::new(0),
        })
    }

    /// Comes in again by a link, with all that is on it.
    pub(super) async fn come_in_again(&mut self, address: &str, token: [u8; 16]) -> Result<()> {
        self.cookie = enter(&self.engine, address, token, None).await?;
        Ok(())
    }

    /// What the relay refused and can be, as its person would by one tap.
    pub(super) async fn write_all_again(&self) -> Result<()> {
        self.engine.act(Act::WriteAllAgain).await?;
        Ok(())
    }

    /// Every client here by its name.
    pub(super) fn names(&self) -> BTreeMap<ClientId, String> {
        let rows = self.engine.rows();
        let names = rows.clients.values().map(|row| (row.id, row.name.clone()));
        names.collect()
    }

    /// The same profile on a second machine: key, chain and storage.
    pub(super) async fn copied(&self) -> Result<Self> {
        let storage = self.engine.storage().copied();
        let pocket = self.engine.platform().clone();
        Ok(Self {
            engine: Engine::boot(storage, pocket).await?,
            cookie: self.cookie.clone(),
            dice: self.dice.clone(),
            written: self.written.clone(),
        })
    }

    /// Name and value.
    pub(super) fn cookie(&self) -> &str {
        &self.cookie
    }

    /// One whole exchange; an error when the relay cannot be reached.
    pub(super) async fn exchange(&self, address: &str) -> Result<Next> {
        let request = self.engine.exchange_request().await?;
        let cookie = Some(self.cookie.as_str());
        let answer = post::<RelayFrame>(address, "/api/exchange", cookie, &request).await?;
        Ok(self.engine.receive(answer.frame).await?)
    }

    /// Exchanges until nothing is owed either way.
    pub(super) async fn settle(&self, address: &str) -> Result<()> {
        for _ in 0..1000 {
            match self.exchange(address).await? {
                Next::Settled if !self.engine.has_waiting() => return Ok(()),
                Next::Settled | Next::Continue(_) | Next::BeginAgain => {}
                next => bail!("the relay will not serve: {next:?}"),
            }
        }
        bail!("the device exchanges for ever")
    }

    /// Settles, and waits until everything the log holds by now was looked into and has come.
    pub(super) async fn catch_up(&self, relay: &Relay) -> Result<()> {
        self.settle(&relay.address).await?;
        let (workspace, ..) = self.engine.me().context("the device was wiped")?;
        let newest = relay.newest(workspace)?;
        let began = tokio::time::Instant::now();
        while self.engine.credentials().await?.cursor.sequence < newest {
            ensure!(began.elapsed() < PATIENCE, "{newest} was never passed on");
            tokio::time::sleep(Duration::from_millis(5)).await;
            self.settle(&relay.address).await?;
        }
        Ok(())
    }

    /// So long that the device asks again whatever it left for later.
    pub(super) fn let_time_pass(&self) {
        let ahead = &self.engine.platform().ahead;
        ahead.set(ahead.get() + 61_000);
    }

    /// Gives a restored relay all that it takes just now.
    pub(super) async fn refill(&self, address: &str) -> Result<()> {
        for _ in 0..1000 {
            let Some(request) = self.engine.refill_request().await? else {
                return Ok(());
            };
            let answer = self.post_proved(address, "/api/refill", &request).await?;
            self.engine.take_refill(&request, answer).await?;
        }
        bail!("the device gives back for ever")
    }

    async fn post_proved<T: DeserializeOwned>(
        &self,
        address: &str,
        path: &str,
        frame: &impl Serialize,
    ) -> Result<T> {
        for _ in 0..2 {
            let proof = self.engine.request_proof("POST", path).await?;
            let proof = BASE64URL_NOPAD.encode(&codec::encode(&proof)?);
            let asked = Request::new(Method::POST, path)
                .header(CONTENT_TYPE, "application/octet-stream")?
                .header(ORIGIN, format!("http://{address}"))?
                .header(COOKIE, &self.cookie)?
                .header(HeaderName::from_static(PROOF_HEADER), proof)?
                .body(codec::encode(frame)?);
            let heard = request(address, asked).await?;
            match heard.headers.get(CHALLENGE_HEADER) {
                None => return Ok(codec::decode(&heard.body)?),
                Some(challenge) => {
                    let challenge = BASE64URL_NOPAD.decode(challenge.as_bytes())?;
                    let challenge = RelayFrame::Challenge(codec::decode(&challenge)?);
                    self.engine.receive(challenge).await?;
                }
            }
        }
        bail!("the relay refused its own challenge")
    }

    pub(super) async fn write_new(&self) -> Result<()> {
        self.name(None).await
    }

    pub(super) async fn rename(&self, client: ClientId) -> Result<()> {
        self.name(Some(client)).await
    }

    /// A new client, or a new name for one that is here.
    pub(super) async fn write(&self) -> Result<()> {
        let clients: Vec<_> = self.engine.rows().clients.keys().copied().collect();
        let known = self.dice.pick(&clients).copied();
        self.name(known.filter(|_| !self.dice.percent(20))).await
    }

    pub(super) async fn create(&self) -> Result<()> {
        self.name(None).await
    }

    /// Always the same client: its document gets a long history.
    pub(super) async fn write_to_first(&self) -> Result<()> {
        let first = self.engine.rows().clients.keys().next().copied();
        self.name(first).await
    }

    async fn name(&self, client: Option<ClientId>) -> Result<()> {
        let name = format!("商行 {}", Id::from_bytes(self.dice.bytes()));
        let command = match client {
            None => ClientCommand::Create(named(&name)),
            Some(client) => {
                let row = self.engine.rows().clients.get(&client).cloned();
                let before = row.map(|row| row.name).unwrap_or_default();
                ClientCommand::Change {
                    client,
                    before: named(&before),
                    after: named(&name),
                }
            }
        };
        self.run(Command::Client(command)).await
    }

    /// Links for `count` more devices of this person.
    pub(super) async fn links(&self, count: usize) -> Result<Vec<[u8; 16]>> {
        let mut tokens = Vec::new();
        for _ in 0..count {
            let token: [u8; 16] = self.dice.bytes();
            let add = PeopleDecision::AddOwnDevice {
                invitation: InvitationId(Id::mint(now(), self.dice.bytes())),
                token_hash: Hash::of(&token).0,
                expires_at: now().plus_millis(24 * 60 * 60 * 1000),
            };
            self.run(Command::People(add)).await?;
            tokens.push(token);
        }
        Ok(tokens)
    }

    pub(super) async fn revoke(&self, device: DeviceId) -> Result<()> {
        let revoke = PeopleDecision::RevokeDevice { device };
        self.run(Command::People(revoke)).await
    }

    /// How many edits the relay has refused that are still shown.
    pub(super) async fn needs_attention(&self) -> Result<usize> {
        match self.engine.answer(&Ask::SyncLine).await? {
            Told::SyncLine(line) => Ok(usize::try_from(line.needs_attention)?),
            other => bail!("the line of sync was asked for, not {other:?}"),
        }
    }

    /// A link for somebody new.
    pub(super) async fn invite(&self, roles: Roles, team: Option<TeamId>) -> Result<[u8; 16]> {
        let token: [u8; 16] = self.dice.bytes();
        let offer = Offer {
            name: "Somebody".into(),
            roles,
            team,
            employment: Employment::FullTime,
            token_hash: Hash::of(&token).0,
            expires_at: now().plus_millis(24 * 60 * 60 * 1000),
        };
        let invitation = InvitationId(Id::mint(now(), self.dice.bytes()));
        let invite = PeopleDecision::Invite { invitation, offer };
        self.run(Command::People(invite)).await?;
        Ok(token)
    }

    pub(super) async fn run(&self, command: Command) -> Result<()> {
        let before = self.engine.waiting();
        self.engine.run(command, None).await?;
        let written = self.engine.waiting() - before;
        ensure!(written > 0, "a command wrote nothing");
        self.written.set(self.written.get() + u64::from(written));
        Ok(())
    }

    /// Every document here with its heads: equal heads are equal documents.
    pub(super) async fn heads(&self) -> Result<Vec<(DocumentId, Vec<[u8; 32]>)>> {
        let mut all = Vec::new();
        for id in self.engine.documents() {
            all.push((id, self.engine.heads(id).await?));
        }
        all.sort();
        Ok(all)
    }
}

/// The session's cookie.
async fn enter(
    engine: &Engine<MemoryStorage, Pocket>,
    address: &str,
    token: [u8; 16],
    workspace_name: Option<String>,
) -> Result<String> {
    let password = match workspace_name {
        Some(_) => "a long password".to_owned(),
        None => String::new(),
    };
    let own_device = workspace_name.is_none();
    let form = JoinForm {
        token,
        name: "Dora".into(),
        workspace_name,
        password,
        label: "soak".into(),
        own_device,
        renewing: false,
    };
    let request = engine.join_request(form).await?;
    let answer = post::<Result<Joined, JoinError>>(address, "/api/join", None, &request).await?;
    engine.joined(answer.frame?).await?;
    answer.cookie.context("joining gave no session")
}

fn named(name: &str) -> ClientDraft {
    ClientDraft {
        name: name.to_owned(),
        ..ClientDraft::default()
    }
}

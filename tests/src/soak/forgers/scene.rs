//! A workspace with somebody to harm, and what those who want to have in hand.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use caravan_domain::document::DocumentId;
use caravan_domain::facts::Facts;
use caravan_domain::id::DeviceId;
use caravan_domain::role::Role;
use caravan_sync::envelope::Envelope;
use caravan_sync::frame::Verdict;
use caravan_sync::join::Founding;
use tempfile::TempDir;

use super::{Forgers, log};
use crate::dice::Dice;
use crate::native::Device;
use crate::soak::device::Device as Phone;
use crate::soak::raw::{new_client, new_name, push};
use crate::soak::relay::{Relay, RelayProgram};

/// Honest envelopes, to be replayed.
const HONEST: usize = 300;
/// Clients of the workspace that nobody may touch.
const CLIENTS: usize = 20;

pub(super) struct Scene {
    data: TempDir,
    pub(super) relay: Relay,
    pub(super) dice: Dice,
    /// Director and administrator; reads everything.
    pub(super) founder: Phone,
    /// A further device of the founder's, whose word would count for everything.
    pub(super) director: Device,
    /// An account manager.
    pub(super) forger: Device,
    /// Another.
    pub(super) accomplice: Device,
    /// The forger's id and key in another workspace of the same relay.
    pub(super) elsewhere: Device,
    /// What the forger wrote when they were still honest, and what the relay said to it.
    pub(super) honest: Vec<(Envelope, Verdict)>,
    /// Those whose profile was copied.
    pub(super) copied: Vec<Device>,
    /// Whose envelopes with which numbers count.
    pub(super) counts: BTreeSet<(DeviceId, u64)>,
}

/// All that a director sees: every document with its heads, and every fact.
type Seen = (Vec<(DocumentId, Vec<[u8; 32]>)>, Facts);

impl Scene {
    pub(super) async fn set(program: &RelayProgram, dice: &Dice) -> Result<Self> {
        let data = tempfile::tempdir()?;
        let relay = program.serve(data.path())?;
        let address = relay.address.as_str();
        let founder = Phone::found(address, relay.founding()?, dice).await?;
        founder.settle(address).await?;
        for _ in 0..CLIENTS {
            founder.write().await?;
        }
        founder.settle(address).await?;
        let mut devices = Vec::new();
        for _ in 0..2 {
            let token = founder.invite([Role::AccountManager].into(), None).await?;
            founder.settle(address).await?;
            devices.push(Device::join(address.to_owned(), token, None).await?);
        }
        let accomplice = devices.pop().context("there are two")?;
        let forger = devices.pop().context("there are two")?;
        let director = link(&founder, address).await?;
        let founding = Founding {
            workspace_name: "Elsewhere".to_owned(),
        };
        let own = (forger.id, forger.key.clone());
        let token = program.another_founding(data.path())?;
        let elsewhere = Device::join_as(address.to_owned(), token, Some(founding), own).await?;
        let mut scene = Self {
            data,
            relay,
            dice: dice.clone(),
            founder,
            director,
            forger,
            accomplice,
            elsewhere,
            honest: Vec::new(),
            copied: Vec::new(),
            counts: BTreeSet::new(),
        };
        scene.work().await?;
        Ok(scene)
    }

    /// What is worth replaying.
    async fn work(&mut self) -> Result<()> {
        let mut envelopes = Vec::new();
        for _ in 0..HONEST {
            let document = new_client();
            let payload = new_name(&self.dice, self.forger.id, document)?;
            envelopes.push(self.forger.envelope(document, payload)?);
        }
        let verdicts = push(&mut self.forger, &envelopes).await?;
        for (envelope, verdict) in envelopes.into_iter().zip(verdicts) {
            let received = matches!(verdict, Verdict::Received { .. });
            ensure!(received, "honest work was not received: {verdict:?}");
            self.counts.insert((envelope.device, envelope.sequence));
            self.honest.push((envelope, verdict));
        }
        Ok(())
    }

    pub(super) fn address(&self) -> &str {
        &self.relay.address
    }

    /// By a device that was there all the time, and the same by one that comes only now.
    pub(super) async fn seen(&self) -> Result<Seen> {
        self.founder.catch_up(&self.relay).await?;
        let mut facts = self.founder.engine.settled().clone();
        // The links and devices by which it is looked at.
        facts.invitations.clear();
        facts.devices.clear();
        facts.device_details.clear();
        let seen = (self.founder.heads().await?, facts);
        let links = self.founder.links(1).await?;
        self.founder.settle(self.address()).await?;
        let token = links.first().context("one link was asked for")?;
        let fresh = Phone::join(self.address(), *token, &self.dice).await?;
        fresh.catch_up(&self.relay).await?;
        ensure!(
            fresh.heads().await? == seen.0,
            "a new device gets something else"
        );
        Ok(seen)
    }

    /// One more device of the founder's.
    pub(super) async fn link(&self) -> Result<Device> {
        link(&self.founder, self.address()).await
    }

    /// Stops the relay and reads what it has kept.
    pub(super) async fn close(self, came_to: &mut Forgers) -> Result<()> {
        self.founder.settle(self.address()).await?;
        ensure!(self.relay.panics() == 0, "the relay panicked");
        self.relay.kill()?;
        let store = self.data.path().join("relay/relay.sqlite");
        let mut devices = vec![self.director, self.forger, self.accomplice];
        devices.extend(self.copied);
        came_to.kept = log::check(&store, &devices, &self.counts)?;
        came_to.kept += log::check(&store, &[self.elsewhere], &BTreeSet::new())?;
        Ok(())
    }
}

async fn link(founder: &Phone, address: &str) -> Result<Device> {
    let links = founder.links(1).await?;
    founder.settle(address).await?;
    let token = links.first().context("one link was asked for")?;
    Device::join(address.to_owned(), *token, None).await
}

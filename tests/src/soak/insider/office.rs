//! Two teams, somebody of each kind, and something of each to want.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use caravan_domain::clients::ownership::OwnershipDecision;
use caravan_domain::command::Command;
use caravan_domain::decision::Decision;
use caravan_domain::document::DocumentId;
use caravan_domain::edit::Edit;
use caravan_domain::facts::Facts;
use caravan_domain::id::{ClientId, Id, InteractionId, TeamId, WorkspaceId};
use caravan_domain::people::decision::PeopleDecision;
use caravan_domain::role::Role;
use caravan_domain::value::{Value, map_of};
use caravan_sync::envelope::{Envelope, Payload};
use caravan_sync::frame::{Reply, Verdict};
use tempfile::TempDir;

use super::growth::Growth;
use crate::dice::Dice;
use crate::native::{Device, now};
use crate::soak::device::Device as Phone;
use crate::soak::raw::{change, new_client, push};
use crate::soak::relay::{Relay, RelayProgram};

/// A client as its owner wrote it down, with one entry in its timeline.
#[derive(Clone)]
pub(super) struct Written {
    pub(super) document: DocumentId,
    /// The change itself, which is the whole document.
    pub(super) chunks: Vec<u8>,
    pub(super) interaction: InteractionId,
    pub(super) envelope: Envelope,
}

pub(super) struct Office {
    data: TempDir,
    pub(super) relay: Relay,
    pub(super) dice: Dice,
    /// Director and administrator; sees everything.
    pub(super) founder: Phone,
    pub(super) east: TeamId,
    /// Account managers of the east, and one of the south.
    pub(super) ann: Device,
    pub(super) bob: Device,
    pub(super) cao: Device,
    /// Of the east.
    pub(super) manager: Device,
    /// An administrator without a role in sales.
    pub(super) clerk: Device,
    pub(super) bobs: Written,
    pub(super) caos: Written,
    pub(super) growth: Growth,
    /// Bob's too, and shared with Ann: one for each thing she may not do in it.
    pub(super) shared: Vec<Written>,
}

/// All that a director sees: every document with its heads, and every fact.
type Seen = (Vec<(DocumentId, Vec<[u8; 32]>)>, Facts);

/// Clients that Bob shares with Ann in a round.
pub(super) const SHARED: usize = 5;

impl Office {
    pub(super) async fn open(program: &RelayProgram, dice: &Dice) -> Result<Self> {
        let data = tempfile::tempdir()?;
        let relay = program.serve(data.path())?;
        let founder = Phone::found(&relay.address, relay.founding()?, dice).await?;
        founder.settle(&relay.address).await?;
        let [east, south] = [
            open_team(&founder, dice).await?,
            open_team(&founder, dice).await?,
        ];
        let mut hired = Vec::new();
        for (role, team) in [
            (Role::AccountManager, Some(east)),
            (Role::AccountManager, Some(east)),
            (Role::AccountManager, Some(south)),
            (Role::TeamManager, Some(east)),
            (Role::Administrator, None),
        ] {
            let token = founder.invite([role].into(), team).await?;
            founder.settle(&relay.address).await?;
            hired.push(Device::join(relay.address.clone(), token, None).await?);
        }
        let hired: Result<[Device; 5], _> = hired.try_into();
        let [mut ann, mut bob, mut cao, mut manager, clerk] =
            hired.ok().context("five were hired")?;
        let bobs = write(&mut bob).await?;
        let caos = write(&mut cao).await?;
        let anns = write(&mut ann).await?.document;
        let address = &relay.address;
        let growth = Growth::of(&founder, address, &mut ann, &bob, &mut manager, anns).await?;
        Ok(Self {
            data,
            relay,
            dice: dice.clone(),
            founder,
            east,
            ann,
            bob,
            cao,
            manager,
            clerk,
            bobs,
            caos,
            growth,
            shared: Vec::new(),
        })
    }

    /// Something new to want.
    pub(super) async fn work(&mut self) -> Result<()> {
        self.bobs = write(&mut self.bob).await?;
        self.caos = write(&mut self.cao).await?;
        self.shared.clear();
        for _ in 0..SHARED {
            let written = write(&mut self.bob).await?;
            let client = ClientId(written.document.id);
            let with = self.ann.person;
            let share = Decision::Ownership(OwnershipDecision::Share { client, with });
            let payload = Payload::of_decision(&share);
            let envelope = self.bob.envelope(DocumentId::WORKSPACE, payload)?;
            received(&mut self.bob, envelope).await?;
            self.shared.push(written);
        }
        Ok(())
    }

    pub(super) async fn seen(&self) -> Result<Seen> {
        self.founder.catch_up(&self.relay).await?;
        let facts = self.founder.engine.settled().clone();
        Ok((self.founder.heads().await?, facts))
    }

    /// What of all this the person of `device` may not hold.
    pub(super) fn forbidden(&self, device: &Device) -> BTreeSet<DocumentId> {
        let documents = [
            self.bobs.document,
            self.caos.document,
            self.bob.person.into(),
            self.cao.person.into(),
        ];
        let east = [self.bobs.document, self.bob.person.into()];
        let allowed =
            |document: &DocumentId| device.id == self.manager.id && east.contains(document);
        documents.into_iter().filter(|it| !allowed(it)).collect()
    }

    /// Stops the relay; the folder with its log.
    pub(super) fn close(self) -> Result<(TempDir, WorkspaceId)> {
        ensure!(self.relay.panics() == 0, "the relay panicked");
        self.relay.kill()?;
        Ok((self.data, self.ann.workspace))
    }
}

async fn open_team(founder: &Phone, dice: &Dice) -> Result<TeamId> {
    let team = TeamId(Id::mint(now(), dice.bytes()));
    let define = PeopleDecision::DefineTeam {
        team,
        name: format!("Team {team}"),
        closed: false,
    };
    founder.run(Command::People(define)).await?;
    Ok(team)
}

async fn write(owner: &mut Device) -> Result<Written> {
    let document = new_client();
    let interaction = InteractionId(new_client().id);
    let edits = [
        Edit::put(document, &["profile", "name"], "西湖茶叶行"),
        Edit::put(
            document,
            &["profile", "created_by"],
            owner.person.to_string().as_str(),
        ),
        Edit::put(
            document,
            &["interactions", &interaction.to_string()],
            said(owner, "谈好了"),
        ),
    ];
    let payload = change(owner.id, document, &[], &edits)?;
    let chunks = payload.bytes().to_vec();
    let envelope = owner.envelope(document, payload)?;
    received(owner, envelope.clone()).await?;
    Ok(Written {
        document,
        chunks,
        interaction,
        envelope,
    })
}

/// An entry of a timeline, by the person of `device`.
pub(super) fn said(device: &Device, text: &str) -> Value {
    Value::Map(map_of([
        ("kind", Some(Value::from("note"))),
        ("text", Some(Value::from(text))),
        ("happened_at", Some(Value::from(now()))),
        ("written_at", Some(Value::from(now()))),
        ("by", Some(Value::from(device.person.to_string().as_str()))),
    ]))
}

pub(super) async fn received(device: &mut Device, envelope: Envelope) -> Result<()> {
    let verdicts = push(device, &[envelope]).await?;
    let received = matches!(verdicts.as_slice(), [Verdict::Received { .. }]);
    ensure!(received, "honest work was told {verdicts:?}");
    Ok(())
}

/// What of `forbidden` is in a reply.
pub(super) fn given_away(reply: &Reply, forbidden: &BTreeSet<DocumentId>) -> Option<DocumentId> {
    use caravan_domain::facts::FactKey;
    let snapshots = reply.snapshots.iter().map(|it| it.document);
    let entries = reply.entries.iter().map(|it| it.envelope.document);
    let facts = reply.facts.iter().filter(|it| it.fact.is_some());
    let grants = facts.filter_map(|it| match it.key {
        FactKey::Grant(document) => Some(document),
        _ => None,
    });
    let mut sent = snapshots.chain(entries).chain(grants);
    sent.find(|document| forbidden.contains(document))
}

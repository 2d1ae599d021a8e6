//! A team's year: its manager first, who gives clients and tasks away, then each member. Teams meet
//! nowhere but at the relay, so that each can have a thread of its own.

use std::sync::Arc;

use anyhow::{Context, Result};
use caravan_domain::calendar::plus_days;
use caravan_domain::clients::command::ClientCommand;
use caravan_domain::clients::record::{ClientDraft, Grade, Stage};
use caravan_domain::command::Command;
use caravan_domain::id::{ClientId, PersonId};
use caravan_domain::time::Instant;
use tokio::sync::oneshot;

use super::agenda::live;
use super::client::{Names, Territory, draft};
use super::conflict::{self, Side};
use super::device::Device;
use super::errand::{Errand, Fate, errands};
use super::leads::Link;
use super::time::{at, later};
use super::words::talk::{ASSIGNED, OWN};
use super::year::{Span, Worker, Year, year};
use crate::dice::Dice;

pub(super) const MANAGERS_CLIENTS: usize = 15;
/// So many members of each team are given a client by their manager.
pub(super) const GIVEN: usize = 3;

/// Hears of every step.
pub(super) type Tell = Arc<dyn Fn(&str) + Send + Sync>;

pub(super) struct Plan {
    pub(super) number: usize,
    pub(super) address: String,
    pub(super) links: Vec<Link>,
    /// How many clients each member writes down.
    pub(super) shares: Vec<usize>,
    pub(super) director: PersonId,
    pub(super) span: Span,
    pub(super) now: Instant,
    pub(super) seed: u64,
    /// Told the manager once everybody has joined.
    pub(super) joined: oneshot::Sender<PersonId>,
    /// What the director wants of the manager.
    pub(super) directed: oneshot::Receiver<Vec<Errand>>,
    pub(super) tell: Tell,
}

/// Who can sign in: the manager and the first member.
pub(super) struct Featured {
    pub(super) manager: PersonId,
    pub(super) member: Option<PersonId>,
}

pub(super) async fn run(plan: Plan) -> Result<Featured> {
    let seeds = Dice::new(plan.seed);
    let mut devices = Vec::new();
    for link in &plan.links {
        devices.push(link.follow(&plan.address, fresh(&seeds)).await?);
    }
    let manager = devices.remove(0);
    // Nobody waits for it any more when the director has failed, and then nothing comes either.
    let _ = plan.joined.send(manager.person());
    let directed = plan.directed.await.context("the director has stopped")?;
    let mut team = Team {
        number: plan.number,
        manager,
        members: devices,
        names: plan.links.iter().map(|link| link.name).collect(),
        taken: Names::new(),
        span: plan.span,
        now: plan.now,
        seeds,
        tell: plan.tell,
    };
    let (given, mut set) = team.managers_year(plan.director, directed).await?;
    for (place, clients) in plan.shares.into_iter().enumerate() {
        let given = given.get(place).cloned();
        team.members_year(place, clients, given, &mut set).await?;
    }
    if let Some(given) = given.first() {
        team.disagree(given).await?;
    }
    Ok(Featured {
        manager: team.manager.person(),
        member: team.members.first().map(Device::person),
    })
}

struct Team {
    number: usize,
    manager: Device,
    members: Vec<Device>,
    /// The manager's first.
    names: Vec<&'static str>,
    /// Names of clients.
    taken: Names,
    span: Span,
    now: Instant,
    seeds: Dice,
    tell: Tell,
}

type Given = (ClientId, ClientDraft);

impl Team {
    /// The clients that were given away, and the tasks that were set.
    async fn managers_year(
        &mut self,
        director: PersonId,
        directed: Vec<Errand>,
    ) -> Result<(Vec<Given>, Vec<Errand>)> {
        let dice = fresh(&self.seeds);
        self.manager.sync().await?;
        let mut given = Vec::new();
        for place in 0..self.members.len().min(GIVEN) {
            given.push(self.hand_over(place, &dice).await?);
        }
        let worker = Worker {
            territory: Territory::of(self.number, 0),
            clients: MANAGERS_CLIENTS,
            given: Vec::new(),
            companions: &[director],
        };
        let mut year = year(worker, self.span, &mut self.taken, &dice);
        year.errands = directed;
        for member in &self.members {
            let open = [Fate::Overdue, Fate::Ahead];
            let days = self.span.every(36);
            let set = errands(member.person(), ASSIGNED, days, &open, &dice);
            year.errands.extend(set);
        }
        live(&mut year, &self.manager, self.now, &dice).await?;
        self.manager.send().await?;
        self.say(0, &year);
        Ok((given, year.errands))
    }

    async fn members_year(
        &mut self,
        place: usize,
        clients: usize,
        given: Option<Given>,
        set: &mut Vec<Errand>,
    ) -> Result<()> {
        let dice = fresh(&self.seeds);
        let member = &self.members[place];
        member.sync().await?;
        let worker = Worker {
            territory: Territory::of(self.number, place),
            clients,
            given: given.into_iter().collect(),
            companions: &self.companions(place),
        };
        let mut year = year(worker, self.span, &mut self.taken, &dice);
        let listed = year.clients.iter().filter(|mine| mine.imported).count();
        let open = [Fate::DueToday, Fate::Ahead];
        let mut own = errands(member.person(), OWN, self.span.every(40), &open, &dice);
        for errand in &mut own {
            errand.client = dice.percent(75).then(|| dice.below(listed));
        }
        let me = member.person();
        year.errands = set.extract_if(.., |errand| errand.assignee == me).collect();
        year.errands.extend(own);
        live(&mut year, member, self.now, &dice).await?;
        member.sync().await?;
        self.say(place + 1, &year);
        Ok(())
    }

    /// A client the manager found and gave to a member on the day after the first.
    async fn hand_over(&mut self, place: usize, dice: &Dice) -> Result<Given> {
        let draft = ClientDraft {
            grade: Grade::B,
            stage: Stage::Customer,
            ..draft(&Territory::of(self.number, place), &mut self.taken, dice)
        };
        let found = at(plus_days(self.span.since, 1), 11 * 60);
        let create = Command::Client(ClientCommand::Create(draft.clone()));
        let client = self.manager.create(found, create).await?;
        let assign = Command::Client(ClientCommand::Assign {
            clients: vec![client],
            owner: self.members[place].person(),
        });
        self.manager.run(later(found, 5), assign).await?;
        Ok((client, draft))
    }

    /// The manager and the first member write in one field: neither has heard of the other's edit.
    async fn disagree(&self, given: &Given) -> Result<()> {
        let Some(member) = self.members.first() else {
            return Ok(());
        };
        let (before, after) = (later(self.now, -25), later(self.now, -20));
        conflict::edit(&self.manager, Side::Manager, self.number, given, before).await?;
        conflict::edit(member, Side::Member, self.number, given, after).await?;
        member.send().await?;
        self.manager.send().await
    }

    /// Whoever answers for the member first, then the colleagues.
    fn companions(&self, place: usize) -> Vec<PersonId> {
        let members = self.members.iter().enumerate();
        let others = members.filter(|(other, _)| *other != place);
        let others = others.map(|(_, device)| device.person());
        [self.manager.person()].into_iter().chain(others).collect()
    }

    fn say(&self, place: usize, year: &Year) {
        let (clients, visits) = (year.clients.len(), year.visits.len());
        let name = self.names.get(place).copied().unwrap_or_default();
        (self.tell)(&format!("{name}: {clients} clients, {visits} visits"));
    }
}

/// Of its own for every year, so that none depends on how the others went.
pub(super) fn fresh(seeds: &Dice) -> Dice {
    Dice::new(seeds.seed())
}

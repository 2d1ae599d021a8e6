//! The whole workspace, from the founding link to the last edit of today.

use std::sync::Arc;

use anyhow::Result;
use caravan_domain::calendar::plus_days;
use caravan_domain::id::PersonId;
use caravan_domain::time::Instant;
use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tokio::task::{JoinHandle, spawn_blocking};

use super::agenda::live;
use super::cast::{self, TEAMS};
use super::client::{Names, Territory};
use super::device::Device;
use super::errand::{Errand, Fate, errands};
use super::guide::{Guide, PASSWORD, Person};
use super::leads;
use super::relay::Relay;
use super::team::{self, Featured, GIVEN, MANAGERS_CLIENTS, Tell, fresh};
use super::time::system;
use super::words::talk::{DIRECTED, OWN};
use super::year::{Span, Worker, year};
use crate::dice::Dice;

const DIRECTORS_CLIENTS: usize = 8;

#[derive(Debug, Clone, Copy)]
pub struct Size {
    pub clients: usize,
    /// Account managers per team, up to eight.
    pub members: usize,
    pub days: i64,
}

impl Default for Size {
    fn default() -> Self {
        Self {
            clients: 2_000,
            members: 8,
            days: 365,
        }
    }
}

/// Founds the workspace on an empty relay and fills it; needs a runtime of several threads. `tell`
/// hears of every step.
///
/// # Errors
/// When the relay refuses or cannot be reached.
pub async fn fill(
    relay: &Relay,
    seed: u64,
    size: Size,
    tell: impl Fn(&str) + Send + Sync + 'static,
) -> Result<Guide> {
    let now = system();
    let today = now.day();
    let span = Span {
        since: plus_days(today, -size.days),
        today,
    };
    let (seeds, tell): (_, Tell) = (Dice::new(seed), Arc::new(tell));
    let director = leads::found(relay, fresh(&seeds)).await?;
    tell(&format!("{} founds {}", cast::DIRECTOR, cast::WORKSPACE));
    let (mut managers, mut teams) = (Vec::new(), Vec::new());
    for (number, cast) in TEAMS.iter().enumerate() {
        tell(&format!(
            "{}: {} people are invited",
            cast.name,
            size.members + 1
        ));
        let (joined, manager) = oneshot::channel();
        let (wish, directed) = oneshot::channel();
        teams.push(start(team::Plan {
            number,
            address: relay.address(),
            links: leads::invite_team(&director, number, size.members, &seeds).await?,
            shares: shares(number, size),
            director: director.person(),
            span,
            now,
            seed: seeds.seed(),
            joined,
            directed,
            tell: Arc::clone(&tell),
        }));
        managers.push((manager, wish));
    }
    let (mut people, mut wishes) = (Vec::new(), Vec::new());
    for (team, (manager, wish)) in teams.iter_mut().zip(managers) {
        people.push(match manager.await {
            Ok(manager) => manager,
            // It says why itself.
            Err(_) => team.await??.manager,
        });
        wishes.push(wish);
    }
    leads::list_phones(&director, &seeds).await?;
    let mut directed = directors_year(&director, &people, (span, now), &fresh(&seeds)).await?;
    for (manager, wish) in people.into_iter().zip(wishes) {
        let of_manager = directed.extract_if(.., |errand| errand.assignee == manager);
        // A team that has stopped says why when it is waited for.
        let _ = wish.send(of_manager.collect());
    }
    let mut featured = Vec::new();
    for team in teams {
        featured.push(team.await??);
    }
    Ok(guide(&director, featured.first()))
}

/// On a thread of its own: engines stay where they were made.
fn start(plan: team::Plan) -> JoinHandle<Result<Featured>> {
    let handle = Handle::current();
    spawn_blocking(move || handle.block_on(team::run(plan)))
}

async fn directors_year(
    director: &Device,
    managers: &[PersonId],
    (span, now): (Span, Instant),
    dice: &Dice,
) -> Result<Vec<Errand>> {
    let worker = Worker {
        territory: Territory::everywhere(),
        clients: DIRECTORS_CLIENTS,
        given: Vec::new(),
        companions: &[],
    };
    let mut year = year(worker, span, &mut Names::new(), dice);
    let open = [Fate::Overdue, Fate::Ahead];
    for manager in managers {
        let set = errands(*manager, DIRECTED, span.every(45), &open, dice);
        year.errands.extend(set);
    }
    let open = [Fate::DueToday, Fate::Ahead];
    let own = errands(director.person(), OWN, span.every(60), &open, dice);
    year.errands.extend(own);
    live(&mut year, director, now, dice).await?;
    director.send().await?;
    Ok(year.errands)
}

/// How many clients each member of a team writes down.
fn shares(team: usize, size: Size) -> Vec<usize> {
    let members = TEAMS.len() * size.members;
    let by_leads = DIRECTORS_CLIENTS + TEAMS.len() * MANAGERS_CLIENTS;
    let given = TEAMS.len() * size.members.min(GIVEN);
    let left = size.clients.saturating_sub(by_leads + given);
    let places = team * size.members..(team + 1) * size.members;
    places
        .map(|place| left / members + usize::from(place < left % members))
        .collect()
}

fn guide(director: &Device, featured: Option<&Featured>) -> Guide {
    let person = |name: &str, person: PersonId| Person {
        name: name.to_owned(),
        code: person.code(),
    };
    let mut people = vec![person(cast::DIRECTOR, director.person())];
    if let Some(featured) = featured {
        people.push(person(TEAMS[0].manager, featured.manager));
        let member = featured.member.map(|id| person(TEAMS[0].members[0], id));
        people.extend(member);
    }
    Guide {
        workspace: director.workspace().to_string(),
        password: PASSWORD.to_owned(),
        people,
    }
}

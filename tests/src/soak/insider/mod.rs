//! People of the workspace who want more than they may, with a client of their own making: no button is
//! hidden from them and no rule is looked up before they send. Against a relay as the process it is.
//!
//! What it leaves out, because the product has not got it yet: a screen of the audit, and an alert when somebody exports
//! in bulk.

mod growth;
mod office;
mod reads;
mod tries;

use std::fmt;

use anyhow::{Result, ensure};
use caravan_sync::relay::LogEntry;

use super::raw;
use super::relay::RelayProgram;
use crate::dice::Dice;
use office::Office;
use tries::Tried;

/// What it came to; everything was denied and on record, or it would not be told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Insider {
    /// Kinds of tries.
    pub kinds: usize,
    pub tries: usize,
    /// Of these, in the log with device, time and reason; the others came under a name that is not the
    /// device's own, and got no place.
    pub kept: usize,
    /// Requests for what is another's, by every cursor and every route.
    pub asked: usize,
    /// Replies looked through.
    pub replies: usize,
}

impl fmt::Display for Insider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            kinds,
            tries,
            kept,
            asked,
            replies,
        } = self;
        write!(
            f,
            "{tries} writes of {kinds} kinds by an account manager, a team manager and an administrator, all denied by \
             the relay, {kept} on record with device, time and reason; {asked} ways of asking for what is \
             another's, {replies} replies, nothing of it in any"
        )
    }
}

/// # Errors
/// What was allowed, is not on record, or was given away.
pub async fn insider(program: &RelayProgram, seed: u64, rounds: usize) -> Result<Insider> {
    let mut office = Office::open(program, &Dice::new(seed)).await?;
    let mut came_to = Insider::default();
    let mut tried = Vec::new();
    for _ in 0..rounds {
        office.work().await?;
        let before = office.seen().await?;
        let now = tries::try_all(&mut office).await?;
        came_to.kinds = now.len();
        tried.extend(now);
        ensure!(
            office.seen().await? == before,
            "an insider has changed something"
        );
        reads::ask_for_all(&mut office, &mut came_to).await?;
    }
    came_to.tries = tried.len();
    let (data, workspace) = office.close()?;
    let log = raw::log(&data.path().join("relay/relay.sqlite"), workspace)?;
    for tried in &tried {
        came_to.kept += usize::from(on_record(tried, &log)?);
    }
    Ok(came_to)
}

/// Whether it has a place in the log; with the reason it was to have, if so.
fn on_record(tried: &Tried, log: &[LogEntry]) -> Result<bool> {
    let own = |entry: &&LogEntry| (entry.device, entry.device_sequence) == tried.number;
    let Some(entry) = log.iter().find(own) else {
        ensure!(!tried.keeps, "{} is not on record", tried.name);
        return Ok(false);
    };
    ensure!(
        entry.refusal == Some(tried.reason) && entry.received_at >= tried.at,
        "{} is on record as {:?}",
        tried.name,
        entry.refusal
    );
    Ok(true)
}

//! People who mean harm and hold something: a key of their own, somebody's old envelopes, cookie or
//! whole profile, or a site that somebody visits. Against a relay as the process it is.
//!
//! What it leaves out: changes that are well signed and rotten inside, as in [`super::frames`].

mod copied;
mod forged;
mod log;
mod origins;
mod scene;
mod stolen;

use std::fmt;

use anyhow::{Result, ensure};

use super::relay::RelayProgram;
use crate::dice::Dice;
use scene::Scene;

/// One copied profile, and one round with a stolen cookie, for so many forged envelopes.
const ENVELOPES_PER_ROUND: usize = 100;

/// What it came to; nothing had an effect and nobody got anything, or it would not be told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Forgers {
    /// Envelopes in the name of another device, or with a change by one.
    pub actors: usize,
    /// Envelopes whose signature does not fit.
    pub signatures: usize,
    /// Old envelopes, again or elsewhere.
    pub replays: usize,
    /// Of all these, kept in the log, each with the reason why it counts for nothing.
    pub kept: usize,
    /// Requests and connections with somebody's cookie.
    pub stolen: usize,
    /// Profiles copied.
    pub copies: usize,
    /// Origins that are not the relay's, and requests from them.
    pub origins: usize,
    pub requests: usize,
}

impl fmt::Display for Forgers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            actors,
            signatures,
            replays,
            kept,
            stolen,
            copies,
            origins,
            requests,
        } = self;
        write!(
            f,
            "{actors} envelopes of a forged actor, {signatures} badly signed and {replays} replayed, all rejected, \
             {kept} of them kept with the reason, 0 with effect; {stolen} tries with a stolen cookie, 0 answered; \
             {copies} copied profiles, each told so at its first push, nothing lost; {origins} hostile origins, \
             {requests} requests, each 403, before the upgrade"
        )
    }
}

/// # Errors
/// What had an effect, or who got in.
pub async fn forgers(program: &RelayProgram, seed: u64, count: usize) -> Result<Forgers> {
    let mut scene = Scene::set(program, &Dice::new(seed)).await?;
    let mut came_to = Forgers::default();
    let before = scene.seen().await?;
    forged::forge(&mut scene, count, &mut came_to).await?;
    ensure!(
        scene.seen().await? == before,
        "a forgery has reached somebody"
    );
    let rounds = count.div_ceil(ENVELOPES_PER_ROUND);
    came_to.stolen = stolen::try_cookie(&scene, rounds).await?;
    ensure!(scene.seen().await? == before, "a thief has written");
    (came_to.origins, came_to.requests) = origins::knock(&scene).await?;
    ensure!(scene.seen().await? == before, "another site has written");
    came_to.copies = copied::copy(&mut scene, rounds).await?;
    scene.close(&mut came_to).await?;
    Ok(came_to)
}

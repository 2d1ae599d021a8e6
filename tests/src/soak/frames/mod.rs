//! Frames that no device would send: real ones, garbled. A million through the codec and the relay's
//! core in this process, some against the real socket.
//!
//! What it leaves out: changes that are well formed and well signed and rotten inside
//! ([`super::mutants`]).

mod core;
mod garble;
mod socket;

use std::fmt;

use anyhow::{Result, ensure};

use super::relay::RelayProgram;
use crate::dice::Dice;

/// More memory than this above the beginning is a leak, in bytes.
const GROWTH_MAX: u64 = 64 << 20;

/// What it came to; nothing panicked and nothing grew beyond measure, or it would not be told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Frames {
    pub in_process: Heard,
    pub over_socket: Heard,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Heard {
    pub frames: u64,
    /// Still frames, and taken to the core.
    pub readable: u64,
    /// Devices that had spoiled their own chain, and were replaced.
    pub forked: u64,
    /// Most memory above the beginning, in bytes.
    pub growth: u64,
}

impl fmt::Display for Frames {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            in_process,
            over_socket,
        } = self;
        write!(
            f,
            "in process {in_process}; against a relay's socket {over_socket}; 0 panics"
        )
    }
}

impl fmt::Display for Heard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            frames,
            readable,
            forked,
            growth,
        } = self;
        let megabytes = growth.div_ceil(1 << 20);
        write!(
            f,
            "{frames} frames ({readable} readable, {forked} devices spoiled), {megabytes} MB growth"
        )
    }
}

impl Heard {
    fn check(&self) -> Result<()> {
        let growth = self.growth;
        ensure!(growth <= GROWTH_MAX, "memory grew by {growth} bytes");
        Ok(())
    }
}

/// # Errors
/// What panicked, or how much memory it took.
pub async fn frames(
    program: &RelayProgram,
    seed: u64,
    in_process: u64,
    over_socket: u64,
) -> Result<Frames> {
    let dice = Dice::new(seed);
    let heard = Frames {
        in_process: core::hear(&dice, in_process)?,
        over_socket: socket::hear(program, &dice, over_socket).await?,
    };
    heard.in_process.check()?;
    heard.over_socket.check()?;
    Ok(heard)
}

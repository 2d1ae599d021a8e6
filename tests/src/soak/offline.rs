//! Thirty days offline.

use anyhow::{Result, anyhow};

use crate::simulator::{Away, away};

/// # Errors
/// What was lost, or where the devices disagree.
pub fn offline(seed: u64, edits: u64) -> Result<Away> {
    away(seed, edits).map_err(|what| anyhow!("seed {seed}: {what}"))
}

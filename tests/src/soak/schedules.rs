//! The simulator, for as many seeds as one likes.

use anyhow::{Result, ensure};

use crate::simulator::{Tally, run_all};

/// # Errors
/// The seeds that failed, and why.
pub fn schedules(seed: u64, count: u64) -> Result<Tally> {
    let played = run_all(seed..seed.saturating_add(count));
    let failed: Vec<_> = played.failed.iter().map(ToString::to_string).collect();
    ensure!(failed.is_empty(), "{}", failed.join("\n"));
    Ok(played.tally)
}

//! Announces what is being done, and how long it took.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// Runs `work` between an announcement and its time.
pub(crate) fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("▸ {name}");
    let start = Instant::now();
    let outcome = work().with_context(|| format!("failed: {name}"))?;
    println!("✓ {name} ({})", spent(start.elapsed()));
    Ok(outcome)
}

/// `4 min 05 s`, `12.3 s`
pub(crate) fn spent(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds < 60 {
        format!("{:.1} s", time.as_secs_f64())
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_appear_from_the_first_one_on() {
        assert_eq!(spent(Duration::from_millis(12_340)), "12.3 s");
        assert_eq!(spent(Duration::from_secs(245)), "4 min 05 s");
    }
}

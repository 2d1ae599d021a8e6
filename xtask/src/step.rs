//! Announces what is being done, and how long it took.

use std::panic::resume_unwind;
use std::thread;
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

/// Does both at once, to the end of both: a compiler at work on one big crate leaves the other cores idle. `other` has what
/// `one`, which takes longer, does not need.
pub(crate) fn beside<A, B: Send>(
    one: impl FnOnce() -> Result<A>,
    other: impl FnOnce() -> Result<B> + Send,
) -> Result<(A, B)> {
    thread::scope(|scope| {
        let other = scope.spawn(|| {
            step_back();
            other()
        });
        let one = one();
        let other = other.join().unwrap_or_else(|panic| resume_unwind(panic));
        Ok((one?, other?))
    })
}

/// What this thread starts goes behind the rest. Elsewhere than on Linux it may be the whole program, which does no harm.
fn step_back() {
    #[cfg(unix)]
    {
        const STEPS: i32 = 10;
        // Only the order would be another.
        let _ = rustix::process::nice(STEPS);
    }
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
    fn both_are_done_and_either_may_fail() {
        assert_eq!(beside(|| Ok(1), || Ok(2)).unwrap(), (1, 2));
        let failed = || anyhow::bail!("failed");
        assert!(beside(|| Ok(1), || -> Result<u8> { failed() }).is_err());
        assert!(beside(|| -> Result<u8> { failed() }, || Ok(2)).is_err());
    }

    #[test]
    fn minutes_appear_from_the_first_one_on() {
        assert_eq!(spent(Duration::from_millis(12_340)), "12.3 s");
        assert_eq!(spent(Duration::from_secs(245)), "4 min 05 s");
    }
}

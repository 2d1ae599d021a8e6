//! How much a process has grown at its largest (Linux).

use anyhow::{Context, Result};

pub(super) struct Memory {
    process: String,
    before: u64,
}

impl Memory {
    /// From now on. `self` is the process that asks.
    pub(super) fn watch(process: impl ToString) -> Result<Self> {
        let process = process.to_string();
        // Sets the peak back to what is in use now (proc(5)).
        std::fs::write(format!("/proc/{process}/clear_refs"), "5")?;
        let before = status(&process, "VmRSS:")?;
        Ok(Self { process, before })
    }

    /// The peak above what was in use in the beginning, in bytes.
    pub(super) fn growth(&self) -> Result<u64> {
        let peak = status(&self.process, "VmHWM:")?;
        Ok(peak.saturating_sub(self.before))
    }
}

/// In bytes.
fn status(process: &str, name: &str) -> Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find(|line| line.starts_with(name));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1));
    let kilobytes = kilobytes.with_context(|| format!("there is no {name}"))?;
    Ok(kilobytes.parse::<u64>()? * 1024)
}

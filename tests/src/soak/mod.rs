//! Soaks: one fault each, as often as it takes to believe the promise that holds against it. Every
//! one prints a figure, or says what did not hold. Short and seeded they run among the tests, in
//! full by `cargo xtask soak NAME`; the last full results stand in `docs/evidence.md`.
//!
//! What it leaves out: power cuts. A process that is killed leaves the system's page cache behind,
//! so that what `fsync` is good for is not shown here.

mod device;
mod erasure;
mod flips;
mod forgers;
mod frames;
mod full_disk;
mod insider;
mod killed;
mod memory;
mod mutants;
mod offline;
mod old_backup;
mod raw;
mod relay;
mod rot;
mod schedules;
mod socket;
mod written;

pub use erasure::{Erasure, erasure};
pub use flips::{Flips, flips};
pub use forgers::{Forgers, forgers};
pub use frames::{Frames, frames};
pub use full_disk::{FullDisk, full_disk};
pub use insider::{Insider, insider};
pub use killed::{Killed, killed};
pub use mutants::{Mutants, mutants};
pub use offline::offline;
pub use old_backup::{OldBackup, old_backup};
pub use relay::RelayProgram;
pub use rot::{Rot, rot};
pub use schedules::schedules;

//! The locked device, and what its person decides about locking. Unlocking itself is the engine's.

mod page;
mod passkey;
mod password;
mod settings;

pub(crate) use page::LockedPage;
pub(crate) use settings::LockSettings;

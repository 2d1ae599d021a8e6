//! A workspace that looks like a team's after a year: people who joined by invitation, their clients,
//! visits and tasks, made by the commands the app runs, in engines that speak to a real relay.
//!
//! All of it follows from a seed and the day, except keys and what the relay draws. It leaves out
//! photos and orders. The relay's own times are those of the filling: only phones can be set back.

mod agenda;
mod cast;
mod client;
mod code;
mod conflict;
mod contact;
mod device;
mod errand;
mod fill;
mod guide;
mod leads;
mod life;
mod pace;
mod platform;
mod relay;
mod team;
mod time;
mod visit;
mod words;
mod year;

pub use device::Device;
pub use fill::{Size, fill};
pub use guide::{Guide, Person};
pub use relay::Relay;

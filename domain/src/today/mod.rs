//! Today: what this person should look at now.

pub mod answer;
mod birthdays;
pub(crate) mod follow_ups;
pub mod reminders;
pub mod view;

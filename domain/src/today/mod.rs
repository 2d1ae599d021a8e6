//! Today: what this person should look at now.

pub mod reminders;
pub mod view;

//! One goal: how far it is, what waits to be signed, its line, parts, updates and versions.

mod decide;
mod facts;
mod layers;
mod page;
mod progress;
mod update;
mod versions;

pub(super) use page::GoalPage;

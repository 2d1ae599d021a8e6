//! People, teams, roles, invitations and devices (R01, R02). All of it is decided by the relay.

pub(crate) mod answer;
mod authority;
pub(crate) mod change;
pub mod decision;
mod devices;
mod invitations;
pub mod query;
mod workspace;

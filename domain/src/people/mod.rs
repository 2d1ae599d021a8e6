//! People, teams, roles, invitations and devices (R01, R02). All of it is decided by the relay.

pub mod decision;
pub mod query;

//! Orders: what a client buys, taken down by whoever looks after the client, accepted or turned
//! down by the order desk (R96, R68).
//!
//! What is ordered is edits; where the order stands is the relay's decision. Left out: approval in
//! tiers, stock and delivery.

pub mod answer;
pub mod command;
pub mod decision;
pub mod digest;
pub mod draft;
pub mod list;
pub mod record;
pub(crate) mod returned;
pub mod rights;
pub mod row;
pub(crate) mod sales;
pub mod standings;

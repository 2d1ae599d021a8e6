//! Handing over (R02, U6): a decision of the relay moves clients from one person to others, whole or not at all. With each client goes
//! a capsule, open tasks and planned visits follow, and whoever leaves loses every device in the same moment.
//!
//! What a handover writes into documents rests on the decision: each of its changes writes at a place that is its
//! author's only once the relay has taken the decision, so that a refused one leaves nothing behind.

pub(crate) mod answer;
pub mod capsule;
pub mod command;
pub mod decision;
pub(crate) mod rights;
pub mod row;
mod suggest;
pub mod view;

//! Surveys (R09, R59, R61): a client says how content they are with whoever looks after them, on a phone of their own and by a link that works once. A
//! device only issues links. What comes back is taken by the relay itself and becomes facts ([`taking`]): no device can make an answer up.
//!
//! Left out: questions of a workspace's own making, and tickets that a low answer opens.

pub(crate) mod answer;
pub mod decision;
pub mod list;
pub mod record;
pub mod rights;
pub mod taking;

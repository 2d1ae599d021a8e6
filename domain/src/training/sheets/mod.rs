//! Role plays and drills that are scored: what is looked at, and what somebody reached (R32).
//!
//! Points are decided by the relay, which knows the sheet and who may score whom; remarks are what people write, and
//! lie with the reviews of the person they are about.

pub mod answer;
pub mod command;
pub mod decision;
pub mod remarks;
pub mod view;

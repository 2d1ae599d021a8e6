//! Agreements: what people sign before they work with clients, its versions, who signed which, and what waits for it
//! (R74, R80).
//!
//! A text lies in the company's document, where everybody reads it; a version is never rewritten. What is required of whom
//! and who has signed which version is decided by the relay: a signature opens the way to client data
//! (`docs/decisions/0019-client-data-waits-for-a-signature.md`).

pub mod answer;
pub mod command;
pub mod decision;
pub(crate) mod rights;
pub mod row;
pub mod standing;
pub mod text;
pub mod view;
pub mod written;

//! Documents from outside: edits in, trees out, merging, and bytes that mean harm.
#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod edits;
mod examining;
mod fields;
mod hostile;
mod managers;
mod merging;
mod pay;
mod support;

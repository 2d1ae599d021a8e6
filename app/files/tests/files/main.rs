//! Lists read and written as whole files, and the conversation with the worker.
#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod hostile;
mod manifest;
mod reading;
mod support;
mod worker;
mod writing;

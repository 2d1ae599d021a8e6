//! Automerge panics on some changes that are well formed and make no sense (about one in fifteen
//! random ones). Nothing of that may leave this crate where panics unwind; where they abort, as
//! in the browser, the engine's worker is started anew and what did it is quarantined.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::error::DocumentError;

/// Runs `work`; a panic inside becomes [`DocumentError::Damaged`]. What `work` was changing must
/// not be used afterwards.
pub(crate) fn guard<T>(
    work: impl FnOnce() -> Result<T, DocumentError>,
) -> Result<T, DocumentError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(DocumentError::Damaged))
}

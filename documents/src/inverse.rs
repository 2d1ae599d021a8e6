//! What undoes edits.

use caravan_domain::edit::{Edit, Operation};

use crate::document::Document;
use crate::error::DocumentError;
use crate::view;

impl Document {
    /// The edits that lead back from `edits`, if nothing else is written in between; ask before
    /// they are committed. Whether that is still so, and still allowed, is the caller's question.
    ///
    /// # Errors
    /// `Damaged`, of a document that was.
    pub fn inverse(&self, edits: &[Edit]) -> Result<Vec<Edit>, DocumentError> {
        self.read(|inner| {
            // Backwards, so that of two edits in one place the first one's undoing comes last.
            edits
                .iter()
                .rev()
                .map(|edit| {
                    let before = view::shown(inner, &view::resolve(inner, &edit.path)?, 0)?;
                    Ok(Edit {
                        document: edit.document,
                        path: edit.path.clone(),
                        operation: before.map_or(Operation::Delete, Operation::Put),
                    })
                })
                .collect()
        })
    }
}

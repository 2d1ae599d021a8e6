//! A document in the fewest bytes, for a device that has nothing of it.

use crate::document::Document;
use crate::error::DocumentError;

impl Document {
    /// For [`Document::load`]: plain changes while there are few of them, then a saved document.
    /// Plain changes leave the genesis out, and in a frame with many documents they deflate
    /// against each other.
    ///
    /// # Errors
    /// `Damaged`, of a document that was.
    pub fn snapshot(&self) -> Result<Vec<u8>, DocumentError> {
        let mut plain = Vec::new();
        for change in self.changes_since_genesis()? {
            plain.extend(change.bytes);
        }
        let saved = self.save()?;
        Ok(if plain.len() <= saved.len() {
            plain
        } else {
            saved
        })
    }
}

//! Edits: what a command wants changed in documents, as values. The `documents` crate turns the
//! edits of one command into one Automerge change per document.

use serde::{Deserialize, Serialize};

use crate::document::DocumentId;
use crate::value::Value;

/// Steps from the root of a document, outermost first.
pub type Path = Vec<String>;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Edit {
    pub document: DocumentId,
    pub path: Path,
    pub operation: Operation,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Operation {
    /// Writes the value; a map is written whole, as a new map. `Value::Prose` splices: only the
    /// letters that differ are written, so that two people's paragraphs both survive.
    Put(Value),
    Delete,
}

impl Edit {
    pub fn put(document: impl Into<DocumentId>, path: &[&str], value: impl Into<Value>) -> Self {
        Self {
            document: document.into(),
            path: path_of(path),
            operation: Operation::Put(value.into()),
        }
    }

    pub fn delete(document: impl Into<DocumentId>, path: &[&str]) -> Self {
        Self {
            document: document.into(),
            path: path_of(path),
            operation: Operation::Delete,
        }
    }

    /// Puts a value that is there, deletes one that is not.
    pub fn set(
        document: impl Into<DocumentId>,
        path: &[&str],
        value: Option<impl Into<Value>>,
    ) -> Self {
        match value {
            Some(value) => Self::put(document, path, value),
            None => Self::delete(document, path),
        }
    }
}

#[must_use]
pub fn path_of(steps: &[&str]) -> Path {
    steps.iter().map(|step| (*step).to_owned()).collect()
}

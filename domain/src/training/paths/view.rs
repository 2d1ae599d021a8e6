//! What is shown of paths.

use serde::{Deserialize, Serialize};

use crate::id::{CourseId, PathId, PersonId};
use crate::training::paths::decision::Path;
use crate::training::standing::Standing;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PathsView {
    /// By kind, then by title.
    pub paths: Vec<PathFile>,
    /// What paths can be made of.
    pub courses: Vec<(CourseId, String)>,
    pub may_run: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PathFile {
    pub id: PathId,
    pub path: Path,
    /// Its courses in their order, with the asker's own standing.
    pub steps: Vec<PathStep>,
    /// Where the asker is; `None` when it is not meant for them.
    pub mine: Option<PathProgress>,
    /// Those whom the asker answers for and whom it is meant for, by name.
    pub people: Vec<PathPerson>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PathStep {
    pub course: CourseId,
    pub title: String,
    pub standing: Standing,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PathProgress {
    pub passed: u16,
    pub of: u16,
    pub next: Option<PathStep>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PathPerson {
    pub person: PersonId,
    pub name: String,
    pub progress: PathProgress,
    /// As many as there are courses, in their order.
    pub standings: Vec<Standing>,
}

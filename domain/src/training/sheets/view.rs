//! What is shown of scores.

use serde::{Deserialize, Serialize};

use crate::id::{CourseId, LessonId, PersonId, ScoreId};
use crate::time::Instant;

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ScoreLine {
    pub id: ScoreId,
    pub person: PersonId,
    pub course: CourseId,
    pub course_title: String,
    pub lesson: LessonId,
    pub title: String,
    pub by_name: String,
    pub at: Instant,
    pub parts: Vec<ScorePart>,
    pub reached: u16,
    pub of: u16,
    pub overall: String,
    pub passed: bool,
    /// Not yet by the relay's word.
    pub provisional: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ScorePart {
    pub criterion: String,
    pub reached: u8,
    pub of: u8,
    pub remark: String,
}

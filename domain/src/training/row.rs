//! What lists need of courses and of what was learned.

use serde::{Deserialize, Serialize};

use crate::id::CourseId;
use crate::training::course::{Course, Topic};
use crate::training::learned::Learned;
use crate::value::Value;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourseRow {
    pub id: CourseId,
    pub title: String,
    pub topic: Topic,
    pub lessons: u16,
    pub questions: u16,
    pub archived: bool,
}

#[must_use]
pub fn courses(tree: &Value) -> Vec<CourseRow> {
    let count = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
    Course::read_all(tree)
        .into_iter()
        .map(|course| CourseRow {
            lessons: count(course.lessons.len()),
            questions: count(course.questions.len()),
            id: course.id,
            title: course.title,
            topic: course.topic,
            archived: course.archived,
        })
        .collect()
}

#[must_use]
pub fn learned(tree: &Value) -> Vec<Learned> {
    Learned::read_all(tree)
}

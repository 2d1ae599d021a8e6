//! Questions about training and their answers.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::id::{CourseId, LessonId, PersonId};
use crate::mark::Mark;
use crate::training::course::{Course, Topic};
use crate::training::decision::{Certificate, CourseRule};
use crate::training::learned::{Answers, Learned};
use crate::training::standing::Standing;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TrainingView {
    /// What is overdue first, then what is due, the soonest first, then what is open, then what was passed.
    pub courses: Vec<CourseLine>,
    pub archived: Vec<CourseLine>,
    /// Those whom the asker answers for, whoever is most behind first.
    pub people: Vec<PersonTraining>,
    /// Whether the asker writes courses and says what is required.
    pub may_run: bool,
    /// The asker is given no new clients until they have caught up.
    pub held_back: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CourseLine {
    pub id: CourseId,
    pub title: String,
    pub topic: Topic,
    pub lessons: u16,
    pub lessons_read: u16,
    pub questions: u16,
    /// The asker's own.
    pub standing: Standing,
    /// Passed on this device and not yet by the relay's word.
    pub provisional: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PersonTraining {
    pub person: PersonId,
    pub name: String,
    pub required: u16,
    pub passed: u16,
    pub overdue: u16,
    pub held_back: bool,
}

/// One course opened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CourseFile {
    pub course: Course,
    pub rule: CourseRule,
    /// The asker's own.
    pub standing: Standing,
    pub certificate: Option<Certificate>,
    pub provisional: bool,
    pub read: BTreeSet<LessonId>,
    /// The asker's tries of the quiz, the latest first.
    pub tries: Vec<Learned>,
    /// What was ticked in the latest.
    pub answers: Answers,
    /// Those whom the asker answers for and who have to take it or have passed it.
    pub people: Vec<(PersonId, String, Standing)>,
    pub may_run: bool,
    pub mark: Mark,
}

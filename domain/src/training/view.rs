//! Questions about training and their answers.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::id::{CourseId, LessonId, PersonId};
use crate::mark::Mark;
use crate::training::classes::view::ClassLine;
use crate::training::course::{Course, Topic};
use crate::training::decision::{Certificate, CourseRule};
use crate::training::learned::{Answers, Learned};
use crate::training::paths::view::PathProgress;
use crate::training::required::Required;
use crate::training::sheets::decision::Sheet;
use crate::training::sheets::view::ScoreLine;
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
    /// Paths meant for the asker, by title.
    pub paths: Vec<(String, PathProgress)>,
    /// Whether there is any path at all, or the asker may lay one.
    pub has_paths: bool,
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
    /// Nothing is missing for the certificate but that the asker takes it.
    pub ready: bool,
    /// The quiz was passed, and a role play was not.
    pub waits: bool,
    /// By what lessons are scored.
    pub sheets: BTreeMap<LessonId, Sheet>,
    /// The asker's own, the latest first.
    pub scores: Vec<ScoreLine>,
    /// Still to come, of those that concern the asker.
    pub classes: Vec<ClassLine>,
    pub may_hold: bool,
}

/// How far one person is with everything that is asked of them, and what others said of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PersonTrainingFile {
    pub person: PersonId,
    pub name: String,
    /// Asked or passed, the most urgent first.
    pub courses: Vec<AskedLine>,
    /// What else there is, to be required or scored.
    pub others: Vec<(CourseId, String)>,
    /// The latest first.
    pub scores: Vec<ScoreLine>,
    /// Their seats, the latest first.
    pub classes: Vec<ClassLine>,
    /// That are meant for the person.
    pub paths: Vec<(String, PathProgress)>,
    /// Lessons with a sheet.
    pub scored: Vec<ScoredLesson>,
    /// Whether the asker requires courses of this person and scores them.
    pub answers_for: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedLine {
    pub course: CourseId,
    pub title: String,
    pub standing: Standing,
    /// Of this person alone, and by whom.
    pub required: Option<(Required, String)>,
    pub provisional: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScoredLesson {
    pub course: CourseId,
    pub course_title: String,
    pub lesson: LessonId,
    pub sheet: Sheet,
    pub passed: bool,
}

//! What a person has learned: `training/{id}` in their document. Each entry is written once.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::id::{CourseId, LessonId, QuestionId};
use crate::time::Instant;
use crate::training::course::{Course, places};
use crate::value::Value;

/// What was ticked, by question.
pub type Answers = BTreeMap<QuestionId, Vec<u8>>;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Learned {
    pub course: CourseId,
    pub at: Instant,
    pub what: What,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum What {
    Lesson(LessonId),
    /// So many questions right, of so many.
    Quiz {
        right: u16,
        of: u16,
    },
}

impl Learned {
    /// `None` when it is of a kind that this version does not know.
    #[must_use]
    pub fn read(entry: &Value) -> Option<Self> {
        let count = |place| u16::try_from(entry.int(&[place])?).ok();
        let what = match entry.text(&["kind"])? {
            "lesson" => What::Lesson(entry.parsed(&["lesson"])?),
            "quiz" => What::Quiz {
                right: count("right")?,
                of: count("of")?,
            },
            _ => return None,
        };
        Some(Self {
            course: entry.parsed(&["course"])?,
            at: entry.instant(&["at"])?,
            what,
        })
    }

    #[must_use]
    pub fn read_all(tree: &Value) -> Vec<Self> {
        tree.entries(&["training"])
            .filter_map(|(_, entry)| Self::read(entry))
            .collect()
    }
}

/// Lessons of the course that were gone through.
#[must_use]
pub fn lessons_of(course: CourseId, learned: &[Learned]) -> BTreeSet<LessonId> {
    learned
        .iter()
        .filter(|entry| entry.course == course)
        .filter_map(|entry| match entry.what {
            What::Lesson(lesson) => Some(lesson),
            What::Quiz { .. } => None,
        })
        .collect()
}

/// How many of the course's questions are answered right: all that is right was ticked, and nothing else.
#[must_use]
pub fn grade(course: &Course, answers: &Answers) -> u16 {
    let right = course.questions.iter().filter(|(id, question)| {
        let ticked: BTreeSet<_> = answers.get(id).into_iter().flatten().collect();
        ticked.into_iter().eq(&question.right)
    });
    u16::try_from(right.count()).unwrap_or(u16::MAX)
}

/// As it is stored, for whoever wants to see later what was ticked: `id:0 2` a line.
pub(crate) fn written(answers: &Answers) -> String {
    let lines = answers
        .iter()
        .map(|(question, ticked)| format!("{question}:{}", super::course::written(ticked)));
    lines.collect::<Vec<_>>().join("\n")
}

/// What was ticked in the latest try of the course.
#[must_use]
pub fn latest_answers(course: CourseId, tree: &Value) -> Answers {
    let tries = tree.entries(&["training"]).filter(|(_, entry)| {
        entry.text(&["kind"]) == Some("quiz") && entry.parsed(&["course"]) == Some(course)
    });
    let latest = tries.max_by_key(|(_, entry)| entry.instant(&["at"]));
    let text = latest.map(|(_, entry)| entry.string(&["answers"]));
    let lines = text.iter().flat_map(|text| text.lines());
    lines
        .filter_map(|line| {
            let (question, ticked) = line.split_once(':')?;
            Some((question.parse().ok()?, places(ticked, usize::from(u8::MAX))))
        })
        .collect()
}

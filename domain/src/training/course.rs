//! A course as a record: `courses/{id}` with `lessons/{id}` and `questions/{id}`. Both are in the order in
//! which they were added.

use serde::{Deserialize, Serialize};

use crate::clients::record::words;
use crate::id::{CourseId, LessonId, PersonId, QuestionId};
use crate::time::Instant;
use crate::value::Value;

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum Topic {
    /// 产品知识
    #[default]
    Product,
    /// 销售技巧
    Sales,
    /// 公司制度
    Rules,
    /// 法律与职业道德
    Ethics,
    /// 飞单案例
    Diversion,
    /// 身心健康
    Wellbeing,
    Other,
}

words!(Topic {
    Product = "product",
    Sales = "sales",
    Rules = "rules",
    Ethics = "ethics",
    Diversion = "diversion",
    Wellbeing = "wellbeing",
    Other = "other",
});

/// How a lesson is learned (R31).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum Mode {
    #[default]
    Reading,
    Video,
    Class,
    RolePlay,
    Drill,
    Case,
    External,
}

words!(Mode {
    Reading = "reading",
    Video = "video",
    Class = "class",
    RolePlay = "role-play",
    Drill = "drill",
    Case = "case",
    External = "external",
});

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CourseDraft {
    pub title: String,
    pub topic: Topic,
    pub about: String,
    pub lessons: Vec<LessonDraft>,
    pub questions: Vec<QuestionDraft>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LessonDraft {
    pub title: String,
    pub mode: Mode,
    pub text: String,
    /// Where more of it is: a video, a page. Blank for none.
    pub link: String,
}

/// One question with what can be answered; several of them may be right.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct QuestionDraft {
    pub text: String,
    pub choices: Vec<String>,
    /// Positions among the choices, rising.
    pub right: Vec<u8>,
    /// Shown once it was answered.
    pub why: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Course {
    pub id: CourseId,
    pub title: String,
    pub topic: Topic,
    pub about: String,
    pub lessons: Vec<(LessonId, LessonDraft)>,
    pub questions: Vec<(QuestionId, QuestionDraft)>,
    pub created_by: PersonId,
    pub created_at: Instant,
    pub archived: bool,
}

impl Course {
    /// `None` when the entry lacks what every course has: who wrote it and when.
    #[must_use]
    pub fn read(key: &str, entry: &Value) -> Option<Self> {
        Some(Self {
            id: key.parse().ok()?,
            title: entry.string(&["title"]),
            topic: entry.parsed(&["topic"]).unwrap_or_default(),
            about: entry.string(&["about"]),
            lessons: entry
                .entries(&["lessons"])
                .filter_map(|(key, entry)| Some((key.parse().ok()?, lesson(entry))))
                .collect(),
            questions: entry
                .entries(&["questions"])
                .filter_map(|(key, entry)| Some((key.parse().ok()?, question(entry)?)))
                .collect(),
            created_by: entry.parsed(&["created_by"])?,
            created_at: entry.instant(&["created_at"])?,
            archived: entry.at(&["archived_at"]).is_some(),
        })
    }

    #[must_use]
    pub fn find(course: CourseId, tree: &Value) -> Option<Self> {
        let key = course.to_string();
        Self::read(&key, tree.at(&["courses", &key])?)
    }

    #[must_use]
    pub fn read_all(tree: &Value) -> Vec<Self> {
        tree.entries(&["courses"])
            .filter_map(|(key, entry)| Self::read(key, entry))
            .collect()
    }
}

fn lesson(entry: &Value) -> LessonDraft {
    LessonDraft {
        title: entry.string(&["title"]),
        mode: entry.parsed(&["mode"]).unwrap_or_default(),
        text: entry.string(&["text"]),
        link: entry.string(&["link"]),
    }
}

/// `None` for one that nobody could answer.
fn question(entry: &Value) -> Option<QuestionDraft> {
    let choices: Vec<_> = entry
        .text(&["choices"])?
        .lines()
        .map(str::to_owned)
        .collect();
    let right = places(&entry.string(&["right"]), choices.len());
    (!right.is_empty()).then(|| QuestionDraft {
        text: entry.string(&["text"]),
        choices,
        right,
        why: entry.string(&["why"]),
    })
}

/// Places of choices as they are stored: `0 2`. Rising, each once, and none that is not there.
pub(crate) fn places(written: &str, choices: usize) -> Vec<u8> {
    let mut places: Vec<u8> = written
        .split(' ')
        .filter_map(|place| place.parse().ok())
        .filter(|place| usize::from(*place) < choices)
        .collect();
    places.sort_unstable();
    places.dedup();
    places
}

pub(crate) fn written(places: &[u8]) -> String {
    let places: Vec<_> = places.iter().map(u8::to_string).collect();
    places.join(" ")
}

//! Writing courses: what goes where in the company's document.

use crate::command::{CommandError, Context, Outcome, RecordRef};
use crate::document::DocumentId;
use crate::edit::Edit;
use crate::id::{CourseId, Id, LessonId};
use crate::training::checks::{check_course, check_lesson, checked_question, must_have_room};
use crate::training::command::stored;
use crate::training::course::{CourseDraft, LessonDraft, QuestionDraft, written};
use crate::value::{Map, Value, filled, map_of};

/// A place in a course.
pub(super) struct Place(Vec<String>);

pub(super) fn place(course: CourseId, steps: &[&str]) -> Place {
    let course = course.to_string();
    let path = ["courses", &course]
        .into_iter()
        .chain(steps.iter().copied());
    Place(path.map(str::to_owned).collect())
}

impl Place {
    fn steps(&self) -> Vec<&str> {
        self.0.iter().map(String::as_str).collect()
    }

    pub(super) fn put(&self, value: impl Into<Value>) -> Edit {
        Edit::put(DocumentId::COMPANY, &self.steps(), value)
    }

    pub(super) fn set(&self, value: Option<impl Into<Value>>) -> Edit {
        Edit::set(DocumentId::COMPANY, &self.steps(), value)
    }
}

pub(super) fn add_course(
    draft: &CourseDraft,
    cx: &mut Context<'_>,
) -> Result<Outcome, CommandError> {
    check_course(draft)?;
    must_have_room(
        draft
            .lessons
            .len()
            .max(draft.questions.len())
            .saturating_sub(1),
    )?;
    let ids = cx.mint_in_order(1 + draft.lessons.len() + draft.questions.len());
    let (course, parts) = ids.split_first().ok_or(CommandError::NotFound)?;
    let (for_lessons, for_questions) = parts.split_at(draft.lessons.len());
    let mut lessons = Map::new();
    for (id, lesson) in for_lessons.iter().zip(&draft.lessons) {
        check_lesson(lesson)?;
        lessons.insert(id.to_string(), lesson_map(lesson).into());
    }
    let mut questions = Map::new();
    for (id, question) in for_questions.iter().zip(&draft.questions) {
        let question = checked_question(question.clone())?;
        questions.insert(id.to_string(), question_map(&question).into());
    }
    let course = CourseId(*course);
    let entry = map_of([
        ("title", filled(&draft.title)),
        ("topic", Some(draft.topic.word().into())),
        ("about", Some(Value::Prose(draft.about.clone()))),
        ("lessons", Some(lessons.into())),
        ("questions", Some(questions.into())),
        ("created_by", Some(cx.me.to_string().into())),
        ("created_at", Some(cx.now.into())),
    ]);
    Ok(Outcome {
        created: Some(RecordRef::Course(course)),
        ..Outcome::of([place(course, &[]).put(entry)])
    })
}

pub(super) fn change_course(
    course: CourseId,
    before: &CourseDraft,
    after: &CourseDraft,
    cx: &Context<'_>,
) -> Result<Outcome, CommandError> {
    check_course(after)?;
    stored(course, cx)?;
    let mut edits = Vec::new();
    if before.title.trim() != after.title.trim() {
        edits.push(place(course, &["title"]).put(after.title.trim()));
    }
    if before.topic != after.topic {
        edits.push(place(course, &["topic"]).put(after.topic.word()));
    }
    if before.about != after.about {
        edits.push(place(course, &["about"]).put(Value::Prose(after.about.clone())));
    }
    Ok(Outcome::of(edits))
}

pub(super) fn change_lesson(
    course: CourseId,
    lesson: LessonId,
    before: &LessonDraft,
    after: &LessonDraft,
    cx: &Context<'_>,
) -> Result<Outcome, CommandError> {
    check_lesson(after)?;
    let known = stored(course, cx)?;
    let there = known.lessons.iter().any(|(id, _)| *id == lesson);
    there.then_some(()).ok_or(CommandError::NotFound)?;
    let id = lesson.to_string();
    let at = |field| place(course, &["lessons", &id, field]);
    let mut edits = Vec::new();
    if before.title.trim() != after.title.trim() {
        edits.push(at("title").put(after.title.trim()));
    }
    if before.mode != after.mode {
        edits.push(at("mode").put(after.mode.word()));
    }
    if before.text != after.text {
        edits.push(at("text").put(Value::Prose(after.text.clone())));
    }
    if before.link.trim() != after.link.trim() {
        edits.push(at("link").set(filled(&after.link)));
    }
    Ok(Outcome::of(edits))
}

pub(super) fn remove(
    course: CourseId,
    list: &str,
    id: Id,
    cx: &Context<'_>,
) -> Result<Outcome, CommandError> {
    let (course_key, key) = (course.to_string(), id.to_string());
    let path = ["courses", &course_key, list, &key];
    let there = cx.document(DocumentId::COMPANY)?.at(&path);
    there.ok_or(CommandError::NotFound)?;
    Ok(Outcome::of([Edit::delete(DocumentId::COMPANY, &path)]))
}

pub(super) fn lesson_map(lesson: &LessonDraft) -> Map {
    map_of([
        ("title", filled(&lesson.title)),
        ("mode", Some(lesson.mode.word().into())),
        ("text", Some(Value::Prose(lesson.text.clone()))),
        ("link", filled(&lesson.link)),
    ])
}

pub(super) fn question_map(question: &QuestionDraft) -> Map {
    map_of([
        ("text", filled(&question.text)),
        ("choices", Some(question.choices.join("\n").into())),
        ("right", Some(written(&question.right).into())),
        ("why", filled(&question.why)),
    ])
}

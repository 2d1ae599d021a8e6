//! What people do about courses.

use serde::{Deserialize, Serialize};

use crate::command::{CommandError, Context, Field, Outcome, RecordRef};
use crate::decision::Decision;
use crate::document::DocumentId;
use crate::edit::Edit;
use crate::fold::is_blank;
use crate::id::{ClassId, CourseId, Id, LessonId, PathId, PersonId, QuestionId};
use crate::time::Day;
use crate::training::classes::decision::{ClassDecision, ClassPlan};
use crate::training::course::{Course, CourseDraft, LessonDraft, QuestionDraft, written};
use crate::training::decision::{CourseRule, TrainingDecision};
use crate::training::done::{
    is_ready, is_said_by_others, is_whole, lessons_done, passing_try, would_count,
};
use crate::training::learned::{Answers, Learned, grade};
use crate::training::library::command::LibraryCommand;
use crate::training::paths::decision::Path;
use crate::training::sheets::command::{ScoreDraft, score};
use crate::training::sheets::decision::{Sheet, is_simulated};
use crate::value::{Map, Value, filled, map_of};

/// Titles, choices and links, in characters.
pub const TITLE_MAX: usize = 200;
/// Lessons and explanations, in characters.
pub const TEXT_MAX: usize = 20_000;
/// Lessons or questions of one course.
pub const PARTS_MAX: usize = 200;
/// Choices of one question.
pub const CHOICES_MAX: usize = 10;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum TrainingCommand {
    AddCourse(CourseDraft),
    /// Writes what differs of the course's own fields; lessons and questions have commands of their own.
    ChangeCourse {
        course: CourseId,
        before: CourseDraft,
        after: CourseDraft,
    },
    /// Nobody is offered it any more; what was learned and passed stays.
    SetArchived {
        course: CourseId,
        archived: bool,
    },
    AddLesson {
        course: CourseId,
        lesson: LessonDraft,
    },
    ChangeLesson {
        course: CourseId,
        lesson: LessonId,
        before: LessonDraft,
        after: LessonDraft,
    },
    RemoveLesson {
        course: CourseId,
        lesson: LessonId,
    },
    AddQuestion {
        course: CourseId,
        question: QuestionDraft,
    },
    /// Written whole: its parts make sense together only.
    ChangeQuestion {
        course: CourseId,
        question: QuestionId,
        after: QuestionDraft,
    },
    RemoveQuestion {
        course: CourseId,
        question: QuestionId,
    },
    SetRule {
        course: CourseId,
        rule: CourseRule,
    },
    /// Of a course without questions, the last lesson passes it.
    ReadLesson {
        course: CourseId,
        lesson: LessonId,
    },
    AnswerQuiz {
        course: CourseId,
        answers: Answers,
    },
    /// Of one person, by the end of a day.
    Require {
        person: PersonId,
        course: CourseId,
        #[serde(with = "crate::calendar::written")]
        due: Day,
    },
    Release {
        person: PersonId,
        course: CourseId,
    },
    HoldClass(ClassPlan),
    Class {
        class: ClassId,
        decision: ClassDecision,
    },
    SetSheet {
        course: CourseId,
        lesson: LessonId,
        sheet: Option<Sheet>,
    },
    Score(ScoreDraft),
    /// `None` for a path that is new.
    SetPath {
        path: Option<PathId>,
        plan: Option<Path>,
    },
    /// Takes the certificate once nothing of the course is missing.
    Finish(CourseId),
    Library(LibraryCommand),
}

impl TrainingCommand {
    #[must_use]
    pub fn reads(&self, me: PersonId) -> Vec<DocumentId> {
        match self {
            Self::AddCourse(_)
            | Self::SetRule { .. }
            | Self::Require { .. }
            | Self::Release { .. }
            | Self::HoldClass(_)
            | Self::Class { .. }
            | Self::SetSheet { .. }
            | Self::SetPath { .. } => Vec::new(),
            Self::Score(draft) => vec![DocumentId::reviews(draft.person)],
            // What one has learned before counts as well.
            Self::ReadLesson { .. } | Self::AnswerQuiz { .. } | Self::Finish(_) => {
                vec![DocumentId::COMPANY, me.into()]
            }
            _ => vec![DocumentId::COMPANY],
        }
    }

    pub(crate) fn run(self, cx: &mut Context<'_>) -> Result<Outcome, CommandError> {
        match self {
            Self::AddCourse(draft) => add_course(&draft, cx),
            Self::ChangeCourse {
                course,
                before,
                after,
            } => change_course(course, &before, &after, cx),
            Self::SetArchived { course, archived } => {
                stored(course, cx)?;
                let at = archived.then_some(cx.now);
                Ok(Outcome::of([place(course, &["archived_at"]).set(at)]))
            }
            Self::AddLesson { course, lesson } => {
                check_lesson(&lesson)?;
                let known = stored(course, cx)?;
                must_have_room(known.lessons.len())?;
                let id = cx.ids.mint().to_string();
                let edit = place(course, &["lessons", &id]).put(lesson_map(&lesson));
                Ok(Outcome::of([edit]))
            }
            Self::ChangeLesson {
                course,
                lesson,
                before,
                after,
            } => change_lesson(course, lesson, &before, &after, cx),
            Self::RemoveLesson { course, lesson } => remove(course, "lessons", lesson.0, cx),
            Self::AddQuestion { course, question } => {
                let question = checked_question(question)?;
                let known = stored(course, cx)?;
                must_have_room(known.questions.len())?;
                let id = cx.ids.mint().to_string();
                let edit = place(course, &["questions", &id]).put(question_map(&question));
                Ok(Outcome::of([edit]))
            }
            Self::ChangeQuestion {
                course,
                question,
                after,
            } => {
                let after = checked_question(after)?;
                let known = stored(course, cx)?;
                let there = known.questions.iter().any(|(id, _)| *id == question);
                there.then_some(()).ok_or(CommandError::NotFound)?;
                let id = question.to_string();
                let edit = place(course, &["questions", &id]).put(question_map(&after));
                Ok(Outcome::of([edit]))
            }
            Self::RemoveQuestion { course, question } => {
                remove(course, "questions", question.0, cx)
            }
            Self::SetRule { course, rule } => Ok(decided(TrainingDecision::Rule { course, rule })),
            Self::ReadLesson { course, lesson } => read_lesson(course, lesson, cx),
            Self::AnswerQuiz { course, answers } => answer_quiz(course, &answers, cx),
            Self::Require {
                person,
                course,
                due,
            } => Ok(decided(TrainingDecision::Require {
                person,
                course,
                due,
            })),
            Self::Release { person, course } => {
                Ok(decided(TrainingDecision::Release { person, course }))
            }
            Self::HoldClass(plan) => hold_class(plan, cx),
            Self::Class { class, decision } => {
                Ok(decided(TrainingDecision::Class { class, decision }))
            }
            Self::SetSheet {
                course,
                lesson,
                sheet,
            } => set_sheet(course, lesson, sheet),
            Self::Score(draft) => score(draft, cx),
            Self::SetPath { path, plan } => set_path(path, plan, cx),
            Self::Finish(course) => finish(course, cx),
            Self::Library(command) => command.run(cx),
        }
    }
}

/// A place in a course.
struct Place(Vec<String>);

fn place(course: CourseId, steps: &[&str]) -> Place {
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

    fn put(&self, value: impl Into<Value>) -> Edit {
        Edit::put(DocumentId::COMPANY, &self.steps(), value)
    }

    fn set(&self, value: Option<impl Into<Value>>) -> Edit {
        Edit::set(DocumentId::COMPANY, &self.steps(), value)
    }
}

fn decided(decision: TrainingDecision) -> Outcome {
    Outcome {
        decisions: vec![Decision::Training(decision)],
        ..Outcome::default()
    }
}

fn add_course(draft: &CourseDraft, cx: &mut Context<'_>) -> Result<Outcome, CommandError> {
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

fn change_course(
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

fn change_lesson(
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

fn remove(course: CourseId, list: &str, id: Id, cx: &Context<'_>) -> Result<Outcome, CommandError> {
    let (course_key, key) = (course.to_string(), id.to_string());
    let path = ["courses", &course_key, list, &key];
    let there = cx.document(DocumentId::COMPANY)?.at(&path);
    there.ok_or(CommandError::NotFound)?;
    Ok(Outcome::of([Edit::delete(DocumentId::COMPANY, &path)]))
}

fn read_lesson(
    course: CourseId,
    lesson: LessonId,
    cx: &mut Context<'_>,
) -> Result<Outcome, CommandError> {
    let known = stored(course, cx)?;
    let there = known.lessons.iter().find(|(id, _)| *id == lesson);
    let (_, draft) = there.ok_or(CommandError::NotFound)?;
    if is_said_by_others(course, lesson, draft, cx.facts) {
        return Err(CommandError::NotAllowed);
    }
    let mut done = lessons_done(cx.me, course, &learned(cx), cx.facts);
    let mut outcome = Outcome::default();
    if done.insert(lesson) {
        let entry = map_of([
            ("kind", Some("lesson".into())),
            ("course", Some(course.to_string().into())),
            ("lesson", Some(lesson.to_string().into())),
            ("by", Some(cx.me.to_string().into())),
            ("at", Some(cx.now.into())),
        ]);
        outcome = learn(entry, cx);
    }
    let counts = would_count(cx.me, course, cx.facts, cx.now);
    let whole = is_whole(&known, &done) && is_simulated(cx.me, course, cx.facts);
    if known.questions.is_empty() && whole && counts {
        outcome.decisions.push(passed(course, 0, 0));
    }
    Ok(outcome)
}

fn answer_quiz(
    course: CourseId,
    answers: &Answers,
    cx: &mut Context<'_>,
) -> Result<Outcome, CommandError> {
    let known = stored(course, cx)?;
    let answered = known.questions.iter().all(|(id, question)| {
        let ticked = answers.get(id);
        ticked.is_some_and(|ticked| {
            !ticked.is_empty()
                && ticked
                    .iter()
                    .all(|it| usize::from(*it) < question.choices.len())
        })
    });
    if known.questions.is_empty() || !answered {
        return Err(CommandError::blank(Field::Answers));
    }
    let of = u16::try_from(known.questions.len()).unwrap_or(u16::MAX);
    let right = grade(&known, answers);
    let entry = map_of([
        ("kind", Some("quiz".into())),
        ("course", Some(course.to_string().into())),
        ("right", Some(i64::from(right).into())),
        ("of", Some(i64::from(of).into())),
        ("answers", Some(super::learned::written(answers).into())),
        ("by", Some(cx.me.to_string().into())),
        ("at", Some(cx.now.into())),
    ]);
    let mut outcome = learn(entry, cx);
    let rule = cx.facts.course_rules.get(&course).cloned();
    let enough = rule.unwrap_or_default().is_passed_with(right, of);
    let counts = would_count(cx.me, course, cx.facts, cx.now);
    // Without the role play it would be refused; see [`finish`].
    if enough && counts && is_simulated(cx.me, course, cx.facts) {
        outcome.decisions.push(passed(course, right, of));
    }
    Ok(outcome)
}

/// What somebody else had to say has been said after the person's own last step.
fn finish(course: CourseId, cx: &Context<'_>) -> Result<Outcome, CommandError> {
    let (known, learned) = (stored(course, cx)?, learned(cx));
    if !is_ready(&known, cx.me, &learned, cx.facts, cx.now) {
        return Err(CommandError::NotAllowed);
    }
    let (right, of) = passing_try(course, cx.me, &learned, cx.facts).unwrap_or_default();
    Ok(Outcome {
        decisions: vec![passed(course, right, of)],
        ..Outcome::default()
    })
}

fn hold_class(plan: ClassPlan, cx: &mut Context<'_>) -> Result<Outcome, CommandError> {
    check_title(&plan.title, Field::Title)?;
    check_title(&plan.place, Field::Place)?;
    if plan.invited.is_empty() {
        return Err(CommandError::blank(Field::People));
    }
    if plan.room == 0 {
        return Err(CommandError::blank(Field::Room));
    }
    if plan.on < cx.now.day() {
        return Err(CommandError::malformed(Field::Date));
    }
    let class = ClassId(cx.ids.mint());
    let decision = ClassDecision::Hold(plan);
    Ok(Outcome {
        created: Some(RecordRef::Class(class)),
        ..decided(TrainingDecision::Class { class, decision })
    })
}

fn set_sheet(
    course: CourseId,
    lesson: LessonId,
    sheet: Option<Sheet>,
) -> Result<Outcome, CommandError> {
    if sheet.as_ref().is_some_and(|sheet| !sheet.is_sound()) {
        return Err(CommandError::malformed(Field::Criteria));
    }
    let decision = TrainingDecision::SetSheet {
        course,
        lesson,
        sheet,
    };
    Ok(decided(decision))
}

fn set_path(
    path: Option<PathId>,
    plan: Option<Path>,
    cx: &mut Context<'_>,
) -> Result<Outcome, CommandError> {
    if let Some(plan) = &plan {
        check_title(&plan.title, Field::Title)?;
        if plan.courses.is_empty() {
            return Err(CommandError::blank(Field::Courses));
        }
        if plan.roles.is_empty() {
            return Err(CommandError::blank(Field::People));
        }
    }
    let path = path.unwrap_or_else(|| PathId(cx.ids.mint()));
    Ok(decided(TrainingDecision::SetPath { path, plan }))
}

fn learn(entry: Map, cx: &mut Context<'_>) -> Outcome {
    let id = cx.ids.mint().to_string();
    Outcome::of([Edit::put(cx.me, &["training", &id], entry)])
}

fn passed(course: CourseId, right: u16, of: u16) -> Decision {
    Decision::Training(TrainingDecision::Pass { course, right, of })
}

/// Nothing, as long as nobody has written in the document.
fn learned(cx: &Context<'_>) -> Vec<Learned> {
    let tree = cx.documents.tree(cx.me.into());
    tree.map(Learned::read_all).unwrap_or_default()
}

fn stored(course: CourseId, cx: &Context<'_>) -> Result<Course, CommandError> {
    let tree = cx.document(DocumentId::COMPANY)?;
    Course::find(course, tree).ok_or(CommandError::NotFound)
}

fn must_have_room(parts: usize) -> Result<(), CommandError> {
    (parts < PARTS_MAX)
        .then_some(())
        .ok_or(CommandError::TooMany)
}

fn check_course(draft: &CourseDraft) -> Result<(), CommandError> {
    check_title(&draft.title, Field::Title)?;
    check_length(&draft.about, Field::Note, TEXT_MAX)
}

fn check_lesson(lesson: &LessonDraft) -> Result<(), CommandError> {
    check_title(&lesson.title, Field::Title)?;
    check_length(&lesson.text, Field::Note, TEXT_MAX)?;
    check_link(&lesson.link)
}

pub(crate) fn check_link(link: &str) -> Result<(), CommandError> {
    check_length(link, Field::Link, TITLE_MAX)?;
    let link = link.trim();
    // Anything else could run as a script when it is tapped.
    if !link.is_empty() && !link.starts_with("https://") {
        return Err(CommandError::malformed(Field::Link));
    }
    Ok(())
}

/// Without blank choices; what was ticked moves with them.
fn checked_question(question: QuestionDraft) -> Result<QuestionDraft, CommandError> {
    check_title(&question.text, Field::Title)?;
    check_length(&question.why, Field::Note, TEXT_MAX)?;
    let kept = question.choices.iter().enumerate();
    let kept: Vec<_> = kept.filter(|(_, choice)| !is_blank(choice)).collect();
    for (_, choice) in &kept {
        check_length(choice, Field::Choices, TITLE_MAX)?;
    }
    if kept.len() < 2 || kept.len() > CHOICES_MAX {
        return Err(CommandError::blank(Field::Choices));
    }
    let right = kept.iter().enumerate().filter(|(_, (before, _))| {
        let place = u8::try_from(*before);
        place.is_ok_and(|place| question.right.contains(&place))
    });
    let right: Vec<_> = right
        .filter_map(|(now, _)| u8::try_from(now).ok())
        .collect();
    if right.is_empty() {
        return Err(CommandError::blank(Field::Answers));
    }
    let one_line = |text: &String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let choices = kept
        .into_iter()
        .map(|(_, choice)| one_line(choice))
        .collect();
    Ok(QuestionDraft {
        choices,
        right,
        ..question
    })
}

pub(crate) fn check_title(title: &str, field: Field) -> Result<(), CommandError> {
    if is_blank(title) {
        return Err(CommandError::blank(field));
    }
    check_length(title, field, TITLE_MAX)
}

pub(crate) fn check_length(text: &str, field: Field, max: usize) -> Result<(), CommandError> {
    match text.chars().count() > max {
        true => Err(CommandError::too_long(field, max)),
        false => Ok(()),
    }
}

fn lesson_map(lesson: &LessonDraft) -> Map {
    map_of([
        ("title", filled(&lesson.title)),
        ("mode", Some(lesson.mode.word().into())),
        ("text", Some(Value::Prose(lesson.text.clone()))),
        ("link", filled(&lesson.link)),
    ])
}

fn question_map(question: &QuestionDraft) -> Map {
    map_of([
        ("text", filled(&question.text)),
        ("choices", Some(question.choices.join("\n").into())),
        ("right", Some(written(&question.right).into())),
        ("why", filled(&question.why)),
    ])
}

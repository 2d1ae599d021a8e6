//! What people do about courses.

use serde::{Deserialize, Serialize};

use crate::command::{CommandError, Context, Field, Outcome, RecordRef};
use crate::decision::Decision;
use crate::document::DocumentId;
use crate::id::{ClassId, CourseId, LessonId, PathId, PersonId, QuestionId};
use crate::time::Day;
use crate::training::checks::{check_lesson, check_title, checked_question, must_have_room};
use crate::training::classes::decision::{ClassDecision, ClassPlan};
use crate::training::course::{Course, CourseDraft, LessonDraft, QuestionDraft};
use crate::training::decision::{CourseRule, TrainingDecision};
use crate::training::learn::{answer_quiz, finish, read_lesson};
use crate::training::learned::Answers;
use crate::training::library::command::LibraryCommand;
use crate::training::needs::command::NeedsCommand;
use crate::training::paths::decision::Path;
use crate::training::sheets::command::{ScoreDraft, score};
use crate::training::sheets::decision::Sheet;
use crate::training::write::{
    add_course, change_course, change_lesson, lesson_map, place, question_map, remove,
};

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
    Needs(NeedsCommand),
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
            Self::Needs(NeedsCommand::Answer(_)) => vec![DocumentId::reviews(me)],
            Self::Needs(_) => Vec::new(),
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
            Self::Needs(command) => command.run(cx),
        }
    }
}

fn decided(decision: TrainingDecision) -> Outcome {
    Outcome {
        decisions: vec![Decision::Training(decision)],
        ..Outcome::default()
    }
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

pub(super) fn stored(course: CourseId, cx: &Context<'_>) -> Result<Course, CommandError> {
    let tree = cx.document(DocumentId::COMPANY)?;
    Course::find(course, tree).ok_or(CommandError::NotFound)
}

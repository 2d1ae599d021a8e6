//! Learning: a lesson gone through, a quiz answered, the certificate taken.

use crate::command::{CommandError, Context, Field, Outcome};
use crate::decision::Decision;
use crate::edit::Edit;
use crate::id::{CourseId, LessonId};
use crate::training::command::stored;
use crate::training::decision::TrainingDecision;
use crate::training::done::{
    is_ready, is_said_by_others, is_whole, lessons_done, passing_try, would_count,
};
use crate::training::learned::{Answers, Learned, grade, written};
use crate::training::sheets::decision::is_simulated;
use crate::value::{Map, map_of};

pub(super) fn read_lesson(
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

pub(super) fn answer_quiz(
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
        ("answers", Some(written(answers).into())),
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
pub(super) fn finish(course: CourseId, cx: &Context<'_>) -> Result<Outcome, CommandError> {
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

//! What a course, a lesson or a question has to be before it is written.

use crate::command::{CommandError, Field};
use crate::fold::is_blank;
use crate::training::command::{CHOICES_MAX, PARTS_MAX, TEXT_MAX, TITLE_MAX};
use crate::training::course::{CourseDraft, LessonDraft, QuestionDraft};

pub(super) fn must_have_room(parts: usize) -> Result<(), CommandError> {
    (parts < PARTS_MAX)
        .then_some(())
        .ok_or(CommandError::TooMany)
}

pub(super) fn check_course(draft: &CourseDraft) -> Result<(), CommandError> {
    check_title(&draft.title, Field::Title)?;
    check_length(&draft.about, Field::Note, TEXT_MAX)
}

pub(super) fn check_lesson(lesson: &LessonDraft) -> Result<(), CommandError> {
    check_title(&lesson.title, Field::Title)?;
    check_length(&lesson.text, Field::Note, TEXT_MAX)?;
    check_link(&lesson.link)
}

pub(super) fn check_link(link: &str) -> Result<(), CommandError> {
    check_length(link, Field::Link, TITLE_MAX)?;
    let link = link.trim();
    // Anything else could run as a script when it is tapped.
    if !link.is_empty() && !link.starts_with("https://") {
        return Err(CommandError::malformed(Field::Link));
    }
    Ok(())
}

/// Without blank choices; what was ticked moves with them.
pub(super) fn checked_question(question: QuestionDraft) -> Result<QuestionDraft, CommandError> {
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

pub(super) fn check_title(title: &str, field: Field) -> Result<(), CommandError> {
    if is_blank(title) {
        return Err(CommandError::blank(field));
    }
    check_length(title, field, TITLE_MAX)
}

pub(super) fn check_length(text: &str, field: Field, max: usize) -> Result<(), CommandError> {
    match text.chars().count() > max {
        true => Err(CommandError::too_long(field, max)),
        false => Ok(()),
    }
}

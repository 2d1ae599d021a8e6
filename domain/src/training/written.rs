//! Courses as plain text, as the starter set is shipped and as people may write their own:
//!
//! ```text
//! # diversion Title of a course      topic, then title
//! What it is about.
//! ## case Title of a lesson          mode, then title
//! https://…                          a line that is a link
//! Its text.
//! ? A question
//! * what is right
//! - what is not
//! = why
//! ```
//!
//! A topic or mode may be left out. Whatever stands before the first course is passed over.

use core::str::FromStr;

use crate::training::course::{CourseDraft, LessonDraft, QuestionDraft};

#[must_use]
pub fn read(text: &str) -> Vec<CourseDraft> {
    let mut reader = Reader::default();
    for line in text.lines() {
        reader.take(line.trim_end());
    }
    reader.courses
}

/// Where plain lines belong.
#[derive(Clone, Copy, Default)]
enum Place {
    #[default]
    Course,
    Lesson,
    Question,
}

#[derive(Default)]
struct Reader {
    courses: Vec<CourseDraft>,
    place: Place,
}

impl Reader {
    fn take(&mut self, line: &str) {
        if let Some(heading) = line.strip_prefix("# ") {
            let (topic, title) = headed(heading);
            self.place = Place::Course;
            self.courses.push(CourseDraft {
                title,
                topic,
                ..CourseDraft::default()
            });
            return;
        }
        let Some(course) = self.courses.last_mut() else {
            return;
        };
        if let Some(heading) = line.strip_prefix("## ") {
            let (mode, title) = headed(heading);
            self.place = Place::Lesson;
            course.lessons.push(LessonDraft {
                title,
                mode,
                ..LessonDraft::default()
            });
        } else if let Some(text) = line.strip_prefix("? ") {
            self.place = Place::Question;
            course.questions.push(QuestionDraft {
                text: text.to_owned(),
                ..QuestionDraft::default()
            });
        } else {
            match (
                self.place,
                course.lessons.last_mut(),
                course.questions.last_mut(),
            ) {
                (Place::Course, ..) => add_line(&mut course.about, line),
                (Place::Lesson, Some(lesson), _) => match line.starts_with("https://") {
                    true => line.clone_into(&mut lesson.link),
                    false => add_line(&mut lesson.text, line),
                },
                (Place::Question, _, Some(question)) => add_choice(question, line),
                _ => {}
            }
        }
    }
}

/// A word that this version does not know is part of the title.
fn headed<T: FromStr + Default>(heading: &str) -> (T, String) {
    let (word, rest) = heading.split_once(' ').unwrap_or((heading, ""));
    match word.parse() {
        Ok(known) if !rest.trim().is_empty() => (known, rest.trim().to_owned()),
        _ => (T::default(), heading.trim().to_owned()),
    }
}

fn add_choice(question: &mut QuestionDraft, line: &str) {
    let right = line.strip_prefix("* ");
    if let Some(choice) = right.or_else(|| line.strip_prefix("- ")) {
        if let (Some(_), Ok(place)) = (right, u8::try_from(question.choices.len())) {
            question.right.push(place);
        }
        question.choices.push(choice.to_owned());
    } else if let Some(why) = line.strip_prefix("= ") {
        why.clone_into(&mut question.why);
    }
}

/// Without blank lines before the first.
fn add_line(text: &mut String, line: &str) {
    if !text.is_empty() {
        text.push('\n');
    } else if line.is_empty() {
        return;
    }
    text.push_str(line);
}

//! Scoring somebody.

use serde::{Deserialize, Serialize};

use crate::command::{CommandError, Context, Field, Outcome, RecordRef};
use crate::decision::Decision;
use crate::document::DocumentId;
use crate::edit::Edit;
use crate::id::{CourseId, LessonId, PersonId, ScoreId};
use crate::training::decision::TrainingDecision;
use crate::training::sheets::decision::Performance;
use crate::training::sheets::remarks;

/// Of one remark, in characters.
pub const REMARK_MAX: usize = 2_000;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScoreDraft {
    pub person: PersonId,
    pub course: CourseId,
    pub lesson: LessonId,
    /// One for each criterion of the sheet.
    pub points: Vec<u8>,
    /// As many, blank where there is nothing to say.
    pub remarks: Vec<String>,
    pub overall: String,
}

pub(crate) fn score(draft: ScoreDraft, cx: &mut Context<'_>) -> Result<Outcome, CommandError> {
    let key = (draft.course, draft.lesson);
    let sheet = cx.facts.training.sheets.get(&key);
    let sheet = sheet.ok_or(CommandError::NotFound)?;
    let said = draft.remarks.iter().chain([&draft.overall]);
    if said.map(|text| text.chars().count()).max() > Some(REMARK_MAX) {
        return Err(CommandError::too_long(Field::Note, REMARK_MAX));
    }
    if draft.remarks.len() > sheet.criteria.len() {
        return Err(CommandError::TooMany);
    }
    if draft.points.len() < sheet.criteria.len() {
        return Err(CommandError::blank(Field::Points));
    }
    let id = ScoreId(cx.ids.mint());
    let of = Performance {
        id,
        person: draft.person,
        course: draft.course,
        lesson: draft.lesson,
    };
    let points = draft.points;
    let entry = remarks::entry(&draft.remarks, &draft.overall, cx.me);
    let document = DocumentId::reviews(draft.person);
    Ok(Outcome {
        first: vec![Decision::Training(TrainingDecision::Score { of, points })],
        edits: vec![Edit::put(document, &["ratings", &id.to_string()], entry)],
        created: Some(RecordRef::Person(draft.person)),
        ..Outcome::default()
    })
}

//! Scores with their remarks.

use crate::document::DocumentId;
use crate::id::{PersonId, ScoreId};
use crate::order::sort_by;
use crate::query::Sources;
use crate::training::answer::title_of;
use crate::training::sheets::decision::Score;
use crate::training::sheets::remarks::RemarksRow;
use crate::training::sheets::view::{ScoreLine, ScorePart};

/// The latest first.
pub(crate) fn scores_of(person: PersonId, from: &Sources<'_>) -> Vec<ScoreLine> {
    let scores = from.facts.training.scores_of(person);
    let mut lines: Vec<_> = scores
        .map(|(id, score)| line(person, id, score, from))
        .collect();
    sort_by(&mut lines, |one, other| {
        (other.at, other.id).cmp(&(one.at, one.id))
    });
    lines
}

fn line(person: PersonId, id: ScoreId, score: &Score, from: &Sources<'_>) -> ScoreLine {
    let rows = from.rows.remarks.of(DocumentId::reviews(person)).iter();
    let said: Option<&RemarksRow> = rows.into_iter().find(|row| row.score == id);
    let remark = |place: usize| {
        let remark = said.and_then(|said| said.of_criteria.get(place));
        remark.cloned().unwrap_or_default()
    };
    let parts = score.reached.iter().enumerate();
    let (reached, of) = score.points();
    ScoreLine {
        id,
        person,
        course: score.course,
        course_title: title_of(score.course, from),
        lesson: score.lesson,
        title: score.title.clone(),
        by_name: from.name_of(score.by),
        at: score.at,
        parts: parts
            .map(|(place, (criterion, reached))| ScorePart {
                criterion: criterion.name.clone(),
                reached: *reached,
                of: criterion.points,
                remark: remark(place),
            })
            .collect(),
        reached,
        of,
        overall: said.map(|said| said.overall.clone()).unwrap_or_default(),
        passed: score.passed,
        provisional: !from.settled.training.scores.contains_key(&(person, id)),
    }
}

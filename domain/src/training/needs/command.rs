//! Asking and answering.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::command::{CommandError, Context, Field, Outcome, RecordRef};
use crate::decision::Decision;
use crate::document::DocumentId;
use crate::edit::Edit;
use crate::id::{AnswerId, RoundId};
use crate::training::checks::{check_length, check_title};
use crate::training::decision::TrainingDecision;
use crate::training::needs::record::{self, Mark};
use crate::training::needs::round::{NeedTopic, NeedsDecision, RoundPlan};

/// In characters.
pub const WISH_MAX: usize = 1_000;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum NeedsCommand {
    Open(RoundPlan),
    Close(RoundId),
    /// Once more for another answer: the later one counts.
    Answer(AnswerDraft),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerDraft {
    pub round: RoundId,
    /// By the place of the topic in the round.
    pub said: BTreeMap<u8, Said>,
    pub wish: String,
}

/// Of one topic, as far as it was tapped; it takes both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Said {
    pub sure: Option<u8>,
    pub important: Option<u8>,
}

impl NeedsCommand {
    pub(crate) fn run(self, cx: &mut Context<'_>) -> Result<Outcome, CommandError> {
        match self {
            Self::Open(plan) => open(plan, cx),
            Self::Close(round) => Ok(Outcome {
                decisions: vec![decision(round, NeedsDecision::Close)],
                ..Outcome::default()
            }),
            Self::Answer(draft) => answer(&draft, cx),
        }
    }
}

fn decision(round: RoundId, decision: NeedsDecision) -> Decision {
    Decision::Training(TrainingDecision::Needs { round, decision })
}

fn open(plan: RoundPlan, cx: &mut Context<'_>) -> Result<Outcome, CommandError> {
    check_title(&plan.title, Field::Title)?;
    let own = plan.topics.iter().map(|topic| match topic {
        NeedTopic::Of(_) => topic.clone(),
        NeedTopic::Words(words) => NeedTopic::Words(words.trim().to_owned()),
    });
    let plan = RoundPlan {
        topics: own.collect(),
        ..plan
    };
    if plan.topics.is_empty() {
        return Err(CommandError::blank(Field::Topics));
    }
    if !plan.has_sound_topics() {
        return Err(CommandError::malformed(Field::Topics));
    }
    if plan.roles.is_empty() && plan.teams.is_empty() {
        return Err(CommandError::blank(Field::People));
    }
    if plan.until < cx.now.day() {
        return Err(CommandError::malformed(Field::Due));
    }
    let round = RoundId(cx.ids.mint());
    Ok(Outcome {
        decisions: vec![decision(round, NeedsDecision::Open(plan))],
        created: Some(RecordRef::Round(round)),
        ..Outcome::default()
    })
}

fn answer(draft: &AnswerDraft, cx: &mut Context<'_>) -> Result<Outcome, CommandError> {
    let round = cx.facts.training.rounds.get(&draft.round);
    let topics = round.ok_or(CommandError::NotFound)?.plan.topics.len();
    check_length(&draft.wish, Field::Note, WISH_MAX)?;
    let mut marks = BTreeMap::new();
    for (place, said) in &draft.said {
        match (said.sure, said.important) {
            (None, None) => {}
            (Some(sure), Some(important)) => {
                marks.insert(*place, Mark { sure, important });
            }
            _ => return Err(CommandError::blank(Field::Answers)),
        }
    }
    if marks.is_empty() {
        return Err(CommandError::blank(Field::Answers));
    }
    let fits = |(place, mark): (&u8, &Mark)| usize::from(*place) < topics && mark.is_sound();
    if !marks.iter().all(fits) {
        return Err(CommandError::malformed(Field::Answers));
    }
    let id = AnswerId(cx.ids.mint());
    let entry = record::entry(draft.round, &marks, &draft.wish, cx.me, cx.now);
    let document = DocumentId::reviews(cx.me);
    Ok(Outcome {
        first: vec![decision(draft.round, NeedsDecision::Answer(id))],
        edits: vec![Edit::put(document, &["ratings", &id.to_string()], entry)],
        created: Some(RecordRef::Round(draft.round)),
        ..Outcome::default()
    })
}

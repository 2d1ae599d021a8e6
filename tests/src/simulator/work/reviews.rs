//! Rating people, submitting what was written of them, and answering it.

use std::collections::BTreeSet;

use caravan_domain::calendar::{Period, Span};
use caravan_domain::command::Command;
use caravan_domain::id::Id;
use caravan_domain::query::{Answer, Query};
use caravan_domain::reviews::command::{
    ImprovementDraft, RatingDraft, ReviewCommand, ReviewDraft, ReviewRef,
};
use caravan_domain::reviews::list::ReviewFile;
use caravan_domain::reviews::measure::Measure;
use caravan_port::ask::{Ask, Told};
use futures_executor::block_on;

use super::{Work, anybody};
use crate::dice::Dice;
use crate::simulator::phone::Phone;

pub(super) fn review(phone: &Phone, dice: &Dice, word: String) -> Option<Work> {
    let span = *dice.pick(&[Span::Month, Span::Quarter])?;
    let review = ReviewRef {
        person: anybody(phone, dice)?,
        period: Period::of(span, phone.engine.today()),
    };
    let submitted = |file: &ReviewFile| Some(file.standing.as_ref()?.submission.frozen);
    let known = file(phone, review);
    let frozen = known.as_ref().and_then(submitted);
    let (command, written) = match (dice.below(8), frozen) {
        (0..=1, _) => (ReviewCommand::Save(draft(review, dice, &word)), true),
        (2, Some(id)) => (ReviewCommand::Acknowledge(review, id), false),
        (3, Some(id)) => (ReviewCommand::Dispute(review, id, word.clone()), true),
        (4, Some(id)) => answer(review, id, dice, &word),
        (5, Some(_)) => {
            let draft = ImprovementDraft {
                review,
                gaps: BTreeSet::from([Measure::TeamWork]),
                text: word.clone(),
                recheck: phone.engine.today(),
                tasks: Vec::new(),
                courses: Vec::new(),
            };
            (ReviewCommand::Improve(draft), true)
        }
        (6, _) => (ReviewCommand::Interview(review, word.clone()), true),
        _ => {
            let draft = draft(review, dice, &word);
            let figures = known?.figures;
            (ReviewCommand::Submit { draft, figures }, true)
        }
    };
    Some((Command::Review(command), written.then_some(word)))
}

fn answer(review: ReviewRef, id: Id, dice: &Dice, word: &str) -> (ReviewCommand, bool) {
    match dice.percent(50) {
        true => (ReviewCommand::Uphold(review, id, word.to_owned()), true),
        false => (ReviewCommand::Reopen(review, id, word.to_owned()), true),
    }
}

fn draft(review: ReviewRef, dice: &Dice, word: &str) -> ReviewDraft {
    ReviewDraft {
        review,
        ratings: vec![RatingDraft {
            measure: Measure::TeamWork,
            level: u8::try_from(dice.below(6)).ok(),
            evidence: "带新人".into(),
        }],
        feedback: word.to_owned(),
    }
}

fn file(phone: &Phone, review: ReviewRef) -> Option<ReviewFile> {
    match block_on(phone.engine.answer(&Ask::Rows(Query::Review(review)))) {
        Ok(Told::Rows(Answer::Review(file))) => file.map(|file| *file),
        told => panic!("{told:?} instead of a review"),
    }
}

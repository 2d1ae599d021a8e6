//! The ladder, and who comes up it: set, wished for, proposed, withdrawn, accepted and declined.

use caravan_domain::calendar::plus_days;
use caravan_domain::command::Command;
use caravan_domain::grades::command::{GradeCommand, LadderDraft, ProposalDraft, RungDraft};
use caravan_domain::grades::criterion::{Criterion, Judged, Known};
use caravan_domain::grades::decision::Setting;
use caravan_domain::grades::ladder::{Ladder, RungName};
use caravan_domain::id::{PersonId, PromotionId};

use super::{Work, anybody};
use crate::dice::Dice;
use crate::simulator::people::{DIRECTOR, MAX};
use crate::simulator::phone::Phone;

pub(super) fn grade(phone: &Phone, dice: &Dice, word: String) -> Option<Work> {
    let Some((number, ladder)) = latest(phone).filter(|_| dice.percent(92)) else {
        return Some((publish(phone, dice, &word), Some(word)));
    };
    let waiting = waiting(phone, dice);
    let (command, written) = match (dice.below(10), waiting) {
        (0, _) => match dice.percent(70) {
            true => (GradeCommand::Wish(word.clone()), true),
            false => (GradeCommand::Unwish, false),
        },
        (1, _) => {
            let rung = dice.pick(&ladder.rungs)?.id;
            let setting = Setting {
                ladder: number,
                rung,
                since: phone.engine.today(),
                reason: word.clone(),
            };
            (GradeCommand::Set(anybody(phone, dice)?, setting), true)
        }
        (2, Some((person, promotion))) => (GradeCommand::Withdraw(person, promotion), false),
        (3..=4, Some((person, promotion))) => {
            let reply = word.clone();
            let decline = GradeCommand::Decline {
                person,
                promotion,
                reply,
            };
            (decline, true)
        }
        (5..=9, Some((person, promotion))) if phone.number != MAX => {
            let accept = GradeCommand::Accept {
                person,
                promotion,
                since: phone.engine.today(),
                reply: word.clone(),
            };
            (accept, true)
        }
        _ => (propose(phone, dice, number, &ladder, &word)?, true),
    };
    Some((Command::Grade(command), written.then_some(word)))
}

/// The grades keep their ids from version to version.
pub(in crate::simulator) fn publish(phone: &Phone, dice: &Dice, word: &str) -> Command {
    let before = {
        let settled = phone.engine.settled();
        let known = settled.ladders.as_ref().and_then(|it| it.0.last().cloned());
        known.map(|ladder| ladder.rungs).unwrap_or_default()
    };
    let months = 1 + u32::try_from(dice.below(6)).unwrap_or(0);
    let rungs = ["见习", "正式", "资深"].into_iter().enumerate();
    let rungs = rungs.map(|(place, name)| RungDraft {
        id: before.get(place).map(|rung| rung.id),
        name: RungName {
            zh: name.into(),
            en: String::new(),
        },
        may: word.to_owned(),
        criteria: match place {
            0 => Vec::new(),
            _ => vec![Criterion::Tenure { months }],
        },
    });
    let from = plus_days(phone.engine.today(), dice.between(0, 1));
    Command::Grade(GradeCommand::Publish(LadderDraft {
        from,
        rungs: rungs.collect(),
    }))
}

fn propose(
    phone: &Phone,
    dice: &Dice,
    number: u32,
    ladder: &Ladder,
    word: &str,
) -> Option<GradeCommand> {
    let person = match phone.number == DIRECTOR && dice.percent(30) {
        true => phone.person()?,
        false => anybody(phone, dice)?,
    };
    Some(proposed(phone, dice, person, number, ladder, word))
}

fn proposed(
    phone: &Phone,
    dice: &Dice,
    person: PersonId,
    number: u32,
    ladder: &Ladder,
    word: &str,
) -> GradeCommand {
    let rung = &ladder.rungs[dice.below(ladder.rungs.len())];
    let criteria = rung.criteria.iter().map(|criterion| Judged {
        criterion: *criterion,
        known: Known::Nothing,
    });
    let draft = ProposalDraft {
        ladder: number,
        rung: rung.id,
        since: phone.engine.today(),
        reason: word.to_owned(),
        criteria: criteria.collect(),
    };
    GradeCommand::Propose(person, draft)
}

/// By the ladder that was published last, as far as this phone knows.
pub(in crate::simulator) fn propose_for(
    phone: &Phone,
    dice: &Dice,
    person: PersonId,
) -> Option<Work> {
    let (number, ladder) = latest(phone)?;
    let word = phone.words.next();
    let propose = proposed(phone, dice, person, number, &ladder, &word);
    Some((Command::Grade(propose), Some(word)))
}

fn latest(phone: &Phone) -> Option<(u32, Ladder)> {
    let settled = phone.engine.settled();
    let known = settled.ladders.as_ref()?;
    let number = u32::try_from(known.0.len()).ok()?;
    Some((number, known.0.last()?.clone()))
}

/// A proposal that this phone knows of.
fn waiting(phone: &Phone, dice: &Dice) -> Option<(PersonId, PromotionId)> {
    let settled = phone.engine.settled();
    let open = settled.grades.iter();
    let open: Vec<_> = open
        .filter_map(|(person, standing)| Some((*person, standing.open()?.id)))
        .collect();
    dice.pick(&open).copied()
}

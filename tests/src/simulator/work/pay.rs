//! Proposing what is added by hand, drawing statements up, approving, locking and disputing them.

use caravan_domain::command::Command;
use caravan_domain::facts::Employment;
use caravan_domain::id::{Id, PersonId};
use caravan_domain::pay::adjustment::AdjustmentSort;
use caravan_domain::pay::command::{AdjustmentDraft, PayCommand};
use caravan_domain::pay::decision::PayDecision;
use caravan_domain::pay::period::PayPeriod;
use caravan_domain::pay::view::StatementFile;
use caravan_domain::query::{Answer, Query};
use caravan_port::ask::{Ask, Told};
use futures_executor::block_on;

use super::{Work, anybody};
use crate::dice::Dice;
use crate::simulator::phone::Phone;

pub(super) fn pay(phone: &Phone, dice: &Dice, word: String) -> Option<Work> {
    let drawn = phone.engine.settled();
    let drawn: Vec<_> = drawn
        .pay_statements
        .keys()
        .map(|(person, _)| *person)
        .collect();
    let person = match dice.pick(&drawn) {
        Some(person) if dice.percent(70) => *person,
        _ => anybody(phone, dice)?,
    };
    let periods = PayPeriod::of(Employment::FullTime, phone.engine.today());
    let period = *periods.first()?;
    let known = statement(phone, person, period);
    let drawn = known.as_ref().and_then(|file| {
        let standing = file.summary.standing.as_ref()?;
        Some(standing.drawn.id)
    });
    let (command, written) = match (dice.below(9), drawn) {
        (0..=1, _) => (propose(person, phone, dice, &word), true),
        (2, _) => {
            let settled = phone.engine.settled();
            let adjustments: Vec<(PersonId, Id)> =
                settled.pay_adjustments.keys().copied().collect();
            let (person, adjustment) = *dice.pick(&adjustments)?;
            (PayCommand::Approve { person, adjustment }, false)
        }
        (3, _) => {
            let dispute = PayCommand::Dispute {
                period,
                line: String::new(),
                text: word.clone(),
            };
            (dispute, true)
        }
        (4, _) => {
            let city = word.clone();
            let decision = PayDecision::SetCity { person, city };
            (PayCommand::Decide(decision), false)
        }
        (5..=6, Some(statement)) => {
            let approve = PayCommand::ApproveStatement {
                person,
                period,
                statement,
            };
            (approve, false)
        }
        (7, Some(statement)) => {
            let lock = PayCommand::Lock {
                person,
                period,
                statement,
            };
            (lock, false)
        }
        _ => (PayCommand::DrawUp(known?.drawing()), false),
    };
    Some((Command::Pay(command), written.then_some(word)))
}

fn propose(person: PersonId, phone: &Phone, dice: &Dice, word: &str) -> PayCommand {
    let award = dice.percent(50);
    PayCommand::Propose {
        person,
        draft: AdjustmentDraft {
            sort: match award {
                true => AdjustmentSort::Award,
                false => AdjustmentSort::Correction,
            },
            amount: "88.80".into(),
            takes_back: !award && dice.percent(50),
            on: phone.engine.today(),
            reason: word.to_owned(),
            dispute: None,
            vesting: None,
        },
    }
}

fn statement(phone: &Phone, person: PersonId, period: PayPeriod) -> Option<StatementFile> {
    let ask = Ask::Rows(Query::PayStatement(person, period));
    match block_on(phone.engine.answer(&ask)) {
        Ok(Told::Rows(Answer::PayStatement(file))) => file.map(|file| *file),
        told => panic!("{told:?} instead of a statement"),
    }
}

//! Asking clients, and seeing to what they say.

use caravan_domain::command::Command;
use caravan_domain::id::{Id, ReplyId, SurveyId};
use caravan_domain::surveys::decision::SurveyDecision;

use super::{any_client, anybody};
use crate::dice::Dice;
use crate::simulator::phone::Phone;

pub(super) fn survey(phone: &Phone, dice: &Dice) -> Option<Command> {
    let settled = phone.engine.settled();
    let replies: Vec<(_, ReplyId)> = settled.survey_replies.keys().copied().collect();
    let surveys: Vec<(_, SurveyId)> = settled.surveys.keys().copied().collect();
    Some(Command::Survey(match dice.below(8) {
        0 => {
            let (client, survey) = *dice.pick(&surveys)?;
            SurveyDecision::Withdraw { client, survey }
        }
        1..=2 => {
            let (about, reply) = *dice.pick(&replies)?;
            SurveyDecision::SeeTo { about, reply }
        }
        _ => {
            let client = any_client(phone, dice)?;
            let owner = settled.grants.get(&client.into()).map(|it| it.owner);
            let others = || anybody(phone, dice);
            SurveyDecision::Issue {
                survey: SurveyId(Id::from_bytes(dice.bytes())),
                client,
                about: owner.filter(|_| dice.percent(90)).or_else(others)?,
                secret_hash: dice.bytes(),
            }
        }
    }))
}

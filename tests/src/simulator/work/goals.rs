//! Proposing goals, countering and signing them, and saying where they stand.

use std::collections::BTreeSet;

use caravan_domain::calendar::{Period, Span};
use caravan_domain::command::Command;
use caravan_domain::goals::command::{GoalChange, GoalCommand, GoalDraft};
use caravan_domain::goals::metric::Metric;
use caravan_domain::goals::place::{GoalPlace, GoalRef};
use caravan_domain::goals::record::{Goal, Terms};

use super::{Work, anybody};
use crate::dice::Dice;
use crate::simulator::people::{NORTH, SOUTH};
use crate::simulator::phone::Phone;

pub(super) fn goal(phone: &Phone, dice: &Dice, word: String) -> Option<Work> {
    let goals: Vec<Goal> = {
        let rows = phone.engine.rows();
        let goals = rows.goals.iter().map(|(_, row)| row.goal.clone());
        goals.collect()
    };
    let Some(known) = dice.pick(&goals).filter(|_| dice.percent(70)) else {
        let place = match dice.below(4) {
            0 => GoalPlace::Company,
            1 => GoalPlace::Team(*dice.pick(&[NORTH, SOUTH])?),
            _ => GoalPlace::Person(anybody(phone, dice)?),
        };
        let propose = GoalCommand::Propose(GoalDraft {
            place,
            metric: Metric::ByHand,
            unit: "箱".into(),
            period: Period::of(Span::Month, phone.engine.today()),
            terms: terms(phone, &word),
            reason: String::new(),
        });
        return Some((Command::Goal(propose), Some(word)));
    };
    let goal = GoalRef {
        place: known.place,
        goal: known.id,
    };
    let version = dice.pick(&known.versions)?.id;
    let (command, written) = match dice.below(5) {
        0 => {
            let change = GoalCommand::Change(GoalChange {
                goal,
                after: BTreeSet::from([version]),
                terms: terms(phone, &word),
                reason: word.clone(),
                dropped: dice.percent(20),
            });
            (change, true)
        }
        1 => (GoalCommand::Pick { goal, version }, false),
        2 => (GoalCommand::Accept { goal, version }, false),
        _ => {
            let update = GoalCommand::Update {
                goal,
                value: Some(7),
                note: word.clone(),
            };
            (update, true)
        }
    };
    Some((Command::Goal(command), written.then_some(word)))
}

fn terms(phone: &Phone, word: &str) -> Terms {
    let period = Period::of(Span::Month, phone.engine.today());
    Terms {
        what: word.to_owned(),
        target: 40,
        deadline: period.last(),
        parent: None,
        update_every: 7,
        alert_below: 80,
    }
}

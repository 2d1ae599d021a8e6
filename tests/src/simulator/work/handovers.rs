//! Handing clients and tasks over, and reading what came.

use std::collections::BTreeMap;

use caravan_domain::command::Command;
use caravan_domain::handovers::capsule::Why;
use caravan_domain::handovers::command::{HandoverCommand, HandoverDraft};
use caravan_domain::handovers::view::HandoverView;
use caravan_domain::query::{Answer, Query};
use caravan_port::ask::{Ask, Told};
use futures_executor::block_on;

use super::{Work, any_client, anybody};
use crate::dice::Dice;
use crate::simulator::phone::Phone;

pub(super) fn handover(phone: &Phone, dice: &Dice, word: String) -> Option<Work> {
    if dice.percent(30) {
        let capsules = phone.engine.rows();
        let capsules: Vec<_> = capsules
            .capsules
            .iter()
            .map(|(_, row)| (row.client, row.handover))
            .collect();
        let read = HandoverCommand::Read(vec![*dice.pick(&capsules)?]);
        return Some((Command::Handover(read), None));
    }
    let client = any_client(phone, dice)?;
    let owner = phone.engine.settled().grants.get(&client.into())?.owner;
    let from = match dice.percent(80) {
        true => owner,
        false => anybody(phone, dice)?,
    };
    let ask = Ask::Rows(Query::Handover(from));
    let view: HandoverView = match block_on(phone.engine.answer(&ask)) {
        Ok(Told::Rows(Answer::Handover(view))) => *view?,
        told => panic!("{told:?} instead of a handover"),
    };
    let takers: Vec<_> = view.takers.iter().map(|taker| taker.person).collect();
    let mut draft = HandoverDraft {
        from,
        clients: BTreeMap::new(),
        tasks: BTreeMap::new(),
        why: Why::Region,
        note: word.clone(),
        notes: BTreeMap::new(),
    };
    for client in &view.clients {
        if dice.percent(50) {
            draft.clients.insert(client.client, *dice.pick(&takers)?);
        }
    }
    for task in &view.tasks {
        if task.client.is_none() && dice.percent(50) {
            draft.tasks.insert(task.task, *dice.pick(&takers)?);
        }
    }
    let written = !draft.clients.is_empty();
    let command = Command::Handover(HandoverCommand::HandOver(draft));
    Some((command, written.then_some(word)))
}

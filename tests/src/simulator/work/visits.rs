//! Planning visits and writing in them.

use caravan_domain::command::Command;
use caravan_domain::id::{BlobHash, ClientId, VisitId};
use caravan_domain::visits::command::{NewPhoto, VisitCommand};
use caravan_domain::visits::record::{PositionReading, VisitDraft, VisitKind};

use super::{Work, any_client};
use crate::dice::Dice;
use crate::simulator::phone::Phone;

pub(super) fn visit(phone: &Phone, dice: &Dice, word: String) -> Option<Work> {
    let visits: Vec<_> = phone.engine.rows().visits.keys().collect();
    match dice.pick(&visits).copied().filter(|_| dice.percent(75)) {
        Some((client, visit)) => continue_visit(client, visit, dice, word),
        None => begin_visit(phone, any_client(phone, dice)?, dice, word),
    }
}

fn reading(dice: &Dice) -> PositionReading {
    PositionReading::At(format!("geo:31.{},121.47;u=15", dice.below(9)))
}

fn begin_visit(phone: &Phone, client: ClientId, dice: &Dice, word: String) -> Option<Work> {
    let command = match dice.percent(50) {
        true => VisitCommand::DropIn {
            client,
            kind: VisitKind::Regular,
            reading: reading(dice),
        },
        false => VisitCommand::Plan(VisitDraft {
            client,
            kind: VisitKind::Service,
            planned_on: phone.engine.today(),
            planned_at: String::new(),
            purpose: word.clone(),
            by: phone.person()?,
            with: Default::default(),
        }),
    };
    let written = matches!(command, VisitCommand::Plan(_)).then_some(word);
    Some((Command::Visit(command), written))
}

fn continue_visit(client: ClientId, visit: VisitId, dice: &Dice, word: String) -> Option<Work> {
    let (command, written) = match dice.below(5) {
        0 => (
            VisitCommand::CheckIn {
                client,
                visit,
                reading: reading(dice),
            },
            false,
        ),
        1 => (
            VisitCommand::CheckOut {
                client,
                visit,
                reading: reading(dice),
            },
            false,
        ),
        2 => (
            VisitCommand::WriteNote {
                client,
                visit,
                note: format!("谈了 {word}"),
            },
            true,
        ),
        3 => (
            VisitCommand::SetNext {
                client,
                visit,
                step: word.clone(),
                on: None,
            },
            true,
        ),
        _ => {
            let photo = NewPhoto {
                hash: BlobHash(dice.bytes()),
                bytes: 1000,
                width: 10,
                height: 10,
            };
            (
                VisitCommand::AddPhoto {
                    client,
                    visit,
                    photo,
                },
                false,
            )
        }
    };
    Some((Command::Visit(command), written.then_some(word)))
}

//! What people do on their phones, drawn from what their phones show.

mod clients;
mod goals;
mod orders;
mod surveys;
mod tasks;
mod training;
mod visits;
mod workspace;

use caravan_domain::clients::file::ClientFile;
use caravan_domain::command::Command;
use caravan_domain::id::{ClientId, PersonId};
use caravan_port::ask::{Ask, Told};
use futures_executor::block_on;

use super::people::DIRECTOR;
use super::phone::Phone;
use crate::dice::Dice;

pub(super) use clients::{change, create, rename, settle_conflict};

/// A command, and the word in it by which it can be found again.
pub(super) type Work = (Command, Option<String>);

/// `None` when the phone shows nothing to do it with.
pub(super) fn draw(phone: &Phone, dice: &Dice) -> Option<Work> {
    let word = next_word(phone);
    if phone.number == DIRECTOR && dice.percent(12) {
        return Some((workspace::run_workspace(phone, dice)?, None));
    }
    if phone.number == DIRECTOR
        && dice.percent(4)
        && let Some(erase) = clients::erase(phone, dice)
    {
        return Some((erase, None));
    }
    if dice.percent(25)
        && let Some(settled) = clients::settle_conflict(phone, dice)
    {
        return Some(settled);
    }
    match dice.below(30) {
        0..=2 => Some(clients::create_with(word, dice)),
        3 => clients::import(word, dice),
        4..=8 => clients::change_with(phone, any_client(phone, dice)?, dice, word),
        9..=10 => clients::log_interaction(phone, dice, word),
        11..=14 => visits::visit(phone, dice, word),
        15..=17 => tasks::task(phone, dice, word),
        18..=21 => orders::order(phone, dice, word),
        22..=23 => goals::goal(phone, dice, word),
        24..=25 => training::training(phone, dice, word),
        26..=27 => Some((surveys::survey(phone, dice)?, None)),
        _ => Some((clients::own(phone, dice)?, None)),
    }
}

fn next_word(phone: &Phone) -> String {
    phone.words.next()
}

pub(super) fn any_client(phone: &Phone, dice: &Dice) -> Option<ClientId> {
    let clients: Vec<_> = phone.engine.rows().clients.keys().copied().collect();
    dice.pick(&clients).copied()
}

pub(super) fn anybody(phone: &Phone, dice: &Dice) -> Option<PersonId> {
    let people: Vec<_> = phone.engine.settled().people.keys().copied().collect();
    dice.pick(&people).copied()
}

fn file(phone: &Phone, client: ClientId) -> Option<ClientFile> {
    match block_on(phone.engine.answer(&Ask::Client(client))) {
        Ok(Told::Client(file)) => file.map(|file| *file),
        told => panic!("{told:?} instead of {client}, which has a row"),
    }
}

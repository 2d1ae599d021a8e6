//! What people do on their phones, drawn from what their phones show.

mod agreements;
mod classes;
mod clients;
mod goals;
mod grades;
mod handovers;
mod orders;
mod pay;
mod reviews;
mod surveys;
mod tasks;
mod training;
mod visits;
mod workspace;

use caravan_domain::clients::file::ClientFile;
use caravan_domain::command::Command;
use caravan_domain::conflict::{Conflict, Contestable};
use caravan_domain::id::{ClientId, PersonId};
use caravan_port::ask::{Ask, Told};
use futures_executor::block_on;

use super::people::DIRECTOR;
use super::phone::Phone;
use crate::dice::Dice;

pub(super) use agreements::{sign as sign_one_of, written as write_agreement};
pub(super) use classes::{any_sheet, class_for, come, marked, scored};
pub(super) use clients::{change, create, rename, settle_conflict};
pub(super) use grades::{propose_for, publish as publish_ladder};

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
    if dice.percent(40)
        && let Some(signed) = agreements::sign_first(phone, dice)
    {
        return Some(signed);
    }
    if dice.percent(25)
        && let Some(settled) = clients::settle_conflict(phone, dice)
    {
        return Some(settled);
    }
    match dice.below(47) {
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
        28..=29 => reviews::review(phone, dice, word),
        30..=32 => pay::pay(phone, dice, word),
        33..=34 => handovers::handover(phone, dice, word),
        35..=38 => classes::class(phone, dice, word),
        39..=41 => grades::grade(phone, dice, word),
        42..=43 => agreements::agreement(phone, dice, word),
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

/// `None` when it cannot be opened.
pub(super) fn conflicts(phone: &Phone, record: Contestable) -> Option<Vec<Conflict>> {
    match block_on(phone.engine.answer(&Ask::Conflicts(record))) {
        Ok(Told::Conflicts(found)) => Some(found),
        _ => None,
    }
}

fn file(phone: &Phone, client: ClientId) -> Option<ClientFile> {
    match block_on(phone.engine.answer(&Ask::Client(client))) {
        Ok(Told::Client(file)) => file.map(|file| *file),
        told => panic!("{told:?} instead of {client}, which has a row"),
    }
}

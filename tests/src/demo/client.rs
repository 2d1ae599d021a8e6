//! A client as somebody would write it down.

use std::collections::BTreeSet;

use caravan_domain::clients::record::{ClientDraft, Grade, Stage};
use caravan_domain::geo::Position;

use super::code::code;
use super::contact::contacts;
use super::words::places::{DISTRICTS, DIVISIONS, District};
use super::words::trades::{BRANDS, COMPANIES, NOTES, SHOPS, SOURCES, TAGS};
use crate::dice::Dice;

/// About the size of a district's middle, in degrees.
const SPREAD: f64 = 0.012;

/// Names that were given away.
pub(super) type Names = BTreeSet<String>;

pub(super) struct Territory {
    pub(super) team: usize,
    districts: Vec<&'static District>,
}

impl Territory {
    /// Of the `member`th of a team.
    pub(super) fn of(team: usize, member: usize) -> Self {
        let all = &DISTRICTS[team];
        let (near, far) = (member % 8, member % 8 + 8);
        // Two thirds of the clients are near.
        Self {
            team,
            districts: vec![&all[near], &all[near], &all[far]],
        }
    }

    pub(super) fn everywhere() -> Self {
        Self {
            team: 0,
            districts: DISTRICTS.iter().map(|team| &team[0]).collect(),
        }
    }
}

pub(super) fn draft(territory: &Territory, names: &mut Names, dice: &Dice) -> ClientDraft {
    let district = dice.any(&territory.districts);
    let street = dice.any(district.streets);
    let (name, registered) = loop {
        let (name, registered) = name(district, street, dice);
        if names.insert(name.clone()) {
            break (name, registered);
        }
    };
    let registered = registered || dice.percent(30);
    ClientDraft {
        name,
        code: match registered {
            true => code(DIVISIONS[territory.team], dice),
            false => String::new(),
        },
        grade: grade(dice),
        stage: stage(dice),
        region: district.region.to_owned(),
        address: address(street, dice),
        source: dice.any(SOURCES).to_owned(),
        note: match dice.percent(35) {
            true => dice.any(NOTES).to_owned(),
            false => String::new(),
        },
        tags: (0..dice.below(4))
            .map(|_| dice.any(TAGS).to_owned())
            .collect(),
        contacts: contacts(dice),
        position: match dice.percent(92) {
            true => position(district, dice),
            false => String::new(),
        },
    }
}

fn name(district: &District, street: &str, dice: &Dice) -> (String, bool) {
    let brand = format!("{}{}", dice.any(BRANDS), dice.any(BRANDS));
    if dice.percent(45) {
        let kind = dice.any(COMPANIES);
        return (format!("{}{brand}{kind}", district.city), true);
    }
    let shop = dice.any(SHOPS);
    match dice.percent(40) {
        true => (format!("{brand}{shop}（{street}店）"), false),
        false => (format!("{}{brand}{shop}", district.city), false),
    }
}

fn address(street: &str, dice: &Dice) -> String {
    let number = dice.between(1, 888);
    match dice.below(10) {
        0..5 => format!("{street}{number}号"),
        5..7 => format!(
            "{street}{number}号{}幢{}室",
            dice.between(1, 9),
            dice.between(101, 1806)
        ),
        7..9 => format!("{street}{number}号{}楼", dice.between(2, 5)),
        _ => format!("{street}{number}号地下一层B{:03}", dice.between(1, 120)),
    }
}

fn position(district: &District, dice: &Dice) -> String {
    let away = || (dice.part() * 2.0 - 1.0) * SPREAD;
    let position = Position::new(district.lat + away(), district.lng + away(), 0.0);
    position
        .map(|position| position.to_string())
        .unwrap_or_default()
}

fn grade(dice: &Dice) -> Grade {
    match dice.below(100) {
        0..5 => Grade::A,
        5..20 => Grade::B,
        20..65 => Grade::C,
        _ => Grade::D,
    }
}

fn stage(dice: &Dice) -> Stage {
    match dice.below(100) {
        0..8 => Stage::Lead,
        8..20 => Stage::Contacted,
        20..34 => Stage::Negotiating,
        34..86 => Stage::Customer,
        86..95 => Stage::Dormant,
        _ => Stage::Lost,
    }
}

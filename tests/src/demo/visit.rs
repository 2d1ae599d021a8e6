//! A visit from the plan to the next step, and the readings a phone would have given.

use caravan_domain::geo::Position;
use caravan_domain::id::{PersonId, VisitId};
use caravan_domain::time::{Day, Instant};
use caravan_domain::visits::record::{ActionKind, PositionReading, VisitKind};

use super::time::{at, clock, later};
use super::words::talk::{
    CANCELLED, COMPETITORS, FINDINGS, NEXT_STEPS, OPENINGS, PRODUCTS, PURPOSES, RESULTS, STOCK,
};
use caravan_domain::calendar::plus_days;

use crate::dice::Dice;

/// A degree of latitude, in metres.
const DEGREE: f64 = 111_195.0;

pub(super) struct Visit {
    /// Place in the list of its author's clients.
    pub(super) client: usize,
    pub(super) kind: VisitKind,
    pub(super) day: Day,
    /// `None` for one that nobody planned.
    pub(super) planned: Option<Instant>,
    pub(super) begins: Instant,
    pub(super) ends: Instant,
    pub(super) purpose: String,
    pub(super) with: Option<PersonId>,
    pub(super) ending: Ending,
    pub(super) readings: [PositionReading; 2],
    pub(super) note: String,
    pub(super) action: Option<(ActionKind, String)>,
    pub(super) next: Option<(String, Option<Day>)>,
    /// Once it is written down.
    pub(super) id: Option<VisitId>,
}

pub(super) enum Ending {
    /// Checked out, if its time has come.
    Done,
    /// Planned and forgotten.
    Missed,
    Cancelled(String),
}

/// Whom it is about.
pub(super) struct Subject<'a> {
    pub(super) client: usize,
    /// Such as 王经理.
    pub(super) contact: &'a str,
    pub(super) position: &'a str,
    pub(super) first: bool,
}

impl Visit {
    /// Begins at `minute` of `day`.
    pub(super) fn new(of: &Subject<'_>, day: Day, minute: i64, dice: &Dice) -> Self {
        let begins = at(day, minute);
        let kind = match dice.below(20) {
            _ if of.first => VisitKind::FirstVisit,
            0..10 => VisitKind::Regular,
            10..13 => VisitKind::Service,
            13..17 => VisitKind::StockCheck,
            17..19 => VisitKind::Collection,
            _ => VisitKind::Survey,
        };
        let planned = at(
            plus_days(day, -dice.between(1, 3)),
            dice.between(17 * 60, 18 * 60),
        );
        Self {
            client: of.client,
            kind,
            day,
            planned: (!dice.percent(12)).then_some(planned),
            begins,
            ends: later(begins, dice.between(18, 55)),
            purpose: dice.any(PURPOSES).to_owned(),
            with: None,
            ending: match dice.percent(4) {
                true => Ending::Cancelled(dice.any(CANCELLED).to_owned()),
                false => Ending::Done,
            },
            readings: readings(of.position, dice),
            note: note(of.contact, dice),
            action: action(kind, dice),
            next: None,
            id: None,
        }
    }

    /// `HH:MM`, to the quarter of an hour.
    pub(super) fn planned_at(&self) -> String {
        let time = self.begins.in_shanghai().time();
        clock(i64::from(time.hour()) * 60 + i64::from(time.minute()) / 15 * 15)
    }
}

pub(super) fn next_step(dice: &Dice) -> String {
    filled(dice.any(NEXT_STEPS), "", dice)
}

/// The sentence with its gaps filled.
pub(super) fn filled(sentence: &str, contact: &str, dice: &Dice) -> String {
    let mut text = sentence.replace("{人}", contact);
    while text.contains("{茶}") {
        text = text.replacen("{茶}", dice.any(PRODUCTS), 1);
    }
    text.replace("{数}", &dice.between(2, 9).to_string())
}

fn note(contact: &str, dice: &Dice) -> String {
    let mut sentences = vec![dice.any(OPENINGS), dice.any(FINDINGS)];
    if dice.percent(70) {
        sentences.push(dice.any(RESULTS));
    }
    sentences
        .iter()
        .map(|sentence| filled(sentence, contact, dice))
        .collect()
}

fn action(kind: VisitKind, dice: &Dice) -> Option<(ActionKind, String)> {
    match kind {
        VisitKind::StockCheck => Some((ActionKind::StockCount, filled(dice.any(STOCK), "", dice))),
        VisitKind::Regular if dice.percent(40) => {
            let text = filled(dice.any(COMPETITORS), "", dice);
            Some((ActionKind::CompetitorNote, text))
        }
        _ => None,
    }
}

/// At the door and on leaving. Most phones are sure enough and at the client's; some are in a
/// basement, some say no, and some are elsewhere.
fn readings(position: &str, dice: &Dice) -> [PositionReading; 2] {
    let Ok(client) = position.parse::<Position>() else {
        return [PositionReading::Unavailable, PositionReading::Unavailable];
    };
    match dice.below(100) {
        0..5 => [PositionReading::Unavailable, near(client, 60.0, 30, dice)],
        5..7 => [PositionReading::Refused, PositionReading::Refused],
        7..14 => [
            near(client, 120.0, 900, dice),
            near(client, 90.0, 700, dice),
        ],
        14..18 => [near(client, 650.0, 25, dice), near(client, 620.0, 30, dice)],
        18..21 => [
            near(client, 5_200.0, 35, dice),
            near(client, 5_100.0, 40, dice),
        ],
        _ => [near(client, 40.0, 12, dice), near(client, 35.0, 14, dice)],
    }
}

/// About `metres` away; about so accurate.
fn near(client: Position, metres: f64, accuracy: i64, dice: &Dice) -> PositionReading {
    let (metres, angle) = (
        metres * (0.6 + dice.part() * 0.5),
        dice.part() * std::f64::consts::TAU,
    );
    let lat = client.lat() + metres * angle.sin() / DEGREE;
    let lng = client.lng() + metres * angle.cos() / (DEGREE * client.lat().to_radians().cos());
    let accuracy = dice.between(accuracy * 2 / 3, accuracy * 5 / 3) as f64;
    match Position::new(lat, lng, accuracy) {
        Ok(position) => PositionReading::At(position.to_string()),
        Err(_) => PositionReading::Unavailable,
    }
}

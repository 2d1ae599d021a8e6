//! A year of one person's work, thought out before it is lived: whom they know, when they see or
//! call them, what they set out to do.

use std::collections::BTreeMap;

use caravan_domain::calendar::plus_days;
use caravan_domain::clients::record::{ClientDraft, Grade, InteractionKind, Stage};
use caravan_domain::id::{ClientId, PersonId};
use caravan_domain::time::{Day, Instant};

use super::client::{Names, Territory, draft};
use super::contact::{lunar_soon, solar_in};
use super::errand::Errand;
use super::pace::pace;
use super::time::at;
use super::visit::{Ending, Subject, Visit, filled, next_step};
use super::words::talk::{CALLS, MEETINGS, MESSAGES};
use crate::dice::Dice;

/// Begin of the visits of today, in minutes of the day.
const TODAY: [i64; 5] = [9 * 60 + 30, 11 * 60, 14 * 60, 15 * 60 + 30, 16 * 60 + 45];

#[derive(Default)]
pub(super) struct Year {
    pub(super) clients: Vec<Mine>,
    pub(super) visits: Vec<Visit>,
    pub(super) talks: Vec<Talk>,
    pub(super) errands: Vec<Errand>,
}

/// A client as its owner knows it.
pub(super) struct Mine {
    pub(super) draft: ClientDraft,
    pub(super) written: Instant,
    /// Brought along in a list on the first day.
    pub(super) imported: bool,
    pub(super) becomes: Option<(Instant, Stage)>,
    pub(super) shared: Option<(Instant, PersonId)>,
    /// Once it is written down.
    pub(super) id: Option<ClientId>,
}

pub(super) struct Talk {
    pub(super) client: usize,
    pub(super) at: Instant,
    pub(super) kind: InteractionKind,
    pub(super) text: String,
}

#[derive(Clone, Copy)]
pub(super) struct Span {
    pub(super) since: Day,
    pub(super) today: Day,
}

impl Span {
    /// For what happens once in `days` days.
    pub(super) fn every(self, days: i64) -> (Day, Day, i64) {
        (self.since, self.today, days)
    }
}

/// Whose year it is.
pub(super) struct Worker<'a> {
    pub(super) territory: Territory,
    /// Clients they write down themselves.
    pub(super) clients: usize,
    /// Clients they were given, written down by somebody else.
    pub(super) given: Vec<(ClientId, ClientDraft)>,
    /// Who comes along now and then; whoever answers for them is first.
    pub(super) companions: &'a [PersonId],
}

pub(super) fn year(worker: Worker<'_>, span: Span, names: &mut Names, dice: &Dice) -> Year {
    let mut planner = Planner {
        span,
        companions: worker.companions,
        dice,
        busy: BTreeMap::new(),
        year: Year::default(),
        ahead: Vec::new(),
    };
    let imported = worker.clients * 3 / 5;
    for place in 0..worker.clients {
        let mut draft = draft(&worker.territory, names, dice);
        keep_birthday(place, &mut draft, span.today, dice);
        let days = (span.today - span.since).get_days() as i64;
        let written = match place < imported {
            true => at(span.since, 10 * 60),
            false => {
                let day = plus_days(span.since, dice.between(3, (days - 6).max(3)));
                at(day, dice.between(9 * 60, 17 * 60))
            }
        };
        planner.meet(Mine {
            draft,
            written,
            imported: place < imported,
            becomes: None,
            shared: None,
            id: None,
        });
    }
    for (id, draft) in worker.given {
        planner.meet(Mine {
            draft,
            written: at(plus_days(span.since, 1), 12 * 60),
            imported: false,
            becomes: None,
            shared: None,
            id: Some(id),
        });
    }
    planner.plan_ahead();
    planner.year
}

/// A few birthdays fall into this week, one of them by the moon.
fn keep_birthday(place: usize, draft: &mut ClientDraft, today: Day, dice: &Dice) {
    let birthday = match place {
        0 => Some(solar_in(dice.between(0, 1), today, dice)),
        1 => lunar_soon(today, dice),
        2 => Some(solar_in(dice.between(3, 6), today, dice)),
        _ => None,
    };
    if let (Some(birthday), Some(contact)) = (birthday, draft.contacts.first_mut()) {
        contact.birthday = birthday;
        draft.stage = Stage::Customer;
        draft.grade = if place == 0 { Grade::A } else { Grade::B };
    }
}

struct Planner<'a> {
    span: Span,
    companions: &'a [PersonId],
    dice: &'a Dice,
    /// Visits of a day so far.
    busy: BTreeMap<Day, i64>,
    year: Year,
    /// When clients that are being worked on are due next, from today on.
    ahead: Vec<(Day, usize)>,
}

impl Planner<'_> {
    fn meet(&mut self, mut mine: Mine) {
        let client = self.year.clients.len();
        let (dice, today) = (self.dice, self.span.today);
        let (grade, stage) = (mine.draft.grade, mine.draft.stage);
        let pace = pace(grade, stage, mine.written.day(), today, dice);
        if let (false, Some(day)) = (mine.imported || stage == Stage::Lead, pace.touches.get(1)) {
            mine.draft.stage = Stage::Lead;
            mine.becomes = Some((at(*day, 18 * 60 + 30), stage));
        }
        if dice.percent(2) {
            let shared = self.companions.get(1..).and_then(|others| {
                let with = others.get(dice.below(others.len()))?;
                Some((at(plus_days(today, -dice.between(3, 60)), 18 * 60), *with))
            });
            mine.shared = shared.filter(|(at, _)| *at > mine.written);
        }
        if !matches!(stage, Stage::Lost | Stage::Dormant) && pace.next >= today {
            self.ahead.push((pace.next, client));
        }
        let contact = addressed(&mine.draft);
        let position = mine.draft.position.clone();
        self.year.clients.push(mine);
        for (place, day) in pace.touches.iter().enumerate() {
            let next = pace.touches.get(place + 1).copied().unwrap_or(pace.next);
            if dice.percent(42) {
                let subject = Subject {
                    client,
                    contact: &contact,
                    position: &position,
                    first: place == 0,
                };
                let minute = self.free_minute(*day);
                let mut visit = Visit::new(&subject, *day, minute, dice);
                visit.next = dice.percent(60).then(|| (next_step(dice), Some(next)));
                visit.with = dice.percent(8).then(|| self.companion()).flatten();
                self.year.visits.push(visit);
            } else {
                self.talk(client, &contact, *day);
            }
        }
    }

    fn talk(&mut self, client: usize, contact: &str, day: Day) {
        let dice = self.dice;
        let (kind, sentences) = match dice.below(20) {
            0..11 => (InteractionKind::Call, CALLS),
            11..18 => (InteractionKind::Message, MESSAGES),
            _ => (InteractionKind::Meeting, MEETINGS),
        };
        self.year.talks.push(Talk {
            client,
            at: at(day, dice.between(9 * 60, 18 * 60)),
            kind,
            text: filled(dice.any(sentences), contact, dice),
        });
    }

    /// Visits of today and of the days to come, and sometimes one that was forgotten.
    fn plan_ahead(&mut self) {
        let (dice, today) = (self.dice, self.span.today);
        let mut ahead = std::mem::take(&mut self.ahead);
        ahead.sort_unstable();
        let today_count = 3 + dice.below(3);
        let mut days: Vec<_> = TODAY[..today_count]
            .iter()
            .map(|minute| (today, *minute))
            .collect();
        for offset in 1..=10 {
            let day = plus_days(today, offset);
            let sunday = day.weekday() == jiff::civil::Weekday::Sunday;
            if !sunday && dice.percent(65) {
                days.push((day, TODAY[dice.below(TODAY.len())]));
            }
        }
        let forgotten = dice.percent(35).then(|| (plus_days(today, -1), TODAY[3]));
        let together = dice.below(today_count);
        let days = days.into_iter().chain(forgotten);
        for (place, ((day, minute), (_, client))) in days.zip(ahead).enumerate() {
            let mine = &self.year.clients[client];
            let subject = Subject {
                client,
                contact: &addressed(&mine.draft),
                position: &mine.draft.position,
                first: false,
            };
            let mut visit = Visit::new(&subject, day, minute, dice);
            let planned = at(plus_days(today, -2), 17 * 60 + dice.between(0, 50));
            visit.planned = Some(planned);
            visit.ending = match day < today {
                true => Ending::Missed,
                false => Ending::Done,
            };
            if place == together {
                visit.with = self.companions.first().copied();
            }
            self.year.visits.push(visit);
        }
    }

    fn companion(&self) -> Option<PersonId> {
        self.companions
            .get(self.dice.below(self.companions.len()))
            .copied()
    }

    /// One visit after the other.
    fn free_minute(&mut self, day: Day) -> i64 {
        let before = self.busy.entry(day).or_default();
        let slot = *before % 7;
        *before += 1;
        9 * 60 + slot * 75 + self.dice.between(0, 35)
    }
}

/// 王经理 to whoever writes about them.
fn addressed(draft: &ClientDraft) -> String {
    let contact = draft.contacts.first();
    let name = contact
        .map(|contact| contact.name.as_str())
        .unwrap_or_default();
    let title = contact
        .map(|contact| contact.title.as_str())
        .unwrap_or_default();
    let surname: String = match name.chars().count() {
        4.. => name.chars().take(2).collect(),
        _ => name.chars().take(1).collect(),
    };
    match title {
        "总经理" => format!("{surname}总"),
        "采购经理" => format!("{surname}经理"),
        _ => format!("{surname}{title}"),
    }
}

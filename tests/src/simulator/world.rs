//! Phones, network and relay, and what can happen to them in one step.

use std::cell::Cell;
use std::rc::Rc;

use caravan_engine::storage::memory::Fault;
use futures_executor::block_on;

use super::handset::{Clock, Handset};
use super::intruder::Intruder;
use super::network::{Flight, Network};
use super::people::{self, DIRECTOR, PHONES};
use super::phone::Phone;
use super::relay::{PowerCut, Relay};
use super::tally::Tally;
use super::word::Words;
use super::{episode, socket};
use crate::dice::Dice;

/// Percent of the losses of a log after which there is not even a backup.
const WIPED: usize = 30;

pub(super) struct World {
    pub(super) dice: Dice,
    pub(super) relay: Relay,
    pub(super) phones: Vec<Phone>,
    pub(super) intruder: Intruder,
    pub(super) network: Network,
    pub(super) clock: Clock,
    /// What has happened, for whoever replays.
    pub(super) told: Vec<String>,
    pub(super) tally: Tally,
}

impl World {
    /// Phones and a relay that do not know each other yet.
    pub(super) fn new(seed: u64) -> Self {
        let dice = Dice::new(seed);
        let clock = Rc::new(Cell::new(1_790_000_000_000));
        let words = Words::default();
        let handset = |_| Handset {
            clock: clock.clone(),
            skew: 1000 * (i64::try_from(dice.below(200_000)).unwrap_or(0) - 100_000),
            dice: Dice::new(u64::from_be_bytes(dice.bytes())),
            key: dice.bytes(),
        };
        let handsets: Vec<_> = (0..PHONES).map(handset).collect();
        let phones = handsets.into_iter().enumerate();
        Self {
            relay: Relay::new(clock.clone(), dice.clone()),
            phones: phones
                .map(|(number, handset)| Phone::new(number, handset, words.clone()))
                .collect(),
            intruder: Intruder::new(&dice, words.clone()),
            network: Network::default(),
            dice,
            clock,
            told: Vec::new(),
            tally: Tally::default(),
        }
    }

    /// The team comes together, and the relay begins to lose its power now and then.
    pub(super) fn begin(&mut self) {
        people::come_together(self);
        self.relay.back_up();
        self.relay.falters = 4;
    }

    pub(super) fn step(&mut self) {
        let ahead = i64::try_from(self.dice.below(60_000)).unwrap_or(0);
        self.clock.set(self.clock.get() + ahead);
        let number = self.dice.below(PHONES);
        match self.dice.below(100) {
            0..=22 => self.work(number),
            23 => self.client_answers(),
            24..=25 => self.take_back(number),
            26..=28 => episode::play(self),
            29..=31 => self.intrude(),
            32..=43 => self.begin_exchange(number),
            44..=59 => self.arrive(),
            60..=61 => self.give_back(number),
            62..=64 => self.lose(),
            65..=68 => self.connect(number),
            69..=78 => self.relay_hears(number),
            79..=88 => self.phone_hears(number),
            89..=90 => self.cut(number),
            91..=93 => self.toggle(number),
            94..=95 => self.crash(number),
            96..=97 => self.trip(number),
            98 => match self.dice.below(6) {
                0 if self.dice.percent(WIPED) => self.wipe_relay(),
                0 => self.restore_relay(),
                1 => self.relay.back_up(),
                _ => self.restart_relay(),
            },
            _ => self.snapshot(),
        }
    }

    pub(super) fn tell(&mut self, what: String) {
        self.told.push(what);
    }

    fn begin_exchange(&mut self, number: usize) {
        let phone = &mut self.phones[number];
        if !phone.online || phone.socket.is_some() {
            return;
        }
        let Ok(request) = block_on(phone.engine.exchange_request()) else {
            return;
        };
        // Whatever it waited for before, it waits no more.
        let exchange = self.network.name_exchange();
        phone.awaits = Some(exchange);
        self.network.send(Flight::Request {
            exchange,
            from: number,
            request: Box::new(request),
        });
        self.tell(format!("{number} begins exchange {exchange}"));
    }

    pub(super) fn arrive(&mut self) {
        let (flight, doubled) = self.network.arrive(&self.dice);
        self.tally.add("doubled", usize::from(doubled));
        match flight {
            Some(Flight::Request {
                exchange,
                from,
                request,
            }) if self.phones[from].online => {
                self.tell(format!("exchange {exchange} of {from} arrives"));
                match self.relay.exchange(&request) {
                    Ok(frame) => self.network.send(Flight::Answer {
                        exchange,
                        to: from,
                        frame,
                    }),
                    Err(PowerCut) => self.tell("the relay loses its power".into()),
                }
            }
            Some(Flight::Answer {
                exchange,
                to,
                frame,
            }) => {
                let phone = &mut self.phones[to];
                if phone.online && phone.awaits == Some(exchange) {
                    phone.awaits = None;
                    let next = phone.receive(frame);
                    self.tell(format!("exchange {exchange} is answered: {next:?}"));
                }
            }
            Some(Flight::Request { .. }) | None => {}
        }
    }

    fn lose(&mut self) {
        let lost = self.network.lose(&self.dice);
        self.tally.add("lost", usize::from(lost));
    }

    fn connect(&mut self, number: usize) {
        let phone = &mut self.phones[number];
        if phone.online && phone.socket.is_none() {
            socket::open(phone, &self.relay);
            self.tell(format!("{number} connects"));
        }
    }

    fn relay_hears(&mut self, number: usize) {
        let Some(mut socket) = self.phones[number].socket.take() else {
            return;
        };
        if socket.is_dead(&self.relay) {
            return;
        }
        match socket.at_relay(&mut self.relay) {
            Ok(()) => self.phones[number].socket = Some(socket),
            Err(PowerCut) => self.tell(format!("the relay loses its power over {number}")),
        }
    }

    fn phone_hears(&mut self, number: usize) {
        if self.phones[number].socket.is_some() {
            self.tell(format!("{number} hears"));
            socket::at_device(&mut self.phones[number]);
        }
    }

    fn cut(&mut self, number: usize) {
        let connection = self.phones[number].socket.take();
        self.tally
            .add("connection cut", usize::from(connection.is_some()));
    }

    fn toggle(&mut self, number: usize) {
        let phone = &mut self.phones[number];
        phone.online = !phone.online;
        phone.socket = None;
        let state = if phone.online { "back" } else { "away" };
        self.tell(format!("{number} is {state}"));
    }

    pub(super) fn crash(&mut self, number: usize) {
        self.tell(format!("{number} loses its power"));
        self.phones[number].crash();
    }

    /// On a phone that is nobody's here.
    fn client_answers(&mut self) {
        match self.relay.client_answers() {
            Ok(answered) => {
                self.tell(format!("a client answers: {answered}"));
                self.tally.add("survey answered", usize::from(answered));
            }
            Err(PowerCut) => self.tell("the relay loses its power over a client".into()),
        }
    }

    fn trip(&mut self, number: usize) {
        let faults = [Fault::Full, Fault::CrashBefore, Fault::CrashAfter];
        let fault = *self.dice.pick(&faults).unwrap_or(&Fault::Full);
        let after = self.dice.below(4) as u64;
        self.tell(format!("{number} will meet {fault:?} after {after}"));
        self.phones[number].trip(after, fault);
    }

    pub(super) fn restart_relay(&mut self) {
        self.tell("the relay starts anew".into());
        self.relay.restart();
    }

    fn restore_relay(&mut self) {
        let before = self.relay.lost.len();
        let restored = self.relay.restore();
        let lost = self.relay.lost.len() - before;
        self.tell(format!(
            "the relay is restored from an older copy, and lacks {lost}"
        ));
        // The copy may be from before some of them were known again.
        for number in 0..PHONES {
            self.come_in_again(number);
        }
        self.tally
            .add("relay restored from a backup", usize::from(restored));
        self.tally.add("entry lost with the log", lost);
    }

    /// Nothing is left but what the phones have, and the director's gives it back.
    fn wipe_relay(&mut self) {
        let director = &self.phones[DIRECTOR].engine;
        let known = |phone: &Phone| {
            let device = phone.device();
            device.is_none_or(|it| director.settled().devices.contains_key(&it))
        };
        // What one disaster took and nobody has given back yet, another takes for good; and whoever came in since the giver
        // heard of the relay asks for themselves, by a link.
        if self.relay.restored || !self.phones.iter().all(known) {
            return;
        }
        let request = director.rebuild_request([4; 16], String::new());
        let Ok(Some(body)) = block_on(request) else {
            return;
        };
        match self.relay.rebuild(&body) {
            Ok(()) => {
                self.tell("the relay is wiped, and rebuilt from the director's phone".into());
                self.tally.add("relay rebuilt without a backup", 1);
            }
            // Their phone has not heard that they are no director any more, or is nobody's.
            Err(error) => panic!("the relay will not be rebuilt: {error}"),
        }
        for number in 0..PHONES {
            self.come_in_again(number);
        }
    }

    /// By what they wrote, else by a link of an administrator's.
    fn come_in_again(&mut self, number: usize) {
        let phone = &self.phones[number];
        let Some(device) = phone.device() else {
            return;
        };
        if self.relay.core.key(device).is_some() || self.relay.core.facts().author(device).is_none()
        {
            return;
        }
        let request = block_on(phone.engine.return_request()).expect("a handset can sign");
        let known = self.relay.know_again(&request);
        let how = if known {
            "by what it wrote"
        } else {
            "by a link"
        };
        self.tell(format!("{number} is known again {how}"));
        self.tally.add(format!("known again {how}"), 1);
        if !known {
            self.relay.let_in_again(device, request.key);
        }
    }

    fn snapshot(&mut self) {
        self.relay.look_into(true);
        let made = self.relay.make_snapshot();
        self.tally.add("snapshot", usize::from(made));
    }
}

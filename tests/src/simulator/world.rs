//! Phones, network and relay, and what can happen to them in one step.

use std::cell::Cell;
use std::rc::Rc;

use caravan_domain::command::Command;
use caravan_engine::Next;
use caravan_engine::storage::memory::Fault;
use caravan_port::act::Act;
use caravan_port::ask::{Ask, Told};
use caravan_port::message::RunError;
use caravan_sync::frame::RelayFrame;
use futures_executor::block_on;

use super::dice::Dice;
use super::handset::Handset;
use super::network::{Flight, Network};
use super::people::{self, PHONES};
use super::phone::Phone;
use super::relay::{PowerCut, Relay};
use super::{socket, work};

/// A device that has not settled after so many exchanges over a good network never will.
const EXCHANGES_MAX: usize = 300;

pub(super) struct World {
    pub(super) dice: Dice,
    pub(super) relay: Relay,
    pub(super) phones: Vec<Phone>,
    network: Network,
    clock: super::handset::Clock,
    /// What has happened, for whoever replays.
    pub(super) told: Vec<String>,
}

impl World {
    pub(super) fn new(seed: u64) -> Self {
        let dice = Dice::new(seed);
        let clock = Rc::new(Cell::new(1_790_000_000_000));
        let handset = |_| Handset {
            clock: clock.clone(),
            skew: 1000 * (i64::try_from(dice.below(200_000)).unwrap_or(0) - 100_000),
            dice: Dice::new(u64::from_be_bytes(dice.bytes())),
            key: dice.bytes(),
        };
        let handsets: Vec<_> = (0..PHONES).map(handset).collect();
        let phones = handsets.into_iter().enumerate();
        let mut world = Self {
            relay: Relay::new(clock.clone(), dice.clone()),
            phones: phones
                .map(|(number, handset)| Phone::new(number, handset))
                .collect(),
            network: Network::default(),
            dice,
            clock,
            told: Vec::new(),
        };
        people::come_together(&mut world);
        world.relay.falters = 4;
        world
    }

    pub(super) fn step(&mut self) {
        let ahead = i64::try_from(self.dice.below(60_000)).unwrap_or(0);
        self.clock.set(self.clock.get() + ahead);
        let number = self.dice.below(PHONES);
        match self.dice.below(100) {
            0..=29 => self.work(number),
            30..=31 => self.take_back(number),
            32..=43 => self.begin_exchange(number),
            44..=61 => self.arrive(),
            62..=64 => self.network.lose(&self.dice),
            65..=68 => self.connect(number),
            69..=78 => self.relay_hears(number),
            79..=88 => self.phone_hears(number),
            89..=90 => self.cut(number),
            91..=93 => self.toggle(number),
            94..=95 => self.crash(number),
            96..=97 => self.trip(number),
            98 => self.restart_relay(),
            _ => self.relay.make_snapshot(),
        }
    }

    fn tell(&mut self, what: String) {
        self.told.push(what);
    }

    fn work(&mut self, number: usize) {
        self.phones[number].draws += 1;
        if let Some((command, word)) = work::draw(&self.phones[number], &self.dice) {
            self.run(number, command, word);
        }
    }

    /// Runs a command and remembers what the engine promised.
    pub(super) fn run(&mut self, number: usize, command: Command, word: Option<String>) {
        self.tell(format!("{number} runs {command:?}"));
        let phone = &mut self.phones[number];
        let before = phone.engine.waiting();
        match block_on(phone.engine.run(command, None)) {
            Ok(_) => {
                let written = phone.engine.waiting() - before;
                phone.envelopes += u64::from(written);
                if written > 0 {
                    phone.promised.extend(word);
                }
                socket::push(phone);
            }
            Err(RunError::StorageFailed) => self.crash(number),
            Err(RunError::Command(refused)) => self.tell(format!("  refused: {refused}")),
            Err(RunError::StorageFull | RunError::NotJoined) => {}
            Err(RunError::Damaged) => panic!("phone {number} holds a damaged document"),
        }
    }

    fn take_back(&mut self, number: usize) {
        let phone = &mut self.phones[number];
        let Ok(Told::Undo(lines)) = block_on(phone.engine.answer(&Ask::Undo)) else {
            return;
        };
        let Some(undo) = lines.first().map(|line| line.undo) else {
            return;
        };
        let before = phone.engine.waiting();
        match block_on(phone.engine.act(Act::Undo(undo))) {
            Ok(_) => {
                phone.envelopes += u64::from(phone.engine.waiting() - before);
                self.tell(format!("{number} takes back {undo}"));
            }
            Err(caravan_port::act::ActError::StorageFailed) => self.crash(number),
            Err(_) => {}
        }
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

    fn arrive(&mut self) {
        match self.network.arrive(&self.dice) {
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
        self.phones[number].socket = None;
    }

    fn toggle(&mut self, number: usize) {
        let phone = &mut self.phones[number];
        phone.online = !phone.online;
        phone.socket = None;
        let state = if phone.online { "back" } else { "away" };
        self.tell(format!("{number} is {state}"));
    }

    fn crash(&mut self, number: usize) {
        self.tell(format!("{number} loses its power"));
        self.phones[number].crash();
    }

    fn trip(&mut self, number: usize) {
        let faults = [Fault::Full, Fault::CrashBefore, Fault::CrashAfter];
        let fault = *self.dice.pick(&faults).unwrap_or(&Fault::Full);
        let after = self.dice.below(4) as u64;
        self.tell(format!("{number} will meet {fault:?} after {after}"));
        self.phones[number].trip(after, fault);
    }

    fn restart_relay(&mut self) {
        self.tell("the relay starts anew".into());
        self.relay.restart();
    }

    /// The network works from now on: everybody exchanges until nobody has anything to say.
    pub(super) fn heal(&mut self) -> Result<(), String> {
        self.relay.falters = 0;
        for phone in &mut self.phones {
            phone.online = true;
            phone.socket = None;
        }
        while self.dice.percent(80) {
            self.arrive();
        }
        for phone in &mut self.phones {
            phone.awaits = None;
        }
        for _ in 0..PHONES + 3 {
            let news = (0..PHONES)
                .filter(|number| self.settle_one(*number))
                .count();
            if news == 0 {
                return Ok(());
            }
        }
        Err("the devices never come to rest".into())
    }

    /// Exchanges until nothing is owed either way; whether anything was.
    pub(super) fn settle_one(&mut self, number: usize) -> bool {
        let mut news = false;
        for _ in 0..EXCHANGES_MAX {
            let phone = &mut self.phones[number];
            let Ok(request) = block_on(phone.engine.exchange_request()) else {
                return news;
            };
            news |= !request.outbox.is_empty();
            let Ok(frame) = self.relay.exchange(&request) else {
                continue;
            };
            if let RelayFrame::Reply(reply) = &frame {
                news |= !socket::is_empty(reply);
            }
            match phone.receive(frame) {
                Some(Next::Settled) if !phone.engine.has_waiting() => return news,
                Some(Next::Wiped) => return true,
                Some(Next::Trouble(trouble)) => panic!("phone {number} gets {trouble:?}"),
                Some(Next::Settled | Next::Continue(_) | Next::BeginAgain) | None => {}
            }
        }
        panic!("phone {number} exchanges for ever");
    }
}

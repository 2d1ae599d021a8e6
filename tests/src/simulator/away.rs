//! Thirty days without a network on one phone, then a line that is cut at every message.

use std::fmt;

use caravan_engine::Next;
use caravan_engine::storage::memory::Fault;
use caravan_sync::frame::RelayFrame;
use futures_executor::block_on;

use super::check::check;
use super::people::{ANN, BO, DIRECTOR, MAX};
use super::world::World;
use super::{socket, work};

const DAYS: i64 = 30;
const DAY: i64 = 24 * 60 * 60 * 1000;
/// For so many edits out of reach, the others make one, and exchange it.
const EDITS_PER_NEWS: u64 = 5;
/// A live connection is cut after so many messages: the credentials went up, the first reply came
/// down, a push went up, its receipts came down.
const LIVE: std::ops::RangeInclusive<usize> = 1..=4;
/// An exchange over HTTP goes wrong in so many ways before one goes well ([`Line::posted`]).
const POSTED: std::ops::RangeInclusive<usize> = 1..=6;
/// More attempts than this are no progress.
const ATTEMPTS_MAX: usize = 2_000;

/// What it came to; everything was there in the end, or it would not be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Away {
    /// Envelopes written out of reach.
    pub edits: u64,
    /// Entries of others in the log meanwhile.
    pub news: u64,
    /// Times the line was cut, over HTTP and WebSocket.
    pub cuts: usize,
    /// Times the phone lost its power before or after storing a reply.
    pub crashes: usize,
    pub messages: usize,
}

impl fmt::Display for Away {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            edits,
            news,
            cuts,
            crashes,
            messages,
        } = self;
        write!(
            f,
            "{edits} edits in {DAYS} days offline, {news} by others; {messages} messages, {cuts} cuts, \
             {crashes} crashes; all agree, 0 lost"
        )
    }
}

/// # Errors
/// What did not hold in the end.
pub fn away(seed: u64, edits: u64) -> Result<Away, String> {
    let mut world = World::new(seed);
    world.begin();
    world.relay.falters = 0;
    world.heal()?;
    world.part(ANN);
    let written = write_for_days(&mut world, edits)?;
    let news = world.relay.log.iter().count() as u64;
    let mut line = Line::default();
    line.resume(&mut world)?;
    world.heal()?;
    check(&mut world)?;
    Ok(Away {
        edits: written,
        news,
        cuts: line.cuts,
        crashes: world.phones[ANN].crashes - 1,
        messages: line.messages,
    })
}

/// Ann writes, the others go on: about the same clients, too.
fn write_for_days(world: &mut World, edits: u64) -> Result<u64, String> {
    let before = world.phones[ANN].envelopes;
    let written = |world: &World| world.phones[ANN].envelopes - before;
    let step = DAYS * DAY / i64::try_from(edits.max(1)).unwrap_or(i64::MAX);
    let mut draws = 0;
    while written(world) < edits {
        draws += 1;
        if draws > 100 * edits {
            return Err("there is nothing left to write".into());
        }
        world.clock.set(world.clock.get() + step);
        world.told.clear();
        world.work(ANN);
        if draws % EDITS_PER_NEWS == 0 {
            let others = [DIRECTOR, MAX, BO];
            let other = *world.dice.pick(&others).unwrap_or(&DIRECTOR);
            write_news(world, other);
        }
    }
    Ok(written(world))
}

/// An edit, never a decision: those are other stories.
fn write_news(world: &mut World, number: usize) {
    let phone = &world.phones[number];
    let change = work::any_client(phone, &world.dice)
        .filter(|_| world.dice.percent(90))
        .and_then(|client| work::change(phone, client, &world.dice));
    let (command, word) = match change {
        Some(change) => change,
        None => work::create(phone, &world.dice),
    };
    world.run(number, command, word);
    world.settle_one(number);
}

#[derive(Default)]
struct Line {
    cuts: usize,
    messages: usize,
}

impl Line {
    /// Conversations, each cut one message later than the one before, then from the beginning, until
    /// nothing is owed.
    fn resume(&mut self, world: &mut World) -> Result<(), String> {
        world.come_back(ANN);
        for _ in 0..ATTEMPTS_MAX {
            for messages in LIVE {
                if self.live(world, messages) {
                    return Ok(());
                }
                self.cuts += 1;
            }
            for outcome in POSTED {
                if self.posted(world, outcome) {
                    return Ok(());
                }
                self.cuts += 1;
            }
        }
        Err(format!(
            "{} edits still wait after {ATTEMPTS_MAX} attempts",
            world.phones[ANN].engine.waiting()
        ))
    }

    fn live(&mut self, world: &mut World, messages: usize) -> bool {
        let phone = &mut world.phones[ANN];
        socket::open(phone, &world.relay);
        for message in 0..messages {
            self.messages += 1;
            match message % 2 {
                0 => {
                    let socket = world.phones[ANN].socket.take();
                    let Some(mut socket) = socket else {
                        return false;
                    };
                    let heard = socket.at_relay(&mut world.relay);
                    heard.expect("this relay does not lose its power");
                    world.phones[ANN].socket = Some(socket);
                }
                _ => socket::at_device(&mut world.phones[ANN]),
            }
        }
        let connected = world.phones[ANN].socket.take();
        connected.is_some_and(|socket| socket.is_idle()) && !world.phones[ANN].engine.has_waiting()
    }

    /// The request is lost; the answer is; the phone loses its power before storing it, or after, or is
    /// full; all goes well.
    fn posted(&mut self, world: &mut World, outcome: usize) -> bool {
        let phone = &mut world.phones[ANN];
        let Ok(request) = block_on(phone.engine.exchange_request()) else {
            return false;
        };
        self.messages += 1;
        if outcome == 1 {
            return false;
        }
        let answer = world.relay.exchange(&request);
        let answer = answer.expect("this relay does not lose its power");
        self.messages += 1;
        match outcome {
            2 => return false,
            3 => phone.trip(0, Fault::CrashBefore),
            4 => phone.trip(0, Fault::CrashAfter),
            5 => phone.trip(0, Fault::Full),
            _ => {}
        }
        let owed = matches!(&answer, RelayFrame::Reply(reply) if !socket::is_empty(reply));
        let next = phone.receive(answer);
        next == Some(Next::Settled) && !owed && !phone.engine.has_waiting()
    }
}

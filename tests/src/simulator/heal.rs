//! Good moments: one device reaches the relay undisturbed, or in the end all of them do.

use caravan_engine::Next;
use caravan_sync::frame::RelayFrame;
use futures_executor::block_on;

use super::people::PHONES;
use super::socket;
use super::world::World;

/// A device that has not settled after so many exchanges over a good network never will.
const EXCHANGES_MAX: usize = 300;

impl World {
    /// The network works from now on: everybody exchanges until nobody has anything to say.
    pub(super) fn heal(&mut self) -> Result<(), String> {
        self.relay.falters = 0;
        self.relay.lags = false;
        self.relay.look_into(false);
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
        self.refill()?;
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

    /// Out of reach, with whatever was on its way.
    pub(super) fn part(&mut self, number: usize) {
        let phone = &mut self.phones[number];
        phone.online = false;
        phone.socket = None;
        phone.awaits = None;
        self.tell(format!("{number} is out of reach"));
    }

    pub(super) fn come_back(&mut self, number: usize) {
        self.phones[number].online = true;
        self.tell(format!("{number} is back"));
    }

    /// A moment of good network; `None` when the phone does not belong to anybody any more.
    pub(super) fn catch_up(&mut self, number: usize) -> Option<()> {
        let phone = &mut self.phones[number];
        phone.socket = None;
        phone.awaits = None;
        self.tell(format!("{number} catches up"));
        self.settle_one(number);
        self.phones[number].person().map(drop)
    }

    /// What waits reaches the relay, and what it says to that reaches nobody.
    pub(super) fn lose_the_answer(&mut self, number: usize) -> Option<()> {
        let request = block_on(self.phones[number].engine.exchange_request()).ok()?;
        self.tell(format!("{number} pushes and hears nothing"));
        self.relay.exchange(&request).ok().map(drop)
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

//! Exchanges on their way: in any order, lost, or twice.

use caravan_sync::frame::{ExchangeRequest, RelayFrame};

use crate::dice::Dice;

#[derive(Debug, Clone)]
pub(super) enum Flight {
    Request {
        /// Names the exchange.
        exchange: u64,
        from: usize,
        request: Box<ExchangeRequest>,
    },
    Answer {
        exchange: u64,
        to: usize,
        frame: RelayFrame,
    },
}

#[derive(Debug, Default)]
pub(super) struct Network {
    flights: Vec<Flight>,
    exchanges: u64,
}

impl Network {
    pub(super) fn name_exchange(&mut self) -> u64 {
        self.exchanges += 1;
        self.exchanges
    }

    pub(super) fn send(&mut self, flight: Flight) {
        self.flights.push(flight);
    }

    /// One that arrives, and whether another like it arrives later.
    pub(super) fn arrive(&mut self, dice: &Dice) -> (Option<Flight>, bool) {
        if self.flights.is_empty() {
            return (None, false);
        }
        let place = dice.below(self.flights.len());
        match dice.percent(8) {
            true => (self.flights.get(place).cloned(), true),
            false => (Some(self.flights.swap_remove(place)), false),
        }
    }

    /// Whether there was anything to lose.
    pub(super) fn lose(&mut self, dice: &Dice) -> bool {
        if self.flights.is_empty() {
            return false;
        }
        let place = dice.below(self.flights.len());
        self.flights.swap_remove(place);
        true
    }
}

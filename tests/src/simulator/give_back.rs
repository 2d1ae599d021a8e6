//! Phones give a restored relay what it lacks.

use futures_executor::block_on;

use super::people::PHONES;
use super::relay::PowerCut;
use super::world::World;

/// More requests than these are no progress.
const REQUESTS_MAX: usize = 200;
/// Phones ask a relay that is being refilled again after a minute.
const MINUTE: i64 = 61_000;

impl World {
    /// One request, of which the answer may be lost.
    pub(super) fn give_back(&mut self, number: usize) {
        if self.phones[number].online {
            let lost = self.dice.percent(20);
            self.give_once(number, lost);
        }
    }

    /// Whether there was anything to ask or to give.
    fn give_once(&mut self, number: usize, answer_lost: bool) -> bool {
        let phone = &mut self.phones[number];
        let Some(device) = phone.device() else {
            return false;
        };
        let request = block_on(phone.engine.refill_request());
        let Some(request) = request.expect("storage in memory can be read") else {
            return false;
        };
        let asks = request.devices.len();
        let gives = request.envelopes.len();
        self.tell(format!(
            "{number} asks about {asks} devices and gives {gives} envelopes"
        ));
        let answer = match self.relay.refill(device, &request) {
            Ok(Some(answer)) if !answer_lost => answer,
            Ok(Some(_)) => return true,
            Ok(None) => return false,
            Err(PowerCut) => {
                self.tell("the relay loses its power".into());
                return true;
            }
        };
        self.told.push(format!(
            "  answered {answer:?}; history {}, waiting {}",
            self.phones[number]
                .storage()
                .len_of(caravan_engine::storage::Store::History),
            self.phones[number].engine.waiting()
        ));
        let taken = answer.verdicts.iter();
        let taken = taken.filter(|it| matches!(it, caravan_sync::frame::Verdict::Received { .. }));
        self.tally
            .add("envelope of another given back", taken.count());
        let phone = &mut self.phones[number];
        let before = phone.engine.waiting();
        if block_on(phone.engine.take_refill(&request, answer)).is_err() {
            self.crash(number);
        }
        let phone = &mut self.phones[number];
        let again = u64::from(phone.engine.waiting().saturating_sub(before));
        // They will be acknowledged a second time.
        phone.acknowledged = phone.acknowledged.saturating_sub(again);
        self.tally
            .add("envelope waits again", usize::try_from(again).unwrap_or(0));
        true
    }

    /// Everybody gives what they have, while the relay takes it; then its refill is over.
    pub(super) fn refill(&mut self) -> Result<(), String> {
        if !self.relay.restored {
            return Ok(());
        }
        self.give_all()?;
        let now = self.relay.now();
        if let Some(refill) = self.relay.core.refilling(now) {
            self.clock.set(refill.until.millis());
        }
        self.give_all()
    }

    fn give_all(&mut self) -> Result<(), String> {
        let mut still = 0;
        for _ in 0..60 {
            self.clock.set(self.clock.get() + MINUTE);
            let before = self.relay.core.position();
            for number in 0..PHONES {
                self.settle_one(number);
                let mut requests = 0;
                while self.give_once(number, false) {
                    requests += 1;
                    if requests > REQUESTS_MAX {
                        return Err(format!("phone {number} gives back for ever"));
                    }
                }
                self.settle_one(number);
            }
            let moved = self.relay.core.position() != before;
            still = if moved { 0 } else { still + 1 };
            if still > 1 {
                return Ok(());
            }
        }
        Err("the relay is refilled for ever".into())
    }
}

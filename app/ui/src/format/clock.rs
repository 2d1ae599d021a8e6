//! The time of day as a signal, so that “5 minutes ago” does not stay so.

use std::time::Duration;

use caravan_domain::time::{Day, Instant};
use leptos::prelude::*;

const TICK: Duration = Duration::from_secs(20);

#[derive(Clone, Copy)]
struct Clock {
    now: RwSignal<Instant>,
    today: Memo<Day>,
}

pub(crate) fn provide_clock() {
    let now = RwSignal::new(read());
    let today = Memo::new(move |_| now.get().day());
    provide_context(Clock { now, today });
    // Without a timer the app still tells the time at which it was opened.
    let _ = set_interval_with_handle(move || now.set(read()), TICK);
}

/// The device's clock, to the nearest tick. Whoever reads it is run again with every tick: where the day is enough, see
/// [`today`].
pub(crate) fn now() -> Instant {
    use_context::<Clock>().map_or_else(read, |clock| clock.now.get())
}

/// Changes at midnight alone.
pub(crate) fn today() -> Day {
    use_context::<Clock>().map_or_else(|| read().day(), |clock| clock.today.get())
}

fn read() -> Instant {
    Instant::from_millis(js_sys::Date::now() as i64)
}

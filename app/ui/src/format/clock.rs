//! The time of day as a signal, so that “5 minutes ago” does not stay so.

use std::time::Duration;

use caravan_domain::time::Instant;
use leptos::prelude::*;

const TICK: Duration = Duration::from_secs(20);

#[derive(Clone, Copy)]
struct Clock(RwSignal<Instant>);

pub(crate) fn provide_clock() {
    let clock = RwSignal::new(read());
    provide_context(Clock(clock));
    // Without a timer the app still tells the time at which it was opened.
    let _ = set_interval_with_handle(move || clock.set(read()), TICK);
}

/// The device's clock, to the nearest tick.
pub(crate) fn now() -> Instant {
    use_context::<Clock>().map_or_else(read, |Clock(clock)| clock.get())
}

fn read() -> Instant {
    Instant::from_millis(js_sys::Date::now() as i64)
}

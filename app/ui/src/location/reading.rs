use std::time::Duration;

use caravan_domain::visits::record::PositionReading;
use futures_channel::oneshot;
use leptos::{
    prelude::window,
    wasm_bindgen::{JsCast, closure::Closure},
    web_sys,
};

/// A basement has no fix however long one waits; nobody stands at a door longer than this.
const PATIENCE: Duration = Duration::from_secs(8);
/// A fix of the last minute is as good as a new one.
const FRESH: Duration = Duration::from_secs(60);
/// `GeolocationPositionError.PERMISSION_DENIED`
const DENIED: u16 = 1;

/// Asks the phone once. Always answers: a refusal and a basement are readings too.
pub(crate) async fn read_position() -> PositionReading {
    let Ok(geolocation) = window().navigator().geolocation() else {
        return PositionReading::Unavailable;
    };
    let (tell, answer) = oneshot::channel();
    let tell = std::rc::Rc::new(std::cell::Cell::new(Some(tell)));
    let refuse = tell.clone();
    let found = Closure::<dyn FnMut(web_sys::Position)>::new(move |position: web_sys::Position| {
        if let Some(tell) = tell.take() {
            let _ = tell.send(PositionReading::At(geo_uri(&position.coords())));
        }
    });
    let failed =
        Closure::<dyn FnMut(web_sys::PositionError)>::new(move |error: web_sys::PositionError| {
            let reading = match error.code() {
                DENIED => PositionReading::Refused,
                _ => PositionReading::Unavailable,
            };
            if let Some(tell) = refuse.take() {
                let _ = tell.send(reading);
            }
        });
    let options = web_sys::PositionOptions::new();
    options.set_enable_high_accuracy(true);
    options.set_timeout(PATIENCE.as_millis() as u32);
    options.set_maximum_age(FRESH.as_millis() as u32);
    let asked = geolocation.get_current_position_with_error_callback_and_options(
        found.as_ref().unchecked_ref(),
        Some(failed.as_ref().unchecked_ref()),
        &options,
    );
    match asked {
        Ok(()) => answer.await.unwrap_or(PositionReading::Unavailable),
        Err(_) => PositionReading::Unavailable,
    }
}

/// RFC 5870, WGS-84, as the domain stores it; browsers give no other datum.
fn geo_uri(at: &web_sys::Coordinates) -> String {
    format!(
        "geo:{:.6},{:.6};u={:.0}",
        at.latitude(),
        at.longitude(),
        at.accuracy().ceil()
    )
}

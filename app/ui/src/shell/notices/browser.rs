//! What the browser says it is. Only hints depend on it, never a function.

use leptos::prelude::window;

pub(super) fn is_wechat() -> bool {
    agent().contains("MicroMessenger")
}

/// iPhone and iPad, where only the share menu installs.
pub(super) fn is_ios() -> bool {
    let agent = agent();
    let touch_mac = agent.contains("Macintosh") && window().navigator().max_touch_points() > 1;
    agent.contains("iPhone") || agent.contains("iPad") || touch_mac
}

/// Opened from the home screen.
pub(super) fn is_installed() -> bool {
    let standalone = window()
        .match_media("(display-mode: standalone)")
        .ok()
        .flatten();
    standalone.is_some_and(|query| query.matches())
}

fn agent() -> String {
    // A browser that hides its name gets no hint.
    window().navigator().user_agent().unwrap_or_default()
}

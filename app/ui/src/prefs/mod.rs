//! What this device remembers of its reader's taste: theme and language. Kept in `localStorage`, because
//! `start/theme.js` must know them before the first paint, long before any worker runs.

mod hints;
mod language;
mod store;
mod theme;

pub(crate) use hints::{dismiss_install_hint, install_hint_was_dismissed};
pub(crate) use language::{Language, provide_language, use_language};
pub(crate) use theme::{Theme, provide_theme, use_theme};

//! `localStorage`, which private windows may refuse; then a choice lasts as long as the page.

use leptos::{prelude::window, web_sys::Storage};

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

pub(super) fn read(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

pub(super) fn write(key: &str, value: &str) {
    if let Some(storage) = storage() {
        // A full or refused store only forgets a preference.
        let _ = storage.set_item(key, value);
    }
}

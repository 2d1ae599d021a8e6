//! Whether the “+” sheet or the palette stands open; one at a time.

use leptos::prelude::*;

#[derive(Clone, Copy)]
pub(super) struct Launch {
    pub(super) plus: RwSignal<bool>,
    pub(super) palette: RwSignal<bool>,
}

pub(super) fn provide_launch() {
    provide_context(Launch {
        plus: RwSignal::new(false),
        palette: RwSignal::new(false),
    });
}

pub(super) fn use_launch() -> Launch {
    expect_context()
}

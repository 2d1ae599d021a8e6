use leptos::prelude::*;

use crate::{engine::use_engine, ui::SyncChip};

/// The device's state of sync, on every page.
#[component]
pub(crate) fn SyncStatusChip() -> impl IntoView {
    let engine = use_engine();
    let line = engine.sync_line();
    view! { <SyncChip line /> }
}

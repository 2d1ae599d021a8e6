use leptos::prelude::*;

use crate::{
    engine::use_engine,
    join::{Standing, use_standing},
    ui::{Show, SyncChip},
};

/// The device's state of sync, on every page of somebody who has joined.
#[component]
pub(crate) fn SyncStatusChip() -> impl IntoView {
    let line = use_engine().sync_line();
    let standing = use_standing();
    view! {
        <Show when=move || standing.get() == Some(Standing::Joined)>
            <SyncChip line />
        </Show>
    }
}

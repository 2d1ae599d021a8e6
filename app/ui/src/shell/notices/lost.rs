use caravan_port::act::Act;
use leptos::{prelude::*, task::spawn_local};

use super::notice::Notice;
use crate::{engine::use_engine, format::use_format, ui::live};

/// The browser had lost what this person kept in it: says what came back, and that the rest is gone.
#[component]
pub(super) fn LostDevice() -> impl IntoView {
    let engine = use_engine();
    let format = use_format();
    let line = engine.sync_line();
    let lost = Memo::new(move |_| line.with(|line| line.as_ref().and_then(|line| line.lost)));
    let text = tr!(
        shell.lost_device,
        count = lost.get().map_or(0, |lost| lost.received),
        time = lost
            .get()
            .and_then(|lost| lost.last_received_at)
            .map(|at| format.moment(at))
            .unwrap_or_default()
    );
    let nothing = tr!(shell.lost_device_empty);
    let dismiss = move || {
        spawn_local(async move {
            if let Err(error) = engine.act(Act::DismissLoss).await {
                leptos::logging::warn!("{error}");
            }
        });
    };
    live(move || {
        let text = match lost.get()?.last_received_at {
            Some(_) => text,
            None => nothing,
        };
        Some(view! { <Notice icon=icondata_lu::LuTriangleAlert text on_dismiss=dismiss /> })
    })
}

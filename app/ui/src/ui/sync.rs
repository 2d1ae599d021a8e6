//! The truth about where a record or the whole device stands. Words and a sign; colour only for what needs attention.

use caravan_domain::mark::Mark;
use caravan_port::view::{Connection, SyncLine};
use leptos::prelude::*;

use super::{Icon, live::live};
use crate::format::use_format;

/// The mark of one record.
#[component]
pub(crate) fn SyncMark(#[prop(into)] mark: Signal<Mark>) -> impl IntoView {
    let format = use_format();
    let (saved, sent, attention) = (
        tr!(ui.sync_saved),
        tr!(ui.sync_sent),
        tr!(ui.sync_attention),
    );
    let received_before = tr!(ui.sync_received_before);
    let received = tr!(
        ui.sync_received,
        time = match mark.get() {
            Mark::Received(Some(at)) => format.moment(at),
            _ => String::new(),
        }
    );
    live(move || {
        let (icon, text, class) = match mark.get() {
            Mark::Saved => (icondata_lu::LuSmartphone, saved, "text-muted"),
            Mark::Sent => (icondata_lu::LuArrowUp, sent, "text-muted"),
            Mark::Received(Some(_)) => (icondata_lu::LuCheck, received, "text-muted"),
            Mark::Received(None) => (icondata_lu::LuCheck, received_before, "text-muted"),
            Mark::NeedsAttention => (icondata_lu::LuCircleAlert, attention, "text-error"),
        };
        view! {
            <span class=format!("inline-flex items-center gap-1 text-sm whitespace-nowrap {class}")>
                <Icon icon class="size-4 shrink-0" />
                {text}
            </span>
        }
    })
}

/// The chip on every page; it leads to the sync page. `None` until the engine has said anything.
#[component]
pub(crate) fn SyncChip(#[prop(into)] line: Signal<Option<SyncLine>>) -> impl IntoView {
    let format = use_format();
    let starting = tr!(ui.chip_starting);
    let connected = tr!(ui.chip_connected);
    let offline = tr!(ui.chip_offline);
    let trouble = tr!(ui.chip_trouble);
    let remaining = tr!(
        ui.chip_remaining,
        count = line.get().map_or(0, |line| line.remaining)
    );
    let waiting = tr!(
        ui.chip_waiting,
        count = line.get().map_or(0, |line| line.waiting)
    );
    let attention = tr!(
        ui.chip_attention,
        count = line.get().map_or(0, |line| line.needs_attention)
    );
    let received = tr!(
        ui.sync_received,
        time = line
            .get()
            .and_then(|line| line.last_received_at)
            .map(|at| format.moment(at))
            .unwrap_or_default()
    );
    let words = move || {
        let Some(line) = line.get() else {
            return starting.get();
        };
        let parts = [
            (line.needs_attention > 0).then_some(attention),
            (line.connection == Connection::Offline).then_some(offline),
            matches!(line.connection, Connection::Trouble(_)).then_some(trouble),
            (line.remaining > 0).then_some(remaining),
            (line.waiting > 0).then_some(waiting),
            (line.needs_attention + line.remaining + line.waiting == 0
                && line.last_received_at.is_some())
            .then_some(received),
        ];
        let words: Vec<String> = parts.into_iter().flatten().map(|part| part.get()).collect();
        if words.is_empty() {
            match line.connection {
                Connection::Live => connected.get(),
                _ => starting.get(),
            }
        } else {
            words.join(" · ")
        }
    };
    let icon = move || match line.get() {
        Some(line) if line.needs_attention > 0 => icondata_lu::LuCircleAlert,
        Some(line)
            if matches!(
                line.connection,
                Connection::Offline | Connection::Trouble(_)
            ) =>
        {
            icondata_lu::LuCloudOff
        }
        Some(line) if line.waiting > 0 => icondata_lu::LuArrowUp,
        Some(line) if line.remaining > 0 => icondata_lu::LuArrowDown,
        Some(line) if line.connection == Connection::Connecting => icondata_lu::LuEllipsis,
        Some(_) => icondata_lu::LuCheck,
        None => icondata_lu::LuEllipsis,
    };
    let alert = move || line.get().is_some_and(|line| line.needs_attention > 0);
    view! {
        <a class="sync-chip" class:text-error=alert href="/sync">
            {move || view! { <Icon icon=icon() class="size-4 shrink-0" /> }}
            <span>{words}</span>
        </a>
    }
}

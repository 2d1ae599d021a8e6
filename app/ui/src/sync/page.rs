use caravan_port::{act::Act, view::SyncView};
use icondata_lu as icons;
use leptos::{prelude::*, task::spawn_local};

use super::{attention::Attention, outbox::Outbox, undo::UndoList};
use crate::{
    engine::use_engine,
    format::use_format,
    ui::{Button, ButtonKind, Page, SectionTitle, Show, SyncChip},
};

/// Beyond this the phone's clock is worth a word, in milliseconds.
const SKEW_WORTH_SAYING: u64 = 2 * 60 * 1000;

#[component]
pub(super) fn SyncPage() -> impl IntoView {
    let engine = use_engine();
    let view = engine.sync();
    let line = Signal::derive(move || view.with(|view| view.as_ref().map(|view| view.line)));
    let exchange = move || {
        spawn_local(async move {
            if let Err(error) = engine.act(Act::SyncNow).await {
                leptos::logging::warn!("{error}");
            }
        });
    };
    view! {
        <Page
            title=tr!(sync.title)
            back="/me"
            main_action=move || {
                view! {
                    <Button
                        label=tr!(sync.now)
                        icon=icons::LuRefreshCw
                        kind=ButtonKind::Main
                        wide=true
                        on_press=exchange
                    />
                }
            }
        >
            <div class="px-4">
                <SyncChip line />
            </div>
            <Contact view />
            <Attention view />
            <SectionTitle label=tr!(sync.waiting) />
            <Outbox view />
            <UndoList />
        </Page>
    }
}

/// When the relay was last heard, what of pictures waits, and whether the phone's clock is off.
#[component]
fn Contact(view: Signal<Option<SyncView>>) -> impl IntoView {
    let format = use_format();
    let last =
        Memo::new(move |_| view.with(|view| view.as_ref().and_then(|view| view.last_contact_at)));
    let photos =
        Memo::new(move |_| view.with(|view| view.as_ref().map_or(0, |view| view.photos_waiting)));
    let giving =
        Memo::new(move |_| view.with(|view| view.as_ref().and_then(|view| view.giving_back)));
    let skew = Memo::new(move |_| {
        let millis = view.with(|view| view.as_ref().and_then(|view| view.clock_skew_millis))?;
        (millis.unsigned_abs() > SKEW_WORTH_SAYING).then_some(millis / 60_000)
    });
    let heard = tr!(
        sync.last_contact,
        time = last.get().map(|at| format.moment(at)).unwrap_or_default()
    );
    let never = tr!(sync.never);
    view! {
        <div class="flex flex-col gap-1 px-4 py-2 text-muted">
            <p>{move || if last.get().is_some() { heard.get() } else { never.get() }}</p>
            <Show when=move || giving.get().is_some()>
                <p>{tr!(sync.giving_back, count = giving.get().unwrap_or_default())}</p>
            </Show>
            <Show when=move || { photos.get() > 0 }>
                <p>{tr!(sync.photos_waiting, count = photos.get())}</p>
            </Show>
            <Show when=move || skew.get().is_some()>
                <p class="text-warning">{tr!(sync.clock_off, minutes = skew.get().unwrap_or_default().abs())}</p>
            </Show>
        </div>
    }
}

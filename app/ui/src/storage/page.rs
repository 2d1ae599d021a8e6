use caravan_port::{
    act::{Act, Done},
    view::StorageView,
};
use icondata_lu as icons;
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen_futures::JsFuture;

use super::save_file;
use crate::{
    engine::use_engine,
    errors::Explain,
    format::{now, use_format},
    ui::{Badge, Button, ButtonKind, ConfirmSheet, Page, SectionTitle, Show, Tone, use_toasts},
};

#[component]
pub(super) fn StoragePage() -> impl IntoView {
    let storage = use_engine().storage();
    view! {
        <Page title=tr!(storage.title) back="/me" main_action=|| view! { <ExportButton /> }>
            <Persistence storage />
            <SectionTitle label=tr!(storage.holds) />
            <Figures storage />
            <p class="px-4 py-2 text-sm text-muted">{tr!(storage.export_hint)}</p>
            <SectionTitle label=tr!(storage.leaving) />
            <LeaveButton />
        </Page>
    }
}

/// Whether the browser has promised to keep the data; asked again by hand, because browsers change their mind once the
/// app is installed.
#[component]
fn Persistence(storage: Signal<Option<StorageView>>) -> impl IntoView {
    let engine = use_engine();
    let answer =
        Memo::new(move |_| storage.with(|view| view.as_ref().and_then(|view| view.persisted)));
    let ask = move || {
        spawn_local(async move {
            let Ok(promise) = window().navigator().storage().persist() else {
                return;
            };
            if let Ok(kept) = JsFuture::from(promise).await {
                let told = Act::Persisted(kept.as_bool() == Some(true));
                if let Err(error) = engine.act(told).await {
                    leptos::logging::warn!("{error}");
                }
            }
        });
    };
    let (kept, may_go, unasked) = (tr!(storage.kept), tr!(storage.may_go), tr!(storage.unasked));
    let words = Signal::derive(move || match answer.get() {
        Some(true) => kept.get(),
        Some(false) => may_go.get(),
        None => unasked.get(),
    });
    let tone = Signal::derive(move || match answer.get() {
        Some(true) => Tone::Good,
        Some(false) => Tone::Warning,
        None => Tone::Neutral,
    });
    view! {
        <div class="flex flex-col items-start gap-2 px-4">
            <Badge label=words tone />
            <Show when=move || answer.get() != Some(true)>
                <p class="text-sm text-muted">{tr!(storage.may_go_body)}</p>
                <Button label=tr!(storage.ask) on_press=ask />
            </Show>
        </div>
    }
}

#[component]
fn Figures(storage: Signal<Option<StorageView>>) -> impl IntoView {
    let format = use_format();
    let count = move |read: fn(&StorageView) -> u32| {
        Signal::derive(move || {
            let count = storage.with(|view| view.as_ref().map(read).unwrap_or_default());
            format.count(u64::from(count))
        })
    };
    let used = Signal::derive(move || {
        storage.with(|view| {
            let view = view.as_ref();
            match (
                view.and_then(|view| view.used),
                view.and_then(|view| view.quota),
            ) {
                (Some(used), Some(quota)) => format!("{} / {}", megabytes(used), megabytes(quota)),
                (Some(used), None) => megabytes(used),
                _ => String::from("–"),
            }
        })
    });
    let pictures = Signal::derive(move || {
        storage.with(|view| {
            view.as_ref()
                .map(|view| megabytes(view.photo_bytes))
                .unwrap_or_default()
        })
    });
    view! {
        <dl class="divide-y divide-line">
            <Figure label=tr!(storage.used) figure=used />
            <Figure label=tr!(storage.clients) figure=count(|view| view.clients) />
            <Figure label=tr!(storage.documents) figure=count(|view| view.documents) />
            <Figure label=tr!(storage.photos) figure=count(|view| view.photos) />
            <Figure label=tr!(storage.photo_bytes) figure=pictures />
        </dl>
    }
}

#[component]
fn Figure(label: Signal<String>, figure: Signal<String>) -> impl IntoView {
    view! {
        <div class="flex justify-between gap-4 px-4 py-3">
            <dt class="text-muted">{label}</dt>
            <dd class="tabular-nums">{figure}</dd>
        </div>
    }
}

fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1_000_000.0)
}

/// Everything this device holds, in one file that needs no Caravan to be read (U7).
#[component]
fn ExportButton() -> impl IntoView {
    let engine = use_engine();
    let explain = Explain::new();
    let toasts = use_toasts();
    let busy = RwSignal::new(false);
    let failed = tr!(storage.not_saved);
    let export = move || {
        busy.set(true);
        let failed = failed.get_untracked();
        spawn_local(async move {
            match engine.act(Act::ExportEverything).await {
                Ok(Done::File(bytes)) => {
                    let name = format!("caravan-{}.zip", now().day());
                    if save_file(&name, "application/zip", &bytes).is_err() {
                        toasts.say(failed);
                    }
                }
                Ok(_) => {}
                Err(failure) => toasts.say(explain.act(failure)),
            }
            busy.try_set(false);
        });
    };
    view! {
        <Button
            label=tr!(storage.export)
            kind=ButtonKind::Main
            icon=icons::LuDownload
            wide=true
            disabled=busy
            on_press=export
        />
    }
}

#[component]
fn LeaveButton() -> impl IntoView {
    let engine = use_engine();
    let explain = Explain::new();
    let toasts = use_toasts();
    let asking = RwSignal::new(false);
    let leave = move || {
        spawn_local(async move {
            if let Err(failure) = engine.act(Act::Leave).await {
                toasts.say(explain.act(failure));
            }
        });
    };
    view! {
        <div class="px-4 pb-4">
            <Button label=tr!(storage.leave) kind=ButtonKind::Danger on_press=move || asking.set(true) />
        </div>
        <ConfirmSheet
            open=asking
            title=tr!(storage.leave_question)
            body=tr!(storage.leave_body)
            verb=tr!(storage.leave)
            danger=true
            on_confirm=leave
        />
    }
}

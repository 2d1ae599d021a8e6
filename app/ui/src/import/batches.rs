//! Imports of the past, each of which can be undone as a whole.

use caravan_domain::id::BatchId;
use caravan_port::view::ImportedBatch;
use icondata_lu as icons;
use leptos::{prelude::*, task::spawn_local};

use super::{progress::Progress, undo::undo};
use crate::{
    engine::use_engine,
    errors::Explain,
    format::use_format,
    ui::{Badge, Button, ConfirmSheet, Each, List, ListRow, SectionTitle, Show, use_toasts},
};

#[component]
pub(super) fn PastImports() -> impl IntoView {
    let batches = use_engine().imports();
    let shown = Memo::new(move |_| batches.get().unwrap_or_default());
    view! {
        <Show when=move || !shown.with(Vec::is_empty)>
            <SectionTitle label=tr!(import.past) />
            <List label=tr!(import.past)>
                <Each each=move || shown.get() key=|batch| batch.batch let:batch>
                    <BatchRow shown id=batch.batch />
                </Each>
            </List>
        </Show>
    }
}

/// Reads its own counts, so that an undo under way is not rebuilt by what it changes.
#[component]
fn BatchRow(shown: Memo<Vec<ImportedBatch>>, id: BatchId) -> impl IntoView {
    let format = use_format();
    let read = move |count: fn(&ImportedBatch) -> u32| {
        Memo::new(move |_| {
            shown.with(|shown| {
                shown
                    .iter()
                    .find(|batch| batch.batch == id)
                    .map_or(0, count)
            })
        })
    };
    let (clients, live) = (
        read(|batch| batch.clients),
        read(|batch| batch.clients.saturating_sub(batch.archived)),
    );
    let imported_at = id.0.minted_at();
    let detail = tr!(
        import.past_line,
        count = format.count(u64::from(clients.get()))
    );
    let undone = Memo::new(move |_| live.get() == 0);
    view! {
        <ListRow title=Signal::derive(move || format.moment(imported_at)) detail icon=icons::LuHistory>
            <Show when=move || undone.get() fallback=move || view! { <UndoBatch batch=id /> }>
                <Badge label=tr!(import.undone) />
            </Show>
        </ListRow>
    }
}

/// Asks first, then archives in parts and says how far it is.
#[component]
pub(super) fn UndoBatch(
    batch: BatchId,
    #[prop(optional, into)] on_undone: Option<Callback<()>>,
) -> impl IntoView {
    let engine = use_engine();
    let explain = Explain::new();
    let toasts = use_toasts();
    let asking = RwSignal::new(false);
    let done = RwSignal::new(None::<(usize, usize)>);
    let said = tr!(import.undo_done);
    let start = move || {
        let words = said.get_untracked();
        done.set(Some((0, 0)));
        spawn_local(async move {
            let result = undo(engine, batch, move |now, of| {
                done.try_set(Some((now, of)));
            });
            match result.await {
                Ok(()) => {
                    toasts.say(words);
                    if let Some(undone) = on_undone {
                        undone.try_run(());
                    }
                }
                Err(failure) => toasts.say(explain.run(failure)),
            }
            done.try_set(None);
        });
    };
    let part = move |read: fn((usize, usize)) -> usize| {
        Signal::derive(move || done.get().map(read).unwrap_or_default())
    };
    view! {
        <Show
            when=move || done.get().is_some()
            fallback=move || {
                view! {
                    <Button
                        label=tr!(import.undo)
                        icon=icons::LuUndo2
                        on_press=move || asking.set(true)
                    />
                }
            }
        >
            <div class="min-w-40 flex-1">
                <Progress label=tr!(import.undoing) done=part(|(done, _)| done) of=part(|(_, of)| of) />
            </div>
        </Show>
        <ConfirmSheet
            open=asking
            title=tr!(import.undo_question)
            body=tr!(import.undo_body)
            verb=tr!(import.undo)
            danger=true
            on_confirm=start
        />
    }
}

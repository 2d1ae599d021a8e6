use leptos::prelude::*;

use super::{Button, EmptyState, List, ListRow, Show};

/// Rows shown before one asks for more.
pub(crate) const RECORDS_STEP: u32 = 100;

/// One of the records that a number was counted from.
#[derive(Clone)]
pub(crate) struct Record {
    pub(crate) title: Signal<String>,
    pub(crate) detail: Signal<String>,
    pub(crate) href: String,
    /// What it adds, where that is not simply one.
    pub(crate) adds: Option<Signal<String>>,
}

/// The records behind a number, so many at first and more when asked for.
#[component]
pub(crate) fn Records(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] records: Signal<Vec<Record>>,
    /// `None` until it is known.
    #[prop(into)]
    total: Signal<Option<u32>>,
    limit: RwSignal<u32>,
    /// Said when there are none.
    #[prop(into)]
    none: Signal<String>,
) -> impl IntoView {
    let rows = move || {
        let rows = records.get().into_iter().map(|record| {
            let adds = record.adds;
            view! {
                <ListRow title=record.title detail=record.detail href=record.href>
                    {adds.map(|adds| view! { <span class="shrink-0 tabular-nums">{adds}</span> })}
                </ListRow>
            }
        });
        rows.collect_view()
    };
    view! {
        <List label>{rows}</List>
        <Show when=move || total.get().is_some_and(|total| total > limit.get())>
            <div class="p-4">
                <Button
                    label=tr!(ui.records_more, total = total.get().unwrap_or_default())
                    wide=true
                    on_press=move || limit.update(|limit| *limit += RECORDS_STEP)
                />
            </div>
        </Show>
        <Show when=move || total.get() == Some(0)>
            <EmptyState icon=icondata_lu::LuSearchX title=none />
        </Show>
    }
}

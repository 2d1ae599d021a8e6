use caravan_port::view::{OutboxLine, SyncView};
use icondata_lu as icons;
use leptos::prelude::*;

use super::{labels::did, records::path_of};
use crate::{
    format::use_format,
    ui::{Badge, Each, EmptyState, List, ListRow, Show, Tone},
};

/// What this phone has saved and the relay has not confirmed, the oldest first.
#[component]
pub(super) fn Outbox(view: Signal<Option<SyncView>>) -> impl IntoView {
    let lines = Memo::new(move |_| {
        view.with(|view| {
            view.as_ref()
                .map(|view| view.outbox.clone())
                .unwrap_or_default()
        })
    });
    view! {
        <Show
            when=move || !lines.with(Vec::is_empty)
            fallback=|| {
                view! { <EmptyState icon=icons::LuCheck title=tr!(sync.nothing_waits) body=tr!(sync.nothing_waits_body) /> }
            }
        >
            <List label=tr!(sync.waiting)>
                <Each each=move || lines.get() key=|line| (line.sequence, line.sent) let:line>
                    <Line line />
                </Each>
            </List>
        </Show>
    }
}

#[component]
fn Line(line: OutboxLine) -> impl IntoView {
    let format = use_format();
    let (subject, at) = (line.subject.clone(), line.written_at);
    let detail = Signal::derive(move || format!("{subject} · {}", format.moment(at)));
    let href = line.record.map(path_of);
    let (state, tone) = match line.sent {
        true => (tr!(ui.sync_sent), Tone::Info),
        false => (tr!(ui.sync_saved), Tone::Neutral),
    };
    view! {
        <ListRow title=did(line.label) detail href=href>
            <Badge label=state tone />
        </ListRow>
    }
}

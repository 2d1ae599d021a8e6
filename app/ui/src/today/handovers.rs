use caravan_domain::today::view::TodayView;
use icondata_lu as icons;
use leptos::prelude::*;

use crate::ui::{Icon, List, ListRow, Show};

/// Clients that came to the reader: what came with them is read before anything else.
#[component]
pub(super) fn Handovers(today: Memo<Option<TodayView>>) -> impl IntoView {
    let came = Memo::new(move |_| {
        today.with(|today| {
            let capsules = today.as_ref().map(|today| today.capsules.as_slice());
            capsules.map(<[_]>::len).unwrap_or_default()
        })
    });
    view! {
        <Show when=move || { came.get() > 0 }>
            <List label=tr!(handovers.came)>
                <ListRow
                    title=tr!(handovers.came_count, count = came.get())
                    detail=tr!(handovers.came_hint)
                    href="/handovers"
                    lead=ViewFnOnce::from(|| {
                        view! { <Icon icon=icons::LuHandshake class="size-5 shrink-0 text-primary" /> }
                    })
                />
            </List>
        </Show>
    }
}

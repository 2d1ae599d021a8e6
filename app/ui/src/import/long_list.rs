use leptos::prelude::*;

use crate::ui::{Each, RowFn, VirtualList, live};

/// As many rows stand in the page as they are; more scroll in a window of their own.
const SHORT: usize = 5;

/// A list within a page, of any length.
#[component]
pub(super) fn LongList(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] total: Signal<usize>,
    #[prop(default = 4.0)] row_height: f64,
    #[prop(into)] row: RowFn,
) -> impl IntoView {
    let long = Memo::new(move |_| total.get() > SHORT);
    live(move || {
        let row = row.clone();
        if long.get() {
            view! {
                <div class="flex h-96 flex-col border-y border-line">
                    <VirtualList label total row_height row />
                </div>
            }
            .into_any()
        } else {
            view! {
                <ul class="divide-y divide-line border-y border-line" aria-label=label>
                    <Each each=move || 0..total.get() key=|place| *place let:place>
                        <li>{row.run(place)}</li>
                    </Each>
                </ul>
            }
            .into_any()
        }
    })
}

use leptos::prelude::*;

use crate::ui::VirtualList;

#[component]
pub(super) fn Rows() -> impl IntoView {
    view! {
        <div class="flex h-[60dvh] flex-col">
            <VirtualList
                label="Rows"
                total=10_000usize
                row=|place: usize| {
                    view! {
                        <a class="row" href=format!("/gallery/rows?{place}")>
                            {format!("客户 {place}")}
                        </a>
                    }
                }
            />
        </div>
    }
}

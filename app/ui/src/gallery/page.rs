use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{controls::Controls, data::Rows, states::States};
use crate::ui::{LinkButton, Page};

#[component]
pub(super) fn GalleryPage() -> impl IntoView {
    let part = use_params_map();
    let part = Memo::new(move |_| part.with(|part| part.get("part").unwrap_or_default()));
    view! {
        <Page title="Gallery" back="/me">
            <nav class="flex flex-wrap gap-2 px-4">
                <LinkButton label="Controls" href="/gallery" />
                <LinkButton label="States" href="/gallery/states" />
                <LinkButton label="10,000 rows" href="/gallery/rows" />
            </nav>
            {move || match part.get().as_str() {
                "states" => view! { <States /> }.into_any(),
                "rows" => view! { <Rows /> }.into_any(),
                _ => view! { <Controls /> }.into_any(),
            }}
        </Page>
    }
}

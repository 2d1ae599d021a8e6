use leptos::prelude::*;

use super::Icon;

/// A short word such as a tag; with `on_remove` it carries a cross.
#[component]
pub(crate) fn Chip(
    #[prop(into)] label: Signal<String>,
    #[prop(optional, into)] on_remove: Option<Callback<()>>,
) -> impl IntoView {
    let remove = tr!(ui.remove_named, name = label.get());
    view! {
        <span class="inline-flex items-center gap-1 rounded-selector bg-base-200 px-2 py-0.5 text-sm">
            <bdi>{label}</bdi>
            {on_remove
                .map(|remove_it| {
                    view! {
                        <button
                            type="button"
                            class="-my-2 -me-2 flex size-9 cursor-pointer items-center justify-center"
                            aria-label=remove
                            on:click=move |_| remove_it.run(())
                        >
                            <Icon icon=icondata_lu::LuX class="size-4" />
                        </button>
                    }
                })}
        </span>
    }
}

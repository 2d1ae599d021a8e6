use leptos::prelude::*;

use super::{Icon, label::fresh_id};

/// Searches while one types; its word is the caller's signal.
#[component]
pub(crate) fn SearchField(
    #[prop(into)] label: Signal<String>,
    word: RwSignal<String>,
    /// Told whether it has the focus.
    #[prop(optional, into)]
    on_focus: Option<Callback<bool>>,
) -> impl IntoView {
    let id = fresh_id("search");
    let tell = move |focused| {
        if let Some(on_focus) = on_focus {
            on_focus.run(focused);
        }
    };
    view! {
        <div class="relative" role="search">
            <label class="sr-only" for=id.clone()>
                {label}
            </label>
            <span class="pointer-events-none absolute inset-y-0 start-3 flex items-center text-muted">
                <Icon icon=icondata_lu::LuSearch />
            </span>
            <input
                id=id
                class="control border-transparent bg-base-200 ps-10"
                type="search"
                inputmode="search"
                enterkeyhint="search"
                autocomplete="off"
                spellcheck="false"
                dir="auto"
                placeholder=label
                prop:value=word
                on:focus=move |_| tell(true)
                on:blur=move |_| tell(false)
                on:input:target=move |event| word.set(event.target().value())
            />
        </div>
    }
}

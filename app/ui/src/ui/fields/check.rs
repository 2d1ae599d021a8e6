use leptos::prelude::*;

use crate::ui::Bound;

/// Yes or no; the whole line is the target.
#[component]
pub(crate) fn CheckField(
    #[prop(into)] label: Signal<String>,
    #[prop(optional, into)] hint: MaybeProp<String>,
    #[prop(into)] bind: Bound<bool>,
) -> impl IntoView {
    view! {
        <label class="flex min-h-11 cursor-pointer items-start gap-3 py-2">
            <input
                type="checkbox"
                class="checkbox checkbox-primary mt-0.5"
                prop:checked=bind.value
                on:change:target=move |event| bind.set(event.target().checked())
            />
            <span class="flex flex-col">
                <span>{label}</span>
                {move || hint.get().map(|hint| view! { <span class="text-sm text-muted">{hint}</span> })}
            </span>
        </label>
    }
}

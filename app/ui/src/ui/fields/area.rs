use leptos::prelude::*;

use crate::ui::{Bound, Field, field::FieldIds};

/// Several lines; grows with its text where the browser can (`field-sizing`).
#[component]
pub(crate) fn TextArea(
    #[prop(into)] label: Signal<String>,
    #[prop(optional, into)] hint: MaybeProp<String>,
    #[prop(optional, into)] error: MaybeProp<String>,
    #[prop(into)] bind: Bound<String>,
    #[prop(default = 20_000)] max: u32,
) -> impl IntoView {
    view! {
        <Field
            label
            hint
            error
            control=move |ids: FieldIds| {
                view! {
                    <textarea
                        id=ids.control
                        class="control field-sizing-content min-h-24 resize-y"
                        rows="3"
                        dir="auto"
                        maxlength=max
                        aria-invalid=move || error.read().is_some().then_some("true")
                        aria-describedby=ids.note
                        prop:value=bind.value
                        on:input:target=move |event| bind.set(event.target().value())
                    ></textarea>
                }
            }
        />
    }
}

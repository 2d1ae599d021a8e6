use leptos::prelude::*;

use crate::ui::{Bound, Field, field::FieldIds};

/// One of a few words. `options` are (value, label); for two to four of them a `SegmentedControl` is quicker.
#[component]
pub(crate) fn SelectField(
    #[prop(into)] label: Signal<String>,
    #[prop(optional, into)] hint: MaybeProp<String>,
    #[prop(optional, into)] error: MaybeProp<String>,
    #[prop(into)] bind: Bound<String>,
    #[prop(into)] options: Signal<Vec<(String, String)>>,
) -> impl IntoView {
    view! {
        <Field
            label
            hint
            error
            control=move |ids: FieldIds| {
                view! {
                    <select
                        id=ids.control
                        class="control appearance-auto"
                        aria-invalid=move || error.read().is_some().then_some("true")
                        aria-describedby=ids.note
                        on:change:target=move |event| bind.set(event.target().value())
                    >
                        {move || {
                            options
                                .get()
                                .into_iter()
                                .map(|(value, label)| {
                                    let chosen = value.clone();
                                    view! {
                                        <option
                                            value=value
                                            prop:selected=move || bind.value.with(|now| *now == chosen)
                                        >
                                            {label}
                                        </option>
                                    }
                                })
                                .collect_view()
                        }}
                    </select>
                }
            }
        />
    }
}

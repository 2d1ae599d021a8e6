use leptos::prelude::*;

use super::{Bound, label::fresh_id};

/// Two to four choices side by side; arrow keys move between them as in any group of radio buttons.
/// `options` are (value, label).
#[component]
pub(crate) fn SegmentedControl(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] bind: Bound<String>,
    #[prop(into)] options: Signal<Vec<(String, String)>>,
) -> impl IntoView {
    let group = fresh_id("segments");
    view! {
        <fieldset class="segments">
            <legend class="sr-only">{label}</legend>
            {move || {
                options
                    .get()
                    .into_iter()
                    .map(|(value, label)| {
                        let (chosen, picked) = (value.clone(), value.clone());
                        view! {
                            <label class="segment">
                                <input
                                    class="sr-only"
                                    type="radio"
                                    name=group.clone()
                                    value=value
                                    prop:checked=move || bind.value.with(|now| *now == chosen)
                                    on:change=move |_| bind.set(picked.clone())
                                />
                                {label}
                            </label>
                        }
                    })
                    .collect_view()
            }}
        </fieldset>
    }
}

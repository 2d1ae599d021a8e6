use leptos::prelude::*;

use crate::{engine::Submit, errors::Explain};

/// Below a form's fields: why its command was refused, read out as it comes.
#[component]
pub(crate) fn Refused(submit: Submit) -> impl IntoView {
    let explain = Explain::new();
    view! {
        <p class="text-error empty:hidden" role="alert">
            {move || submit.failure.get().map(|failure| explain.run(failure))}
        </p>
    }
}

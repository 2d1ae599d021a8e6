use caravan_domain::command::Field;
use caravan_port::message::RunError;
use leptos::prelude::*;

use crate::{
    engine::Failure,
    errors::{Explain, field_of},
};

/// What is wrong with one field. To be called while a component is being built.
pub(crate) fn use_error_of(
    failure: RwSignal<Option<Failure<RunError>>>,
    field: Field,
) -> Signal<Option<String>> {
    let explain = Explain::new();
    Signal::derive(move || {
        let failure = failure.get()?;
        (field_of(&failure) == Some(field)).then(|| explain.run(failure))
    })
}

/// What is wrong and stands beside none of the fields that are shown.
#[component]
pub(crate) fn Elsewhere(
    failure: RwSignal<Option<Failure<RunError>>>,
    shown: &'static [Field],
) -> impl IntoView {
    let explain = Explain::new();
    let text = move || {
        let failure = failure.get()?;
        let beside = field_of(&failure).is_some_and(|field| shown.contains(&field));
        (!beside).then(|| explain.run(failure))
    };
    view! {
        <p class="text-error empty:hidden" role="alert">
            {text}
        </p>
    }
}

//! Single-line fields. They differ in keyboard and in what the browser may fill in.

use leptos::prelude::*;

use crate::ui::{Bound, Field, field::FieldIds};

/// How the browser is told what is wanted: input type, keyboard, autofill.
#[derive(Clone, Copy)]
struct Kind {
    input: &'static str,
    keyboard: &'static str,
    autocomplete: &'static str,
}

#[component]
fn Input(
    label: Signal<String>,
    hint: MaybeProp<String>,
    error: MaybeProp<String>,
    bind: Bound<String>,
    kind: Kind,
    required: bool,
    max: u32,
) -> impl IntoView {
    view! {
        <Field
            label
            hint
            error
            control=move |ids: FieldIds| {
                view! {
                    <input
                        id=ids.control
                        class="control"
                        type=kind.input
                        inputmode=kind.keyboard
                        autocomplete=kind.autocomplete
                        dir="auto"
                        maxlength=max
                        aria-required=required.then_some("true")
                        aria-invalid=move || error.read().is_some().then_some("true")
                        aria-describedby=ids.note
                        prop:value=bind.value
                        on:input:target=move |event| bind.set(event.target().value())
                    />
                }
            }
        />
    }
}

/// Declares a field as a component with the common properties.
macro_rules! field {
    ($(#[$doc:meta])* $name:ident, $input:literal, $keyboard:literal, $autocomplete:literal) => {
        $(#[$doc])*
        #[component]
        pub(crate) fn $name(
            #[prop(into)] label: Signal<String>,
            #[prop(optional, into)] hint: MaybeProp<String>,
            #[prop(optional, into)] error: MaybeProp<String>,
            #[prop(into)] bind: Bound<String>,
            #[prop(optional)] required: bool,
            #[prop(default = 500)] max: u32,
        ) -> impl IntoView {
            let kind = Kind { input: $input, keyboard: $keyboard, autocomplete: $autocomplete };
            view! { <Input label hint error bind kind required max /> }
        }
    };
}

field!(TextField, "text", "text", "off");
field!(
    /// Digits and a point; what else may be typed is the form's affair.
    DecimalField, "text", "decimal", "off"
);
field!(TelField, "tel", "tel", "off");
field!(
    /// Whole numbers.
    NumberField, "text", "numeric", "off"
);
field!(PasswordField, "password", "text", "current-password");
field!(NewPasswordField, "password", "text", "new-password");
field!(
    /// The value is `YYYY-MM-DD` or empty.
    DateField, "date", "none", "off"
);
field!(
    /// The value is `hh:mm` or empty.
    TimeField, "time", "none", "off"
);

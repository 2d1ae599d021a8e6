//! The frame of every field: label above, hint or error below, tied together for screen readers.

use leptos::prelude::*;

use super::{Icon, label::fresh_id};

/// What a control needs to know of its frame.
#[derive(Clone)]
pub(crate) struct FieldIds {
    pub(crate) control: String,
    pub(crate) note: String,
}

/// Builds the input with the ids it is given.
pub(crate) struct Control(Box<dyn FnOnce(FieldIds) -> AnyView>);

impl<F, V> From<F> for Control
where
    F: FnOnce(FieldIds) -> V + 'static,
    V: IntoView + 'static,
{
    fn from(build: F) -> Self {
        Self(Box::new(move |ids| build(ids).into_any()))
    }
}

#[component]
pub(crate) fn Field(
    #[prop(into)] label: Signal<String>,
    #[prop(optional, into)] hint: MaybeProp<String>,
    /// Says what is wrong and what would be right; `None` while all is well.
    #[prop(optional, into)]
    error: MaybeProp<String>,
    #[prop(into)] control: Control,
) -> impl IntoView {
    let ids = FieldIds {
        control: fresh_id("field"),
        note: fresh_id("note"),
    };
    let note = ids.note.clone();
    view! {
        <div class="flex flex-col gap-1">
            <label class="text-sm font-medium" for=ids.control.clone()>
                {label}
            </label>
            {(control.0)(ids)}
            <div class="text-sm" id=note>
                {move || match error.get() {
                    Some(error) => {
                        view! {
                            <p class="flex items-start gap-1 text-error" role="alert">
                                <Icon icon=icondata_lu::LuCircleAlert class="mt-0.5 size-4 shrink-0" />
                                <span>{error}</span>
                            </p>
                        }
                            .into_any()
                    }
                    None => hint.get().map(|hint| view! { <p class="text-muted">{hint}</p> }).into_any(),
                }}
            </div>
        </div>
    }
}

use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

/// Fields one below the other; Enter in a field and the submit button both come to `on_submit`.
#[component]
pub(crate) fn Form(
    on_submit: impl Fn() + 'static,
    /// Inside a sheet, which ends sooner than a page.
    #[prop(optional)]
    in_sheet: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <form
            class=if in_sheet { "flex flex-col gap-4 px-4 pb-4" } else { "flex flex-col gap-4 px-4 pb-6" }
            on:submit=move |event| {
                event.prevent_default();
                on_submit();
            }
        >
            {children()}
        </form>
    }
}

/// Opens a page in place of the form, so that “back” leads past it. To be called while a component is being built.
pub(crate) fn use_past_the_form() -> impl Fn(&str) + Clone + 'static {
    let navigate = use_navigate();
    move |path| {
        navigate(
            path,
            NavigateOptions {
                replace: true,
                ..NavigateOptions::default()
            },
        );
    }
}

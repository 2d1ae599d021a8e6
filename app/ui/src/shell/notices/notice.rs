use leptos::prelude::*;

use crate::ui::{Icon, IconButton};

/// One line above the page; `children` are its buttons.
#[component]
pub(super) fn Notice(
    icon: icondata_core::Icon,
    #[prop(into)] text: Signal<String>,
    #[prop(optional, into)] on_dismiss: Option<Callback<()>>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="notice" role="status">
            <Icon icon />
            <p class="min-w-40 flex-1">{text}</p>
            {children.map(|children| children())}
            {on_dismiss.map(|on_press| view! { <IconButton label=tr!(ui.close) icon=icondata_lu::LuX on_press /> })}
        </div>
    }
}

use leptos::prelude::*;

use super::Icon;

/// Where nothing is yet: what this place is for and what to do next, with the button that does it as children.
#[component]
pub(crate) fn EmptyState(
    icon: icondata_core::Icon,
    #[prop(into)] title: Signal<String>,
    #[prop(optional, into)] body: MaybeProp<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="mx-auto flex max-w-sm flex-1 flex-col items-center justify-center gap-2 px-6 py-12 text-center">
            <Icon icon class="mb-2 size-8 text-muted" />
            <p class="font-medium">{title}</p>
            {move || body.get().map(|body| view! { <p class="text-muted">{body}</p> })}
            {children.map(|children| view! { <div class="mt-4 flex flex-wrap justify-center gap-2">{children()}</div> })}
        </div>
    }
}

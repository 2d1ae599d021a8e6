use leptos::prelude::*;
use leptos_router::{components::Outlet, hooks::use_location};

/// List and detail: side by side on a desk, one after the other on a phone. The view of a `ParentRoute` whose own path
/// is `base` ("/clients"); the child route is the detail, and what stands in its place at `base` is for the desk only.
#[component]
pub(crate) fn Split(base: &'static str, children: Children) -> impl IntoView {
    let path = use_location().pathname;
    let at_list = Memo::new(move |_| path.with(|path| path.trim_end_matches('/') == base));
    view! {
        <div class="split max-lg:flex max-lg:flex-1 max-lg:flex-col">
            <div class=move || if at_list.get() { "flex flex-1 flex-col" } else { "hidden lg:flex lg:flex-col" }>
                {children()}
            </div>
            <div class=move || if at_list.get() { "hidden lg:flex lg:flex-col" } else { "flex flex-1 flex-col" }>
                <Outlet />
            </div>
        </div>
    }
}

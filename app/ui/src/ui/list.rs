//! Lists are lines and space, not cards.

use leptos::prelude::*;

use super::Icon;

#[component]
pub(crate) fn SectionTitle(#[prop(into)] label: Signal<String>) -> impl IntoView {
    view! { <h2 class="section-title">{label}</h2> }
}

/// A short list; for more than a hundred rows there is `VirtualList`.
#[component]
pub(crate) fn List(
    #[prop(optional, into)] label: MaybeProp<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <ul class="divide-y divide-line" aria-label=move || label.get()>
            {children()}
        </ul>
    }
}

/// A row of two lines: `lead` before, `children` after. With `href` the whole row is a link.
#[component]
pub(crate) fn ListRow(
    #[prop(into)] title: Signal<String>,
    #[prop(optional, into)] detail: MaybeProp<String>,
    #[prop(optional, into)] href: MaybeProp<String>,
    #[prop(optional, into)] on_press: Option<Callback<()>>,
    #[prop(optional, into)] icon: Option<icondata_core::Icon>,
    #[prop(optional, into)] current: Signal<bool>,
    #[prop(optional)] lead: Option<ViewFnOnce>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let goes = href.get_untracked().is_some();
    let content = view! {
        {icon.map(|icon| view! { <Icon icon class="size-5 shrink-0 text-muted" /> })}
        {lead.map(|lead| lead.run())}
        <span class="flex min-w-0 flex-1 flex-col">
            <bdi class="truncate">{title}</bdi>
            {move || detail.get().map(|detail| view! { <bdi class="truncate text-sm text-muted">{detail}</bdi> })}
        </span>
        {children.map(|children| children())}
        {goes.then(|| view! { <Icon icon=icondata_lu::LuChevronRight class="size-4 shrink-0 text-muted rtl:rotate-180" /> })}
    };
    let row = match (goes, on_press) {
        (true, _) => view! {
            <a class="row" href=move || href.get() aria-current=move || current.get().then_some("true")>
                {content}
            </a>
        }
        .into_any(),
        (false, Some(press)) => view! {
            <button
                type="button"
                class="row cursor-pointer"
                aria-current=move || current.get().then_some("true")
                on:click=move |_| press.run(())
            >
                {content}
            </button>
        }
        .into_any(),
        (false, None) => view! { <div class="row">{content}</div> }.into_any(),
    };
    view! { <li>{row}</li> }
}

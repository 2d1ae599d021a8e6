use leptos::prelude::*;

/// What happened, newest first.
#[component]
pub(crate) fn Timeline(#[prop(into)] label: Signal<String>, children: Children) -> impl IntoView {
    view! {
        <ol class="timeline-list" aria-label=label>
            {children()}
        </ol>
    }
}

/// One event: when, by whom, what; `children` for its text.
#[component]
pub(crate) fn TimelineEntry(
    #[prop(into)] title: Signal<String>,
    /// Who and when.
    #[prop(into)]
    attribution: Signal<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <li>
            <p class="font-medium">
                <bdi>{title}</bdi>
            </p>
            <p class="text-sm text-muted">
                <bdi>{attribution}</bdi>
            </p>
            {children.map(|children| view! { <div class="pt-1 whitespace-pre-line">{children()}</div> })}
        </li>
    }
}

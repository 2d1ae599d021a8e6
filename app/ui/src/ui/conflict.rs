use leptos::prelude::*;

use super::Icon;

/// One of the values that two people wrote at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Version {
    /// Empty when this person cleared the field.
    pub(crate) value: String,
    /// Who wrote it and when, ready to read.
    pub(crate) attribution: String,
}

/// Shows every value with its author; one tap keeps one of them. `on_pick` gets its place in the list.
#[component]
pub(crate) fn ConflictField(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] versions: Signal<Vec<Version>>,
    #[prop(into)] on_pick: Callback<usize>,
) -> impl IntoView {
    let empty = tr!(ui.cleared);
    let keep = tr!(ui.keep);
    let explain = tr!(ui.conflict);
    view! {
        <section class="flex flex-col gap-2 border-s-3 border-warning px-4 py-2" aria-label=label>
            <p class="flex items-center gap-2 text-sm font-medium text-warning">
                <Icon icon=icondata_lu::LuGitMerge class="size-4 shrink-0" />
                <span>{label} " · " {explain}</span>
            </p>
            {move || {
                versions
                    .get()
                    .into_iter()
                    .enumerate()
                    .map(|(place, version)| {
                        let shown = if version.value.is_empty() { empty.get() } else { version.value };
                        view! {
                            <button
                                type="button"
                                class="flex min-h-14 w-full cursor-pointer items-center gap-3 rounded-field border border-line px-3 py-2 text-start hover:bg-base-200"
                                on:click=move |_| on_pick.run(place)
                            >
                                <span class="flex min-w-0 flex-1 flex-col">
                                    <bdi class="whitespace-pre-line">{shown}</bdi>
                                    <bdi class="text-sm text-muted">{version.attribution}</bdi>
                                </span>
                                <span class="text-sm font-medium text-primary">{keep}</span>
                            </button>
                        }
                    })
                    .collect_view()
            }}
        </section>
    }
}

/// In a list: people disagree on something in this record.
#[component]
pub(crate) fn Contested() -> impl IntoView {
    view! {
        <span class="inline-flex items-center gap-1 text-sm text-warning">
            <Icon icon=icondata_lu::LuGitMerge class="size-4" />
            {tr!(ui.contested)}
        </span>
    }
}

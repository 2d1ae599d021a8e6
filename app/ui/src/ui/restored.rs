use leptos::prelude::*;

use super::{Button, ButtonKind, Show};

/// Says above a form that what stands in it was typed earlier, and offers to start over.
#[component]
pub(crate) fn RestoredNote(
    restored: RwSignal<bool>,
    on_discard: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    view! {
        <Show when=move || restored.get()>
            <div class="px-4 pb-4">
                <div class="flex items-center justify-between gap-3 border-s-3 border-primary ps-3">
                    <p class="text-sm text-muted" role="status">
                        {tr!(ui.draft_restored)}
                    </p>
                    <Button label=tr!(ui.draft_discard) kind=ButtonKind::Quiet on_press=on_discard />
                </div>
            </div>
        </Show>
    }
}

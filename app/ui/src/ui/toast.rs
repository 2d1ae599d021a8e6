//! Short word of what was done, with undo. Spoken politely; never the only place where an error is told.

use std::time::Duration;

use leptos::prelude::*;

use super::Each;

/// Long enough to read a sentence and reach for undo.
const STAYS: Duration = Duration::from_secs(6);

#[derive(Clone)]
struct Toast {
    key: u32,
    text: String,
    undo: Option<Callback<()>>,
}

#[derive(Clone, Copy)]
pub(crate) struct Toasts(RwSignal<Vec<Toast>>);

pub(crate) fn provide_toasts() {
    provide_context(Toasts(RwSignal::new(Vec::new())));
}

pub(crate) fn use_toasts() -> Toasts {
    expect_context()
}

impl Toasts {
    pub(crate) fn say(self, text: impl Into<String>) {
        self.push(text.into(), None);
    }

    pub(crate) fn say_with_undo(self, text: impl Into<String>, undo: impl Into<Callback<()>>) {
        self.push(text.into(), Some(undo.into()));
    }

    fn push(self, text: String, undo: Option<Callback<()>>) {
        let key = self
            .0
            .with_untracked(|toasts| toasts.last().map_or(0, |last| last.key.wrapping_add(1)));
        self.0.set(vec![Toast { key, text, undo }]);
        set_timeout(move || self.dismiss(key), STAYS);
    }

    fn dismiss(self, key: u32) {
        self.0
            .update(|toasts| toasts.retain(|toast| toast.key != key));
    }
}

/// The region where toasts appear: above the dock and the main action, below what is being read.
#[component]
pub(crate) fn ToastRegion() -> impl IntoView {
    let toasts = use_toasts();
    let undo_label = tr!(ui.undo);
    view! {
        <div
            class="pointer-events-none fixed inset-x-0 bottom-[calc(var(--dock)+var(--safe-bottom)+4.75rem)] z-30 flex justify-center px-4 lg:bottom-20"
            role="status"
            aria-live="polite"
        >
            <Each each=move || toasts.0.get() key=|toast| toast.key let:toast>
                <div class="pointer-events-auto flex min-h-12 max-w-md items-center gap-2 rounded-field bg-neutral ps-4 pe-1 text-neutral-content">
                    <span class="py-2 pe-3">{toast.text.clone()}</span>
                    {toast
                        .undo
                        .map(|undo| {
                            let key = toast.key;
                            view! {
                                <button
                                    type="button"
                                    class="min-h-11 cursor-pointer px-3 font-semibold underline underline-offset-4"
                                    on:click=move |_| {
                                        toasts.dismiss(key);
                                        undo.run(());
                                    }
                                >
                                    {undo_label}
                                </button>
                            }
                        })}
                </div>
            </Each>
        </div>
    }
}

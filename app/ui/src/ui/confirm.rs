use leptos::prelude::*;

use super::{Button, ButtonKind, Sheet};

/// Asks before something that undo cannot bring back. The button repeats the verb, never “OK”.
#[component]
pub(crate) fn ConfirmSheet(
    open: RwSignal<bool>,
    #[prop(into)] title: Signal<String>,
    /// What will happen, and what stays safe.
    #[prop(into)]
    body: Signal<String>,
    #[prop(into)] verb: Signal<String>,
    #[prop(optional)] danger: bool,
    #[prop(into)] on_confirm: Callback<()>,
) -> impl IntoView {
    let kind = if danger {
        ButtonKind::Danger
    } else {
        ButtonKind::Main
    };
    view! {
        <Sheet open title>
            <div class="flex flex-col gap-4 px-4 pb-4">
                <p class="text-muted">{body}</p>
                <div class="grid gap-2 sm:grid-cols-2">
                    <Button
                        label=verb
                        kind
                        on_press=move || {
                            open.set(false);
                            on_confirm.run(());
                        }
                    />
                    <Button label=tr!(ui.cancel) on_press=move || open.set(false) />
                </div>
            </div>
        </Sheet>
    }
}

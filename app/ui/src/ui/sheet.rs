use leptos::{html, prelude::*};

use super::{IconButton, Show, label::fresh_id};

/// A choice or a short form: rises from below on a phone, opens in the middle on a desk. The browser's own `<dialog>`
/// keeps the focus inside, closes on Esc and gives the focus back. Never opened over another sheet.
#[component]
pub(crate) fn Sheet(
    open: RwSignal<bool>,
    #[prop(into)] title: Signal<String>,
    #[prop(optional)] wide: bool,
    children: ChildrenFn,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let children = StoredValue::new(children);
    let name = fresh_id("sheet");
    let heading = name.clone();
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        match (open.get(), dialog.open()) {
            // Refused only for a dialog outside the document, which then needs no showing.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    view! {
        <dialog
            class="sheet"
            class:sheet-wide=wide
            aria-labelledby=name
            node_ref=dialog
            on:close=move |_| open.set(false)
            on:click=move |event| {
                // A press on the dialog itself, not on what is in it, is a press on the backdrop.
                if event.target() == event.current_target() {
                    open.set(false);
                }
            }
        >
            <div class="flex max-h-[inherit] flex-col">
                <header class="flex min-h-14 items-center gap-2 ps-4 pe-1">
                    <h2 class="min-w-0 flex-1 truncate font-semibold" id=heading>
                        {title}
                    </h2>
                    <IconButton label=tr!(ui.close) icon=icondata_lu::LuX on_press=move || open.set(false) />
                </header>
                <div class="min-h-0 overflow-y-auto pb-2">
                    <Show when=move || open.get()>{move || children.with_value(|children| children())}</Show>
                </div>
            </div>
        </dialog>
    }
}

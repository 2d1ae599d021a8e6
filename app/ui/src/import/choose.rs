use icondata_lu as icons;
use leptos::prelude::*;

use super::{batches::PastImports, wizard::use_wizard};
use crate::ui::Icon;

/// Also what WPS and Excel call such files; what is inside decides.
const ACCEPT: &str = ".csv,.txt,.tsv,.xlsx,text/csv,application/vnd.ms-excel,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

#[component]
pub(super) fn ChooseStep() -> impl IntoView {
    view! {
        <p class="px-4 pb-2 text-muted">{tr!(import.intro)}</p>
        <div class="px-4">
            <FileButton />
        </div>
        <PastImports />
    }
}

#[component]
fn FileButton() -> impl IntoView {
    let wizard = use_wizard();
    view! {
        <label class="btn btn-primary w-full focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-primary">
            <Icon icon=icons::LuFileUp />
            <span>{tr!(import.choose)}</span>
            <input
                class="sr-only"
                type="file"
                accept=ACCEPT
                on:change:target=move |event| {
                    let input = event.target();
                    let file = input.files().and_then(|files| files.get(0));
                    // So that the same file, corrected, can be chosen again.
                    input.set_value("");
                    if let Some(file) = file {
                        wizard.open(file);
                    }
                }
            />
        </label>
    }
}

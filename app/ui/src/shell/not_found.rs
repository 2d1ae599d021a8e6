use leptos::prelude::*;

use crate::ui::{EmptyState, LinkButton, Page};

#[component]
pub(super) fn NotFound() -> impl IntoView {
    view! {
        <Page title=tr!(shell.not_found)>
            <EmptyState icon=icondata_lu::LuMapPinOff title=tr!(shell.not_found) body=tr!(shell.not_found_body)>
                <LinkButton label=tr!(shell.to_today) href="/" />
            </EmptyState>
        </Page>
    }
}

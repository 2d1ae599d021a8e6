use leptos::prelude::*;

use crate::{
    format::{now, use_format},
    ui::{EmptyState, Page},
};

#[component]
pub(super) fn TodayPage() -> impl IntoView {
    let format = use_format();
    view! {
        <Page title=tr!(shell.today)>
            <p class="px-4 text-muted">{move || format.day(now().day())}</p>
            <EmptyState icon=icondata_lu::LuSun title=tr!(today.nothing) body=tr!(today.nothing_body) />
        </Page>
    }
}

use leptos::prelude::*;

use crate::ui::{Button, ButtonKind, EmptyState};

/// A screen failed to draw; what was written is in the engine and safe.
#[component]
pub(super) fn CrashNotice() -> impl IntoView {
    view! {
        <EmptyState icon=icondata_lu::LuTriangleAlert title=tr!(shell.crash) body=tr!(shell.crash_body)>
            <ReloadButton />
        </EmptyState>
    }
}

#[component]
pub(super) fn ReloadButton() -> impl IntoView {
    let reload = || {
        // A page that cannot reload can still be closed and opened by hand.
        let _ = window().location().reload();
    };
    view! { <Button label=tr!(shell.reload) kind=ButtonKind::Main on_press=reload /> }
}

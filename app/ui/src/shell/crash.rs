use leptos::prelude::*;

use crate::ui::{Button, ButtonKind, EmptyState};

/// A screen failed to draw; what was written is in the engine and safe.
#[component]
pub(super) fn CrashNotice() -> impl IntoView {
    view! {
        <EmptyState icon=icondata_lu::LuTriangleAlert title=tr!(shell.crash) body=tr!(shell.crash_body)>
            <Button
                label=tr!(shell.reload)
                kind=ButtonKind::Main
                on_press=|| {
                    // A page that cannot reload can still be closed and opened by hand.
                    let _ = window().location().reload();
                }
            />
        </EmptyState>
    }
}

use caravan_port::message::CannotStart;
use leptos::prelude::*;

use crate::ui::{Button, ButtonKind, EmptyState};

/// Instead of every screen: what would be written here could not be kept.
#[component]
pub(super) fn CannotStartPage(reason: CannotStart) -> impl IntoView {
    let body = match reason {
        CannotStart::NoStorage => tr!(shell.no_storage),
        CannotStart::NotSecure => tr!(shell.not_secure),
        CannotStart::NewerData => tr!(shell.newer_data),
    };
    view! {
        <EmptyState icon=icondata_lu::LuShieldAlert title=tr!(shell.cannot_start) body>
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

use caravan_port::message::CannotStart;
use leptos::prelude::*;

use super::crash::ReloadButton;
use crate::ui::EmptyState;

/// Instead of every screen: what would be written here could not be kept.
#[component]
pub(super) fn CannotStartPage(reason: CannotStart) -> impl IntoView {
    let body = match reason {
        CannotStart::NoStorage => tr!(shell.no_storage),
        CannotStart::NotSecure => tr!(shell.not_secure),
        CannotStart::NewerData => tr!(shell.newer_data),
        CannotStart::OtherVersion => tr!(shell.other_version),
        CannotStart::StorageLost => tr!(shell.storage_lost),
    };
    view! {
        <EmptyState icon=icondata_lu::LuShieldAlert title=tr!(shell.cannot_start) body>
            <ReloadButton />
        </EmptyState>
    }
}

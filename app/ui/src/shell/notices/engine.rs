use caravan_port::message::CannotStart;
use leptos::prelude::*;

use super::{super::crash::ReloadButton, notice::Notice};
use crate::{
    engine::{Phase, use_engine},
    ui::live,
};

/// Says that the engine was started again, or why it cannot be.
#[component]
pub(super) fn EngineNotice() -> impl IntoView {
    let phase = use_engine().phase();
    let no_storage = tr!(shell.no_storage);
    let not_secure = tr!(shell.not_secure);
    let newer_data = tr!(shell.newer_data);
    let (other_version, storage_lost) = (tr!(shell.other_version), tr!(shell.storage_lost));
    let restarting = tr!(shell.engine_restarting);
    live(move || {
        let text = match phase.get() {
            Phase::Starting | Phase::Ready => return None,
            Phase::Restarting => restarting,
            Phase::CannotStart(CannotStart::NoStorage) => no_storage,
            Phase::CannotStart(CannotStart::NotSecure) => not_secure,
            Phase::CannotStart(CannotStart::NewerData) => newer_data,
            Phase::CannotStart(CannotStart::OtherVersion) => {
                return Some(view! { <Ended text=other_version /> }.into_any());
            }
            Phase::CannotStart(CannotStart::StorageLost) => {
                return Some(view! { <Ended text=storage_lost /> }.into_any());
            }
        };
        Some(view! { <Notice icon=icondata_lu::LuTriangleAlert text /> }.into_any())
    })
}

/// What stands on the screen can still be read and copied.
#[component]
fn Ended(text: Signal<String>) -> impl IntoView {
    view! {
        <Notice icon=icondata_lu::LuRefreshCw text>
            <ReloadButton />
        </Notice>
    }
}

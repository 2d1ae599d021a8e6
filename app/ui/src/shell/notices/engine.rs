use caravan_port::message::CannotStart;
use leptos::prelude::*;

use super::notice::Notice;
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
    let restarting = tr!(shell.engine_restarting);
    live(move || {
        let text = match phase.get() {
            Phase::Starting | Phase::Ready => return None,
            Phase::Restarting => restarting,
            Phase::CannotStart(CannotStart::NoStorage) => no_storage,
            Phase::CannotStart(CannotStart::NotSecure) => not_secure,
            Phase::CannotStart(CannotStart::NewerData) => newer_data,
        };
        Some(view! { <Notice icon=icondata_lu::LuTriangleAlert text /> })
    })
}

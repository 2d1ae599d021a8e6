//! What the shell has to say above a page: one line, one button, never in the way.

mod browser;
mod engine;
mod install;
mod notice;
mod persist;
mod update;
mod wechat;

use leptos::prelude::*;

use self::{
    engine::EngineNotice, install::InstallHint, persist::ask_to_persist, update::UpdateOffer,
    wechat::WeChatHint,
};

#[component]
pub(super) fn Notices() -> impl IntoView {
    ask_to_persist();
    view! {
        <WeChatHint />
        <EngineNotice />
        <UpdateOffer />
        <InstallHint />
    }
}

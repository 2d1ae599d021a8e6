//! What the shell has to say above a page: one line, one button, never in the way.

mod browser;
mod copied;
mod engine;
mod install;
mod notice;
mod persist;
mod storage_full;
mod update;
mod wechat;

use leptos::prelude::*;

use self::{
    copied::CopiedNotice, engine::EngineNotice, install::InstallHint, persist::ask_to_persist,
    storage_full::StorageFull, update::UpdateOffer, wechat::WeChatHint,
};

#[component]
pub(super) fn Notices() -> impl IntoView {
    ask_to_persist();
    view! {
        <WeChatHint />
        <EngineNotice />
        <StorageFull />
        <CopiedNotice />
        <UpdateOffer />
        <InstallHint />
    }
}

//! What the shell has to say above a page: one line, one button, never in the way.

mod browser;
mod engine;
mod install;
mod lost;
mod notice;
mod persist;
mod sign_in_again;
mod storage_full;
mod update;
mod wechat;

use leptos::prelude::*;

use self::{
    engine::EngineNotice, install::InstallHint, lost::LostDevice, persist::ask_to_persist,
    sign_in_again::SignInAgain, storage_full::StorageFull, update::UpdateOffer, wechat::WeChatHint,
};

#[component]
pub(super) fn Notices() -> impl IntoView {
    ask_to_persist();
    view! {
        <WeChatHint />
        <EngineNotice />
        <StorageFull />
        <SignInAgain />
        <LostDevice />
        <UpdateOffer />
        <InstallHint />
    }
}

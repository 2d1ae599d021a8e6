use leptos::prelude::*;

use super::{
    devices::MyDevices,
    settings::{LanguageSwitch, ThemeSwitch},
};
use crate::{
    development::MyDevelopmentLink,
    engine::use_engine,
    grades::MyGradeLink,
    lock::LockSettings,
    people::RoleNames,
    ui::{Avatar, List, ListRow, Page, SectionTitle},
};

#[component]
pub(super) fn MePage() -> impl IntoView {
    view! {
        <Page title=tr!(shell.me)>
            <WhoIAm />
            <List>
                <ListRow title=tr!(dashboard.title) icon=icondata_lu::LuLayoutDashboard href="/dashboard" />
                <ListRow title=tr!(goals.title) icon=icondata_lu::LuGoal href="/goals" />
                <MyGradeLink />
                <MyDevelopmentLink />
                <ListRow title=tr!(pay.title) icon=icondata_lu::LuWallet href="/pay" />
                <ListRow title=tr!(recognition.title) icon=icondata_lu::LuAward href="/recognition" />
                <ListRow title=tr!(agreements.title) icon=icondata_lu::LuSignature href="/agreements" />
                <ListRow title=tr!(help.title) icon=icondata_lu::LuBookOpen href="/help" />
            </List>
            <SectionTitle label=tr!(me.this_device) />
            <List>
                <ListRow title=tr!(me.sync) icon=icondata_lu::LuRefreshCw href="/sync" />
                <ListRow title=tr!(me.storage) icon=icondata_lu::LuHardDrive href="/storage" />
                <ListRow title=tr!(import.title) icon=icondata_lu::LuFileUp href="/import" />
                <ListRow title=tr!(export.title) icon=icondata_lu::LuFileDown href="/export" />
            </List>
            <LockSettings />
            <MyDevices />
            <SectionTitle label=tr!(me.language) />
            <div class="px-4">
                <LanguageSwitch />
            </div>
            <SectionTitle label=tr!(me.appearance) />
            <div class="px-4">
                <ThemeSwitch />
            </div>
        </Page>
    }
}

/// Name, code, roles and workspace.
#[component]
fn WhoIAm() -> impl IntoView {
    let me = use_engine().me();
    let roles = RoleNames::new();
    view! {
        {move || {
            me.get()
                .map(|me| {
                    let held = me.roles.clone();
                    let place = match me.team_name.is_empty() {
                        true => me.workspace_name.clone(),
                        false => format!("{} · {}", me.workspace_name, me.team_name),
                    };
                    view! {
                        <div class="flex items-center gap-4 px-4 py-2">
                            <Avatar name=Signal::stored(me.name.clone()) />
                            <div class="min-w-0 flex-1">
                                <p class="truncate text-lg font-semibold">
                                    <bdi>{me.name.clone()}</bdi>
                                </p>
                                <p class="truncate text-muted">
                                    <bdi>{place}</bdi>
                                </p>
                                <p class="text-sm text-muted">{move || roles.list(&held)}</p>
                            </div>
                            <span class="text-sm text-muted tabular-nums">{me.code.clone()}</span>
                        </div>
                    }
                })
        }}
    }
}

use caravan_domain::{
    command::Command,
    id::{Id, PersonId},
    people::decision::PeopleDecision,
};
use icondata_lu as icons;
use leptos::{prelude::*, task::spawn_local};

use crate::{
    engine::use_engine,
    errors::Explain,
    people::{DeviceList, FreshToken, InvitationLink},
    ui::{Button, ButtonKind, SectionTitle, SharedLink, Sheet, use_toasts},
};

/// A link for one's own second device is good for an hour.
const GOOD_FOR_MILLIS: i64 = 60 * 60 * 1000;

/// The person's devices, and a link that adds one more.
#[component]
pub(super) fn MyDevices() -> impl IntoView {
    let engine = use_engine();
    let me = engine.me();
    let file =
        engine.person(move || me.with(|me| me.as_ref().map_or(PersonId(Id::ZERO), |me| me.person)));
    let devices = Signal::derive(move || {
        file.with(|file| {
            let file = file.as_ref().and_then(Option::as_ref);
            file.map(|file| file.devices.clone()).unwrap_or_default()
        })
    });
    view! {
        <SectionTitle label=tr!(people.devices) />
        <DeviceList devices may_revoke=Signal::stored(true) />
        <div class="flex flex-wrap gap-2 px-4 py-2">
            <AddDevice />
            <SignInLink />
        </div>
    }
}

#[component]
fn AddDevice() -> impl IntoView {
    let engine = use_engine();
    let explain = Explain::new();
    let toasts = use_toasts();
    let open = RwSignal::new(false);
    let token = RwSignal::new(None::<[u8; 16]>);
    let add = move || {
        let Ok(fresh) = FreshToken::good_for(GOOD_FOR_MILLIS) else {
            return;
        };
        let decision = PeopleDecision::AddOwnDevice {
            invitation: fresh.invitation,
            token_hash: fresh.token_hash,
            expires_at: fresh.expires_at,
        };
        spawn_local(async move {
            match engine.run(Command::People(decision)).await {
                Ok(_) => {
                    token.set(Some(fresh.token));
                    open.set(true);
                }
                Err(failure) => toasts.say(explain.run(failure)),
            }
        });
    };
    view! {
        <Button label=tr!(me.add_device) icon=icons::LuSmartphone on_press=add />
        <Sheet open title=tr!(me.add_device)>
            {move || {
                token.get().map(|token| view! { <InvitationLink token intro=tr!(me.add_device_intro) /> })
            }}
        </Sheet>
    }
}

/// What somebody with a password needs on a new phone: nobody types a workspace's code.
#[component]
fn SignInLink() -> impl IntoView {
    let me = use_engine().me();
    let open = RwSignal::new(false);
    let link = move || {
        let origin = window().location().origin().unwrap_or_default();
        me.with(|me| {
            me.as_ref()
                .map(|me| format!("{origin}/sign-in#{}", me.workspace))
        })
    };
    view! {
        <Button
            label=tr!(me.sign_in_link)
            kind=ButtonKind::Quiet
            icon=icons::LuLink
            on_press=move || open.set(true)
        />
        <Sheet open title=tr!(me.sign_in_link)>
            <div class="flex flex-col items-center gap-4 px-4">
                {move || {
                    link()
                        .map(|link| {
                            view! { <SharedLink link qr_label=tr!(me.sign_in_qr) intro=tr!(me.sign_in_link_intro) /> }
                        })
                }}
            </div>
        </Sheet>
    }
}

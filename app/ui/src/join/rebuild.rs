//! What a director sees who gives a relay that has lost everything the workspace back.

use caravan_port::act::{Act, ActError, Secret};
use icondata_lu as icons;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::gate::{Standing, use_standing};
use crate::{
    engine::{Failure, use_engine},
    errors::Explain,
    ui::{Button, ButtonKind, EmptyState, Form, PasswordField, live},
};

/// Only a device that has the workspace can do it.
#[component]
pub(super) fn GivingBack(token: [u8; 16]) -> impl IntoView {
    let standing = use_standing();
    live(move || match standing.get() {
        None => ().into_any(),
        Some(Standing::Joined) => view! { <GivingBackForm token /> }.into_any(),
        Some(Standing::Locked) => view! {
            <EmptyState
                icon=icons::LuLock
                title=tr!(join.rebuild_locked)
                body=tr!(join.rebuild_locked_body)
            />
        }
        .into_any(),
        Some(Standing::New | Standing::Arriving | Standing::Revoked) => view! {
            <EmptyState
                icon=icons::LuMonitorSmartphone
                title=tr!(join.rebuild_elsewhere)
                body=tr!(join.rebuild_elsewhere_body)
            />
        }
        .into_any(),
    })
}

#[component]
fn GivingBackForm(token: [u8; 16]) -> impl IntoView {
    let engine = use_engine();
    let explain = Explain::new();
    let me = engine.me();
    let intro = live(move || {
        let workspace = me.with(|me| me.as_ref().map(|me| me.workspace_name.clone()))?;
        let intro = tr!(join.rebuild_intro, workspace = workspace.clone());
        Some(view! { <p class="text-lg">{intro}</p> })
    });
    let navigate = StoredValue::new_local(use_navigate());
    let password = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure<ActError>>);
    let give = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        let act = Act::GiveBack {
            token,
            password: Secret::Password(password.get_untracked()),
        };
        spawn_local(async move {
            match engine.act(act).await {
                Ok(_) => {
                    let options = NavigateOptions {
                        replace: true,
                        ..NavigateOptions::default()
                    };
                    navigate.try_with_value(|navigate| navigate("/", options));
                }
                Err(refused) => failure.set(Some(refused)),
            }
            busy.try_set(false);
        });
    };
    let wrong = Failure::Refused(ActError::WrongSecret);
    let said = move |of_password: bool| {
        Signal::derive(move || {
            let failure = failure.get().filter(|it| (*it == wrong) == of_password)?;
            Some(explain.act(failure))
        })
    };
    let other = said(false);
    view! {
        <Form on_submit=give>
            {intro}
            <p>{tr!(join.rebuild_who)}</p>
            <p>{tr!(join.rebuild_then)}</p>
            <PasswordField
                label=tr!(join.password)
                hint=tr!(join.rebuild_password_hint)
                error=said(true)
                bind=password
                required=true
            />
            <p class="text-error empty:hidden" role="alert">
                {other}
            </p>
            <p class="text-muted empty:hidden" role="status">
                {move || busy.get().then(|| tr!(join.rebuild_running).get())}
            </p>
            <Button
                label=tr!(join.rebuild)
                kind=ButtonKind::Main
                wide=true
                submit=true
                disabled=busy
            />
        </Form>
    }
}

use caravan_port::{
    act::{Act, ActError, Secret},
    view::Locked,
};
use icondata_lu as icons;
use leptos::{prelude::*, task::spawn_local};

use super::passkey;
use crate::{
    engine::{Engine, Failure, use_engine},
    errors::Explain,
    ui::{Button, ButtonKind, Form, Icon, LinkButton, Page, PasswordField, Sheet, Show},
};

/// Instead of every screen until its person has unlocked the device: a passkey at one touch, or the password.
#[component]
pub(crate) fn LockedPage(locked: Signal<Option<Locked>>) -> impl IntoView {
    let unlocking = use_unlocking();
    let password = RwSignal::new(String::new());
    let by_password = move || unlocking.run(Secret::Password(password.get_untracked()));
    let asked = Memo::new(move |_| locked.with(|locked| locked.as_ref()?.passkey.clone()));
    let by_passkey = move || {
        let Some(asked) = asked.get_untracked() else {
            return;
        };
        spawn_local(async move {
            // Whoever cancels has the password.
            if let Ok(made) = passkey::ask(&asked).await {
                unlocking.run(Secret::Passkey(made));
            }
        });
    };
    let workspace = Signal::derive(move || {
        locked.with(|locked| {
            let locked = locked.as_ref();
            locked
                .map(|locked| locked.workspace_name.clone())
                .unwrap_or_default()
        })
    });
    let lease_over =
        Memo::new(move |_| locked.with(|locked| locked.as_ref().is_some_and(|it| it.lease_over)));
    view! {
        <Page title=tr!(lock.title)>
            <div class="flex flex-col gap-4 px-4 pb-4">
                <div class="flex items-center gap-3">
                    <Icon icon=icons::LuLock class="size-6 shrink-0 text-muted" />
                    <p class="min-w-0 truncate text-lg font-semibold">
                        <bdi>{workspace}</bdi>
                    </p>
                </div>
                <p class="text-muted">{tr!(lock.body)}</p>
                <Show when=move || lease_over.get()>
                    <p class="text-warning" role="status">
                        {tr!(lock.lease_over)}
                    </p>
                </Show>
                <Show when=move || asked.get().is_some()>
                    <Button
                        label=tr!(lock.by_passkey)
                        icon=icons::LuFingerprint
                        kind=ButtonKind::Main
                        wide=true
                        disabled=unlocking.busy
                        on_press=by_passkey
                    />
                </Show>
            </div>
            <Form on_submit=by_password>
                <PasswordField
                    label=tr!(join.password)
                    error=unlocking.error
                    bind=password
                    required=true
                />
                {move || {
                    let kind = if asked.get().is_some() { ButtonKind::Plain } else { ButtonKind::Main };
                    view! {
                        <Button
                            label=tr!(lock.unlock)
                            icon=icons::LuLockOpen
                            kind
                            wide=true
                            submit=true
                            disabled=unlocking.busy
                        />
                    }
                }}
            </Form>
            <Forgotten />
        </Page>
    }
}

/// There is no other way in, and nobody should believe there is.
#[component]
fn Forgotten() -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <div class="flex flex-col px-4">
            <Button label=tr!(lock.forgotten) kind=ButtonKind::Quiet on_press=move || open.set(true) />
        </div>
        <Sheet open title=tr!(lock.forgotten)>
            <div class="flex flex-col gap-4 px-4 pb-4">
                <p>{tr!(lock.forgotten_body)}</p>
                <LinkButton label=tr!(join.sign_in) href="/sign-in" kind=ButtonKind::Plain />
            </div>
        </Sheet>
    }
}

#[derive(Clone, Copy)]
struct Unlocking {
    engine: Engine,
    busy: RwSignal<bool>,
    failure: RwSignal<Option<Failure<ActError>>>,
    error: Signal<Option<String>>,
}

fn use_unlocking() -> Unlocking {
    let explain = Explain::new();
    let failure = RwSignal::new(None);
    Unlocking {
        engine: use_engine(),
        busy: RwSignal::new(false),
        failure,
        error: Signal::derive(move || failure.get().map(|failure| explain.act(failure))),
    }
}

impl Unlocking {
    /// What is typed stays when it was wrong; when it was right, this page goes.
    fn run(self, secret: Secret) {
        if self.busy.get_untracked() {
            return;
        }
        let engine = self.engine;
        self.busy.set(true);
        self.failure.set(None);
        spawn_local(async move {
            if let Err(refused) = engine.act(Act::Unlock(secret)).await {
                self.failure.try_set(Some(refused));
            }
            self.busy.try_set(false);
        });
    }
}

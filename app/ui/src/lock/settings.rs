use caravan_port::act::{Act, Secret};
use icondata_lu as icons;
use leptos::{prelude::*, task::spawn_local};

use super::{passkey, password::ChangePassword};
use crate::{
    engine::use_engine,
    errors::Explain,
    format::use_format,
    ui::{
        Bound, Button, ButtonKind, Form, PasswordField, SectionTitle, SegmentedControl, Sheet,
        Show, use_toasts,
    },
};

/// Minutes to choose from.
const CHOICES: [u32; 4] = [5, 15, 60, 480];

/// Whether this device is encrypted, when it locks, and how it is unlocked.
#[component]
pub(crate) fn LockSettings() -> impl IntoView {
    let engine = use_engine();
    let format = use_format();
    let lock = engine.lock();
    let sealed = Memo::new(move |_| lock.with(|lock| lock.as_ref().is_some_and(|it| it.sealed)));
    let until = tr!(
        lock.lease,
        time = lock
            .get()
            .and_then(|lock| lock.lease_until)
            .map(|at| format.moment(at))
            .unwrap_or_default()
    );
    let act = move |act: Act| {
        spawn_local(async move {
            if let Err(error) = engine.act(act).await {
                leptos::logging::warn!("{error}");
            }
        });
    };
    let bind = Bound {
        value: Signal::derive(move || {
            let minutes = lock.with(|lock| lock.as_ref().map(|it| it.stays_open_minutes));
            minutes.unwrap_or_default().to_string()
        }),
        set: Callback::new(move |minutes: String| {
            if let Ok(minutes) = minutes.parse() {
                act(Act::LockAfter(minutes));
            }
        }),
    };
    let words = [
        tr!(lock.minutes, count = CHOICES[0]),
        tr!(lock.minutes, count = CHOICES[1]),
        tr!(lock.hours, count = CHOICES[2] / 60),
        tr!(lock.hours, count = CHOICES[3] / 60),
    ];
    let options = Signal::derive(move || {
        let named = CHOICES.into_iter().zip(words);
        named
            .map(|(minutes, words)| (minutes.to_string(), words.get()))
            .collect()
    });
    view! {
        <SectionTitle label=tr!(lock.locking) />
        <div class="flex flex-col items-start gap-3 px-4">
            <Show
                when=move || sealed.get()
                fallback=|| view! { <p class="text-sm text-warning">{tr!(lock.not_sealed)}</p> }
            >
                <p class="text-sm text-muted">{tr!(lock.sealed)} " " {until}</p>
                <p class="text-sm font-medium">{tr!(lock.after)}</p>
                <SegmentedControl label=tr!(lock.after) bind options />
                <div class="flex flex-wrap gap-2">
                    <Button label=tr!(lock.now) icon=icons::LuLock on_press=move || act(Act::Lock) />
                    <AddPasskey />
                </div>
            </Show>
            <ChangePassword />
        </div>
    }
}

/// A finger or a face instead of a password, where the device has it.
#[component]
fn AddPasskey() -> impl IntoView {
    let engine = use_engine();
    let explain = Explain::new();
    let toasts = use_toasts();
    let (me, lock) = (engine.me(), engine.lock());
    let has = Memo::new(move |_| lock.with(|lock| lock.as_ref().is_some_and(|it| it.passkey)));
    let open = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let password = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let (added, none) = (tr!(lock.passkey_added), tr!(lock.no_passkey));
    let add = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        error.set(None);
        let name = me.with_untracked(|me| me.as_ref().map(|me| me.name.clone()));
        spawn_local(async move {
            match passkey::make(&name.unwrap_or_default()).await {
                Err(passkey::NoPasskey) => error.set(Some(none.get_untracked())),
                Ok((passkey, made)) => {
                    let act = Act::AddPasskey {
                        password: Secret::Password(password.get_untracked()),
                        passkey,
                        made: Secret::Passkey(made),
                    };
                    match engine.act(act).await {
                        Ok(_) => {
                            password.set(String::new());
                            open.set(false);
                            toasts.say(added.get_untracked());
                        }
                        Err(failure) => error.set(Some(explain.act(failure))),
                    }
                }
            }
            busy.try_set(false);
        });
    };
    let (renew, first) = (tr!(lock.renew_passkey), tr!(lock.add_passkey));
    let label = Signal::derive(move || if has.get() { renew.get() } else { first.get() });
    view! {
        <Show when=passkey::is_there>
            <Button
                label
                icon=icons::LuFingerprint
                kind=ButtonKind::Quiet
                on_press=move || open.set(true)
            />
        </Show>
        <Sheet open title=label>
            <Form on_submit=add in_sheet=true>
                <p class="text-muted">{tr!(lock.passkey_body)}</p>
                <PasswordField label=tr!(join.password) error bind=password required=true />
                <Button label kind=ButtonKind::Main wide=true submit=true disabled=busy />
            </Form>
        </Sheet>
    }
}

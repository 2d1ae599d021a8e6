use caravan_port::act::{Act, ActError, Secret};
use caravan_sync::join::{JoinError, PASSWORD_MIN};
use icondata_lu as icons;
use leptos::{prelude::*, task::spawn_local};

use crate::{
    engine::{Failure, use_engine},
    errors::Explain,
    ui::{Bound, Button, ButtonKind, Form, NewPasswordField, PasswordField, Sheet, use_toasts},
};

/// Another password, of the account and of this device.
#[component]
pub(super) fn ChangePassword() -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <Button
            label=tr!(lock.change_password)
            icon=icons::LuKeyRound
            on_press=move || open.set(true)
        />
        <Sheet open title=tr!(lock.change_password)>
            <PasswordForm open />
        </Sheet>
    }
}

/// What is typed here is kept nowhere: it goes with the sheet.
#[derive(Clone, Default)]
struct Typed {
    old: String,
    new: String,
    again: String,
}

/// Beside which field something is said.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wrong {
    Old,
    New,
    Again,
    Nothing,
}

#[component]
fn PasswordForm(open: RwSignal<bool>) -> impl IntoView {
    let engine = use_engine();
    let explain = Explain::new();
    let toasts = use_toasts();
    let typed = RwSignal::new(Typed::default());
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(None::<(Wrong, String)>);
    let said = move |of: Wrong| {
        Signal::derive(move || {
            let said = failed.get().filter(|(wrong, _)| *wrong == of);
            said.map(|(_, words)| words)
        })
    };
    let (changed, offline, differ) = (
        tr!(lock.password_changed),
        tr!(lock.password_offline),
        tr!(lock.not_the_same),
    );
    let change = move || {
        if busy.get_untracked() {
            return;
        }
        let Typed { old, new, again } = typed.get_untracked();
        if new.chars().count() < PASSWORD_MIN {
            let short = Failure::Refused(JoinError::PasswordTooShort.into());
            failed.set(Some((Wrong::New, explain.act(short))));
            return;
        }
        if new != again {
            failed.set(Some((Wrong::Again, differ.get_untracked())));
            return;
        }
        busy.set(true);
        failed.set(None);
        spawn_local(async move {
            let act = Act::ChangePassword {
                old: Secret::Password(old),
                new: Secret::Password(new),
            };
            match engine.act(act).await {
                Ok(_) => {
                    open.set(false);
                    toasts.say(changed.get_untracked());
                }
                Err(Failure::Refused(ActError::Offline)) => {
                    failed.try_set(Some((Wrong::Nothing, offline.get_untracked())));
                }
                Err(refused) => {
                    let of = match refused {
                        Failure::Refused(ActError::WrongSecret | ActError::OtherPassword) => {
                            Wrong::Old
                        }
                        _ => Wrong::Nothing,
                    };
                    failed.try_set(Some((of, explain.act(refused))));
                }
            }
            busy.try_set(false);
        });
    };
    let other = said(Wrong::Nothing);
    view! {
        <Form on_submit=change in_sheet=true>
            <p class="text-muted">{tr!(lock.password_where)}</p>
            <PasswordField
                label=tr!(lock.old_password)
                error=said(Wrong::Old)
                bind=Bound::part(typed, |typed| &typed.old, |typed| &mut typed.old)
                required=true
            />
            <NewPasswordField
                label=tr!(lock.new_password)
                hint=tr!(lock.new_password_hint, count = PASSWORD_MIN)
                error=said(Wrong::New)
                bind=Bound::part(typed, |typed| &typed.new, |typed| &mut typed.new)
                required=true
            />
            <NewPasswordField
                label=tr!(lock.new_again)
                error=said(Wrong::Again)
                bind=Bound::part(typed, |typed| &typed.again, |typed| &mut typed.again)
                required=true
            />
            <p class="text-error empty:hidden" role="alert">
                {other}
            </p>
            <Button
                label=tr!(lock.change_password)
                kind=ButtonKind::Main
                wide=true
                submit=true
                disabled=busy
            />
        </Form>
    }
}

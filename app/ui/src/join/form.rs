//! The form that a link opens. What is typed stays when the relay refuses.

use caravan_port::act::{Act, ActError, JoinForm};
use caravan_sync::join::{JoinError, Offered, PASSWORD_MIN};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::label::device_label;
use crate::{
    engine::{Failure, use_engine},
    errors::Explain,
    ui::{Bound, Button, ButtonKind, Form, NewPasswordField, TextField},
};

#[derive(Clone, Default)]
struct Typed {
    workspace: String,
    name: String,
    password: String,
}

#[component]
pub(super) fn JoiningForm(token: [u8; 16], offered: Offered) -> impl IntoView {
    let founding = offered == Offered::Founding;
    let own_device = matches!(
        offered,
        Offered::Membership {
            own_device: true,
            ..
        }
    );
    let renewing = matches!(offered, Offered::NewPassword { .. });
    let typed = RwSignal::new(Typed {
        name: match offered {
            Offered::Founding | Offered::Rebuilding => String::new(),
            Offered::Membership { name, .. } | Offered::NewPassword { name, .. } => name,
        },
        ..Typed::default()
    });
    let joining = use_joining(
        token,
        Way {
            founding,
            own_device,
            renewing,
        },
        typed,
    );
    let password_error = Signal::derive(move || {
        joining
            .failure
            .get()
            .filter(|failure| {
                *failure == Failure::Refused(ActError::Join(JoinError::PasswordTooShort))
            })
            .map(|failure| joining.explain.act(failure))
    });
    let other_error = Signal::derive(move || {
        let failure = joining.failure.get()?;
        password_error
            .get()
            .is_none()
            .then(|| joining.explain.act(failure))
    });
    view! {
        <Form on_submit=move || joining.submit.run(())>
            {founding
                .then(|| {
                    view! {
                        <TextField
                            label=tr!(join.workspace_name)
                            hint=tr!(join.workspace_name_hint)
                            bind=Bound::part(typed, |typed| &typed.workspace, |typed| &mut typed.workspace)
                            required=true
                            max=80
                        />
                    }
                })}
            {(!own_device && !renewing)
                .then(|| {
                    view! {
                        <TextField
                            label=tr!(join.your_name)
                            bind=Bound::part(typed, |typed| &typed.name, |typed| &mut typed.name)
                            required=true
                            max=80
                        />
                    }
                })}
            <NewPasswordField
                label=if renewing { tr!(lock.new_password) } else { tr!(join.password) }
                hint=if own_device {
                    tr!(join.device_password_hint, count = PASSWORD_MIN)
                } else {
                    tr!(join.password_hint, count = PASSWORD_MIN)
                }
                error=password_error
                bind=Bound::part(typed, |typed| &typed.password, |typed| &mut typed.password)
                required=true
            />
            <p class="text-error" role="alert">
                {move || other_error.get()}
            </p>
            <Button
                label=match (founding, renewing) {
                    (true, _) => tr!(join.found),
                    (_, true) => tr!(join.renew),
                    _ => tr!(join.join),
                }
                kind=ButtonKind::Main
                wide=true
                submit=true
                disabled=joining.busy
            />
            <p class="text-sm text-muted">{tr!(join.key_stays)}</p>
        </Form>
    }
}

#[derive(Clone, Copy)]
struct Joining {
    submit: Callback<()>,
    busy: RwSignal<bool>,
    failure: RwSignal<Option<Failure<ActError>>>,
    explain: Explain,
}

/// What the link is for.
#[derive(Clone, Copy)]
struct Way {
    founding: bool,
    own_device: bool,
    renewing: bool,
}

fn use_joining(token: [u8; 16], way: Way, typed: RwSignal<Typed>) -> Joining {
    let engine = use_engine();
    let navigate = StoredValue::new_local(use_navigate());
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None);
    let submit = Callback::new(move |()| {
        if busy.get_untracked() {
            return;
        }
        let password = typed.with_untracked(|typed| typed.password.chars().count());
        if password < PASSWORD_MIN {
            // The relay would have none of it either; on a device of one's own it is not asked.
            failure.set(Some(Failure::Refused(JoinError::PasswordTooShort.into())));
            return;
        }
        busy.set(true);
        failure.set(None);
        let form = typed.with_untracked(|typed| JoinForm {
            token,
            name: typed.name.clone(),
            workspace_name: way.founding.then(|| typed.workspace.clone()),
            password: typed.password.clone(),
            own_device: way.own_device,
            renewing: way.renewing,
            label: device_label(),
        });
        spawn_local(async move {
            match engine.act(Act::Join(Box::new(form))).await {
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
    });
    Joining {
        submit,
        busy,
        failure,
        explain: Explain::new(),
    }
}

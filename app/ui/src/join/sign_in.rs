use caravan_domain::id::WorkspaceId;
use caravan_port::act::{Act, ActError, SignInForm};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::{use_location, use_navigate};

use super::label::device_label;
use crate::{
    engine::{Failure, use_engine},
    errors::Explain,
    ui::{Bound, Button, ButtonKind, Form, Page, PasswordField, Show, TextField},
};

#[derive(Clone, Default)]
struct Typed {
    workspace: String,
    person: String,
    password: String,
}

/// For somebody who set a password and has a new device, or lost all of theirs. `/sign-in#<workspace>` asks for no more
/// than name and password.
#[component]
pub(super) fn SignInPage() -> impl IntoView {
    let engine = use_engine();
    let explain = Explain::new();
    let navigate = StoredValue::new_local(use_navigate());
    let typed = RwSignal::new(Typed::default());
    let hash = use_location().hash;
    let linked = Memo::new(move |_| hash.with(|hash| workspace_in(hash)));
    let busy = RwSignal::new(false);
    let bad_code = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure<ActError>>);
    let submit = move || {
        let form = typed.get_untracked();
        let workspace = linked.get_untracked();
        let workspace = workspace.or_else(|| workspace_in(&form.workspace));
        bad_code.set(workspace.is_none());
        failure.set(None);
        let (Some(workspace), false) = (workspace, busy.get_untracked()) else {
            return;
        };
        busy.set(true);
        let form = SignInForm {
            workspace,
            person: form.person,
            password: form.password,
            label: device_label(),
        };
        spawn_local(async move {
            match engine.act(Act::SignIn(Box::new(form))).await {
                Ok(_) => {
                    navigate.try_with_value(|navigate| navigate("/", Default::default()));
                }
                Err(refused) => failure.set(Some(refused)),
            }
            busy.try_set(false);
        });
    };
    let code_error = tr!(join.workspace_code_error);
    view! {
        <Page title=tr!(join.sign_in) back="/">
            <Form on_submit=submit>
                <Show when=move || linked.get().is_none()>
                    <TextField
                        label=tr!(join.workspace_code)
                        hint=tr!(join.workspace_code_hint)
                        error=Signal::derive(move || bad_code.get().then(|| code_error.get()))
                        bind=Bound::part(typed, |typed| &typed.workspace, |typed| &mut typed.workspace)
                        required=true
                        max=200
                    />
                </Show>
                <TextField
                    label=tr!(join.person)
                    bind=Bound::part(typed, |typed| &typed.person, |typed| &mut typed.person)
                    required=true
                    max=80
                />
                <PasswordField
                    label=tr!(join.password)
                    bind=Bound::part(typed, |typed| &typed.password, |typed| &mut typed.password)
                    required=true
                />
                <p class="text-error" role="alert">
                    {move || failure.get().map(|failure| explain.act(failure))}
                </p>
                <Button label=tr!(join.sign_in) kind=ButtonKind::Main wide=true submit=true disabled=busy />
            </Form>
        </Page>
    }
}

/// A code alone, or behind the `#` of a link.
fn workspace_in(text: &str) -> Option<WorkspaceId> {
    let code = text.rsplit('#').next().unwrap_or_default();
    code.trim().parse().ok()
}

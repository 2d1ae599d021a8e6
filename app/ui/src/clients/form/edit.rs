use caravan_domain::{
    clients::{command::ClientCommand, record::ClientDraft},
    command::Command,
    id::{ClientId, Id},
};
use caravan_port::message::RunError;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::{use_navigate, use_params_map};
use serde::{Deserialize, Serialize};

use super::fields::ClientFields;
use crate::{
    engine::{Failure, use_draft, use_engine},
    ui::{Button, ButtonKind, Page},
};

#[component]
pub(in crate::clients) fn EditClientPage() -> impl IntoView {
    let params = use_params_map();
    let id = params
        .with_untracked(|params| params.get("id").unwrap_or_default())
        .parse()
        .unwrap_or(ClientId(Id::ZERO));
    let file = use_engine().client(move || id);
    // The form opens once; what arrives meanwhile does not overwrite what is being typed.
    let opened = Memo::new(move |before: Option<&Option<ClientDraft>>| match before {
        Some(Some(draft)) => Some(draft.clone()),
        _ => file.with(|file| {
            let file = file.as_ref()?.as_ref()?;
            Some(file.client.draft.clone())
        }),
    });
    view! {
        <Page title=tr!(clients.edit) back=format!("/clients/{id}")>
            {move || opened.get().map(|before| view! { <EditForm id before /> })}
        </Page>
    }
}

/// `before` is kept with what was typed, so that a draft taken up later still knows what the form was opened with.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    before: ClientDraft,
    after: ClientDraft,
}

#[component]
fn EditForm(id: ClientId, before: ClientDraft) -> impl IntoView {
    let engine = use_engine();
    let navigate = StoredValue::new_local(use_navigate());
    let draft = use_draft(
        format!("clients/{id}/edit"),
        Typed {
            after: before.clone(),
            before,
        },
    );
    let typed = draft.bind(|typed| &typed.after, |typed| &mut typed.after);
    // The fields work on a signal of their own; the draft follows it.
    let after = RwSignal::new(typed.value.get_untracked());
    Effect::new(move || {
        let now = typed.value.get();
        if after.with_untracked(|after| *after != now) {
            after.set(now);
        }
    });
    Effect::new(move || {
        let now = after.get();
        if typed.value.with_untracked(|typed| *typed != now) {
            typed.set(now);
        }
    });
    let failure = RwSignal::new(None::<Failure<RunError>>);
    let busy = RwSignal::new(false);
    let submit = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let Typed { before, after } = draft.value.get_untracked();
        let command = ClientCommand::Change {
            client: id,
            before,
            after,
        };
        spawn_local(async move {
            match engine.run(Command::Client(command)).await {
                Ok(_) => {
                    draft.discard();
                    let path = format!("/clients/{id}");
                    navigate.with_value(|navigate| navigate(&path, Default::default()));
                }
                Err(refused) => failure.set(Some(refused)),
            }
            busy.set(false);
        });
    };
    view! {
        <form
            class="flex flex-col gap-4 px-4 pb-6"
            on:submit=move |event| {
                event.prevent_default();
                submit();
            }
        >
            <ClientFields draft=after restored=draft.restored failure except=Some(id) />
            <Show when=move || draft.restored.get()>
                <Button label=tr!(ui.draft_discard) on_press=move || draft.discard() />
            </Show>
            <Button label=tr!(clients.save) kind=ButtonKind::Main wide=true submit=true disabled=busy />
        </form>
    }
}

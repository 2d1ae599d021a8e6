use caravan_domain::{
    clients::{
        command::ClientCommand,
        record::{ClientDraft, ContactDraft},
    },
    command::{Command, RecordRef},
};
use caravan_port::message::RunError;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_navigate;

use super::fields::ClientFields;
use crate::{
    engine::{Failure, use_draft, use_engine},
    ui::{Button, ButtonKind, Page},
};

#[component]
pub(in crate::clients) fn NewClientPage() -> impl IntoView {
    let engine = use_engine();
    let navigate = StoredValue::new_local(use_navigate());
    let empty = ClientDraft {
        contacts: vec![ContactDraft::default()],
        ..ClientDraft::default()
    };
    let draft = use_draft("clients/new", empty);
    let failure = RwSignal::new(None::<Failure<RunError>>);
    let busy = RwSignal::new(false);
    let submit = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let command = ClientCommand::Create(draft.value.get_untracked());
        spawn_local(async move {
            match engine.run(Command::Client(command)).await {
                Ok(ran) => {
                    draft.discard();
                    if let Some(RecordRef::Client(client)) = ran.created {
                        let path = format!("/clients/{client}");
                        navigate.with_value(|navigate| navigate(&path, Default::default()));
                    }
                }
                Err(refused) => failure.set(Some(refused)),
            }
            busy.set(false);
        });
    };
    view! {
        <Page title=tr!(clients.new) back="/clients">
            <form
                class="flex flex-col gap-4 px-4 pb-6"
                on:submit=move |event| {
                    event.prevent_default();
                    submit();
                }
            >
                <ClientFields draft=draft.value restored=draft.restored failure except=None />
                <Show when=move || draft.restored.get()>
                    <Button label=tr!(ui.draft_discard) on_press=move || draft.discard() />
                </Show>
                <Button label=tr!(clients.save) kind=ButtonKind::Main wide=true submit=true disabled=busy />
            </form>
        </Page>
    }
}

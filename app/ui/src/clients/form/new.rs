use caravan_domain::{
    clients::{
        command::ClientCommand,
        record::{ClientDraft, ContactDraft},
    },
    command::{Command, RecordRef},
};
use leptos::prelude::*;

use super::{fields::ClientFields, typed::Typed};
use crate::{
    engine::{use_draft, use_engine},
    ui::{Button, ButtonKind, Form, Page, RestoredNote, Show, use_past_the_form},
};

#[component]
pub(in crate::clients) fn NewClientPage() -> impl IntoView {
    let open = use_past_the_form();
    let empty = ClientDraft {
        contacts: vec![ContactDraft::default()],
        ..ClientDraft::default()
    };
    let draft = use_draft("clients/new", Typed::from(empty));
    let submit = draft.submit();
    let agreements = use_engine().agreements(|| None);
    let waits =
        Memo::new(move |_| agreements.with(|view| view.as_ref().is_some_and(|it| it.waits)));
    let save = move || {
        let client = draft.value.with_untracked(|typed| typed.after.clone());
        let open = open.clone();
        submit.run(Command::Client(ClientCommand::Create(client)), move |ran| {
            if let Some(RecordRef::Client(client)) = ran.created {
                open(&format!("/clients/{client}"));
            }
        });
    };
    view! {
        <Page title=tr!(clients.new) back="/clients">
            <RestoredNote restored=draft.restored on_discard=move || draft.discard() />
            <Form on_submit=save>
                <Show when=move || waits.get()>
                    <p class="text-muted" role="status">
                        {tr!(agreements.new_waits)}
                    </p>
                </Show>
                <ClientFields typed=draft.value failure=submit.failure except=None />
                <Button label=tr!(clients.save) kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
            </Form>
        </Page>
    }
}

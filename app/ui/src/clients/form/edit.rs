use caravan_domain::{
    clients::{command::ClientCommand, record::ClientDraft},
    command::Command,
    id::{ClientId, Id},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{fields::ClientFields, typed::Typed};
use crate::{
    engine::{use_draft, use_engine},
    ui::{Button, ButtonKind, Form, Page, RestoredNote, use_past_the_form},
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

#[component]
fn EditForm(id: ClientId, before: ClientDraft) -> impl IntoView {
    let open = use_past_the_form();
    let draft = use_draft(format!("clients/{id}/edit"), Typed::from(before));
    let submit = draft.submit();
    let save = move || {
        let Typed { before, after } = draft.value.get_untracked();
        let command = ClientCommand::Change {
            client: id,
            before,
            after,
        };
        let open = open.clone();
        submit.run(Command::Client(command), move |_| {
            open(&format!("/clients/{id}"));
        });
    };
    view! {
        <RestoredNote restored=draft.restored on_discard=move || draft.discard() />
        <Form on_submit=save>
            <ClientFields typed=draft.value failure=submit.failure except=Some(id) />
            <Button label=tr!(clients.save) kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
        </Form>
    }
}

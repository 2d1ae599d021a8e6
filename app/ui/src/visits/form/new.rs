use caravan_domain::{
    command::{Command, RecordRef},
    id::ClientId,
    visits::command::VisitCommand,
};
use caravan_port::message::Ran;
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    fields::{VisitFields, blank},
    typed::Typed,
};
use crate::{
    clients::ClientPicker,
    engine::{Submit, use_draft, use_engine},
    format::now,
    ui::{Bound, Button, ButtonKind, Form, Page, RestoredNote, Show, use_past_the_form},
    visits::file::CheckButton,
};

/// `?client=` names the client, `?on=` the day. Whoever already stands there begins at once.
#[component]
pub(in crate::visits) fn NewVisitPage() -> impl IntoView {
    let query = use_query_map();
    // The same page opened for another client is another form.
    let asked = Memo::new(move |_| {
        query.with(|query| {
            (
                query.get("client").and_then(|id| id.parse().ok()),
                query.get("on"),
            )
        })
    });
    view! {
        <Page title=tr!(visits.new) back="/visits">
            {move || {
                let (client, on) = asked.get();
                view! { <NewVisit client on /> }
            }}
        </Page>
    }
}

#[component]
fn NewVisit(client: Option<ClientId>, on: Option<String>) -> impl IntoView {
    let empty = Typed {
        client,
        on: on.unwrap_or_else(|| untrack(now).day().to_string()),
        ..Typed::default()
    };
    let key = match client {
        Some(client) => format!("visits/new/{client}"),
        None => "visits/new".to_owned(),
    };
    let draft = use_draft(key, empty);
    let typed = draft.value;
    let submit = draft.submit();
    let chosen = Memo::new(move |_| typed.with(|typed| typed.client));
    let open = use_open();
    view! {
        <RestoredNote restored=draft.restored on_discard=move || draft.discard() />
        <div class="flex flex-col gap-4 px-4 pb-4">
            <h2 class="text-sm font-medium">{tr!(visits.client)}</h2>
            <ClientPicker bind=Bound::part(typed, |typed| &typed.client, |typed| &mut typed.client) />
        </div>
        {move || chosen.get().map(|client| view! { <BeginNow client typed submit on_begun=open /> })}
        <Show when=move || chosen.get().is_some()>
            <Plan typed submit on_planned=open />
        </Show>
    }
}

/// Opens the visit that was made.
fn use_open() -> Callback<Ran> {
    let open = StoredValue::new_local(use_past_the_form());
    Callback::new(move |ran: Ran| {
        if let Some(RecordRef::Visit(client, visit)) = ran.created {
            open.with_value(|open| open(&format!("/visits/{client}/{visit}")));
        }
    })
}

/// 临时拜访: somebody stands at the door and has planned nothing.
#[component]
fn BeginNow(
    client: ClientId,
    typed: RwSignal<Typed>,
    submit: Submit,
    on_begun: Callback<Ran>,
) -> impl IntoView {
    view! {
        <div class="flex flex-col gap-1 px-4 pb-6">
            <CheckButton
                label=tr!(visits.check_in_now)
                command=move |reading| VisitCommand::DropIn {
                    client,
                    kind: typed.with_untracked(|typed| typed.kind),
                    reading,
                }
                submit
                on_done=on_begun
            />
        </div>
    }
}

#[component]
fn Plan(typed: RwSignal<Typed>, submit: Submit, on_planned: Callback<Ran>) -> impl IntoView {
    let me = use_engine().me();
    let save = move || {
        let Some(me) = me.with_untracked(|me| me.as_ref().map(|me| me.person)) else {
            return;
        };
        let draft = match typed.get_untracked().draft(me) {
            Ok(draft) => draft,
            Err(field) => return submit.failure.set(Some(blank(field))),
        };
        let command = Command::Visit(VisitCommand::Plan(draft));
        submit.run(command, move |ran| on_planned.run(ran));
    };
    view! {
        <h2 class="section-title pt-0 pb-3">{tr!(visits.or_plan)}</h2>
        <Form on_submit=save>
            <VisitFields typed failure=submit.failure />
            <Button label=tr!(visits.plan) kind=ButtonKind::Plain icon=icons::LuCalendarPlus wide=true submit=true disabled=submit.busy />
        </Form>
    }
}

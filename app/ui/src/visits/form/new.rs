use caravan_domain::{
    command::{Command, RecordRef},
    id::ClientId,
    visits::command::VisitCommand,
};
use caravan_port::message::{Ran, RunError};
use icondata_lu as icons;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

use super::{
    fields::{VisitFields, blank},
    typed::Typed,
};
use crate::{
    clients::ClientPicker,
    engine::{Failure, use_draft, use_engine},
    format::now,
    ui::{Bound, Button, ButtonKind, Page},
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
    let failure = RwSignal::new(None::<Failure<RunError>>);
    let chosen = Memo::new(move |_| typed.with(|typed| typed.client));
    let open = use_open(move || draft.discard());
    view! {
        <div class="flex flex-col gap-4 px-4 pb-4">
            <h2 class="text-sm font-medium">{tr!(visits.client)}</h2>
            <ClientPicker bind=Bound::part(typed, |typed| &typed.client, |typed| &mut typed.client) />
        </div>
        {move || chosen.get().map(|client| view! { <BeginNow client typed on_begun=open /> })}
        <Show when=move || chosen.get().is_some()>
            <Plan typed failure on_planned=open />
        </Show>
        <Show when=move || draft.restored.get()>
            <div class="px-4 pb-6">
                <p class="pb-2 text-sm text-muted" role="status">
                    {tr!(ui.draft_restored)}
                </p>
                <Button label=tr!(ui.draft_discard) on_press=move || draft.discard() />
            </div>
        </Show>
    }
}

/// Opens the visit that was made; “back” then leads past the form.
fn use_open(discard: impl Fn() + Send + Sync + 'static) -> Callback<Ran> {
    let navigate = StoredValue::new_local(use_navigate());
    Callback::new(move |ran: Ran| {
        discard();
        if let Some(RecordRef::Visit(client, visit)) = ran.created {
            let past_the_form = NavigateOptions {
                replace: true,
                ..NavigateOptions::default()
            };
            let path = format!("/visits/{client}/{visit}");
            navigate.with_value(|navigate| navigate(&path, past_the_form));
        }
    })
}

/// 临时拜访: somebody stands at the door and has planned nothing.
#[component]
fn BeginNow(client: ClientId, typed: RwSignal<Typed>, on_begun: Callback<Ran>) -> impl IntoView {
    view! {
        <div class="flex flex-col gap-1 px-4 pb-6">
            <CheckButton
                label=tr!(visits.check_in_now)
                command=move |reading| VisitCommand::DropIn {
                    client,
                    kind: typed.with_untracked(|typed| typed.kind),
                    reading,
                }
                on_done=on_begun
            />
        </div>
    }
}

#[component]
fn Plan(
    typed: RwSignal<Typed>,
    failure: RwSignal<Option<Failure<RunError>>>,
    on_planned: Callback<Ran>,
) -> impl IntoView {
    let engine = use_engine();
    let me = engine.me();
    let busy = RwSignal::new(false);
    let submit = move || {
        let Some(me) = me.with_untracked(|me| me.as_ref().map(|me| me.person)) else {
            return;
        };
        if busy.get_untracked() {
            return;
        }
        let draft = match typed.get_untracked().draft(me) {
            Ok(draft) => draft,
            Err(field) => return failure.set(Some(blank(field))),
        };
        busy.set(true);
        spawn_local(async move {
            match engine.run(Command::Visit(VisitCommand::Plan(draft))).await {
                Ok(ran) => on_planned.run(ran),
                Err(refused) => failure.set(Some(refused)),
            }
            busy.try_set(false);
        });
    };
    view! {
        <h2 class="section-title pt-0 pb-3">{tr!(visits.or_plan)}</h2>
        <form
            class="flex flex-col gap-4 px-4 pb-6"
            on:submit=move |event| {
                event.prevent_default();
                submit();
            }
        >
            <VisitFields typed failure />
            <Button label=tr!(visits.plan) kind=ButtonKind::Plain icon=icons::LuCalendarPlus wide=true submit=true disabled=busy />
        </form>
    }
}

use caravan_domain::{
    command::Command,
    id::{ClientId, VisitId},
    visits::{command::VisitCommand, record::VisitDraft},
};
use caravan_port::message::RunError;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map},
};

use super::{
    fields::{VisitFields, blank},
    typed::Typed,
};
use crate::{
    engine::{Failure, use_engine},
    ui::{Button, ButtonKind, Page},
    visits::file::visit_of,
};

/// A visit that has not begun, planned again.
#[component]
pub(in crate::visits) fn ReplanPage() -> impl IntoView {
    let params = use_params_map();
    let ids = params.with_untracked(visit_of);
    let file = use_engine().visit(move || ids);
    // The form opens once; what arrives meanwhile does not overwrite what is being typed.
    let opened = Memo::new(move |before: Option<&Option<Typed>>| match before {
        Some(Some(typed)) => Some(typed.clone()),
        _ => file.with(|file| Some(Typed::of(&file.as_ref()?.as_ref()?.visit))),
    });
    let (client, visit) = ids;
    view! {
        <Page title=tr!(visits.replan) back=format!("/visits/{client}/{visit}")>
            {move || opened.get().map(|before| view! { <ReplanForm client visit before /> })}
        </Page>
    }
}

#[component]
fn ReplanForm(client: ClientId, visit: VisitId, before: Typed) -> impl IntoView {
    let engine = use_engine();
    let me = engine.me();
    let navigate = StoredValue::new_local(use_navigate());
    let typed = RwSignal::new(before.clone());
    let before = StoredValue::new(before);
    let failure = RwSignal::new(None::<Failure<RunError>>);
    let busy = RwSignal::new(false);
    let submit = move || {
        let Some(me) = me.with_untracked(|me| me.as_ref().map(|me| me.person)) else {
            return;
        };
        let drafts = before
            .get_value()
            .draft(me)
            .and_then(|before| Ok((before, typed.get_untracked().draft(me)?)));
        let (before, after): (VisitDraft, VisitDraft) = match drafts {
            Ok(drafts) => drafts,
            Err(field) => return failure.set(Some(blank(field))),
        };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let command = VisitCommand::Replan {
            visit,
            before,
            after,
        };
        spawn_local(async move {
            match engine.run(Command::Visit(command)).await {
                Ok(_) => {
                    let path = format!("/visits/{client}/{visit}");
                    let past_the_form = NavigateOptions {
                        replace: true,
                        ..NavigateOptions::default()
                    };
                    navigate.with_value(|navigate| navigate(&path, past_the_form));
                }
                Err(refused) => failure.set(Some(refused)),
            }
            busy.try_set(false);
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
            <VisitFields typed failure />
            <Button label=tr!(visits.save) kind=ButtonKind::Main wide=true submit=true disabled=busy />
        </form>
    }
}

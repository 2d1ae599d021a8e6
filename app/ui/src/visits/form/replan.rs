use caravan_domain::{
    command::Command,
    id::{ClientId, VisitId},
    visits::{command::VisitCommand, record::VisitDraft},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    fields::{VisitFields, blank},
    typed::Typed,
};
use crate::{
    engine::{use_engine, use_submit},
    ui::{Button, ButtonKind, Form, Page, use_past_the_form},
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
    let me = use_engine().me();
    let open = use_past_the_form();
    let typed = RwSignal::new(before.clone());
    let submit = use_submit(None);
    let save = move || {
        let Some(me) = me.with_untracked(|me| me.as_ref().map(|me| me.person)) else {
            return;
        };
        let drafts = before
            .clone()
            .draft(me)
            .and_then(|before| Ok((before, typed.get_untracked().draft(me)?)));
        let (before, after): (VisitDraft, VisitDraft) = match drafts {
            Ok(drafts) => drafts,
            Err(field) => return submit.failure.set(Some(blank(field))),
        };
        let command = VisitCommand::Replan {
            visit,
            before,
            after,
        };
        let open = open.clone();
        submit.run(Command::Visit(command), move |_| {
            open(&format!("/visits/{client}/{visit}"));
        });
    };
    view! {
        <Form on_submit=save>
            <VisitFields typed failure=submit.failure />
            <Button label=tr!(visits.save) kind=ButtonKind::Main wide=true submit=true disabled=submit.busy />
        </Form>
    }
}

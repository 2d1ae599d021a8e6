use caravan_domain::{
    conflict::Contestable,
    id::{ClientId, Id, VisitId},
    visits::{command::VisitCommand, list::VisitFile, record::VisitState},
};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::{hooks::use_params_map, params::ParamsMap};

use super::{
    check::CheckButton, evidence::Evidence, header::Header, more::MoreActions, next::NextStep,
    place::PlaceActions, steps::Steps,
};
use crate::{
    conflicts::Conflicts,
    engine::use_engine,
    ui::{ButtonKind, EmptyState, LinkButton, Page, Show, live},
    visits::field_words,
};

/// The ids in `/visits/:client/:visit`; what cannot be read is nobody's.
pub(in crate::visits) fn visit_of(params: &ParamsMap) -> (ClientId, VisitId) {
    let id = |name: &str| params.get(name).unwrap_or_default();
    (
        id("client").parse().unwrap_or(ClientId(Id::ZERO)),
        id("visit").parse().unwrap_or(VisitId(Id::ZERO)),
    )
}

#[component]
pub(in crate::visits) fn VisitPage() -> impl IntoView {
    let params = use_params_map();
    let ids = Memo::new(move |_| params.with(visit_of));
    let file = use_engine().visit(move || ids.get());
    let known = Memo::new(move |_| file.with(|file| file.as_ref().map(Option::is_some)));
    let file = Memo::new(move |_| file.get().flatten().map(|file| *file));
    move || {
        match known.get() {
        None => ().into_any(),
        Some(false) => view! {
            <Page title=tr!(visits.title) back="/visits">
                <EmptyState icon=icons::LuMapPinOff title=tr!(visits.missing) body=tr!(visits.missing_body) />
            </Page>
        }
        .into_any(),
        Some(true) => {
            let (client, visit) = ids.get();
            view! { <Opened client visit file /> }.into_any()
        }
    }
    }
}

#[component]
fn Opened(client: ClientId, visit: VisitId, file: Memo<Option<VisitFile>>) -> impl IntoView {
    let name = Signal::derive(move || {
        file.with(|file| {
            file.as_ref()
                .map(|file| file.client_name.clone())
                .unwrap_or_default()
        })
    });
    let begun = Memo::new(move |_| {
        file.with(|file| {
            file.as_ref()
                .is_some_and(|file| file.visit.check_in.is_some())
        })
    });
    view! {
        <Page
            title=name
            known_as=tr!(visits.title)
            back="/visits"
            actions=move || view! { <MoreActions client visit file /> }
            main_action=move || view! { <MainAction client visit file /> }
        >
            <Header file />
            <Conflicts record=Contestable::Visit(client, visit) words=field_words />
            <PlaceActions client file />
            <Show when=move || begun.get()>
                <Steps client visit file />
                <NextStep client visit file />
            </Show>
            <Evidence file />
        </Page>
    }
}

/// The one thing to do next, always in the same place: check in, check out, plan the next visit.
#[component]
fn MainAction(client: ClientId, visit: VisitId, file: Memo<Option<VisitFile>>) -> impl IntoView {
    let stands = Memo::new(move |_| {
        file.with(|file| {
            let file = file.as_ref()?;
            Some((file.visit.state(), file.may_check))
        })
    });
    let next =
        Memo::new(move |_| file.with(|file| file.as_ref().and_then(|file| file.visit.next_on)));
    live(move || match stands.get() {
        Some((VisitState::Planned, true)) => view! {
            <CheckButton
                label=tr!(visits.check_in)
                command=move |reading| VisitCommand::CheckIn { client, visit, reading }
            />
        }
        .into_any(),
        Some((VisitState::UnderWay, true)) => view! {
            <CheckButton
                label=tr!(visits.check_out)
                command=move |reading| VisitCommand::CheckOut { client, visit, reading }
            />
        }
        .into_any(),
        Some((VisitState::Done | VisitState::Cancelled, _)) => {
            let href = match next.get() {
                Some(on) => format!("/visits/new?client={client}&on={on}"),
                None => format!("/visits/new?client={client}"),
            };
            view! {
                <LinkButton
                    label=tr!(visits.plan_next)
                    href
                    kind=ButtonKind::Plain
                    icon=icons::LuCalendarPlus
                    wide=true
                />
            }
            .into_any()
        }
        _ => ().into_any(),
    })
}

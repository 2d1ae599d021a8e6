use caravan_domain::{
    clients::file::ClientFile,
    conflict::Contestable,
    id::{ClientId, Id},
};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    actions::ClientActions, contacts::Contacts, facts::ClientFacts, interaction::LogSheet,
    timeline::ClientTimeline,
};
use crate::{
    clients::field_words::field_words,
    conflicts::Conflicts,
    engine::use_engine,
    handovers::ClientCapsules,
    orders::ClientOrders,
    surveys::ClientSurveys,
    ui::{Button, ButtonKind, EmptyState, LinkButton, Page, Show, SyncMark},
};

#[component]
pub(in crate::clients) fn ClientPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| {
        let text = params.with(|params| params.get("id").unwrap_or_default());
        text.parse().unwrap_or(ClientId(Id::ZERO))
    });
    let file = use_engine().client(move || id.get());
    let name = Signal::derive(move || {
        file.with(|file| {
            let file = file.as_ref()?.as_ref()?;
            Some(file.client.draft.name.clone())
        })
        .unwrap_or_default()
    });
    let erased = use_engine().erased(move || id.get());
    let known = Memo::new(move |_| file.with(|file| file.as_ref().map(Option::is_some)));
    let file = Memo::new(move |_| file.get().flatten().map(|file| *file));
    view! {
        {move || match known.get() {
            None => ().into_any(),
            Some(false) if erased.get() == Some(true) => {
                view! {
                    <Page title=tr!(clients.title) back="/clients">
                        <EmptyState icon=icons::LuEraser title=tr!(clients.erased) body=tr!(clients.erased_body) />
                    </Page>
                }
                    .into_any()
            }
            Some(false) => {
                view! {
                    <Page title=tr!(clients.title) back="/clients">
                        <EmptyState icon=icons::LuSearchX title=tr!(clients.missing) body=tr!(clients.missing_body) />
                    </Page>
                }
                    .into_any()
            }
            Some(true) => view! { <Opened id=id.get() name file /> }.into_any(),
        }}
    }
}

#[component]
fn Opened(id: ClientId, name: Signal<String>, file: Memo<Option<ClientFile>>) -> impl IntoView {
    let logging = RwSignal::new(false);
    let corrected = RwSignal::new(None);
    let mark = Signal::derive(move || {
        file.with(|file| file.as_ref().map(|file| file.mark).unwrap_or_default())
    });
    let archived = Memo::new(move |_| {
        file.with(|file| {
            file.as_ref()
                .is_some_and(|file| file.client.archived_at.is_some())
        })
    });
    view! {
        <Page
            title=name
            known_as=tr!(clients.title)
            back="/clients"
            actions=move || view! { <ClientActions id file /> }
            main_action=move || {
                view! {
                    <div class="grid grid-cols-2 gap-2">
                        <Button
                            label=tr!(clients.log)
                            icon=icons::LuMessageSquarePlus
                            on_press=move || {
                                corrected.set(None);
                                logging.set(true);
                            }
                        />
                        <LinkButton
                            label=tr!(clients.visit)
                            href=format!("/visits/new?client={id}")
                            kind=ButtonKind::Main
                            icon=icons::LuMapPin
                        />
                    </div>
                }
            }
        >
            <div class="flex items-center gap-4 px-4">
                <SyncMark mark />
                <Show when=move || archived.get()>
                    <span class="text-sm text-warning">{tr!(clients.archived)}</span>
                </Show>
            </div>
            <ClientCapsules file />
            <Conflicts record=Contestable::Client(id) words=field_words />
            <Contacts file />
            <ClientFacts file />
            <ClientOrders id />
            <ClientSurveys id />
            <ClientTimeline
                file
                on_correct=move |entry| {
                    corrected.set(Some(entry));
                    logging.set(true);
                }
            />
            <LogSheet open=logging id corrected />
        </Page>
    }
}

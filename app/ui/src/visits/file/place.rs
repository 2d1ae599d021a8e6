use caravan_domain::{clients::file::ClientFile, id::ClientId, phone, visits::list::VisitFile};
use icondata_core::Icon as IconData;
use icondata_lu as icons;
use leptos::prelude::*;

use crate::{
    engine::use_engine,
    ui::Icon,
    visits::map::{Destination, has_apple_maps},
};

/// Where it is and how to get there; whom to call.
#[component]
pub(super) fn PlaceActions(client: ClientId, file: Memo<Option<VisitFile>>) -> impl IntoView {
    let destination = Memo::new(move |_| {
        file.with(|file| {
            let file = file.as_ref()?;
            Some(Destination {
                name: file.client_name.clone(),
                address: file.address.clone(),
                position: file.client_position.parse().ok(),
            })
        })
    });
    let address =
        move || destination.with(|place| place.as_ref().map(|place| place.address.clone()));
    let no_address = tr!(visits.no_address);
    let amap = move || destination.with(|place| place.as_ref()?.amap());
    let apple = move || {
        destination
            .with(|place| place.as_ref()?.apple())
            .filter(|_| has_apple_maps())
    };
    let opened = use_engine().client(move || client);
    let callee = Memo::new(move |_| opened.with(|file| whom_to_call(file.as_ref()?.as_ref()?)));
    view! {
        <div class="flex flex-col gap-2 border-y border-line px-4 py-3">
            <p class="flex items-start gap-2">
                <Icon icon=icons::LuMapPin class="mt-0.5 size-5 shrink-0 text-muted" />
                <bdi>{move || address().filter(|text| !text.is_empty()).unwrap_or_else(|| no_address.get())}</bdi>
            </p>
            <div class="flex flex-wrap gap-2">
                {move || {
                    amap().map(|href| view! { <Away href label=tr!(visits.navigate) icon=icons::LuNavigation /> })
                }}
                {move || {
                    apple().map(|href| view! { <Away href label=tr!(visits.navigate_apple) icon=icons::LuMap /> })
                }}
                {move || {
                    callee
                        .get()
                        .map(|callee| {
                            view! {
                                <a class="btn btn-plain" href=callee.uri>
                                    <Icon icon=icons::LuPhone />
                                    <bdi class="max-w-40 truncate">{callee.name}</bdi>
                                </a>
                            }
                        })
                }}
            </div>
        </div>
    }
}

/// Opens the phone's own app, or its site where there is none.
#[component]
fn Away(href: String, label: Signal<String>, icon: IconData) -> impl IntoView {
    view! {
        <a class="btn btn-plain" href=href target="_blank" rel="noopener noreferrer">
            <Icon icon />
            <span>{label}</span>
        </a>
    }
}

#[derive(Clone, PartialEq)]
struct Callee {
    name: String,
    uri: String,
}

/// The first contact who can be called.
fn whom_to_call(file: &ClientFile) -> Option<Callee> {
    file.client.draft.contacts.iter().find_map(|contact| {
        let stored = contact.phones.first()?;
        let (shown, uri) = match phone::normalize(stored) {
            Ok(phone) => (phone.spaced(), phone.uri()),
            Err(_) => (stored.clone(), format!("tel:{stored}")),
        };
        let name = match contact.name.is_empty() {
            true => shown,
            false => contact.name.clone(),
        };
        Some(Callee { name, uri })
    })
}

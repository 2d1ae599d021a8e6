use caravan_domain::{
    birthday::Birthday,
    clients::{file::ClientFile, record::ContactDraft},
    phone,
};
use icondata_lu as icons;
use leptos::prelude::*;

use crate::{
    format::use_birthday_words,
    ui::{Icon, SectionTitle, Show},
};

/// Whom to talk to; a phone number is a tap away from the call.
#[component]
pub(super) fn Contacts(file: Memo<Option<ClientFile>>) -> impl IntoView {
    let contacts = Memo::new(move |_| {
        file.with(|file| {
            file.as_ref()
                .map(|file| file.client.draft.contacts.clone())
                .unwrap_or_default()
        })
    });
    view! {
        <Show when=move || !contacts.with(Vec::is_empty)>
            <SectionTitle label=tr!(clients.contacts) />
            <ul class="divide-y divide-line">
                {move || contacts.get().into_iter().map(|contact| view! { <Contact contact /> }).collect_view()}
            </ul>
        </Show>
    }
}

#[component]
fn Contact(contact: ContactDraft) -> impl IntoView {
    let birthdays = use_birthday_words();
    let unnamed = tr!(clients.unnamed);
    let name = contact.name.clone();
    let birthday = contact.birthday.parse::<Birthday>().ok();
    let about = move || {
        let birthday = birthday.map(|birthday| birthdays.words(birthday));
        let parts = [
            (!contact.title.is_empty()).then(|| contact.title.clone()),
            birthday,
            (!contact.wechat.is_empty()).then(|| contact.wechat.clone()),
            (!contact.email.is_empty()).then(|| contact.email.clone()),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    };
    view! {
        <li class="flex flex-col px-4 py-2">
            <bdi class="font-medium">
                {move || if name.is_empty() { unnamed.get() } else { name.clone() }}
            </bdi>
            <bdi class="text-sm text-muted">{about}</bdi>
            <div class="flex flex-wrap gap-2">
                {contact
                    .phones
                    .into_iter()
                    .map(|stored| {
                        let (shown, uri) = spoken(&stored);
                        view! {
                            <a class="btn btn-quiet tabular-nums" href=uri>
                                <Icon icon=icons::LuPhone class="size-4" />
                                <span>{shown}</span>
                            </a>
                        }
                    })
                    .collect_view()}
            </div>
        </li>
    }
}

/// A stored phone as read and as dialled.
fn spoken(stored: &str) -> (String, String) {
    match phone::normalize(stored) {
        Ok(phone) => (phone.spaced(), phone.uri()),
        Err(_) => (stored.to_owned(), format!("tel:{stored}")),
    }
}

use caravan_domain::clients::record::ContactDraft;
use icondata_lu as icons;
use leptos::prelude::*;

use super::typed::Typed;
use crate::ui::{Bound, Button, ButtonKind, Each, Show, TelField, TextField};

/// The people at the client, each with any number of phones.
#[component]
pub(super) fn ContactFields(
    typed: RwSignal<Typed>,
    phone_error: Signal<Option<String>>,
    birthday_error: Signal<Option<String>>,
) -> impl IntoView {
    let count = Memo::new(move |_| typed.with(|typed| typed.after.contacts.len()));
    view! {
        <Each each=move || 0..count.get() key=|place| *place let:place>
            <ContactFieldset typed place phone_error birthday_error />
        </Each>
        <Button
            label=tr!(clients.add_contact)
            icon=icons::LuUserPlus
            on_press=move || typed.update(|typed| typed.after.contacts.push(ContactDraft::default()))
        />
    }
}

#[component]
fn ContactFieldset(
    typed: RwSignal<Typed>,
    place: usize,
    phone_error: Signal<Option<String>>,
    birthday_error: Signal<Option<String>>,
) -> impl IntoView {
    let bind = move |read: fn(&ContactDraft) -> &String,
                     write: fn(&mut ContactDraft) -> &mut String| {
        Bound {
            value: Signal::derive(move || {
                typed.with(|typed| {
                    typed
                        .after
                        .contacts
                        .get(place)
                        .map(read)
                        .cloned()
                        .unwrap_or_default()
                })
            }),
            set: Callback::new(move |value| {
                typed.update(|typed| {
                    if let Some(contact) = typed.after.contacts.get_mut(place) {
                        *write(contact) = value;
                    }
                });
            }),
        }
    };
    view! {
        <fieldset class="flex flex-col gap-4 border-s-2 border-line ps-4">
            <legend class="sr-only">{tr!(clients.contact_number, number = place + 1)}</legend>
            <TextField
                label=tr!(clients.contact_name)
                bind=bind(|contact| &contact.name, |contact| &mut contact.name)
                max=80
            />
            <PhoneFields typed place error=phone_error />
            <TextField
                label=tr!(clients.contact_title)
                bind=bind(|contact| &contact.title, |contact| &mut contact.title)
                max=80
            />
            <TextField
                label=tr!(clients.birthday)
                hint=tr!(clients.birthday_hint)
                error=birthday_error
                bind=bind(|contact| &contact.birthday, |contact| &mut contact.birthday)
                max=40
            />
            <TextField
                label=tr!(clients.wechat)
                bind=bind(|contact| &contact.wechat, |contact| &mut contact.wechat)
                max=80
            />
            <TextField
                label=tr!(clients.email)
                bind=bind(|contact| &contact.email, |contact| &mut contact.email)
                max=200
            />
            <Show when=move || typed.with(|typed| typed.after.contacts.len() > 1)>
                <Button
                    label=tr!(clients.remove_contact)
                    kind=ButtonKind::Quiet
                    on_press=move || {
                        typed
                            .update(|typed| {
                                if place < typed.after.contacts.len() {
                                    typed.after.contacts.remove(place);
                                }
                            });
                    }
                />
            </Show>
        </fieldset>
    }
}

/// One line more than there are phones, so that the next is only typed, not asked for.
#[component]
fn PhoneFields(
    typed: RwSignal<Typed>,
    place: usize,
    error: Signal<Option<String>>,
) -> impl IntoView {
    let lines = Memo::new(move |_| {
        typed.with(|typed| {
            let phones = typed
                .after
                .contacts
                .get(place)
                .map(|contact| &contact.phones);
            let filled = phones.map_or(0, |phones| {
                phones
                    .iter()
                    .rposition(|phone| !phone.trim().is_empty())
                    .map_or(0, |last| last + 1)
            });
            filled + 1
        })
    });
    let bind = move |line: usize| Bound {
        value: Signal::derive(move || {
            typed.with(|typed| {
                let contact = typed.after.contacts.get(place);
                contact
                    .and_then(|contact| contact.phones.get(line))
                    .cloned()
                    .unwrap_or_default()
            })
        }),
        set: Callback::new(move |value: String| {
            typed.update(|typed| {
                if let Some(contact) = typed.after.contacts.get_mut(place) {
                    if contact.phones.len() <= line {
                        contact.phones.resize(line + 1, String::new());
                    }
                    contact.phones[line] = value;
                }
            });
        }),
    };
    view! {
        <Each each=move || 0..lines.get() key=|line| *line let:line>
            <TelField
                label=if line == 0 { tr!(clients.phone) } else { tr!(clients.another_phone) }
                error=if line == 0 { error } else { Signal::stored(None) }
                bind=bind(line)
                max=40
            />
        </Each>
    }
}

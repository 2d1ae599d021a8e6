use caravan_domain::{
    handovers::view::{GivenClient, HandoverView},
    id::ClientId,
};
use leptos::prelude::*;

use super::{typed::Typed, words::Words};
use crate::ui::{Bound, Button, ButtonKind, Each, SelectField, Show, TextArea};

/// Who may take over; nobody first.
pub(super) fn use_options(view: Memo<Option<HandoverView>>) -> Signal<Vec<(String, String)>> {
    let words = Words::new();
    let nobody = tr!(handovers.nobody);
    let takers = Memo::new(move |_| {
        let takers = view.with(|view| view.as_ref().map(|view| view.takers.clone()));
        takers.unwrap_or_default()
    });
    let options = Memo::new(move |_| {
        let takers = takers.get();
        let named = takers
            .iter()
            .map(|taker| (taker.person.to_string(), words.taker(taker)));
        let nobody = (String::new(), nobody.get());
        [nobody].into_iter().chain(named).collect::<Vec<_>>()
    });
    options.into()
}

/// Each client with its successor, and a word for them.
#[component]
pub(super) fn GivenClients(
    view: Memo<Option<HandoverView>>,
    typed: RwSignal<Typed>,
) -> impl IntoView {
    let options = use_options(view);
    let clients = move || {
        view.with(|view| {
            let clients = view.iter().flat_map(|view| &view.clients);
            clients.map(|line| line.client).collect::<Vec<_>>()
        })
    };
    let missing = Memo::new(move |_| {
        view.with(|view| {
            let view = view.as_ref();
            view.map_or(0, |view| typed.with(|typed| typed.missing(view)))
        })
    });
    view! {
        <ul class="-mx-4 divide-y divide-line" aria-label=tr!(handovers.clients_title)>
            <Each each=clients key=|client| *client let:client>
                <Row client view typed options />
            </Each>
        </ul>
        <Show when=move || { missing.get() > 0 }>
            <p class="text-sm text-warning" role="status">
                {tr!(handovers.missing, count = missing.get())}
            </p>
        </Show>
    }
}

#[component]
fn Row(
    client: ClientId,
    view: Memo<Option<HandoverView>>,
    typed: RwSignal<Typed>,
    options: Signal<Vec<(String, String)>>,
) -> impl IntoView {
    let words = Words::new();
    let unnamed = tr!(handovers.not_here);
    let line = Memo::new(move |_| {
        view.with(|view| {
            let view = view.as_ref()?;
            let line = view.clients.iter().find(|line| line.client == client)?;
            Some((line.clone(), words.client(line, view)))
        })
    });
    let name = Signal::derive(move || {
        let name = line.with(|line| line.as_ref().map(named));
        name.unwrap_or_else(|| unnamed.get())
    });
    let about = Signal::derive(move || {
        line.with(|line| line.as_ref().map(|(_, about)| about.clone()))
            .unwrap_or_default()
    });
    let writing = RwSignal::new(false);
    let noted = Memo::new(move |_| {
        typed.with(|typed| typed.notes.contains_key(&client.to_string())) || writing.get()
    });
    view! {
        <li class="flex flex-col gap-2 px-4 py-3">
            <SelectField
                label=name
                hint=about
                bind=entry(typed, client, |typed| &typed.clients, |typed| &mut typed.clients)
                options
            />
            <Show
                when=move || noted.get()
                fallback=move || {
                    view! {
                        <div class="-ms-4">
                            <Button
                                label=tr!(handovers.note_one)
                                kind=ButtonKind::Quiet
                                icon=icondata_lu::LuMessageSquarePlus
                                on_press=move || writing.set(true)
                            />
                        </div>
                    }
                }
            >
                <TextArea
                    label=tr!(handovers.note_for, name = name.get())
                    bind=entry(typed, client, |typed| &typed.notes, |typed| &mut typed.notes)
                    max=5000
                />
            </Show>
        </li>
    }
}

/// Empty while its contents have not come to this device.
fn named((line, _): &(GivenClient, String)) -> String {
    line.name.clone()
}

type Entries = std::collections::BTreeMap<String, String>;

/// What stands for one client in a map of what was typed; nothing stands for nothing.
fn entry(
    typed: RwSignal<Typed>,
    client: ClientId,
    read: fn(&Typed) -> &Entries,
    write: fn(&mut Typed) -> &mut Entries,
) -> Bound<String> {
    let key = client.to_string();
    let known = key.clone();
    Bound {
        value: Signal::derive(move || {
            typed.with(|typed| read(typed).get(&known).cloned().unwrap_or_default())
        }),
        set: Callback::new(move |value: String| {
            typed.update(|typed| {
                match value.is_empty() {
                    true => write(typed).remove(&key),
                    false => write(typed).insert(key.clone(), value),
                };
            });
        }),
    }
}

use caravan_domain::{
    clients::list::{ClientFilter, ClientLine, ClientList},
    id::ClientId,
};
use icondata_lu as icons;
use leptos::prelude::*;

use super::ahead::Ahead;
use crate::{
    engine::use_engine,
    ui::{Bound, Button, Each, EmptyState, Icon, List, ListRow, SearchField, Show, live},
};

/// As many as fit above a phone's keyboard.
const SHOWN: u32 = 8;

/// One client for a form: searched while typing, then named, with a way to another.
#[component]
pub(crate) fn ClientPicker(bind: Bound<Option<ClientId>>) -> impl IntoView {
    let word = RwSignal::new(String::new());
    live(move || match bind.value.get() {
        Some(id) => view! {
            <Picked
                id
                on_another=move || {
                    word.set(String::new());
                    bind.set(None);
                }
            />
        }
        .into_any(),
        None => view! { <Found word on_pick=move |id| bind.set(Some(id)) /> }.into_any(),
    })
}

#[component]
fn Picked(id: ClientId, #[prop(into)] on_another: Callback<()>) -> impl IntoView {
    let file = use_engine().client(move || id);
    let name = Signal::derive(move || {
        file.with(|file| Some(file.as_ref()?.as_ref()?.client.draft.name.clone()))
            .unwrap_or_default()
    });
    view! {
        <div class="flex items-center gap-3">
            <Icon icon=icons::LuBuilding2 class="size-5 shrink-0 text-muted" />
            <a class="flex min-h-11 min-w-0 flex-1 items-center underline underline-offset-4" href=format!("/clients/{id}")>
                <bdi class="truncate">{name}</bdi>
            </a>
            <Button label=tr!(clients.pick_another) on_press=on_another />
        </div>
    }
}

#[component]
fn Found(word: RwSignal<String>, #[prop(into)] on_pick: Callback<ClientId>) -> impl IntoView {
    let ahead = Ahead::new();
    let page = ahead.clients(move || ClientList {
        filter: ClientFilter {
            search: word.get(),
            ..ClientFilter::default()
        },
        limit: SHOWN,
        ..ClientList::default()
    });
    let lines = Memo::new(move |_| {
        page.with(|page| {
            page.as_ref()
                .map(|page| page.lines.clone())
                .unwrap_or_default()
        })
    });
    let answered = Memo::new(move |_| page.with(Option::is_some));
    view! {
        <SearchField label=tr!(clients.search) word on_focus=ahead.searching() />
        <div class="-mx-4">
            <List label=tr!(clients.title)>
                <Each each=move || lines.get() key=|line| line.id let:line>
                    {
                        let id = line.id;
                        view! {
                            <ListRow
                                title=Signal::stored(line.name.clone())
                                detail=whereabouts(&line)
                                on_press=Callback::new(move |()| on_pick.run(id))
                            />
                        }
                    }
                </Each>
            </List>
        </div>
        <Show when=move || answered.get() && lines.with(Vec::is_empty)>
            <EmptyState icon=icons::LuSearchX title=tr!(clients.none_match) />
        </Show>
    }
}

fn whereabouts(line: &ClientLine) -> String {
    let parts = [&line.contact, &line.region];
    let filled: Vec<&str> = parts
        .iter()
        .map(|part| part.as_str())
        .filter(|part| !part.is_empty())
        .collect();
    filled.join(" · ")
}

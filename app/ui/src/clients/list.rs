use std::ops::Range;

use caravan_domain::clients::list::{ClientFilter, ClientList, ClientSort};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{ahead::Ahead, filter::FilterSheet, row::ClientRow};
use crate::{
    engine::use_engine,
    ui::{
        ButtonKind, EmptyState, IconButton, LinkButton, Page, SearchField, Split, VirtualList, live,
    },
};

/// What stands below the search. While it is the list, each letter typed changes words in its rows and builds nothing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// Until the first answer.
    Nothing,
    NoClients,
    NoMatch,
    List,
}

/// The list on the left or alone, the open client beside it on a desk.
#[component]
pub(super) fn ClientsPage() -> impl IntoView {
    let ahead = Ahead::new();
    let filter = RwSignal::new(ClientFilter::default());
    let sort = RwSignal::new(ClientSort::default());
    let word = RwSignal::new(String::new());
    let start = RwSignal::new(0u32);
    let filtering = RwSignal::new(false);
    let page = ahead.clients(move || ClientList {
        filter: ClientFilter {
            search: word.get(),
            ..filter.get()
        },
        sort: sort.get(),
        offset: start.get(),
        ..ClientList::first_page()
    });
    let total = Memo::new(move |_| page.with(|page| page.as_ref().map_or(0, |page| page.total)));
    let all = Memo::new(move |_| page.with(|page| page.as_ref().map(|page| page.unfiltered)));
    let shown = Memo::new(move |_| match (all.get(), total.get()) {
        (None, _) => Shown::Nothing,
        (Some(0), _) => Shown::NoClients,
        (Some(_), 0) => Shown::NoMatch,
        _ => Shown::List,
    });
    // Before the first answer there is nothing to count.
    let counted = tr!(clients.count, count = total.get());
    let open_path = use_location().pathname;
    let line_at = move |place: usize| {
        Memo::new(move |_| {
            page.with(|page| {
                let page = page.as_ref()?;
                let place = place.checked_sub(page.offset as usize)?;
                page.lines.get(place).cloned()
            })
        })
    };
    let want = Callback::new(move |range: Range<usize>| {
        let first = u32::try_from(range.start).unwrap_or(u32::MAX);
        start.set(first.saturating_sub(ClientList::WINDOW / 3));
    });
    let row = move |place: usize| {
        let line = line_at(place);
        let current = Signal::derive(move || {
            let id = line.with(|line| line.as_ref().map(|line| line.id.to_string()));
            id.is_some_and(|id| open_path.read().contains(&id))
        });
        view! { <ClientRow line=line.into() current /> }
    };
    view! {
        <Split base="/clients">
            <Page
                title=tr!(clients.title)
                actions=move || {
                    view! {
                        <IconButton
                            label=tr!(clients.filter)
                            icon=icons::LuListFilter
                            on_press=move || filtering.set(true)
                        />
                    }
                }
                main_action=move || {
                    view! {
                        <LinkButton
                            label=tr!(clients.new)
                            href="/clients/new"
                            kind=ButtonKind::Main
                            icon=icons::LuPlus
                            wide=true
                        />
                    }
                }
            >
                <div class="px-4 pb-2">
                    <SearchField label=tr!(clients.search) word on_focus=ahead.searching() />
                </div>
                <p class="px-4 pb-1 text-sm text-muted tabular-nums" role="status">
                    {move || all.get().map(|_| counted.get())}
                </p>
                {move || match shown.get() {
                    Shown::Nothing => ().into_any(),
                    Shown::NoClients => view! { <NoClients /> }.into_any(),
                    Shown::NoMatch => {
                        view! {
                            <EmptyState
                                icon=icons::LuSearchX
                                title=tr!(clients.none_match)
                                body=tr!(clients.none_match_body)
                            />
                        }
                            .into_any()
                    }
                    Shown::List => {
                        view! {
                            <VirtualList
                                label=tr!(clients.title)
                                total=Signal::derive(move || total.get() as usize)
                                on_range=want
                                which=Signal::derive(move || {
                                    word.track();
                                    filter.track();
                                    sort.track();
                                })
                                row=row
                            />
                        }
                            .into_any()
                    }
                }}
                <FilterSheet open=filtering filter sort page />
            </Page>
        </Split>
    }
}

#[component]
fn NoClients() -> impl IntoView {
    let agreements = use_engine().agreements(|| None);
    let waits = Memo::new(move |_| agreements.with(|view| view.as_ref().map(|view| view.waits)));
    live(move || match waits.get() {
        None => ().into_any(),
        Some(true) => view! {
            <EmptyState
                icon=icons::LuSignature
                title=tr!(agreements.no_clients)
                body=tr!(agreements.no_clients_body)
            >
                <LinkButton
                    label=tr!(agreements.go_sign)
                    href="/agreements"
                    icon=icons::LuPenLine
                />
            </EmptyState>
        }
        .into_any(),
        Some(false) => view! {
            <EmptyState icon=icons::LuBuilding2 title=tr!(clients.none) body=tr!(clients.none_body)>
                <LinkButton label=tr!(clients.import) href="/import" icon=icons::LuFileUp />
            </EmptyState>
        }
        .into_any(),
    })
}

/// Beside the list on a desk while no client is open.
#[component]
pub(super) fn NothingOpen() -> impl IntoView {
    view! { <EmptyState icon=icons::LuMousePointerClick title=tr!(clients.pick) /> }
}

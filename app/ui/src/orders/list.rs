use caravan_domain::{
    money::Fen,
    orders::list::{OrderFilter, OrderList, OrderSummary},
    role::Role,
};
use icondata_lu as icons;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::row::OrderRow;
use crate::{
    engine::use_engine,
    format::use_format,
    ui::{
        Bound, Button, EmptyState, List, MainLink, Page, SearchField, SegmentedControl, Show,
        Split, live,
    },
};

/// Rows shown before one asks for more.
const STEP: u32 = 50;

const FILTERS: [(OrderFilter, &str); 4] = [
    (OrderFilter::Queue, "queue"),
    (OrderFilter::MineThisMonth, "mine"),
    (OrderFilter::Unsettled, "unsettled"),
    (OrderFilter::All, "all"),
];

/// Who takes orders down and who processes them, which may be one person for different clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Part {
    sells: bool,
    processes: bool,
}

fn use_part() -> Memo<Option<Part>> {
    let me = use_engine().me();
    Memo::new(move |_| {
        me.with(|me| {
            let roles = &me.as_ref()?.roles;
            let is = |role| roles.contains(&role);
            Some(Part {
                sells: is(Role::AccountManager) || is(Role::TeamManager) || is(Role::Director),
                processes: is(Role::OrderDesk),
            })
        })
    })
}

/// The order desk's queue, or one's own. The open order stands beside the list on a desk.
#[component]
pub(super) fn OrdersPage() -> impl IntoView {
    let part = use_part();
    let chosen = RwSignal::new(None);
    let (word, limit) = (RwSignal::new(String::new()), RwSignal::new(STEP));
    let show = Memo::new(move |_| {
        chosen.get().unwrap_or_else(|| match part.get() {
            Some(part) if part.processes => OrderFilter::Queue,
            Some(part) if !part.sells => OrderFilter::All,
            _ => OrderFilter::MineThisMonth,
        })
    });
    let page = use_engine().orders(move || OrderList {
        client: None,
        show: show.get(),
        search: word.get(),
        offset: 0,
        limit: limit.get(),
    });
    let lines = Signal::derive(move || {
        page.with(|page| {
            page.as_ref()
                .map(|page| page.lines.clone())
                .unwrap_or_default()
        })
    });
    let total = Memo::new(move |_| page.with(|page| page.as_ref().map(|page| page.total)));
    let accepted = Memo::new(move |_| page.with(|page| page.as_ref().map(|page| page.accepted)));
    view! {
        <Split base="/orders">
            <Page
                title=tr!(orders.title)
                back="/work"
                main_action=move || {
                    view! {
                        <MainLink
                            label=tr!(orders.new)
                            href="/orders/new"
                            may=Signal::derive(move || part.get().is_some_and(|part| part.sells))
                        />
                    }
                }
            >
                <div class="flex flex-col gap-2 px-4 pb-2">
                    <Show when=move || part.with(Option::is_some)>
                        <FilterSwitch part show chosen />
                    </Show>
                    <SearchField label=tr!(orders.search) word />
                </div>
                <Sum show accepted />
                <Lines lines />
                <Show when=move || total.get().is_some_and(|total| total > limit.get())>
                    <div class="p-4">
                        <Button
                            label=tr!(orders.more_of, total = total.get().unwrap_or_default())
                            wide=true
                            on_press=move || limit.update(|limit| *limit += STEP)
                        />
                    </div>
                </Show>
                <Nothing total show word />
            </Page>
        </Split>
    }
}

#[component]
fn FilterSwitch(
    part: Memo<Option<Part>>,
    show: Memo<OrderFilter>,
    chosen: RwSignal<Option<OrderFilter>>,
) -> impl IntoView {
    let names = [
        tr!(orders.queue),
        tr!(orders.mine),
        tr!(orders.unsettled),
        tr!(orders.all),
    ];
    let options = Signal::derive(move || {
        let part = part.get().unwrap_or_default();
        let offered = |filter| match filter {
            OrderFilter::Queue => part.processes,
            OrderFilter::MineThisMonth | OrderFilter::Unsettled => part.sells,
            OrderFilter::All => true,
        };
        let words = FILTERS.iter().zip(names);
        words
            .filter(|((filter, _), _)| offered(*filter))
            .map(|((_, word), name)| ((*word).to_owned(), name.get()))
            .collect()
    });
    let bind = Bound {
        value: Signal::derive(move || {
            let known = FILTERS.iter().find(|(filter, _)| *filter == show.get());
            known
                .map(|(_, word)| (*word).to_owned())
                .unwrap_or_default()
        }),
        set: Callback::new(move |word: String| {
            let known = FILTERS.iter().find(|(_, known)| *known == word);
            chosen.set(known.map(|(filter, _)| *filter));
        }),
    };
    view! { <SegmentedControl label=tr!(orders.show) bind options /> }
}

/// What the orders shown come to, where that says something.
#[component]
fn Sum(show: Memo<OrderFilter>, accepted: Memo<Option<Fen>>) -> impl IntoView {
    let format = use_format();
    let counts = move || {
        let shown = matches!(show.get(), OrderFilter::MineThisMonth | OrderFilter::All);
        accepted.get().filter(|sum| shown && *sum != Fen::ZERO)
    };
    view! {
        <Show when=move || counts().is_some()>
            <p class="flex justify-between px-4 py-2">
                <span class="text-muted">{tr!(orders.accepted_sum)}</span>
                <span class="font-semibold tabular-nums" title=move || counts().map(|sum| format.money(sum))>
                    {move || counts().map(|sum| format.about(sum))}
                </span>
            </p>
        </Show>
    }
}

#[component]
fn Lines(lines: Signal<Vec<OrderSummary>>) -> impl IntoView {
    let path = use_location().pathname;
    view! {
        <List label=tr!(orders.title)>
            {move || {
                lines
                    .get()
                    .into_iter()
                    .map(|line| {
                        let id = line.id.to_string();
                        let current = Signal::derive(move || path.with(|path| path.contains(&id)));
                        view! { <OrderRow line current /> }
                    })
                    .collect_view()
            }}
        </List>
    }
}

#[component]
fn Nothing(
    total: Memo<Option<u32>>,
    show: Memo<OrderFilter>,
    word: RwSignal<String>,
) -> impl IntoView {
    live(move || {
        if total.get() != Some(0) {
            return ().into_any();
        }
        match (show.get(), word.with(|word| word.trim().is_empty())) {
            (_, false) => view! { <EmptyState icon=icons::LuSearchX title=tr!(orders.none_match) /> }.into_any(),
            (OrderFilter::Queue, true) => {
                view! { <EmptyState icon=icons::LuInbox title=tr!(orders.queue_empty) body=tr!(orders.queue_empty_body) /> }
                    .into_any()
            }
            (_, true) => {
                view! { <EmptyState icon=icons::LuReceiptText title=tr!(orders.none) body=tr!(orders.none_body) /> }
                    .into_any()
            }
        }
    })
}

/// Beside the list on a desk while no order is open.
#[component]
pub(super) fn NoOrderOpen() -> impl IntoView {
    view! { <EmptyState icon=icons::LuMousePointerClick title=tr!(orders.pick) /> }
}

//! Pages of orders, and one of them.

use core::cmp::Ordering;

use crate::calendar::start_of;
use crate::command::RecordRef;
use crate::decision::Refusal;
use crate::id::{ClientId, OrderId, PersonId};
use crate::money::Fen;
use crate::order::gathered;
use crate::orders::command::submission;
use crate::orders::decision::{OrderStanding, OrderState, may_decide};
use crate::orders::list::{
    OrderFile, OrderFilter, OrderList, OrderPage, OrderRights, OrderSummary, ShownState,
};
use crate::orders::record::Order;
use crate::orders::rights::{manages_client, may_book, may_sell};
use crate::orders::row::{OrderRow, of};
use crate::orders::standings::Kept;
use crate::packed::Entry;
use crate::query::Sources;
use crate::role::Role;
use crate::search;
use crate::time::Instant;
use crate::window::window;

pub(crate) fn page(list: &OrderList, from: &Sources<'_>) -> OrderPage {
    let search = search::Query::parse(&list.search);
    let (mut found, mut accepted) = (Vec::new(), Fen::ZERO);
    // Places and not orders: all that ever were may be among them.
    let mut add = |row: OrderRow| {
        let standing = standing(&row.order, from);
        let fits = |search: &search::Query| search.matches(&row.haystack);
        if passes(&row.order, standing, list.show, from) && search.as_ref().is_none_or(fits) {
            accepted += net(&row.order, standing);
            found.push((age(&row.order, standing), row.key()));
        }
    };
    match (list.client, list.show) {
        (Some(client), _) => from.rows.orders.range(of(client)).for_each(&mut add),
        (None, OrderFilter::Queue) => {
            let waiting = from.facts.orders.all();
            let waiting = waiting.filter(|(_, kept)| kept.state == OrderState::Submitted);
            let waiting = gathered(waiting.map(|(client, kept)| (client, kept.order)));
            from.rows.orders.some(&waiting).for_each(&mut add);
        }
        (None, _) => from.rows.orders.iter().for_each(&mut add),
    }
    let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
    let longest_first = list.show == OrderFilter::Queue;
    let shown = window(found, list.offset, list.limit, |one, other| {
        let by_age = order_of(one, other);
        match longest_first {
            true => by_age,
            false => by_age.reverse(),
        }
    });
    OrderPage {
        total,
        offset: list.offset,
        accepted,
        lines: shown
            .into_iter()
            .filter_map(|(_, key)| Some(summary(&from.rows.orders.get(&key)?.order, from)))
            .collect(),
        processes: from.facts.has_role(from.me, Role::OrderDesk),
    }
}

pub(crate) fn file(client: ClientId, order: OrderId, from: &Sources<'_>) -> Option<Box<OrderFile>> {
    let order = from.rows.orders.get(&(client, order))?.order;
    let standing = from.facts.orders.get(&(client, order.id));
    let standing = standing.as_ref();
    let name = |person: Option<PersonId>| person.map(|it| from.name_of(it)).unwrap_or_default();
    Some(Box::new(OrderFile {
        state: shown(&order, from),
        as_accepted: standing.is_none_or(|standing| {
            let version = order.version(standing.submission.version);
            version.is_some_and(|it| submission(client, order.id, it) == standing.submission)
        }),
        representative_name: name(order.latest().map(|version| version.representative)),
        created_by_name: from.name_of(order.created_by),
        submitted_by_name: name(standing.map(|standing| standing.submitted_by)),
        decided_by_name: name(standing.map(|standing| standing.by)),
        holds_client: from.rows.clients.contains_key(&client),
        may: rights(&order, standing, from),
        mark: from.marks.mark(RecordRef::Order(client, order.id)),
        order,
    }))
}

fn rights(order: &Order, standing: Option<&OrderStanding>, from: &Sources<'_>) -> OrderRights {
    let (me, facts, client) = (from.me, from.facts, order.client);
    let state = standing.map(|standing| standing.state);
    let sells = may_sell(me, client, facts);
    let open = state != Some(OrderState::Accepted);
    let waits = state == Some(OrderState::Submitted);
    let newer = shown(order, from).changed_since || !waits;
    let decides = standing.map(|standing| may_decide(me, client, standing, facts));
    let theirs = standing.is_some_and(|standing| standing.authors.contains(&me));
    OrderRights {
        change: sells && open,
        submit: sells && open && newer,
        withdraw: sells && waits && (theirs || manages_client(me, client, facts)),
        decide: waits && decides == Some(Ok(())),
        not_separate: waits && decides == Some(Err(Refusal::NotSeparate)),
        book: !open && may_book(me, client, facts),
    }
}

fn standing<'a>(order: &Order, from: &Sources<'a>) -> Option<&'a Kept> {
    from.facts.orders.find(&(order.client, order.id))
}

fn shown(order: &Order, from: &Sources<'_>) -> ShownState {
    let known = standing(order, from);
    let settled = from.settled.orders.find(&(order.client, order.id));
    let submitted = known.map(|kept| kept.version);
    ShownState {
        provisional: known != settled,
        changed_since: submitted.is_some() && order.latest().map(|it| it.id) != submitted,
        standing: known.map(Kept::standing),
    }
}

fn passes(order: &Order, standing: Option<&Kept>, show: OrderFilter, from: &Sources<'_>) -> bool {
    let state = standing.map(|kept| kept.state);
    match show {
        OrderFilter::Queue => standing.is_some_and(|kept| {
            kept.state == OrderState::Submitted
                && may_decide(from.me, order.client, &kept.standing(), from.facts).is_ok()
        }),
        OrderFilter::MineThisMonth => {
            let month = start_of(from.now.day().first_of_month());
            let mine = order
                .latest()
                .is_some_and(|it| it.representative == from.me);
            mine && age(order, standing) >= month
        }
        OrderFilter::Unsettled => {
            !matches!(state, Some(OrderState::Submitted | OrderState::Accepted))
        }
        OrderFilter::All => true,
    }
}

/// When it came to stand where it stands.
fn age(order: &Order, standing: Option<&Kept>) -> Instant {
    standing.map_or(order.created_at, |kept| kept.at)
}

type Aged = (Instant, (ClientId, OrderId));

fn order_of((one, (_, a)): &Aged, (other, (_, b)): &Aged) -> Ordering {
    (one, a).cmp(&(other, b))
}

/// What it brings, once it is accepted.
fn net(order: &Order, standing: Option<&Kept>) -> Fen {
    match standing {
        Some(kept) if kept.state == OrderState::Accepted => kept.amount - order.refunded(),
        _ => Fen::ZERO,
    }
}

fn summary(order: &Order, from: &Sources<'_>) -> OrderSummary {
    let latest = order.latest();
    let lines = latest.map(|it| it.lines.as_slice()).unwrap_or_default();
    OrderSummary {
        client: order.client,
        id: order.id,
        client_name: order.client_name.clone(),
        representative_name: latest
            .map(|it| from.name_of(it.representative))
            .unwrap_or_default(),
        product: lines
            .first()
            .map(|line| line.product.clone())
            .unwrap_or_default(),
        others: u32::try_from(lines.len().saturating_sub(1)).unwrap_or_default(),
        total: latest.map(|it| it.total()).unwrap_or_default(),
        ordered_on: latest.map_or_else(|| order.created_at.day(), |it| it.ordered_on),
        state: shown(order, from),
        mark: from.marks.mark(RecordRef::Order(order.client, order.id)),
    }
}

//! Pages of orders, and one of them.

use core::cmp::Ordering;

use crate::calendar::start_of;
use crate::command::RecordRef;
use crate::decision::Refusal;
use crate::document::DocumentId;
use crate::id::{ClientId, OrderId, PersonId};
use crate::money::Fen;
use crate::orders::command::submission;
use crate::orders::decision::{OrderStanding, OrderState, may_decide};
use crate::orders::list::{
    OrderFile, OrderFilter, OrderList, OrderPage, OrderRights, OrderSummary, ShownState,
};
use crate::orders::record::Order;
use crate::orders::rights::{manages_client, may_book, may_sell};
use crate::orders::row::OrderRow;
use crate::query::Sources;
use crate::role::Role;
use crate::search;
use crate::time::Instant;
use crate::window::window;

pub(crate) fn page(list: &OrderList, from: &Sources<'_>) -> OrderPage {
    let search = search::Query::parse(&list.search);
    let found: Vec<_> = rows_of(list.client, from)
        .filter(|row| passes(&row.order, list.show, from))
        .filter(|row| {
            search
                .as_ref()
                .is_none_or(|search| search.matches(&row.haystack))
        })
        .map(|row| (age(&row.order, from), &row.order))
        .collect();
    let accepted = found.iter().map(|(_, order)| net(order, from)).sum();
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
            .map(|(_, order)| summary(order, from))
            .collect(),
        processes: from.facts.has_role(from.me, Role::OrderDesk),
    }
}

pub(crate) fn file(client: ClientId, order: OrderId, from: &Sources<'_>) -> Option<Box<OrderFile>> {
    let rows = from.rows.orders.of(DocumentId::orders(client));
    let order = &rows.iter().find(|row| row.order.id == order)?.order;
    let standing = standing(order, from);
    let name = |person: Option<PersonId>| person.map(|it| from.name_of(it)).unwrap_or_default();
    Some(Box::new(OrderFile {
        state: shown(order, from),
        as_accepted: standing.is_none_or(|standing| {
            let version = order.version(standing.submission.version);
            version.is_some_and(|it| submission(client, order.id, it) == standing.submission)
        }),
        representative_name: name(order.latest().map(|version| version.representative)),
        created_by_name: from.name_of(order.created_by),
        submitted_by_name: name(standing.map(|standing| standing.submitted_by)),
        decided_by_name: name(standing.map(|standing| standing.by)),
        holds_client: from.rows.clients.contains_key(&client),
        may: rights(order, standing, from),
        mark: from.marks.mark(RecordRef::Order(client, order.id)),
        order: order.clone(),
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

fn rows_of<'a>(
    client: Option<ClientId>,
    from: &Sources<'a>,
) -> impl Iterator<Item = &'a OrderRow> + use<'a> {
    let rows = &from.rows.orders;
    let (one, all) = match client {
        Some(client) => (Some(rows.of(DocumentId::orders(client))), None),
        None => (None, Some(rows.iter().map(|(_, row)| row))),
    };
    one.into_iter().flatten().chain(all.into_iter().flatten())
}

fn standing<'a>(order: &Order, from: &Sources<'a>) -> Option<&'a OrderStanding> {
    from.facts.orders.get(&(order.client, order.id))
}

fn shown(order: &Order, from: &Sources<'_>) -> ShownState {
    let known = standing(order, from);
    let settled = from.settled.orders.get(&(order.client, order.id));
    let submitted = known.map(|standing| standing.submission.version);
    ShownState {
        provisional: known != settled,
        changed_since: submitted.is_some() && order.latest().map(|it| it.id) != submitted,
        standing: known.cloned(),
    }
}

fn passes(order: &Order, show: OrderFilter, from: &Sources<'_>) -> bool {
    let standing = standing(order, from);
    let state = standing.map(|standing| standing.state);
    match show {
        OrderFilter::Queue => standing.is_some_and(|standing| {
            standing.state == OrderState::Submitted
                && may_decide(from.me, order.client, standing, from.facts).is_ok()
        }),
        OrderFilter::MineThisMonth => {
            let month = start_of(from.now.day().first_of_month());
            let mine = order
                .latest()
                .is_some_and(|it| it.representative == from.me);
            mine && age(order, from) >= month
        }
        OrderFilter::Unsettled => {
            !matches!(state, Some(OrderState::Submitted | OrderState::Accepted))
        }
        OrderFilter::All => true,
    }
}

/// When it came to stand where it stands.
fn age(order: &Order, from: &Sources<'_>) -> Instant {
    let standing = standing(order, from);
    standing.map_or(order.created_at, |standing| standing.at)
}

type Aged<'a> = (Instant, &'a Order);

fn order_of((one, a): &Aged<'_>, (other, b): &Aged<'_>) -> Ordering {
    (one, a.id).cmp(&(other, b.id))
}

/// What it brings, once it is accepted.
fn net(order: &Order, from: &Sources<'_>) -> Fen {
    match standing(order, from) {
        Some(standing) if standing.state == OrderState::Accepted => {
            standing.submission.amount - order.refunded()
        }
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

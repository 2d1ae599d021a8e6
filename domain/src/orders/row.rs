//! What lists and the order's own page need: all of it.

use core::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use crate::id::{ClientId, Id, OrderId};
use crate::orders::record::Order;
use crate::packed::Entry;
use crate::search;
use crate::value::Value;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OrderRow {
    pub order: Order,
    /// What search scans: the client and the products.
    pub haystack: String,
}

impl Entry for OrderRow {
    type Key = (ClientId, OrderId);

    fn key(&self) -> Self::Key {
        (self.order.client, self.order.id)
    }
}

/// The places of a client's orders.
pub(crate) fn of(client: ClientId) -> RangeInclusive<(ClientId, OrderId)> {
    (client, OrderId(Id::ZERO))..=(client, OrderId(Id::MAX))
}

#[must_use]
pub fn rows(client: ClientId, tree: &Value) -> Vec<OrderRow> {
    let orders = Order::read_all(client, tree).into_iter();
    orders
        .map(|order| OrderRow {
            haystack: haystack(&order),
            order,
        })
        .collect()
}

fn haystack(order: &Order) -> String {
    let mut haystack = search::HaystackBuilder::new();
    haystack.name(&order.client_name);
    for line in order.latest().into_iter().flat_map(|it| &it.lines) {
        haystack.name(&line.product);
    }
    haystack.finish()
}

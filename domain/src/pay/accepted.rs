//! Orders that were accepted, with what was written down about them: everybody's, or those that somebody has a part in.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::DocumentId;
use crate::id::{ClientId, OrderId, PersonId};
use crate::orders::decision::{OrderStanding, OrderState};
use crate::orders::record::Order;
use crate::query::Sources;
use crate::time::Day;

pub(super) type Accepted<'a> = ((ClientId, OrderId), &'a OrderStanding, Option<&'a Order>);

/// Both are sorted, so that neither needs looking up.
pub(super) fn accepted<'a>(from: &Sources<'a>) -> impl Iterator<Item = Accepted<'a>> + use<'a> {
    let rows = from.rows.orders.iter();
    let mut rows = rows.map(|(_, row)| &row.order).peekable();
    let key_of = |order: &Order| (order.client, order.id);
    let standings = from.facts.orders.iter();
    standings.filter_map(move |(key, standing)| {
        while rows.next_if(|order| key_of(order) < *key).is_some() {}
        let order = rows.next_if(|order| key_of(order) == *key);
        (standing.state == OrderState::Accepted).then_some((*key, standing, order))
    })
}

/// Those of which somebody might have a part: their own, those of whom they manage, and whatever was given back, because
/// they may have managed its representative before.
pub(super) fn accepted_of<'a>(
    person: PersonId,
    managers: &BTreeMap<PersonId, PersonId>,
    from: &Sources<'a>,
) -> impl Iterator<Item = Accepted<'a>> + use<'a> {
    let managed = managers.iter().filter(|(_, it)| **it == person);
    let mut people: BTreeSet<_> = managed.map(|(managed, _)| *managed).collect();
    people.insert(person);
    let mut keys = BTreeSet::new();
    let ever = Day::MIN..=Day::MAX;
    let index = &from.facts.accepted;
    index.months_of_people(Some(&people), &ever, &mut |_, month| {
        keys.extend(month.iter().map(|it| (it.client, it.order)));
    });
    let refunds = from.rows.index.refunds.months_of((), ever);
    keys.extend(refunds.flatten().map(|it| (it.client, it.order)));
    let (rows, facts) = (from.rows, from.facts);
    keys.into_iter().filter_map(move |key| {
        let standing = facts.orders.get(&key)?;
        let mut orders = rows.orders.of(DocumentId::orders(key.0)).iter();
        let order = orders.find(|row| row.order.id == key.1);
        (standing.state == OrderState::Accepted).then_some((
            key,
            standing,
            order.map(|row| &row.order),
        ))
    })
}

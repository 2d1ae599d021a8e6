//! Orders that were accepted, for whatever counts sales.

use caravan_domain::calendar::start_of;
use caravan_domain::document::DocumentId;
use caravan_domain::facts::{Fact, FactKey};
use caravan_domain::id::{ClientId, Id, OrderId, OrderVersionId, PersonId};
use caravan_domain::money::Fen;
use caravan_domain::orders::decision::{OrderStanding, OrderState, Submission};
use caravan_domain::orders::digest::OrderDigest;
use caravan_domain::orders::record::{Order, Payment};
use caravan_domain::orders::row::OrderRow;
use caravan_domain::time::{Day, Instant};

use crate::field::{EAST_MANAGER, Field, id};

/// An order of `representative`'s that was accepted then, with what was given back of it.
pub(crate) fn sold(
    field: &mut Field,
    client: ClientId,
    n: u8,
    representative: PersonId,
    fen: i64,
    at: Instant,
    refunds: &[(i64, Day)],
) {
    let order = OrderId(id(n));
    let standing = OrderStanding {
        submission: Submission {
            version: OrderVersionId(id(n)),
            representative,
            amount: Fen(fen),
            digest: OrderDigest([0; 32]),
        },
        submitted_by: representative,
        submitted_at: at,
        authors: [representative].into(),
        state: OrderState::Accepted,
        by: EAST_MANAGER,
        at,
    };
    field.know(FactKey::Order(client, order), Fact::Order(standing));
    let refunds = refunds.iter().map(|(fen, on)| Payment {
        id: Id::MAX,
        by: EAST_MANAGER,
        at: start_of(*on),
        on: *on,
        amount: Fen(*fen),
        note: String::new(),
    });
    let row = OrderRow {
        order: Order {
            client,
            id: order,
            client_name: "客户".to_owned(),
            created_by: representative,
            created_at: at,
            versions: Vec::new(),
            receipts: Vec::new(),
            refunds: refunds.collect(),
            replies: Vec::new(),
        },
        haystack: String::new(),
    };
    let document = DocumentId::orders(client);
    let mut rows = field.rows.of(document);
    rows.orders.push(row);
    field.rows.replace(document, rows);
}

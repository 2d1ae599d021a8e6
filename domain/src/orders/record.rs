//! An order as a record. It lives in its client's Orders document at `orders/{id}`: `created_by`,
//! `created_at`, `client_name`, and under minted ids what is added to it and never rewritten:
//! `versions/{id}{by, at, replaces, representative, channel, ordered_on, note, lines/{n}{…}}`,
//! `receipts/{id}` and `refunds/{id}{by, at, on, amount, note}`, `replies/{id}{by, at, text}`.

use serde::{Deserialize, Serialize};

use crate::clients::record::words;
use crate::id::{ClientId, Id, OrderId, OrderVersionId, PersonId};
use crate::money::{BasisPoints, Fen, Quantity};
use crate::order::sort_by;
use crate::time::{Day, Instant};
use crate::value::Value;

/// How the order came about (R96).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum Channel {
    #[default]
    Visit,
    Phone,
    Message,
    Shop,
    Online,
    Fair,
    Referral,
    Other,
}

words!(Channel {
    Visit = "visit",
    Phone = "phone",
    Message = "message",
    Shop = "shop",
    Online = "online",
    Fair = "fair",
    Referral = "referral",
    Other = "other",
});

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLine {
    pub product: String,
    pub quantity: Quantity,
    /// For one.
    pub price: Fen,
    pub discount: BasisPoints,
}

impl OrderLine {
    /// Rounded once.
    #[must_use]
    pub fn amount(&self) -> Fen {
        let whole = i64::from(BasisPoints::WHOLE.0);
        let left = whole - i64::from(self.discount.min(BasisPoints::WHOLE).0);
        self.price
            .times(self.quantity.0.saturating_mul(left), 1000 * whole)
    }
}

/// What was ordered, as it was taken down at one time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderVersion {
    pub id: OrderVersionId,
    pub by: PersonId,
    pub at: Instant,
    /// What it corrects.
    pub replaces: Option<OrderVersionId>,
    /// Whose order it is.
    pub representative: PersonId,
    pub channel: Channel,
    #[serde(with = "crate::calendar::written")]
    pub ordered_on: Day,
    pub note: String,
    pub lines: Vec<OrderLine>,
}

impl OrderVersion {
    #[must_use]
    pub fn total(&self) -> Fen {
        self.lines.iter().map(OrderLine::amount).sum()
    }
}

/// Money that came in, or went back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    pub id: Id,
    pub by: PersonId,
    pub at: Instant,
    #[serde(with = "crate::calendar::written")]
    pub on: Day,
    pub amount: Fen,
    pub note: String,
}

/// What the order desk has to say about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    pub id: Id,
    pub by: PersonId,
    pub at: Instant,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    pub client: ClientId,
    pub id: OrderId,
    /// As it was: whoever processes orders does not hold the client's file.
    pub client_name: String,
    pub created_by: PersonId,
    pub created_at: Instant,
    /// The oldest first; there is one at least.
    pub versions: Vec<OrderVersion>,
    pub receipts: Vec<Payment>,
    pub refunds: Vec<Payment>,
    pub replies: Vec<Reply>,
}

impl Order {
    /// `None` when the entry lacks what every order has.
    #[must_use]
    pub fn read(client: ClientId, key: &str, entry: &Value) -> Option<Self> {
        let versions = sorted(entry, "versions", read_version, |it| (it.at, it.id.0));
        let versions = after_what_they_replace(versions);
        Some(Self {
            client,
            id: key.parse().ok()?,
            client_name: entry.string(&["client_name"]),
            created_by: entry.parsed(&["created_by"])?,
            created_at: entry.instant(&["created_at"])?,
            versions: (!versions.is_empty()).then_some(versions)?,
            receipts: sorted(entry, "receipts", read_payment, |it| (it.at, it.id)),
            refunds: sorted(entry, "refunds", read_payment, |it| (it.at, it.id)),
            replies: sorted(entry, "replies", read_reply, |it| (it.at, it.id)),
        })
    }

    #[must_use]
    pub fn read_all(client: ClientId, tree: &Value) -> Vec<Self> {
        tree.entries(&["orders"])
            .filter_map(|(key, entry)| Self::read(client, key, entry))
            .collect()
    }

    /// As it stands now.
    #[must_use]
    pub fn latest(&self) -> Option<&OrderVersion> {
        self.versions.last()
    }

    #[must_use]
    pub fn version(&self, id: OrderVersionId) -> Option<&OrderVersion> {
        self.versions.iter().find(|version| version.id == id)
    }

    #[must_use]
    pub fn received(&self) -> Fen {
        self.receipts.iter().map(|payment| payment.amount).sum()
    }

    #[must_use]
    pub fn refunded(&self) -> Fen {
        self.refunds.iter().map(|payment| payment.amount).sum()
    }
}

/// What hangs at `place`, the oldest first.
fn sorted<T>(
    entry: &Value,
    place: &str,
    read: fn(&str, &Value) -> Option<T>,
    age: fn(&T) -> (Instant, Id),
) -> Vec<T> {
    let mut all: Vec<_> = entry
        .entries(&[place])
        .filter_map(|(key, value)| read(key, value))
        .collect();
    sort_by(&mut all, |one, other| age(one).cmp(&age(other)));
    all
}

/// Clocks differ: what corrects something is later than that, whatever the devices say.
fn after_what_they_replace(versions: Vec<OrderVersion>) -> Vec<OrderVersion> {
    let replaced = |id| {
        let version: Option<&OrderVersion> = versions.iter().find(|it| it.id == id);
        version.and_then(|it| it.replaces)
    };
    let steps = |version: &OrderVersion| {
        let chain = core::iter::successors(version.replaces, |id| replaced(*id));
        chain.take(versions.len()).count()
    };
    let steps: Vec<_> = versions.iter().map(steps).collect();
    let mut keyed: Vec<_> = steps.into_iter().zip(versions).collect();
    sort_by(&mut keyed, |(one, _), (other, _)| one.cmp(other));
    keyed.into_iter().map(|(_, version)| version).collect()
}

fn read_version(key: &str, entry: &Value) -> Option<OrderVersion> {
    let at = entry.instant(&["at"])?;
    Some(OrderVersion {
        id: key.parse().ok()?,
        by: entry.parsed(&["by"])?,
        at,
        replaces: entry.parsed(&["replaces"]),
        representative: entry.parsed(&["representative"])?,
        channel: entry.parsed(&["channel"]).unwrap_or_default(),
        ordered_on: entry.day(&["ordered_on"]).unwrap_or_else(|| at.day()),
        note: entry.string(&["note"]),
        // Keys have as many digits as each other: their order is the lines'.
        lines: entry
            .entries(&["lines"])
            .map(|(_, line)| read_line(line))
            .collect(),
    })
}

fn read_line(line: &Value) -> OrderLine {
    let discount = line.int(&["discount"]).unwrap_or_default();
    OrderLine {
        product: line.string(&["product"]),
        quantity: Quantity(line.int(&["quantity"]).unwrap_or_default().max(0)),
        price: Fen(line.int(&["price"]).unwrap_or_default().max(0)),
        discount: BasisPoints(u32::try_from(discount).unwrap_or_default()),
    }
}

fn read_payment(key: &str, entry: &Value) -> Option<Payment> {
    let at = entry.instant(&["at"])?;
    Some(Payment {
        id: key.parse().ok()?,
        by: entry.parsed(&["by"])?,
        at,
        on: entry.day(&["on"]).unwrap_or_else(|| at.day()),
        amount: Fen(entry.int(&["amount"])?.max(0)),
        note: entry.string(&["note"]),
    })
}

fn read_reply(key: &str, entry: &Value) -> Option<Reply> {
    Some(Reply {
        id: key.parse().ok()?,
        by: entry.parsed(&["by"])?,
        at: entry.instant(&["at"])?,
        text: entry.string(&["text"]),
    })
}

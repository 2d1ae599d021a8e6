//! What one version of an order says, in 32 bytes: so that the relay knows what was accepted
//! without reading it, and everybody who can read it can tell.

use core::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::id::{ClientId, OrderId};
use crate::orders::record::OrderVersion;

#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OrderDigest(pub [u8; 32]);

impl fmt::Debug for OrderDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// SHA-256 over every field in its order, each behind its length.
#[must_use]
pub fn digest(client: ClientId, order: OrderId, version: &OrderVersion) -> OrderDigest {
    let mut hash = Sha256::new();
    let mut take = |field: &str| {
        hash.update((field.len() as u64).to_be_bytes());
        hash.update(field);
    };
    take("caravan order 1");
    take(&client.to_string());
    take(&order.to_string());
    take(&version.id.to_string());
    take(&version.representative.to_string());
    take(version.channel.word());
    take(&version.ordered_on.to_string());
    take(&version.note);
    for line in &version.lines {
        take(&line.product);
        take(&line.quantity.0.to_string());
        take(&line.price.0.to_string());
        take(&line.discount.0.to_string());
    }
    OrderDigest(hash.finalize().into())
}

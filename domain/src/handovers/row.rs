//! What Today needs of a capsule.

use serde::{Deserialize, Serialize};

use crate::handovers::capsule::Capsule;
use crate::id::{ClientId, HandoverId, PersonId};
use crate::time::Instant;
use crate::value::Value;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CapsuleRow {
    pub handover: HandoverId,
    pub client: ClientId,
    pub from: PersonId,
    pub to: PersonId,
    pub at: Instant,
    pub read_at: Option<Instant>,
}

/// The latest first.
#[must_use]
pub fn rows(client: ClientId, tree: &Value) -> Vec<CapsuleRow> {
    let capsules = Capsule::read_all(client, tree).into_iter();
    capsules
        .map(|capsule| CapsuleRow {
            handover: capsule.handover,
            client,
            from: capsule.from,
            to: capsule.to,
            at: capsule.at,
            read_at: capsule.read_at(),
        })
        .collect()
}

//! What a statement or an adjustment says, in 32 bytes: so that the relay knows what was approved and
//! locked without reading it, and everybody who can read it can tell.

use core::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::id::PersonId;
use crate::value::{Map, Value};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PayDigest(pub [u8; 32]);

impl fmt::Debug for PayDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Its first digits, for people to compare.
impl fmt::Display for PayDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = self.0.iter().take(6);
        first
            .into_iter()
            .try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// SHA-256 over whose it is and every field of the record as it is stored, in the order of their
/// names, each behind its kind and its length.
#[must_use]
pub fn digest(person: PersonId, entry: &Map) -> PayDigest {
    let mut hash = Sha256::new();
    take(&mut hash, b'c', b"caravan pay 1");
    take(&mut hash, b'p', person.0.as_bytes());
    take_map(&mut hash, entry);
    PayDigest(hash.finalize().into())
}

fn take_map(hash: &mut Sha256, map: &Map) {
    take(hash, b'm', &(map.len() as u64).to_be_bytes());
    for (key, value) in map {
        take(hash, b'k', key.as_bytes());
        take_value(hash, value);
    }
}

fn take_value(hash: &mut Sha256, value: &Value) {
    match value {
        Value::Null => take(hash, b'n', &[]),
        Value::Bool(flag) => take(hash, b'b', &[u8::from(*flag)]),
        Value::Int(int) => take(hash, b'i', &int.to_be_bytes()),
        Value::Float(float) => take(hash, b'f', &float.to_be_bytes()),
        Value::Text(text) | Value::Prose(text) => take(hash, b't', text.as_bytes()),
        Value::Bytes(bytes) => take(hash, b'y', bytes),
        Value::Map(map) => take_map(hash, map),
    }
}

fn take(hash: &mut Sha256, kind: u8, bytes: &[u8]) {
    hash.update([kind]);
    hash.update((bytes.len() as u64).to_be_bytes());
    hash.update(bytes);
}

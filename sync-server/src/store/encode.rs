//! How facts, refusals and snapshots lie in the store: a version byte, then postcard. A new layout
//! gets a new version and the old one stays readable.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::StoreError;

const VERSION: u8 = 1;

pub(crate) fn encoded<T: Serialize>(value: &T) -> Vec<u8> {
    postcard::to_extend(value, vec![VERSION])
        .expect("a vector takes any number of bytes, and every field can be written")
}

pub(crate) fn decoded<T: DeserializeOwned>(
    what: &'static str,
    bytes: &[u8],
) -> Result<T, StoreError> {
    let damaged = StoreError::Damaged(what);
    let Some((&VERSION, body)) = bytes.split_first() else {
        return Err(damaged);
    };
    match postcard::take_from_bytes(body) {
        Ok((value, [])) => Ok(value),
        _ => Err(damaged),
    }
}

#[cfg(test)]
mod tests {
    use caravan_domain::decision::Refusal;
    use caravan_domain::facts::FactKey;
    use caravan_domain::id::{Id, PersonId};
    use caravan_sync::frame::Rejection;

    use super::*;

    /// Bytes of version 1 that are in people's databases: they must be readable for ever.
    #[test]
    fn what_version_1_wrote_is_still_read() {
        let key = FactKey::Person(PersonId(Id::from_bytes([7; 16])));
        let mut written = vec![1, 2];
        written.extend([7; 16]);
        assert_eq!(encoded(&key), written);
        assert_eq!(decoded::<FactKey>("fact", &written).unwrap(), key);
        let refused = Rejection::Decision(Refusal::NotFound);
        assert_eq!(encoded(&refused), [1, 0, 1]);
        assert_eq!(
            decoded::<Rejection>("refusal", &[1, 0, 1]).unwrap(),
            refused
        );
    }

    #[test]
    fn other_versions_and_leftovers_are_damage() {
        for bytes in [&[2, 0, 1][..], &[1, 0, 1, 9], &[1], &[]] {
            assert!(decoded::<Rejection>("refusal", bytes).is_err(), "{bytes:?}");
        }
    }
}

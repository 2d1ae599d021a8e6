//! Ids that a row gets from what it says, so that importing it again is no new client.

use std::collections::HashMap;

use caravan_domain::clients::record::ClientDraft;
use caravan_domain::id::{ClientId, Id, PersonId};
use caravan_domain::time::Instant;
use sha2::{Digest, Sha256};

/// Names the version of the rule; another rule needs another word.
const RULE: &[u8] = b"caravan import row 2";

/// Counts equal rows, which are told apart by their order.
pub(super) struct Identities {
    importer: PersonId,
    seen: HashMap<[u8; 32], u32>,
}

impl Identities {
    /// Two people who import the same row each have a client of their own, as if they had typed it in: neither may know
    /// of the other's.
    pub(super) fn new(importer: PersonId) -> Self {
        Self {
            importer,
            seen: HashMap::new(),
        }
    }

    /// From the importer, name, code and phones. Imported ids sort before all minted ones.
    pub(super) fn of(&mut self, draft: &ClientDraft) -> ClientId {
        let mut hash = Sha256::new_with_prefix(RULE);
        hash.update(self.importer.0.as_bytes());
        let phones = draft.contacts.iter().flat_map(|contact| &contact.phones);
        for part in [&draft.name, &draft.code].into_iter().chain(phones) {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        let said: [u8; 32] = hash.finalize().into();
        let before = self.seen.entry(said).or_default();
        let mut hash = Sha256::new_with_prefix(said);
        hash.update(before.to_be_bytes());
        *before += 1;
        let named: [u8; 32] = hash.finalize().into();
        let mut random = [0; 10];
        random.copy_from_slice(&named[..10]);
        ClientId(Id::mint(Instant::from_millis(0), random))
    }
}

//! Ids that a row gets from what it says, so that importing it again is no new client.

use std::collections::HashMap;

use caravan_domain::clients::record::ClientDraft;
use caravan_domain::id::{ClientId, Id};
use caravan_domain::time::Instant;
use sha2::{Digest, Sha256};

/// Names the first of these versions of the rule; another rule needs another word.
const RULE: &[u8] = b"caravan import row 1";

/// Counts equal rows, which are told apart by their order.
#[derive(Default)]
pub(super) struct Identities {
    seen: HashMap<[u8; 32], u32>,
}

impl Identities {
    /// From name, code and phones. Imported ids sort before all minted ones.
    pub(super) fn of(&mut self, draft: &ClientDraft) -> ClientId {
        let mut hash = Sha256::new_with_prefix(RULE);
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

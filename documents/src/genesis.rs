//! The first change of every document: it makes the maps at the root, so that two devices that
//! write into a new document write into the same maps.
//!
//! Nobody sends it. Every device and the relay derive it: one change per kind of document, by
//! [`actor`], at time 0, byte for byte the same everywhere. It depends on the kind only and not
//! on the document's id, because its hash stands in every change that follows it: the same 32
//! bytes in each of 10,000 clients cost nothing once a frame is deflated, 10,000 different ones a
//! third of a megabyte. The document's id is bound by the envelope's signature.
//!
//! A later version that needs another root map adds it as the kind's next change: a new list at
//! the end of [`roots`], never a word more in an old one. That change is made by the same actor
//! on top of the genesis before it and of nothing else, so that its bytes are the same too,
//! whatever the document holds, and it merges like any other. A device of an older version that
//! meets a change resting on a newer genesis waits for it ([`crate::Applied::Waiting`]) and must
//! be updated.

use std::sync::OnceLock;

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, Automerge, Change, ObjType, ROOT};
use caravan_domain::document::DocumentKind;
use sha2::{Digest, Sha256};

/// What each version added, oldest first.
const fn roots(kind: DocumentKind) -> &'static [&'static [&'static str]] {
    match kind {
        DocumentKind::Workspace => &[],
        DocumentKind::Client => &[
            &["profile", "tags", "contacts", "interactions", "visits"],
            &["handovers"],
        ],
        DocumentKind::Person => &[
            &["tasks"],
            &["profile", "skills", "calendar", "goals", "training"],
            &["handovers"],
        ],
        DocumentKind::Company => &[
            &["goals", "courses", "questions", "library", "surveys"],
            &["agreements"],
        ],
        DocumentKind::Team => &[&["goals", "classes", "posts"]],
        DocumentKind::Orders => &[&["orders"]],
        DocumentKind::Reviews => &[&["reviews", "ratings", "plans"]],
        DocumentKind::Pay => &[&["adjustments", "disputes"], &["statements"]],
    }
}

/// The author of every genesis, 16 bytes. No device can be bound under it: the relay refuses
/// changes whose actor is not the device that signed them.
pub(crate) fn actor() -> &'static [u8; 16] {
    static ACTOR: OnceLock<[u8; 16]> = OnceLock::new();
    ACTOR.get_or_init(|| {
        let digest: [u8; 32] = Sha256::digest(b"caravan genesis").into();
        let mut actor = [0; 16];
        actor.copy_from_slice(&digest[..16]);
        actor
    })
}

/// A document of this kind that holds nothing but its genesis.
pub(crate) fn document(kind: DocumentKind) -> &'static Automerge {
    static DOCUMENTS: [OnceLock<Automerge>; DocumentKind::ALL.len()] =
        [const { OnceLock::new() }; DocumentKind::ALL.len()];
    DOCUMENTS[usize::from(kind.number())].get_or_init(|| derive(kind))
}

/// The genesis as changes, oldest version first.
pub(crate) fn changes(kind: DocumentKind) -> Vec<Change> {
    document(kind).get_changes(&[])
}

fn derive(kind: DocumentKind) -> Automerge {
    let mut document = Automerge::new().with_actor(ActorId::from(actor()));
    for version in roots(kind) {
        let mut transaction = document.transaction();
        for root in *version {
            transaction
                .put_object(ROOT, *root, ObjType::Map)
                .expect("the root is a map and takes any key");
        }
        transaction.commit_with(CommitOptions::default().with_time(0));
    }
    document
}

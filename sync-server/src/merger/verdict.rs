//! What was found in a change, held against the policy.

use caravan_documents::{Finding, Touch};
use caravan_domain::document::DocumentId;
use caravan_domain::facts::Facts;
use caravan_domain::id::{DeviceId, PersonId};
use caravan_domain::policy;
use caravan_sync::frame::Quarantine;

/// Whether a change of `device` in `document` may be passed on.
///
/// # Errors
/// Why not.
pub(super) fn judge(
    device: DeviceId,
    document: DocumentId,
    examined: Result<Vec<Touch>, Finding>,
    facts: &Facts,
) -> Result<(), Quarantine> {
    let touches = examined.map_err(|found| match found {
        Finding::Unfounded => Quarantine::Unfounded,
        Finding::Unsound => Quarantine::Unsound,
        Finding::Foreign => Quarantine::NotAllowed,
    })?;
    let author = facts.author(device).ok_or(Quarantine::NotAllowed)?;
    let allowed = |touch: &Touch| is_allowed(author, document, touch, facts);
    match touches.iter().all(allowed) {
        true => Ok(()),
        false => Err(Quarantine::NotAllowed),
    }
}

fn is_allowed(author: PersonId, document: DocumentId, touch: &Touch, facts: &Facts) -> bool {
    let kind = document.kind;
    // Two devices of one person may import the same list; two people never make the same id.
    let is_anothers = |holder: &DeviceId| facts.author(*holder) != Some(author);
    let taken = policy::is_minted(kind, &touch.path) && touch.holders.iter().any(is_anothers);
    let claims = touch.written.as_ref();
    let began = touch.began.and_then(|device| facts.author(device));
    policy::is_place_of(author, document, &touch.path, facts)
        && policy::may_put(kind, &touch.path, touch.known || taken)
        && claims.is_none_or(|written| policy::may_claim(kind, &touch.path, written, author))
        && policy::may_say_to(author, document, &touch.path, claims, began, facts)
}

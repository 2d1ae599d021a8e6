//! Who hands over whose clients, and what a handover may write where.

use crate::document::{DocumentId, DocumentKind};
use crate::facts::Facts;
use crate::handovers::decision::Handover;
use crate::id::{HandoverId, PersonId};
use crate::role::Role;
use crate::value::Value;

/// Directors for everybody; team managers for those of their team and for themselves.
pub(crate) fn may_hand_over(from: PersonId, actor: PersonId, facts: &Facts) -> bool {
    let within = from == actor || facts.manages(actor, from);
    facts.has_role(actor, Role::Director) || (facts.has_role(actor, Role::TeamManager) && within)
}

/// A handover that the relay has settled, and whose it was.
pub(crate) fn known(handover: HandoverId, facts: &Facts) -> Option<(PersonId, &Handover)> {
    let mut all = facts.handovers.iter();
    let (key, known) = all.find(|((_, id), _)| *id == handover)?;
    Some((key.0, known))
}

pub(crate) fn may_put(steps: &[&str], exists: bool) -> bool {
    matches!(steps, ["handovers", _] | ["handovers", _, "read", _]) && !exists
}

pub(crate) fn is_minted(steps: &[&str]) -> bool {
    matches!(steps, ["handovers", _])
}

/// A handover's entry is written by whoever the relay let hand over, in the documents of those it concerns; that
/// somebody has read a capsule is theirs alone to say.
pub(crate) fn is_place_of(
    author: PersonId,
    document: DocumentId,
    steps: &[&str],
    facts: &Facts,
) -> bool {
    match steps {
        ["handovers", id] => {
            let id = id.parse::<HandoverId>().ok();
            let settled = id.and_then(|id| known(id, facts));
            settled
                .is_some_and(|(from, known)| known.by == author && concerns(document, from, known))
        }
        ["handovers", _, "read", person] => {
            document.kind == DocumentKind::Client && *person == author.to_string()
        }
        _ => false,
    }
}

fn concerns(document: DocumentId, from: PersonId, known: &Handover) -> bool {
    let client = document.client();
    let person = document.person();
    client.is_some_and(|client| known.clients.contains_key(&client))
        || person.is_some_and(|person| person == from || known.takers.contains(&person))
}

/// An entry is its author's, and nobody writes in it that somebody else has read it.
pub(crate) fn may_claim(steps: &[&str], written: &Value, author: PersonId) -> bool {
    match steps {
        ["handovers", _] => {
            let by = written.text(&["by"]);
            by == Some(&author.to_string()) && written.at(&["read"]).is_none()
        }
        _ => true,
    }
}

/// Whether the client was theirs until a handover.
pub(crate) fn has_given(person: PersonId, document: DocumentId, facts: &Facts) -> bool {
    let given = |handover: &Handover| {
        let client = document.client();
        client.is_some_and(|client| handover.clients.contains_key(&client))
    };
    let of_person = facts
        .handovers
        .range((person, HandoverId::FIRST)..=(person, HandoverId::LAST));
    of_person.into_iter().any(|(_, known)| given(known))
}

/// What a giver wrote in a basement before they heard of the handover still arrives: what they talked about and the
/// visits they made. It is added, nothing that stands is changed but the words of a visit.
pub(crate) fn is_left_behind(steps: &[&str]) -> bool {
    const OF_A_VISIT: [&str; 7] = [
        "check_in",
        "check_out",
        "note",
        "actions",
        "photos",
        "next_step",
        "next_on",
    ];
    match steps {
        ["interactions" | "visits", _] => true,
        ["visits", _, step, ..] => OF_A_VISIT.contains(step),
        _ => false,
    }
}

//! Who says what of whom before a team. Nobody posts about themselves; what is written stays as it was written.

use crate::document::DocumentId;
use crate::facts::Facts;
use crate::id::{PersonId, TeamId};
use crate::recognition::kind::PostKind;
use crate::role::Role;
use crate::value::Value;

/// Whoever may post anything about anybody in the team, and withdraw what others have posted: its manager, directors and
/// HR.
#[must_use]
pub fn leads(person: PersonId, team: TeamId, facts: &Facts) -> bool {
    let known = facts.active(person);
    known.is_some_and(|known| {
        let manages = known.team == Some(team) && known.roles.contains(&Role::TeamManager);
        manages
            || [Role::Director, Role::Hr]
                .iter()
                .any(|role| known.roles.contains(role))
    })
}

/// Whether `author` may post about `person` before `team`, which is that person's. Colleagues thank each other.
#[must_use]
pub fn may_post(
    author: PersonId,
    person: PersonId,
    team: TeamId,
    kind: PostKind,
    facts: &Facts,
) -> bool {
    let team_of = |who: PersonId| facts.people.get(&who).and_then(|known| known.team);
    let colleagues = || facts.active(author).is_some() && team_of(author) == Some(team);
    author != person
        && team_of(person) == Some(team)
        && (leads(author, team, facts) || (kind == PostKind::Thanks && colleagues()))
}

/// Applause can be taken back; everything else is written once.
pub(crate) fn may_put(steps: &[&str], exists: bool) -> bool {
    match steps {
        ["posts", _, "applause", _] => true,
        ["posts", _] | ["posts", _, "seen" | "withdrawn", _] => !exists,
        _ => false,
    }
}

/// Beside a post everybody has a place of their own, and no other's.
pub(crate) fn is_place_of(author: PersonId, steps: &[&str]) -> bool {
    match steps {
        ["posts", _] => true,
        ["posts", _, "applause" | "seen" | "withdrawn", who] => *who == author.to_string(),
        _ => false,
    }
}

/// Nobody writes in another's name or about themselves, and with a post comes neither applause nor anything else that
/// is others' to give.
pub(crate) fn may_claim(steps: &[&str], written: &Value, author: PersonId) -> bool {
    let own = || written.text(&["by"]) == Some(&author.to_string());
    match steps {
        ["posts", _] => {
            let beside = ["applause", "seen", "withdrawn"];
            let alone = beside.iter().all(|place| written.at(&[place]).is_none());
            own() && alone && written.text(&["person"]) != Some(&author.to_string())
        }
        ["posts", _, "withdrawn", _] => own(),
        _ => written.flag(&[]),
    }
}

/// Whether it is for `author` to say this of that person, or to withdraw what `began` has posted.
pub(crate) fn may_say(
    author: PersonId,
    document: DocumentId,
    steps: &[&str],
    written: Option<&Value>,
    began: Option<PersonId>,
    facts: &Facts,
) -> bool {
    let team = TeamId(document.id);
    match (steps, written) {
        (["posts", _], Some(written)) => {
            let kind = written.parsed(&["kind"]).unwrap_or_default();
            let person = written.parsed(&["person"]);
            person.is_some_and(|person| may_post(author, person, team, kind, facts))
        }
        (["posts", _, "withdrawn", _], _) => began == Some(author) || leads(author, team, facts),
        _ => true,
    }
}

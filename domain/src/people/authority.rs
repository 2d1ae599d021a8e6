//! Who may do what to whom.

use crate::decision::Refusal;
use crate::facts::{Facts, Person};
use crate::id::{PersonId, TeamId};
use crate::role::{Role, Roles};

/// Administrators and directors: teams, roles, everybody's devices.
pub(super) fn runs_the_workspace(actor: PersonId, facts: &Facts) -> bool {
    facts.has_role(actor, Role::Administrator) || facts.has_role(actor, Role::Director)
}

/// Administrators offer any role; a director any but the administrator's; a team manager only
/// account managers of the own team.
pub(super) fn may_offer(
    roles: &Roles,
    team: Option<TeamId>,
    actor: PersonId,
    facts: &Facts,
) -> bool {
    let Some(me) = facts.active(actor) else {
        return false;
    };
    let own_account_manager = me.roles.contains(&Role::TeamManager)
        && me.team.is_some()
        && me.team == team
        && roles.iter().all(|role| *role == Role::AccountManager);
    let allowed = me.roles.contains(&Role::Administrator)
        || (me.roles.contains(&Role::Director) && !roles.contains(&Role::Administrator))
        || own_account_manager;
    allowed && !roles.is_empty()
}

/// Whether there is anybody `actor` could invite.
pub(super) fn may_invite(actor: PersonId, facts: &Facts) -> bool {
    let team = facts.active(actor).and_then(|me| me.team);
    may_offer(&Roles::from([Role::AccountManager]), team, actor, facts)
}

pub(super) fn may_change_roles(person: &Person, actor: PersonId, facts: &Facts) -> bool {
    runs_the_workspace(actor, facts) && may_touch(person, actor, facts)
}

/// Only an administrator changes what an administrator is.
pub(super) fn may_touch(person: &Person, actor: PersonId, facts: &Facts) -> bool {
    !person.roles.contains(&Role::Administrator) || facts.has_role(actor, Role::Administrator)
}

/// Never for oneself: whoever is in changes their own password by the old one.
pub(super) fn may_renew_password(person: PersonId, actor: PersonId, facts: &Facts) -> bool {
    let known = facts.active(person).filter(|_| person != actor);
    known.is_some_and(|known| runs_the_workspace(actor, facts) && may_touch(known, actor, facts))
}

/// Personal details: one's own, or anybody's for those who run the workspace.
pub(super) fn may_edit_details(person: PersonId, actor: PersonId, facts: &Facts) -> bool {
    person == actor || runs_the_workspace(actor, facts)
}

pub(super) fn must(allowed: bool) -> Result<(), Refusal> {
    allowed.then_some(()).ok_or(Refusal::NotAllowed)
}

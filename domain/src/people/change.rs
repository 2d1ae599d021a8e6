//! What may change about a person, and who may change it.

use crate::decision::Refusal;
use crate::facts::{Fact, FactChange, FactKey, Facts, Person, PersonStatus};
use crate::id::PersonId;
use crate::role::Role;
use crate::time::Instant;

use super::authority::{may_edit_details, may_offer, may_touch, must, runs_the_workspace};
use super::decision::{NAME_MAX, PersonChange, checked_name, set};
use super::devices;
use super::workspace::must_be_open;

pub(crate) fn change_person(
    person: PersonId,
    change: &PersonChange,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    let before = facts.people.get(&person).ok_or(Refusal::NotFound)?;
    let mut after = before.clone();
    match change {
        PersonChange::Name(name) => {
            must(may_edit_details(person, actor, facts))?;
            after.name = checked_name(name)?;
        }
        PersonChange::Phone(phone) => {
            must(may_edit_details(person, actor, facts))?;
            if phone.chars().count() > NAME_MAX {
                return Err(Refusal::BadName);
            }
            after.phone.clone_from(phone);
        }
        PersonChange::Roles(roles) => {
            must(runs_the_workspace(actor, facts))?;
            must(may_offer(roles, before.team, actor, facts))?;
            must(may_touch(before, actor, facts))?;
            after.roles.clone_from(roles);
        }
        PersonChange::Team(team) => {
            must(runs_the_workspace(actor, facts))?;
            if let Some(team) = team {
                must_be_open(*team, facts)?;
            }
            after.team = *team;
        }
        PersonChange::Employment(employment) => {
            must(runs_the_workspace(actor, facts))?;
            after.employment = *employment;
        }
        PersonChange::Status(status) => {
            must(runs_the_workspace(actor, facts))?;
            must(may_touch(before, actor, facts))?;
            after.status = *status;
        }
    }
    keeps_an_administrator(person, &after, facts)?;
    let mut changes = vec![set(FactKey::Person(person), Fact::Person(after.clone()))];
    if after.status == PersonStatus::Deactivated {
        changes.extend(devices::revoke_all_of(person, at, facts));
    }
    Ok(changes)
}

/// Whether `actor` may deactivate somebody, as far as roles go.
pub(crate) fn may_deactivate(person: PersonId, actor: PersonId, facts: &Facts) -> bool {
    let known = facts.people.get(&person);
    known.is_some_and(|known| {
        known.status != PersonStatus::Deactivated
            && runs_the_workspace(actor, facts)
            && may_touch(known, actor, facts)
    })
}

fn keeps_an_administrator(person: PersonId, after: &Person, facts: &Facts) -> Result<(), Refusal> {
    let runs = |known: &Person| {
        known.status == PersonStatus::Active && known.roles.contains(&Role::Administrator)
    };
    let another = facts
        .people
        .iter()
        .any(|(id, known)| *id != person && runs(known));
    let was = facts.people.get(&person).is_some_and(runs);
    if was && !another && !runs(after) {
        return Err(Refusal::LastAdministrator);
    }
    Ok(())
}

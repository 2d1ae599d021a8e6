//! Answers about people, teams, invitations and devices.

use std::collections::BTreeMap;

use crate::agreements::standing::waits;
use crate::facts::Person;
use crate::handovers;
use crate::id::PersonId;
use crate::order::sort_by;
use crate::people::authority::{
    may_change_roles, may_invite, may_renew_password, runs_the_workspace,
};
use crate::people::query::{DeviceLine, PeopleView, PersonFile, PersonLine};
use crate::query::Sources;
use crate::search;

pub(crate) fn people(from: &Sources<'_>) -> PeopleView {
    let facts = from.facts;
    let clients = clients_by_owner(from);
    let people = facts
        .people
        .iter()
        .map(|(id, person)| line(*id, person, &clients, from));
    let mut keyed: Vec<_> = people
        .map(|line| (search::sort_key(&line.person.name), line))
        .collect();
    sort_by(&mut keyed, |(one, a), (other, b)| {
        (one, a.id).cmp(&(other, b.id))
    });
    PeopleView {
        workspace_name: facts
            .workspace
            .as_ref()
            .map(|workspace| workspace.name.clone())
            .unwrap_or_default(),
        teams: facts
            .teams
            .iter()
            .map(|(id, team)| (*id, team.clone()))
            .collect(),
        people: keyed.into_iter().map(|(_, line)| line).collect(),
        invitations: facts
            .invitations
            .iter()
            .map(|(id, invitation)| (*id, invitation.clone()))
            .collect(),
        may_invite: may_invite(from.me, facts),
        may_administer: runs_the_workspace(from.me, facts),
    }
}

pub(crate) fn person(id: PersonId, from: &Sources<'_>) -> Option<Box<PersonFile>> {
    let person = from.facts.people.get(&id)?;
    let may_administer = runs_the_workspace(from.me, from.facts);
    let is_me = id == from.me;
    Some(Box::new(PersonFile {
        line: line(id, person, &clients_by_owner(from), from),
        devices: if is_me || may_administer {
            devices(id, from)
        } else {
            Vec::new()
        },
        may_administer,
        is_me,
        may_change_roles: may_change_roles(person, from.me, from.facts),
        may_renew_password: may_renew_password(id, from.me, from.facts),
        may_hand_over: handovers::rights::may_hand_over(id, from.me, from.facts),
    }))
}

fn clients_by_owner(from: &Sources<'_>) -> BTreeMap<PersonId, u32> {
    let mut clients = BTreeMap::new();
    for (document, grant) in &from.facts.grants {
        if document.client().is_some() {
            *clients.entry(grant.owner).or_default() += 1;
        }
    }
    clients
}

fn line(
    id: PersonId,
    person: &Person,
    clients: &BTreeMap<PersonId, u32>,
    from: &Sources<'_>,
) -> PersonLine {
    PersonLine {
        id,
        code: id.code(),
        person: person.clone(),
        team_name: person
            .team
            .and_then(|team| from.facts.teams.get(&team))
            .map(|team| team.name.clone())
            .unwrap_or_default(),
        clients: clients.get(&id).copied().unwrap_or_default(),
        provisional: from.settled.people.get(&id) != Some(person),
        waits_for_signature: waits(id, from.facts),
    }
}

fn devices(person: PersonId, from: &Sources<'_>) -> Vec<DeviceLine> {
    let mut devices: Vec<_> = from
        .facts
        .devices
        .iter()
        .filter(|(_, device)| device.person == person)
        .map(|(id, device)| DeviceLine {
            id: *id,
            device: device.clone(),
            detail: from.facts.device_details.get(id).cloned(),
            is_this_one: *id == from.device,
            provisional: from.settled.devices.get(id) != Some(device),
        })
        .collect();
    sort_by(&mut devices, |one, other| {
        let last = |line: &DeviceLine| (line.device.revoked_at.is_some(), line.id);
        last(one).cmp(&last(other))
    });
    devices
}

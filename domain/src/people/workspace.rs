//! The workspace's name and its teams.

use crate::decision::Refusal;
use crate::facts::{Fact, FactChange, FactKey, Facts, Team, Workspace};
use crate::id::{PersonId, TeamId};

use super::authority::{must, runs_the_workspace};
use super::decision::{checked_name, set};

pub(super) fn rename(
    name: &str,
    actor: PersonId,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    must(runs_the_workspace(actor, facts))?;
    let before = facts.workspace.as_ref().ok_or(Refusal::NotFound)?;
    Ok(vec![set(
        FactKey::Workspace,
        Fact::Workspace(Workspace {
            name: checked_name(name)?,
            ..before.clone()
        }),
    )])
}

pub(super) fn define_team(
    team: TeamId,
    name: &str,
    closed: bool,
    actor: PersonId,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    must(runs_the_workspace(actor, facts))?;
    Ok(vec![set(
        FactKey::Team(team),
        Fact::Team(Team {
            name: checked_name(name)?,
            closed,
        }),
    )])
}

/// Nobody joins a team that is closed.
pub(super) fn must_be_open(team: TeamId, facts: &Facts) -> Result<(), Refusal> {
    let open = facts.teams.get(&team).is_some_and(|team| !team.closed);
    open.then_some(()).ok_or(Refusal::NotFound)
}

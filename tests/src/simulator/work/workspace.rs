//! Moving and promoting people.

use caravan_domain::command::Command;
use caravan_domain::people::decision::{PeopleDecision, PersonChange};
use caravan_domain::role::Role;

use super::anybody;
use crate::dice::Dice;
use crate::simulator::people::{NORTH, SOUTH};
use crate::simulator::phone::Phone;

/// Sending people away is left to [`episode`](crate::simulator::episode), or there would soon be
/// nobody to look at.
pub(super) fn run_workspace(phone: &Phone, dice: &Dice) -> Option<Command> {
    let person = anybody(phone, dice).filter(|person| Some(*person) != phone.person())?;
    let change = match dice.percent(50) {
        true => PersonChange::Team(*dice.pick(&[None, Some(NORTH), Some(SOUTH)])?),
        false => PersonChange::Roles(
            [*dice.pick(&[
                Role::AccountManager,
                Role::TeamManager,
                Role::Director,
                Role::OrderDesk,
            ])?]
            .into(),
        ),
    };
    Some(Command::People(PeopleDecision::ChangePerson {
        person,
        change,
    }))
}

//! Roles, employment and status in the reader's words.

use caravan_domain::{
    facts::{Employment, PersonStatus},
    role::{Role, Roles},
};
use leptos::prelude::*;

use crate::ui::Tone;

#[derive(Clone, Copy)]
pub(crate) struct RoleNames([Signal<String>; 9]);

/// To be called while a component is being built, as everything here.
impl RoleNames {
    pub(crate) fn new() -> Self {
        Self([
            tr!(people.role_account_manager),
            tr!(people.role_team_manager),
            tr!(people.role_director),
            tr!(people.role_order_desk),
            tr!(people.role_finance),
            tr!(people.role_hr),
            tr!(people.role_internal_auditor),
            tr!(people.role_third_party_auditor),
            tr!(people.role_administrator),
        ])
    }

    pub(crate) fn name(self, role: Role) -> String {
        let place = Role::ALL.iter().position(|known| *known == role);
        place.map(|place| self.0[place].get()).unwrap_or_default()
    }

    pub(crate) fn list(self, roles: &Roles) -> String {
        let names: Vec<_> = roles.iter().map(|role| self.name(*role)).collect();
        names.join(" · ")
    }
}

pub(super) const EMPLOYMENTS: [(Employment, &str); 3] = [
    (Employment::FullTime, "full-time"),
    (Employment::PartTime, "part-time"),
    (Employment::OutsideAgent, "outside"),
];

pub(super) fn employment_options() -> Signal<Vec<(String, String)>> {
    let names = [
        tr!(people.full_time),
        tr!(people.part_time),
        tr!(people.outside_agent),
    ];
    Signal::derive(move || {
        EMPLOYMENTS
            .iter()
            .zip(names)
            .map(|((_, word), name)| ((*word).to_owned(), name.get()))
            .collect()
    })
}

pub(super) fn employment_word(employment: Employment) -> String {
    EMPLOYMENTS
        .iter()
        .find(|(known, _)| *known == employment)
        .map(|(_, word)| (*word).to_owned())
        .unwrap_or_default()
}

pub(super) fn employment_of(word: &str) -> Employment {
    EMPLOYMENTS
        .iter()
        .find(|(_, known)| *known == word)
        .map_or(Employment::FullTime, |(employment, _)| *employment)
}

/// Nothing for somebody who is active.
pub(super) fn status_badge(status: PersonStatus) -> Option<(Signal<String>, Tone)> {
    match status {
        PersonStatus::Active => None,
        PersonStatus::Suspended => Some((tr!(people.suspended), Tone::Warning)),
        PersonStatus::Deactivated => Some((tr!(people.deactivated), Tone::Neutral)),
    }
}

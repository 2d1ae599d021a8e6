//! The wall, of one person too, and the form with what a suggestion knows.

use caravan_domain::{
    calendar::parse_day,
    development::record::LinkTo,
    id::PersonId,
    recognition::{kind::PostKind, list::Idea},
    time::Day,
};
use leptos_router::params::ParamsMap;

pub(super) const WALL: &str = "/recognition";
pub(super) const NEW: &str = "/recognition/new";

/// What a form begins with. Nothing personal stands in the address: the words come from the suggestion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Chosen {
    pub(super) person: Option<PersonId>,
    pub(super) kind: Option<PostKind>,
    /// The first day of the month it is about.
    pub(super) month: Option<Day>,
    pub(super) about: Option<LinkTo>,
}

impl Chosen {
    /// Whether this is what the suggestion leads to.
    pub(super) fn is(self, idea: &Idea) -> bool {
        self.person == Some(idea.person)
            && self.kind == Some(idea.kind)
            && self.month == Some(idea.on.first_of_month())
            && self.about == idea.about
    }
}

pub(super) fn of_person(person: PersonId) -> String {
    format!("{WALL}?person={person}")
}

/// The form that thanks or praises one person.
pub(super) fn new_about(person: PersonId) -> String {
    format!("{NEW}?person={person}")
}

pub(super) fn of_idea(idea: &Idea) -> String {
    let about = idea.about.map(|about| about.to_string());
    // A space stands between the kind of record and its name.
    let about = about.unwrap_or_default().replace(' ', "+");
    let (person, kind, month) = (idea.person, idea.kind.word(), idea.on.first_of_month());
    format!("{NEW}?person={person}&kind={kind}&month={month}&about={about}")
}

/// The form that congratulates the best of a month.
pub(crate) fn new_best(person: PersonId, month: Day) -> String {
    let (kind, month) = (PostKind::Best.word(), month.first_of_month());
    format!("{NEW}?person={person}&kind={kind}&month={month}")
}

/// The person whose posts are shown; nobody for all of them.
pub(super) fn person_in(query: &ParamsMap) -> Option<PersonId> {
    query.get("person")?.parse().ok()
}

pub(super) fn chosen_in(query: &ParamsMap) -> Chosen {
    let about = query.get("about").map(|about| about.replace('+', " "));
    Chosen {
        person: person_in(query),
        kind: query.get("kind").and_then(|kind| kind.parse().ok()),
        month: query.get("month").and_then(|month| parse_day(&month)),
        about: about.and_then(|about| about.parse().ok()),
    }
}

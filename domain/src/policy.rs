//! Who may read and write what. One set of rules: the engine uses it to hide and to refuse early,
//! the relay with authority.

use std::collections::BTreeSet;

use crate::agreements::rights as agreements;
use crate::agreements::standing::waits;
use crate::development::rights as development;
use crate::document::{DocumentId, DocumentKind};
use crate::edit::{Edit, Operation};
use crate::facts::{FactKey, Facts, Person};
use crate::goals::place::GoalPlace;
use crate::goals::rights as goals;
use crate::handovers::rights as handovers;
use crate::id::{ClientId, PersonId, TeamId};
use crate::orders::rights as orders;
use crate::pay::rights as pay;
use crate::recognition::rights as recognition;
use crate::reviews::rights as reviews;
use crate::role::Role;
use crate::training::library::rights as library;
use crate::training::needs::rights as needs;
use crate::training::rights as courses;
use crate::training::sheets::remarks;
use crate::value::Value;
use crate::{tasks, work};

/// Those who may hold a copy of a document, as long as they are active.
#[derive(Debug, Clone, Copy, Default)]
pub struct Circle<'a> {
    pub everybody: bool,
    /// Whose it is. Whoever manages this person reads it too.
    pub subject: Option<PersonId>,
    pub shared_with: Option<&'a BTreeSet<PersonId>>,
    pub team: Option<TeamId>,
    /// Whoever has one of them.
    pub roles: &'static [Role],
}

impl Circle<'_> {
    fn holds(&self, person: PersonId, known: &Person, facts: &Facts) -> bool {
        self.everybody
            || self.subject == Some(person)
            || (self.team.is_some() && self.team == known.team)
            || self.roles.iter().any(|role| known.roles.contains(role))
            || self.shared_with.is_some_and(|them| them.contains(&person))
            || self
                .subject
                .is_some_and(|subject| facts.manages(person, subject))
    }
}

/// Whom a document is for. Nobody, when it is not known whose it is, or when it was erased.
#[must_use]
pub fn circle(document: DocumentId, facts: &Facts) -> Circle<'_> {
    if facts.is_erased(document) {
        return Circle::default();
    }
    let of_person = |roles| Circle {
        subject: Some(PersonId(document.id)),
        roles,
        ..Circle::default()
    };
    let of_client = |client: DocumentId, roles, without_grant| match facts.grants.get(&client) {
        Some(grant) => Circle {
            subject: Some(grant.owner),
            shared_with: Some(&grant.shared_with),
            roles,
            ..Circle::default()
        },
        None => Circle {
            roles: without_grant,
            ..Circle::default()
        },
    };
    match document.kind {
        DocumentKind::Workspace | DocumentKind::Company => Circle {
            everybody: true,
            ..Circle::default()
        },
        DocumentKind::Client => of_client(document, &[Role::Director], &[]),
        // What was sold stays known when nobody looks after the client any more.
        DocumentKind::Orders => {
            let client = ClientId(document.id);
            let roles = &[Role::Director, Role::OrderDesk, Role::Finance];
            of_client(client.into(), roles, roles)
        }
        DocumentKind::Team => Circle {
            team: Some(TeamId(document.id)),
            roles: &[Role::Director, Role::Hr],
            ..Circle::default()
        },
        DocumentKind::Person => of_person(&[Role::Director]),
        DocumentKind::Reviews => of_person(&[Role::Director, Role::Hr]),
        DocumentKind::Pay => of_person(&[Role::Director, Role::Finance]),
    }
}

/// Whether `person` may hold a copy of `document`. Nobody may of one that was erased, and nobody holds a client's who has
/// not signed what comes before that (R80).
#[must_use]
pub fn may_read(person: PersonId, document: DocumentId, facts: &Facts) -> bool {
    let waits = || is_of_client(document) && waits(person, facts);
    is_in_circle(person, document, facts) && !waits()
}

/// Whether a document is one of those that wait for signatures.
#[must_use]
pub const fn is_of_client(document: DocumentId) -> bool {
    matches!(document.kind, DocumentKind::Client | DocumentKind::Orders)
}

/// Whether `document` is for `person`, whatever they still have to sign. What they write counts by this: it may have been
/// written before anything was to be signed.
#[must_use]
pub(crate) fn is_in_circle(person: PersonId, document: DocumentId, facts: &Facts) -> bool {
    facts
        .active(person)
        .is_some_and(|known| circle(document, facts).holds(person, known, facts))
}

/// Every document that somebody may read, by what is known of clients, people and teams. The orders of a client that was
/// erased are still there.
pub fn documents(facts: &Facts) -> impl Iterator<Item = DocumentId> {
    let erased = facts.erased.keys().filter_map(DocumentId::client);
    let clients = facts.grants.keys().filter_map(DocumentId::client);
    let people = facts.people.keys().copied();
    let teams = facts.teams.keys().copied();
    clients
        .flat_map(|client| [client.into(), DocumentId::orders(client)])
        .chain(erased.map(DocumentId::orders))
        .chain(people.flat_map(of_person))
        .chain(teams.map(DocumentId::from))
        .chain([DocumentId::COMPANY])
}

/// The documents whose circle follows from who a person is.
fn of_person(person: PersonId) -> [DocumentId; 3] {
    [
        person.into(),
        DocumentId::reviews(person),
        DocumentId::pay(person),
    ]
}

/// Whether `person` may add changes to `document`. Whoever works with clients and may read a
/// client or a person's work may write in it, and what whoever handed a client over had written before they heard of it
/// still comes; what may be put where is [`may_put`]'s affair, and which places are whose [`is_place_of`]'s. A client that no grant names yet is being written
/// down; everybody keeps their own list of tasks. Nobody writes in what was erased.
#[must_use]
pub fn may_write(person: PersonId, document: DocumentId, facts: &Facts) -> bool {
    let Some(known) = facts.active(person).filter(|_| !facts.is_erased(document)) else {
        return false;
    };
    let is_one_of = |roles: &[Role]| roles.iter().any(|role| known.roles.contains(role));
    let works_with_clients = is_one_of(&[Role::AccountManager, Role::TeamManager, Role::Director]);
    let reads = || is_in_circle(person, document, facts);
    match document.kind {
        DocumentKind::Workspace => false,
        DocumentKind::Company => is_one_of(&[Role::Director, Role::Hr, Role::Administrator]),
        DocumentKind::Client => {
            let fresh = !facts.grants.contains_key(&document);
            let given = || handovers::has_given(person, document, facts);
            works_with_clients && (fresh || reads() || given())
        }
        DocumentKind::Orders => {
            let processes = is_one_of(&[Role::OrderDesk, Role::Finance]);
            (works_with_clients || processes) && reads()
        }
        DocumentKind::Person => {
            document.person() == Some(person) || (works_with_clients && reads())
        }
        // Everybody applauds and thanks before their team; goals have places of their own.
        DocumentKind::Team | DocumentKind::Reviews | DocumentKind::Pay => reads(),
    }
}

/// Whether a value may be put at, or removed from, `path`; `exists` says whether there is one.
///
/// What is written once stays as it was written: an interaction (R56), a visit's checks and
/// photos, a task as a whole, who wrote a client down.
#[must_use]
pub fn may_put(kind: DocumentKind, path: &[String], exists: bool) -> bool {
    let steps: Vec<_> = path.iter().map(String::as_str).collect();
    match (kind, steps.as_slice()) {
        (DocumentKind::Client, ["profile", "created_by" | "batch"])
        | (DocumentKind::Client, ["interactions" | "visits", _])
        | (DocumentKind::Client, ["visits", _, "check_in" | "check_out"])
        | (DocumentKind::Client, ["visits", _, "photos", _]) => !exists,
        (DocumentKind::Person, ["tasks", ..]) => tasks::rights::may_put(&steps, exists),
        (DocumentKind::Person, ["skills" | "calendar", ..]) => {
            work::rights::may_put(&steps, exists)
        }
        (DocumentKind::Company, ["courses", steps @ ..]) => courses::may_put_course(steps, exists),
        (DocumentKind::Company, ["library", steps @ ..]) => library::may_put(steps, exists),
        (DocumentKind::Company, ["agreements", steps @ ..]) => agreements::may_put(steps, exists),
        (DocumentKind::Person, ["training", steps @ ..]) => courses::may_put_learned(steps, exists),
        (DocumentKind::Client, ["visits", _, "with" | "actions" | "photos"])
        | (DocumentKind::Client, ["contacts", _, "phones"]) => false,
        (DocumentKind::Client, ["visits", _, step, ..]) => {
            matches!(
                (*step, steps.len()),
                (_, 3) | ("with", 4) | ("actions", 4 | 5)
            )
        }
        (DocumentKind::Client, ["contacts", _, "phones", _])
        | (DocumentKind::Client, ["profile" | "tags" | "contacts", _])
        | (DocumentKind::Client, ["contacts", _, _]) => true,
        (kind, ["goals", ..]) => holds_goals(kind) && goals::is_place(&steps) && !exists,
        (DocumentKind::Orders, steps) => orders::may_put(steps, exists),
        (DocumentKind::Pay, steps) => pay::may_put(steps, exists),
        (DocumentKind::Team, ["posts", ..]) => recognition::may_put(&steps, exists),
        (DocumentKind::Reviews, ["ratings", ..]) => remarks::may_put(&steps, exists),
        (DocumentKind::Reviews, steps) => {
            (reviews::is_place(steps) || development::is_place(steps)) && !exists
        }
        (DocumentKind::Client | DocumentKind::Person, steps) => handovers::may_put(steps, exists),
        _ => false,
    }
}

const fn holds_goals(kind: DocumentKind) -> bool {
    matches!(
        kind,
        DocumentKind::Company | DocumentKind::Team | DocumentKind::Person
    )
}

/// Whether `path` is `author`'s to write in at all, of those who may write in the document. Which
/// values may stand there is [`may_put`]'s affair.
#[must_use]
pub fn is_place_of(author: PersonId, document: DocumentId, path: &[String], facts: &Facts) -> bool {
    let steps: Vec<_> = path.iter().map(String::as_str).collect();
    match (document.kind, steps.as_slice()) {
        (DocumentKind::Client | DocumentKind::Person, ["handovers", ..]) => {
            handovers::is_place_of(author, document, &steps, facts)
        }
        (DocumentKind::Client, steps) => {
            let given = handovers::has_given(author, document, facts);
            !given || is_in_circle(author, document, facts) || handovers::is_left_behind(steps)
        }
        // As it was before a person's document held anything but tasks.
        (DocumentKind::Person, ["tasks" | "skills" | "calendar", ..]) => {
            may_write(author, document, facts)
        }
        (DocumentKind::Person, ["training", ..]) => {
            courses::is_place_of(author, PersonId(document.id))
        }
        (DocumentKind::Company, ["courses" | "library" | "agreements", ..]) => true,
        (_, ["goals", ..]) => goals::is_place_of(author, GoalPlace::of(document), &steps, facts),
        (DocumentKind::Orders, steps) => orders::is_place_of(author, document, steps, facts),
        (DocumentKind::Pay, steps) => pay::is_place_of(author, document, steps, facts),
        (DocumentKind::Team, ["posts", ..]) => recognition::is_place_of(author, &steps),
        (DocumentKind::Reviews, ["ratings", ..]) => {
            remarks::is_place_of(author, document, &steps, facts)
                || needs::is_place_of(author, document, &steps, facts)
        }
        (DocumentKind::Reviews, ["plans", _]) => {
            development::may_develop(PersonId(document.id), author, facts)
        }
        (DocumentKind::Reviews, steps) => reviews::is_place_of(author, document, steps, facts),
        _ => false,
    }
}

/// Whether what stands at `path` was named by an id that its writer made up: nobody else can come
/// to write there at the same time without meaning to.
#[must_use]
pub fn is_minted(kind: DocumentKind, path: &[String]) -> bool {
    let steps: Vec<_> = path.iter().map(String::as_str).collect();
    match (kind, steps.as_slice()) {
        (DocumentKind::Client, ["interactions" | "visits", _]) => true,
        (DocumentKind::Person, ["tasks", ..]) => tasks::rights::is_minted(&steps),
        (DocumentKind::Person, ["skills", ..]) => work::rights::is_minted(&steps),
        (DocumentKind::Person, ["training", _])
        | (DocumentKind::Company, ["courses" | "library", _])
        | (DocumentKind::Company, ["courses", _, "lessons" | "questions", _])
        | (DocumentKind::Company, ["agreements", _] | ["agreements", _, "versions", _]) => true,
        (kind, ["goals", ..]) => holds_goals(kind) && goals::is_place(&steps),
        (DocumentKind::Orders, steps) => orders::is_minted(steps),
        (DocumentKind::Pay, steps) => pay::is_minted(steps),
        (DocumentKind::Team, ["posts", _]) => true,
        (DocumentKind::Reviews, ["ratings", _]) => true,
        (DocumentKind::Reviews, steps) => reviews::is_place(steps) || development::is_place(steps),
        (DocumentKind::Client | DocumentKind::Person, steps) => handovers::is_minted(steps),
        _ => false,
    }
}

/// Whether `author` may write what `written` says of who wrote it: nobody writes in another's name.
#[must_use]
pub fn may_claim(kind: DocumentKind, path: &[String], written: &Value, author: PersonId) -> bool {
    let steps: Vec<_> = path.iter().map(String::as_str).collect();
    let claimed = match (kind, steps.as_slice()) {
        (DocumentKind::Client | DocumentKind::Person, ["handovers", ..]) => {
            return handovers::may_claim(&steps, written, author);
        }
        (DocumentKind::Client, ["profile", "created_by"]) => Some(written),
        (DocumentKind::Client, ["interactions", _] | ["visits", _, "photos", _]) => {
            written.at(&["by"])
        }
        (DocumentKind::Person, ["tasks", ..]) => tasks::rights::claimed(&steps, written),
        (DocumentKind::Person, ["skills", ..]) => work::rights::claimed(&steps, written),
        (_, ["goals", ..]) => goals::claimed(&steps, written),
        (DocumentKind::Company, ["agreements", steps @ ..]) => agreements::claimed(steps, written),
        (DocumentKind::Company | DocumentKind::Person, steps) => courses::claimed(steps, written),
        (DocumentKind::Orders, steps) => return orders::may_claim(steps, written, author),
        (DocumentKind::Pay, steps) => return pay::may_claim(steps, written, author),
        (DocumentKind::Team, ["posts", ..]) => {
            return recognition::may_claim(&steps, written, author);
        }
        (DocumentKind::Reviews, ["ratings", _]) => written.at(&["by"]),
        (DocumentKind::Reviews, ["plans", _]) => return development::may_claim(written, author),
        (DocumentKind::Reviews, steps) => return reviews::may_claim(steps, written, author),
        _ => None,
    };
    claimed.is_none_or(|claimed| claimed.text(&[]) == Some(&author.to_string()))
}

/// Whether it is for `author` to say this at a place that is theirs: of whom it is, and to whose record it is added,
/// which the place alone does not tell. `began` has written that record.
#[must_use]
pub fn may_say_to(
    author: PersonId,
    document: DocumentId,
    path: &[String],
    written: Option<&Value>,
    began: Option<PersonId>,
    facts: &Facts,
) -> bool {
    let steps: Vec<_> = path.iter().map(String::as_str).collect();
    match (document.kind, steps.as_slice()) {
        (DocumentKind::Team, ["posts", ..]) => {
            recognition::may_say(author, document, &steps, written, began, facts)
        }
        _ => true,
    }
}

/// The same of an edit, by what the record says of who wrote it: nobody has written it in another's name.
#[must_use]
pub fn may_say(author: PersonId, edit: &Edit, tree: Option<&Value>, facts: &Facts) -> bool {
    let steps: Vec<_> = edit.path.iter().map(String::as_str).collect();
    let record = tree
        .zip(steps.get(..2))
        .and_then(|(tree, record)| tree.at(record));
    let began = record.and_then(|record| record.parsed(&["by"]));
    let written = match &edit.operation {
        Operation::Put(written) => Some(written),
        Operation::Delete => None,
    };
    may_say_to(author, edit.document, &edit.path, written, began, facts)
}

/// Whether `person` answers for what `subject` owns: as themselves, as the manager of their team,
/// or as a director.
#[must_use]
pub fn holds(subject: PersonId, person: PersonId, facts: &Facts) -> bool {
    (subject == person && facts.active(person).is_some())
        || facts.has_role(person, Role::Director)
        || facts.manages(person, subject)
}

/// Whether a fact may be sent to `person`.
#[must_use]
pub fn may_know(person: PersonId, key: FactKey, facts: &Facts) -> bool {
    let runs =
        || facts.has_role(person, Role::Administrator) || facts.has_role(person, Role::Director);
    match key {
        FactKey::Workspace
        | FactKey::Plan
        | FactKey::TaskKind(_)
        | FactKey::WorkLimits
        | FactKey::Team(_)
        | FactKey::Person(_)
        | FactKey::Device(_) => true,
        // Whoever may still have a copy must hear of it, and nobody knows any more who that is.
        FactKey::Erased(_) => true,
        FactKey::DeviceDetail(device) => facts.author(device) == Some(person) || runs(),
        FactKey::Invitation(invitation) => {
            facts
                .invitations
                .get(&invitation)
                .is_some_and(|known| known.invited_by == person)
                || runs()
        }
        FactKey::CourseRule(_)
        | FactKey::PayPlan(_)
        | FactKey::ScorePlans(_)
        | FactKey::Ladders => true,
        FactKey::Requirement(_) | FactKey::Signed(..) => true,
        FactKey::Grant(_)
        | FactKey::Certificate(..)
        | FactKey::Order(..)
        | FactKey::PayTerms(_)
        | FactKey::PayAdjustment(..)
        | FactKey::PayStatement(..)
        | FactKey::ScoredAs(_)
        | FactKey::Review(..)
        | FactKey::Survey(..)
        | FactKey::SurveyDigest(_)
        | FactKey::Handover(..)
        | FactKey::Grade(_) => key
            .document()
            .is_some_and(|document| may_read(person, document, facts)),
        // Classes, sheets, paths and rounds are everybody's; what is said of one person goes with their reviews.
        FactKey::Training(key) => key
            .document()
            .is_none_or(|document| may_read(person, document, facts)),
        // What single clients say of somebody is not for them to read, whatever else they are.
        FactKey::SurveyReply(about, _) | FactKey::SurveyWords(about, ..) => {
            about != person && may_read(person, DocumentId::reviews(about), facts)
        }
    }
}

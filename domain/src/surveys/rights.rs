//! Who asks clients for their word, and who sees to what they say.

use crate::facts::Facts;
use crate::id::{ClientId, PersonId};
use crate::policy;
use crate::reviews::rights::may_review;
use crate::surveys::decision::SurveyStanding;

/// Whoever works with the client, about whoever looks after it.
#[must_use]
pub fn may_issue(actor: PersonId, client: ClientId, about: PersonId, facts: &Facts) -> bool {
    policy::may_write(actor, client.into(), facts)
        && facts.active(about).is_some()
        && match facts.grants.get(&client.into()) {
            Some(grant) => grant.owner == about || grant.shared_with.contains(&about),
            // Written down a moment ago.
            None => about == actor,
        }
}

/// Whoever made the link, and whoever answers for the person it is about.
#[must_use]
pub fn may_withdraw(actor: PersonId, survey: &SurveyStanding, facts: &Facts) -> bool {
    facts.active(actor).is_some()
        && (survey.by == actor || policy::holds(survey.about, actor, facts))
}

/// Whoever reviews the person, never the person.
#[must_use]
pub fn may_see_to(actor: PersonId, about: PersonId, facts: &Facts) -> bool {
    may_review(actor, about, facts)
}

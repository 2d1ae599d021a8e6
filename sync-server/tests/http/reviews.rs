//! Who submits a review, who answers it and who ever hears of it: with authority, whatever a device says.

use std::collections::BTreeSet;

use caravan_documents::Document;
use caravan_domain::calendar::Period;
use caravan_domain::decision::{Decision, Refusal};
use caravan_domain::document::DocumentId;
use caravan_domain::edit::Edit;
use caravan_domain::facts::{Fact, FactKey};
use caravan_domain::id::{Id, PersonId};
use caravan_domain::money::Fen;
use caravan_domain::people::decision::{PeopleDecision, PersonChange};
use caravan_domain::reviews::decision::{
    ReviewDecision, ReviewState, ReviewStep, ReviewSubmission,
};
use caravan_domain::reviews::frozen::ReviewDigest;
use caravan_domain::reviews::plan::ScoreRole;
use caravan_domain::role::Role;
use caravan_domain::value::{Map, Value};
use caravan_sync::frame::{Quarantine, Rejection, Reply, Verdict};

use crate::support::{Device, Running, mint};

/// Two directors, and Ann and Bob who look after clients.
struct Office {
    relay: Running,
    director: Device,
    second: Device,
    ann: Device,
    bob: Device,
    period: Period,
}

impl Office {
    async fn open(data: &std::path::Path) -> Self {
        let relay = Running::start(data).await;
        let mut director = relay.founder().await;
        let [second, ann, bob] = relay.joined(&mut director).await;
        let roles = PersonChange::Roles([Role::Director].into_iter().collect::<BTreeSet<_>>());
        let person = second.person;
        let promote = PeopleDecision::ChangePerson {
            person,
            change: roles,
        };
        let envelope = director.decide(&Decision::People(promote));
        director.push(vec![envelope]).await;
        Self {
            relay,
            director,
            second,
            ann,
            bob,
            period: "2026-Q3".parse().unwrap(),
        }
    }

    fn step(&self, step: ReviewStep) -> Decision {
        Decision::Review(ReviewDecision::Step {
            person: self.ann.person,
            period: self.period,
            step,
        })
    }

    /// What nobody knows anything about has no total and no grade.
    fn submission(frozen: Id) -> ReviewSubmission {
        ReviewSubmission {
            frozen,
            role: ScoreRole::Sales,
            number: 0,
            total: None,
            grade: String::new(),
            bonus: Fen::ZERO,
            digest: ReviewDigest([7; 32]),
        }
    }

    fn put(&self, place: &str, entry: Map) -> Edit {
        let (period, id) = (self.period.to_string(), mint().to_string());
        let document = DocumentId::reviews(self.ann.person);
        Edit::put(document, &["reviews", &period, place, &id], entry)
    }
}

fn by(person: PersonId) -> Map {
    Map::from([("by".to_owned(), Value::from(person.to_string()))])
}

fn frozen(person: PersonId, said: &str) -> Map {
    let mut words = by(person);
    words.insert("text".to_owned(), said.into());
    let mut entry = by(person);
    let feedback = Map::from([("1".to_owned(), words.into())]);
    entry.insert("feedback".to_owned(), feedback.into());
    entry
}

fn refusal(reply: &Reply) -> Option<Refusal> {
    let receipts = reply.receipts.iter();
    let mut refusals = receipts.filter_map(|receipt| match receipt.verdict {
        Verdict::Refused {
            reason: Rejection::Decision(refusal),
            ..
        } => Some(refusal),
        _ => None,
    });
    refusals.next()
}

fn quarantined(reply: &Reply) -> Vec<Quarantine> {
    let receipts = reply.receipts.iter();
    let reasons = receipts.filter_map(|receipt| match receipt.verdict {
        Verdict::Refused {
            reason: Rejection::Quarantined(reason),
            ..
        } => Some(reason),
        _ => None,
    });
    reasons.collect()
}

fn state(reply: &Reply, key: FactKey) -> Option<ReviewState> {
    let told = reply.facts.iter().rev().find(|change| change.key == key)?;
    match &told.fact {
        Some(Fact::Review(standing)) => Some(standing.state),
        other => panic!("{other:?}"),
    }
}

/// Whether anything of the document, or of the facts that go with it, is in the reply.
fn hears_of(reply: &Reply, document: DocumentId) -> bool {
    let entries = reply.entries.iter();
    let entries = entries.map(|entry| entry.envelope.document);
    let snapshots = reply.snapshots.iter().map(|it| it.document);
    let facts = reply.facts.iter().filter_map(|it| it.key.document());
    entries
        .chain(snapshots)
        .chain(facts)
        .any(|it| it == document)
}

#[tokio::test]
async fn a_person_reads_their_own_reviews_and_nobody_elses() {
    let data = tempfile::tempdir().unwrap();
    let mut office = Office::open(data.path()).await;
    let id = mint();
    let document = DocumentId::reviews(office.ann.person);
    let key = FactKey::Review(office.ann.person, office.period);
    let entry = frozen(office.director.person, "稳，客户都信任你");
    let edit = office.put("frozen", entry);
    let written = office.director.edit(&mut Document::new(document), edit);
    let submit = office.step(ReviewStep::Submit(Office::submission(id)));
    let submit = office.director.decide(&submit);
    office.director.push(vec![written, submit]).await;
    office.relay.settled().await;

    let reply = office.ann.exchange(Vec::new()).await;
    assert!(hears_of(&reply, document));
    assert_eq!(state(&reply, key), Some(ReviewState::Submitted));
    let reply = office.bob.exchange(Vec::new()).await;
    assert!(!hears_of(&reply, document), "another account manager");

    // Ann answers, with authority; nobody answers for her.
    for step in [ReviewStep::Acknowledge(id), ReviewStep::Dispute(id)] {
        let decision = office.step(step);
        let forged = office.bob.decide(&decision);
        let reply = office.bob.exchange(vec![forged]).await;
        assert_eq!(refusal(&reply), Some(Refusal::NotAllowed));
    }
    let acknowledge = office.step(ReviewStep::Acknowledge(id));
    let envelope = office.ann.decide(&acknowledge);
    office.ann.push(vec![envelope]).await;
    office.relay.settled().await;
    let reply = office.director.exchange(Vec::new()).await;
    assert_eq!(state(&reply, key), Some(ReviewState::Acknowledged));
    let reply = office.bob.exchange(Vec::new()).await;
    assert!(!hears_of(&reply, document));
}

#[tokio::test]
async fn nobody_reviews_themself_or_a_colleague() {
    let data = tempfile::tempdir().unwrap();
    let mut office = Office::open(data.path()).await;
    let submit = office.step(ReviewStep::Submit(Office::submission(mint())));
    let (by_ann, by_bob) = (office.ann.decide(&submit), office.bob.decide(&submit));
    let reply = office.ann.exchange(vec![by_ann]).await;
    assert_eq!(refusal(&reply), Some(Refusal::NotAllowed));
    let reply = office.bob.exchange(vec![by_bob]).await;
    assert_eq!(refusal(&reply), Some(Refusal::NotAllowed));

    // A rating of herself, and something frozen without a word to her.
    let document = DocumentId::reviews(office.ann.person);
    let rating = office.put("ratings", by(office.ann.person));
    let rating = office.ann.edit(&mut Document::new(document), rating);
    let silent = office.put("frozen", by(office.director.person));
    let silent = office.director.edit(&mut Document::new(document), silent);
    let objection = office.put("objections", by(office.second.person));
    let objection = office.second.edit(&mut Document::new(document), objection);
    office.ann.push(vec![rating]).await;
    office.director.push(vec![silent]).await;
    office.second.push(vec![objection]).await;
    office.relay.settled().await;
    for device in [&mut office.ann, &mut office.director, &mut office.second] {
        let reply = device.exchange(Vec::new()).await;
        assert_eq!(quarantined(&reply), [Quarantine::NotAllowed]);
    }
}

#[tokio::test]
async fn of_two_who_submit_at_once_the_first_counts_and_a_dispute_stops_the_second() {
    let data = tempfile::tempdir().unwrap();
    let mut office = Office::open(data.path()).await;
    let key = FactKey::Review(office.ann.person, office.period);
    let (first, late) = (mint(), mint());
    let one = office.step(ReviewStep::Submit(Office::submission(first)));
    let other = office.step(ReviewStep::Submit(Office::submission(late)));
    let envelope = office.second.decide(&one);
    office.second.push(vec![envelope]).await;
    let envelope = office.director.decide(&other);
    let reply = office.director.exchange(vec![envelope]).await;
    assert_eq!(refusal(&reply), Some(Refusal::AlreadySettled));

    let dispute = office.step(ReviewStep::Dispute(first));
    let envelope = office.ann.decide(&dispute);
    office.ann.push(vec![envelope]).await;
    let envelope = office.director.decide(&other);
    let reply = office.director.exchange(vec![envelope]).await;
    assert_eq!(refusal(&reply), Some(Refusal::AlreadySettled));
    // What names another submission than the one that stands is about something else.
    let uphold = office.step(ReviewStep::Uphold(late));
    let envelope = office.director.decide(&uphold);
    let reply = office.director.exchange(vec![envelope]).await;
    assert_eq!(refusal(&reply), Some(Refusal::NotAsSubmitted));
    office.relay.settled().await;
    let reply = office.second.exchange(Vec::new()).await;
    assert_eq!(state(&reply, key), Some(ReviewState::Disputed));

    // Better paid than the plan says.
    let generous = ReviewSubmission {
        bonus: Fen::yuan(9_999),
        ..Office::submission(mint())
    };
    let decision = Decision::Review(ReviewDecision::Step {
        person: office.bob.person,
        period: office.period,
        step: ReviewStep::Submit(generous),
    });
    let envelope = office.director.decide(&decision);
    let reply = office.director.exchange(vec![envelope]).await;
    assert_eq!(refusal(&reply), Some(Refusal::NotAsSubmitted));
}

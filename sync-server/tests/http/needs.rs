//! Who asks, who answers and until when, and who ever hears of an answer: with authority, whatever a device says.

use caravan_documents::Document;
use caravan_domain::calendar::plus_days;
use caravan_domain::decision::{Decision, Refusal};
use caravan_domain::document::DocumentId;
use caravan_domain::edit::Edit;
use caravan_domain::id::{AnswerId, PersonId, RoundId};
use caravan_domain::role::Role;
use caravan_domain::training::course::Topic;
use caravan_domain::training::decision::TrainingDecision;
use caravan_domain::training::fact::{TrainingFact, TrainingKey};
use caravan_domain::training::needs::round::{NeedTopic, NeedsDecision, RoundPlan};
use caravan_domain::value::{Map, Value};
use caravan_relay::clock;
use caravan_sync::frame::{Quarantine, Reply};

use crate::classes::{decided, quarantined, told};
use crate::support::{Device, Running, mint};

/// A director asks; Ann, Bob and Eve look after clients.
struct Asked {
    relay: Running,
    director: Device,
    ann: Device,
    bob: Device,
    round: RoundId,
}

impl Asked {
    async fn open(data: &std::path::Path) -> Self {
        let relay = Running::start(data).await;
        let mut director = relay.founder().await;
        let [ann, bob, _] = relay.joined(&mut director).await;
        Self {
            relay,
            director,
            ann,
            bob,
            round: RoundId(mint()),
        }
    }

    fn of_round(&self, decision: NeedsDecision) -> Decision {
        let round = self.round;
        Decision::Training(TrainingDecision::Needs { round, decision })
    }

    fn of_role(&self, role: Role) -> Decision {
        self.of_round(NeedsDecision::Open(RoundPlan {
            title: "秋季培训需求".to_owned(),
            topics: vec![NeedTopic::Of(Topic::Sales)],
            roles: [role].into(),
            teams: [].into(),
            until: plus_days(clock::now().day(), 7),
        }))
    }

    fn answered(&self, answer: AnswerId) -> Decision {
        self.of_round(NeedsDecision::Answer(answer))
    }

    /// In the reviews of `of`, in the name of `by`.
    fn entry(&self, answer: AnswerId, of: PersonId, by: PersonId) -> Edit {
        let level = |level: i64| Value::Int(level);
        let mark = Map::from([
            ("sure".to_owned(), level(2)),
            ("important".to_owned(), level(5)),
        ]);
        let topics = Map::from([("0".to_owned(), Value::Map(mark))]);
        let entry = Map::from([
            ("by".to_owned(), Value::from(by.to_string())),
            ("round".to_owned(), self.round.to_string().into()),
            ("at".to_owned(), clock::now().into()),
            ("topics".to_owned(), Value::Map(topics)),
            ("wish".to_owned(), "想跟访一次".into()),
        ]);
        let document = DocumentId::reviews(of);
        Edit::put(document, &["ratings", &answer.to_string()], entry)
    }
}

/// The decision and what rests on it, as one command sends them.
async fn send(device: &mut Device, decision: &Decision, entry: Edit) {
    let document = entry.document;
    let decision = device.decide(decision);
    let change = device.edit(&mut Document::new(document), entry);
    device.exchange(vec![decision, change]).await;
}

fn holds(reply: &Reply, document: DocumentId) -> bool {
    let mut entries = reply.entries.iter().map(|it| it.envelope.document);
    let mut snapshots = reply.snapshots.iter().map(|it| it.document);
    entries.any(|it| it == document) || snapshots.any(|it| it == document)
}

#[tokio::test]
async fn only_who_is_asked_answers_and_only_who_answers_for_them_hears_of_it() {
    let data = tempfile::tempdir().unwrap();
    let mut asked = Asked::open(data.path()).await;
    let refused = Some(Refusal::NotAllowed);
    let open = asked.of_role(Role::AccountManager);
    assert_eq!(decided(&mut asked.ann, &open).await, refused);
    assert_eq!(decided(&mut asked.director, &open).await, None);
    let reply = asked.bob.exchange(Vec::new()).await;
    let round = TrainingKey::Round(asked.round);
    assert!(told(&reply, round).is_some(), "that he is asked, he hears");
    let answer = AnswerId(mint());
    let (ann, bob) = (asked.ann.person, asked.bob.person);

    // For somebody else, in somebody else's name, and without the relay's having heard of it.
    let taken = asked.answered(answer);
    let entry = asked.entry(answer, ann, asked.director.person);
    send(&mut asked.director, &taken, entry).await;
    let forged = asked.entry(answer, ann, bob);
    let forged = asked.ann.edit(&mut Document::new(forged.document), forged);
    let unheard = asked.entry(AnswerId(mint()), bob, bob);
    let unheard = asked
        .bob
        .edit(&mut Document::new(unheard.document), unheard);
    asked.ann.push(vec![forged]).await;
    asked.bob.push(vec![unheard]).await;
    asked.relay.settled().await;
    for device in [&mut asked.director, &mut asked.ann, &mut asked.bob] {
        let reply = device.exchange(Vec::new()).await;
        assert_eq!(quarantined(&reply), [Quarantine::NotAllowed]);
    }

    let entry = asked.entry(answer, ann, ann);
    send(&mut asked.ann, &taken, entry).await;
    asked.relay.settled().await;
    let key = TrainingKey::Answered(ann, asked.round);
    let (hers, others) = (DocumentId::reviews(ann), "another account manager");
    let reply = asked.director.exchange(Vec::new()).await;
    let Some(TrainingFact::Answered(known)) = told(&reply, key) else {
        panic!("{reply:?}");
    };
    assert_eq!(known.answers, [answer]);
    assert!(holds(&reply, hers));
    let reply = asked.bob.exchange(Vec::new()).await;
    assert_eq!(told(&reply, key), None, "{others}");
    assert!(!holds(&reply, hers), "{others}");
}

#[tokio::test]
async fn nobody_answers_a_round_that_is_closed_or_asks_others() {
    let data = tempfile::tempdir().unwrap();
    let mut asked = Asked::open(data.path()).await;
    let open = asked.of_role(Role::AccountManager);
    assert_eq!(decided(&mut asked.director, &open).await, None);
    let close = asked.of_round(NeedsDecision::Close);
    assert_eq!(
        decided(&mut asked.ann, &close).await,
        Some(Refusal::NotAllowed)
    );
    assert_eq!(decided(&mut asked.director, &close).await, None);

    // Written in a basement before anybody heard of it: refused, with what rests on it.
    let answer = AnswerId(mint());
    let taken = asked.answered(answer);
    assert_eq!(
        decided(&mut asked.ann, &taken).await,
        Some(Refusal::RoundClosed)
    );
    let entry = asked.entry(answer, asked.ann.person, asked.ann.person);
    let change = asked.ann.edit(&mut Document::new(entry.document), entry);
    asked.ann.push(vec![change]).await;
    asked.relay.settled().await;
    let reply = asked.ann.exchange(Vec::new()).await;
    assert_eq!(quarantined(&reply), [Quarantine::NotAllowed]);
    let key = TrainingKey::Answered(asked.ann.person, asked.round);
    assert_eq!(told(&reply, key), None);

    asked.round = RoundId(mint());
    let of_finance = asked.of_role(Role::Finance);
    assert_eq!(decided(&mut asked.director, &of_finance).await, None);
    let taken = asked.answered(answer);
    assert_eq!(
        decided(&mut asked.ann, &taken).await,
        Some(Refusal::NotAllowed)
    );
}

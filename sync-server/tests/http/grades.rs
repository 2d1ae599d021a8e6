//! Who says where somebody stands on the ladder, and who ever hears of it: with authority, whatever a device says.

use std::collections::BTreeSet;

use caravan_domain::decision::{Decision, Refusal};
use caravan_domain::facts::{Fact, FactKey};
use caravan_domain::grades::criterion::{Criterion, Judged, Known};
use caravan_domain::grades::decision::{GradeDecision, GradeStep, Proposal, Setting};
use caravan_domain::grades::ladder::{Ladder, Rung, RungName};
use caravan_domain::grades::standing::GradeStanding;
use caravan_domain::id::{Id, PromotionId, RungId};
use caravan_domain::people::decision::{PeopleDecision, PersonChange};
use caravan_domain::role::Role;
use caravan_domain::time::Day;
use caravan_sync::frame::{Rejection, Reply, Verdict};

use crate::support::{Device, Running, mint};

const BEGINNER: RungId = RungId(Id::from_bytes([1; 16]));
const SENIOR: RungId = RungId(Id::from_bytes([2; 16]));
const ASKED: Criterion = Criterion::Tenure { months: 3 };

/// Two directors, and Ann and Bob who look after clients.
struct Office {
    relay: Running,
    director: Device,
    second: Device,
    ann: Device,
    bob: Device,
    today: Day,
}

impl Office {
    async fn open(data: &std::path::Path) -> Self {
        let relay = Running::start(data).await;
        let mut director = relay.founder().await;
        let [second, ann, bob] = relay.joined(&mut director).await;
        let roles = PersonChange::Roles([Role::Director].into_iter().collect::<BTreeSet<_>>());
        let promote = PeopleDecision::ChangePerson {
            person: second.person,
            change: roles,
        };
        let envelope = director.decide(&Decision::People(promote));
        director.push(vec![envelope]).await;
        let today = mint().minted_at().day();
        Self {
            relay,
            director,
            second,
            ann,
            bob,
            today,
        }
    }

    fn ladder(&self) -> Decision {
        let rung = |id, zh: &str, criteria| Rung {
            id,
            name: RungName {
                zh: zh.to_owned(),
                en: String::new(),
            },
            may: String::new(),
            criteria,
        };
        Decision::Grade(GradeDecision::Publish(Ladder {
            in_force_from: self.today,
            rungs: vec![
                rung(BEGINNER, "实习", vec![]),
                rung(SENIOR, "资深", vec![ASKED]),
            ],
        }))
    }

    /// About Ann.
    fn step(&self, step: GradeStep) -> Decision {
        Decision::Grade(GradeDecision::Step {
            person: self.ann.person,
            step,
        })
    }

    fn set(&self) -> Decision {
        self.step(GradeStep::Set(Setting {
            ladder: 1,
            rung: BEGINNER,
            since: self.today,
            reason: String::new(),
        }))
    }

    fn propose(&self, id: PromotionId, criteria: Vec<Criterion>) -> Decision {
        let criteria = criteria.into_iter().map(|criterion| Judged {
            criterion,
            known: Known::Nothing,
        });
        self.step(GradeStep::Propose(Proposal {
            id,
            ladder: 1,
            rung: SENIOR,
            since: self.today,
            reason: "带新人带得好".to_owned(),
            criteria: criteria.collect(),
        }))
    }

    fn accept(&self, promotion: PromotionId) -> Decision {
        self.step(GradeStep::Accept {
            promotion,
            since: self.today,
            reply: String::new(),
        })
    }
}

async fn refused(device: &mut Device, decision: &Decision) -> Option<Refusal> {
    let envelope = device.decide(decision);
    let reply = device.exchange(vec![envelope]).await;
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

async fn taken(device: &mut Device, decision: &Decision) {
    let envelope = device.decide(decision);
    device.push(vec![envelope]).await;
}

fn told(reply: &Reply, key: FactKey) -> Option<&GradeStanding> {
    let told = reply.facts.iter().rev().find(|change| change.key == key)?;
    match &told.fact {
        Some(Fact::Grade(standing)) => Some(standing),
        _ => None,
    }
}

#[tokio::test]
async fn only_a_director_publishes_and_nobody_sets_their_own() {
    let data = tempfile::tempdir().unwrap();
    let mut office = Office::open(data.path()).await;
    let (ladder, set) = (office.ladder(), office.set());
    assert_eq!(
        refused(&mut office.director, &set).await,
        Some(Refusal::NotFound),
        "there is no ladder yet"
    );
    assert_eq!(
        refused(&mut office.ann, &ladder).await,
        Some(Refusal::NotAllowed)
    );
    taken(&mut office.director, &ladder).await;
    for device in [&mut office.ann, &mut office.bob] {
        assert_eq!(refused(device, &set).await, Some(Refusal::NotAllowed));
    }
    taken(&mut office.director, &set).await;
}

#[tokio::test]
async fn a_proposal_is_decided_by_neither_its_author_nor_the_person() {
    let data = tempfile::tempdir().unwrap();
    let mut office = Office::open(data.path()).await;
    let ladder = office.ladder();
    taken(&mut office.director, &ladder).await;
    let id = PromotionId(mint());
    let propose = office.propose(id, vec![ASKED]);
    for device in [&mut office.ann, &mut office.bob] {
        assert_eq!(refused(device, &propose).await, Some(Refusal::NotAllowed));
    }
    let embellished = office.propose(id, vec![]);
    assert_eq!(
        refused(&mut office.director, &embellished).await,
        Some(Refusal::NotAsSubmitted)
    );
    taken(&mut office.director, &propose).await;
    let accept = office.accept(id);
    assert_eq!(
        refused(&mut office.director, &accept).await,
        Some(Refusal::NotSeparate)
    );
    for device in [&mut office.ann, &mut office.bob] {
        assert_eq!(refused(device, &accept).await, Some(Refusal::NotAllowed));
    }
    taken(&mut office.second, &accept).await;
    let decline = office.step(GradeStep::Decline {
        promotion: id,
        reply: "晚了".to_owned(),
    });
    assert_eq!(
        refused(&mut office.second, &decline).await,
        Some(Refusal::AlreadySettled)
    );

    // A director about herself, whoever proposed it.
    let herself = GradeDecision::Step {
        person: office.second.person,
        step: GradeStep::Propose(Proposal {
            id,
            ladder: 1,
            rung: SENIOR,
            since: office.today,
            reason: "她带得动".to_owned(),
            criteria: vec![Judged {
                criterion: ASKED,
                known: Known::Nothing,
            }],
        }),
    };
    taken(&mut office.director, &Decision::Grade(herself)).await;
    let accept = Decision::Grade(GradeDecision::Step {
        person: office.second.person,
        step: GradeStep::Accept {
            promotion: id,
            since: office.today,
            reply: String::new(),
        },
    });
    assert_eq!(
        refused(&mut office.second, &accept).await,
        Some(Refusal::NotSeparate)
    );
}

#[tokio::test]
async fn a_grade_is_told_to_whom_it_concerns_and_to_nobody_else() {
    let data = tempfile::tempdir().unwrap();
    let mut office = Office::open(data.path()).await;
    let (ladder, set) = (office.ladder(), office.set());
    taken(&mut office.director, &ladder).await;
    taken(&mut office.director, &set).await;
    office.relay.settled().await;
    let key = FactKey::Grade(office.ann.person);
    let reply = office.ann.exchange(Vec::new()).await;
    let held = told(&reply, key).unwrap().on(office.today);
    assert_eq!(held.map(|held| held.rung), Some(BEGINNER));
    assert!(
        reply
            .facts
            .iter()
            .any(|change| change.key == FactKey::Ladders)
    );
    let reply = office.bob.exchange(Vec::new()).await;
    assert!(
        reply
            .facts
            .iter()
            .any(|change| change.key == FactKey::Ladders)
    );
    assert!(reply.facts.iter().all(|change| change.key != key));
}

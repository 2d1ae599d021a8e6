//! Who requires, marks and scores, and who ever hears of it: with authority, whatever a device says.

use std::collections::BTreeMap;

use caravan_documents::Document;
use caravan_domain::calendar::plus_days;
use caravan_domain::decision::{Decision, Refusal};
use caravan_domain::document::DocumentId;
use caravan_domain::edit::Edit;
use caravan_domain::facts::{Fact, FactKey};
use caravan_domain::id::{ClassId, CourseId, LessonId, PersonId, ScoreId};
use caravan_domain::time::Day;
use caravan_domain::training::classes::decision::{Attendance, ClassDecision, ClassPlan};
use caravan_domain::training::decision::TrainingDecision;
use caravan_domain::training::fact::{TrainingFact, TrainingKey};
use caravan_domain::training::sheets::decision::{Criterion, Performance, Sheet};
use caravan_domain::value::{Map, Value};
use caravan_relay::clock;
use caravan_sync::frame::{Quarantine, Rejection, Reply, Verdict};

use crate::support::{Device, Running, mint};

/// A director, and Ann, Bob and Eve who look after clients.
struct School {
    relay: Running,
    director: Device,
    ann: Device,
    bob: Device,
    eve: Device,
    course: CourseId,
    lesson: LessonId,
    class: ClassId,
}

impl School {
    async fn open(data: &std::path::Path) -> Self {
        let relay = Running::start(data).await;
        let mut director = relay.founder().await;
        let [ann, bob, eve] = relay.joined(&mut director).await;
        Self {
            relay,
            director,
            ann,
            bob,
            eve,
            course: CourseId(mint()),
            lesson: LessonId(mint()),
            class: ClassId(mint()),
        }
    }

    fn today() -> Day {
        clock::now().day()
    }

    /// Bob holds it today; there is room for one.
    fn hold(&self) -> ClassPlan {
        ClassPlan {
            course: self.course,
            lesson: self.lesson,
            title: "谈判课堂".to_owned(),
            on: Self::today(),
            starts: 9 * 60,
            minutes: 60,
            place: "三楼会议室".to_owned(),
            trainer: self.bob.person,
            room: 1,
            invited: [self.ann.person, self.eve.person].into(),
        }
    }

    fn of_class(&self, decision: ClassDecision) -> Decision {
        Decision::Training(TrainingDecision::Class {
            class: self.class,
            decision,
        })
    }

    fn mark(&self, marks: &[(PersonId, Attendance)]) -> Decision {
        let marks: BTreeMap<_, _> = marks.iter().copied().collect();
        self.of_class(ClassDecision::Mark(marks))
    }

    fn sheet(&self) -> Decision {
        let criterion = Criterion {
            name: "开场".to_owned(),
            points: 10,
        };
        Decision::Training(TrainingDecision::SetSheet {
            course: self.course,
            lesson: self.lesson,
            sheet: Some(Sheet {
                title: "演练".to_owned(),
                criteria: vec![criterion],
                pass_percent: 70,
                needed: true,
            }),
        })
    }

    fn score(&self, id: ScoreId) -> Decision {
        let of = Performance {
            id,
            person: self.ann.person,
            course: self.course,
            lesson: self.lesson,
        };
        let points = vec![8];
        Decision::Training(TrainingDecision::Score { of, points })
    }

    fn remark(&self, id: ScoreId, by: PersonId) -> Edit {
        let entry = Map::from([
            ("by".to_owned(), Value::from(by.to_string())),
            ("overall".to_owned(), "听得仔细".into()),
        ]);
        let document = DocumentId::reviews(self.ann.person);
        Edit::put(document, &["ratings", &id.to_string()], entry)
    }
}

/// What the relay says of one decision at once.
pub(crate) async fn decided(device: &mut Device, decision: &Decision) -> Option<Refusal> {
    let envelope = device.decide(decision);
    let reply = device.exchange(vec![envelope]).await;
    let mut refusals = reply.receipts.iter().filter_map(|it| match it.verdict {
        Verdict::Refused {
            reason: Rejection::Decision(refusal),
            ..
        } => Some(refusal),
        _ => None,
    });
    refusals.next()
}

pub(crate) fn quarantined(reply: &Reply) -> Vec<Quarantine> {
    let reasons = reply.receipts.iter().filter_map(|it| match it.verdict {
        Verdict::Refused {
            reason: Rejection::Quarantined(reason),
            ..
        } => Some(reason),
        _ => None,
    });
    reasons.collect()
}

pub(crate) fn told(reply: &Reply, key: TrainingKey) -> Option<TrainingFact> {
    let mut facts = reply.facts.iter().rev();
    let change = facts.find(|change| change.key == FactKey::Training(key))?;
    match &change.fact {
        Some(Fact::Training(fact)) => Some(fact.clone()),
        _ => None,
    }
}

#[tokio::test]
async fn nobody_marks_themselves_and_the_last_seat_is_given_once() {
    let data = tempfile::tempdir().unwrap();
    let mut school = School::open(data.path()).await;
    let hold = school.of_class(ClassDecision::Hold(school.hold()));
    let refused = Some(Refusal::NotAllowed);
    assert_eq!(decided(&mut school.ann, &hold).await, refused);
    assert_eq!(decided(&mut school.director, &hold).await, None);

    // Both have said so in a basement; whoever comes second is told.
    let come = school.of_class(ClassDecision::Come(true));
    assert_eq!(decided(&mut school.ann, &come).await, None);
    assert_eq!(
        decided(&mut school.eve, &come).await,
        Some(Refusal::ClassFull)
    );

    let (ann, eve) = (school.ann.person, school.eve.person);
    let mark = school.mark(&[(ann, Attendance::Present)]);
    assert_eq!(decided(&mut school.ann, &mark).await, refused);
    assert_eq!(decided(&mut school.eve, &mark).await, refused);
    let both = school.mark(&[(ann, Attendance::Late), (eve, Attendance::Absent)]);
    let envelope = school.bob.decide(&both);
    let held = school.bob.exchange(vec![envelope]).await;
    school.relay.settled().await;

    let seat = |person| TrainingKey::Seat(person, school.class);
    let register = TrainingKey::Register(school.bob.person, school.class);
    let reply = school.ann.exchange(Vec::new()).await;
    let Some(TrainingFact::Seat(mine)) = told(&reply, seat(ann)) else {
        panic!("{reply:?}");
    };
    assert_eq!(mine.marked.map(|it| it.attendance), Some(Attendance::Late));
    assert_eq!(
        told(&reply, seat(eve)),
        None,
        "how late Eve was is Eve's affair"
    );
    assert_eq!(told(&reply, register), None);
    let later = school.bob.exchange(Vec::new()).await;
    for reply in [&held, &later] {
        assert_eq!(told(reply, seat(ann)), None);
    }
    let Some(TrainingFact::Register(held)) =
        told(&later, register).or_else(|| told(&held, register))
    else {
        panic!("he holds it: {held:?} {later:?}");
    };
    let marked = |person| held[&person].marked.map(|it| it.attendance);
    assert_eq!(marked(ann), Some(Attendance::Late));
    assert_eq!(marked(eve), Some(Attendance::Absent));
}

#[tokio::test]
async fn nobody_scores_themselves_and_remarks_rest_on_a_score() {
    let data = tempfile::tempdir().unwrap();
    let mut school = School::open(data.path()).await;
    let sheet = school.sheet();
    assert_eq!(
        decided(&mut school.ann, &sheet).await,
        Some(Refusal::NotAllowed)
    );
    assert_eq!(decided(&mut school.director, &sheet).await, None);

    let pass = Decision::Training(TrainingDecision::Pass {
        course: school.course,
        right: 1,
        of: 1,
    });
    assert_eq!(
        decided(&mut school.ann, &pass).await,
        Some(Refusal::NotScored)
    );
    let id = ScoreId(mint());
    let score = school.score(id);
    assert_eq!(
        decided(&mut school.ann, &score).await,
        Some(Refusal::NotAllowed)
    );
    assert_eq!(
        decided(&mut school.bob, &score).await,
        Some(Refusal::NotAllowed)
    );

    // A remark without the score it is about, and one in another's name.
    let document = DocumentId::reviews(school.ann.person);
    let unscored = school.remark(id, school.director.person);
    let unscored = school.director.edit(&mut Document::new(document), unscored);
    let flattery = school.remark(id, school.ann.person);
    let flattery = school.ann.edit(&mut Document::new(document), flattery);
    school.director.push(vec![unscored]).await;
    school.ann.push(vec![flattery]).await;
    school.relay.settled().await;
    for device in [&mut school.director, &mut school.ann] {
        let reply = device.exchange(Vec::new()).await;
        assert_eq!(quarantined(&reply), [Quarantine::NotAllowed]);
    }

    let decision = school.director.decide(&score);
    let remark = school.remark(id, school.director.person);
    let remark = school.director.edit(&mut Document::new(document), remark);
    school.director.push(vec![decision, remark]).await;
    assert_eq!(
        decided(&mut school.director, &score).await,
        Some(Refusal::AlreadySettled)
    );
    school.relay.settled().await;
    let key = TrainingKey::Score(school.ann.person, id);
    let reply = school.ann.exchange(Vec::new()).await;
    assert!(told(&reply, key).is_some());
    let mut entries = reply.entries.iter().map(|it| it.envelope.document);
    let mut snapshots = reply.snapshots.iter().map(|it| it.document);
    assert!(entries.any(|it| it == document) || snapshots.any(|it| it == document));
    let reply = school.bob.exchange(Vec::new()).await;
    assert_eq!(told(&reply, key), None, "another account manager");
    assert_eq!(decided(&mut school.ann, &pass).await, None);
}

#[tokio::test]
async fn a_colleague_requires_nothing() {
    let data = tempfile::tempdir().unwrap();
    let mut school = School::open(data.path()).await;
    let require = Decision::Training(TrainingDecision::Require {
        person: school.ann.person,
        course: school.course,
        due: plus_days(School::today(), 7),
    });
    let refused = Some(Refusal::NotAllowed);
    assert_eq!(decided(&mut school.bob, &require).await, refused);
    assert_eq!(decided(&mut school.ann, &require).await, refused);
    assert_eq!(decided(&mut school.director, &require).await, None);
    school.relay.settled().await;
    let key = TrainingKey::Required(school.ann.person, school.course);
    let reply = school.ann.exchange(Vec::new()).await;
    assert!(told(&reply, key).is_some());
    let reply = school.bob.exchange(Vec::new()).await;
    assert_eq!(told(&reply, key), None);
}

//! Two managers at one thing, neither knowing of the other: what stands when both are back, whoever is back first. The
//! commands are the product's own, run on real documents; every device computes the same rows from them.

use std::collections::{BTreeMap, BTreeSet};

use caravan_documents::{Document, NewChange};
use caravan_domain::agreements::command::AgreementCommand;
use caravan_domain::agreements::text::{AgreementDraft, Wording};
use caravan_domain::calendar::{Period, Span};
use caravan_domain::command::{Command, Context, Documents};
use caravan_domain::decision::{Decision, decide};
use caravan_domain::development::command::{DevelopmentCommand, ItemDraft};
use caravan_domain::development::record::{ItemKind, Side as Whose};
use caravan_domain::document::DocumentId;
use caravan_domain::facts::{
    Employment, Fact, FactChange, FactKey, Facts, Person, PersonStatus, Team,
};
use caravan_domain::goals::Agreement as Agreed;
use caravan_domain::goals::command::{GoalChange, GoalCommand, GoalDraft};
use caravan_domain::goals::metric::Metric;
use caravan_domain::goals::place::{GoalPlace, GoalRef};
use caravan_domain::goals::record::Terms;
use caravan_domain::id::{Id, IdSource, PersonId, TeamId};
use caravan_domain::reviews::command::{RatingDraft, ReviewCommand, ReviewDraft, ReviewRef};
use caravan_domain::reviews::measure::Measure;
use caravan_domain::role::Role;
use caravan_domain::row::{DocumentRows, project};
use caravan_domain::time::{Day, Instant};
use caravan_domain::training::command::TrainingCommand;
use caravan_domain::training::course::{CourseDraft, QuestionDraft};
use caravan_domain::value::Value;

use crate::support::device;

const DIRECTOR: PersonId = PersonId(Id::from_bytes([1; 16]));
const MANAGER: PersonId = PersonId(Id::from_bytes([2; 16]));
const ALICE: PersonId = PersonId(Id::from_bytes([3; 16]));
const EAST: TeamId = TeamId(Id::from_bytes([9; 16]));
/// 5 November 2026, 10:00 in Shanghai.
const NOW: Instant = Instant::from_millis(1_793_844_000_000);

fn facts() -> Facts {
    let mut facts = Facts::default();
    let mut know = |key, fact| {
        let fact = Some(fact);
        facts.apply(FactChange { key, fact });
    };
    let (name, closed) = ("华东".to_owned(), false);
    know(FactKey::Team(EAST), Fact::Team(Team { name, closed }));
    for (person, role, team) in [
        (DIRECTOR, Role::Director, None),
        (MANAGER, Role::TeamManager, Some(EAST)),
        (ALICE, Role::AccountManager, Some(EAST)),
    ] {
        let fact = Fact::Person(Person {
            name: "某人".to_owned(),
            roles: BTreeSet::from([role]),
            team,
            status: PersonStatus::Active,
            employment: Employment::FullTime,
            phone: String::new(),
            joined_at: Instant::default(),
        });
        know(FactKey::Person(person), fact);
    }
    facts
}

/// One device: its documents, and what it has written.
#[derive(Clone)]
struct Device {
    number: u8,
    person: PersonId,
    documents: BTreeMap<DocumentId, Document>,
    facts: Facts,
    written: Vec<(DocumentId, NewChange)>,
    decided: Vec<Decision>,
    minted: u8,
}

struct Trees(BTreeMap<DocumentId, Value>);

impl Documents for Trees {
    fn tree(&self, document: DocumentId) -> Option<&Value> {
        self.0.get(&document)
    }
}

struct Ids<'a>(u8, &'a mut u8);

impl IdSource for Ids<'_> {
    fn mint(&mut self) -> Id {
        *self.1 += 1;
        let mut bytes = [self.0; 16];
        bytes[15] = *self.1;
        Id::from_bytes(bytes)
    }
}

impl Device {
    fn new(number: u8, person: PersonId) -> Self {
        Self {
            number,
            person,
            documents: BTreeMap::new(),
            facts: facts(),
            written: Vec::new(),
            decided: Vec::new(),
            minted: 0,
        }
    }

    /// With everything the other has, and nothing that it had itself.
    fn after(number: u8, person: PersonId, other: &Self) -> Self {
        let mut device = Self::new(number, person);
        device.documents = other.documents.clone();
        device.facts = other.facts.clone();
        device
    }

    fn run(&mut self, command: Command) {
        let trees = self.documents.iter();
        let trees = trees.map(|(id, document)| (*id, document.tree().unwrap()));
        let documents = Trees(trees.collect());
        let mut cx = Context {
            me: self.person,
            now: NOW.plus_millis(self.number.into()),
            ids: &mut Ids(self.number, &mut self.minted),
            facts: &self.facts,
            documents: &documents,
        };
        let outcome = command.run(&mut cx).unwrap();
        let mut by_document: BTreeMap<DocumentId, Vec<_>> = BTreeMap::new();
        for edit in outcome.edits {
            by_document.entry(edit.document).or_default().push(edit);
        }
        for (id, edits) in by_document {
            let document = self.documents.entry(id);
            let document = document.or_insert_with(|| Document::new(id));
            let at = NOW.plus_millis(self.number.into());
            let change = document.commit(device(self.number), at, &edits);
            self.written.push((id, change.unwrap().unwrap()));
        }
        for decision in outcome.decisions {
            let decided = decide(&decision, self.person, NOW, &self.facts);
            for change in decided.unwrap() {
                self.facts.apply(change);
            }
            self.decided.push(decision);
        }
    }

    fn take(&mut self, from: &Self) {
        for (id, change) in &from.written {
            let document = self.documents.entry(*id);
            let document = document.or_insert_with(|| Document::new(*id));
            document.apply(&change.bytes).unwrap();
        }
    }

    fn rows(&self) -> BTreeMap<DocumentId, DocumentRows> {
        let all = self.documents.iter();
        all.map(|(id, document)| {
            let conflicts = document.conflicts().unwrap().into_iter();
            let contested: Vec<_> = conflicts.map(|conflict| conflict.path).collect();
            (*id, project(*id, &document.tree().unwrap(), &contested))
        })
        .collect()
    }
}

/// What both devices, a third that hears the first before the second, and a fourth that hears them the other way round,
/// agree upon.
fn together(ground: &Device, mut one: Device, mut other: Device) -> Device {
    let mut third = Device::after(7, DIRECTOR, ground);
    let mut fourth = third.clone();
    third.take(&one);
    third.take(&other);
    fourth.take(&other);
    fourth.take(&one);
    let (hers, his) = (one.clone(), other.clone());
    one.take(&his);
    other.take(&hers);
    for device in [&one, &other, &fourth] {
        assert_eq!(device.rows(), third.rows(), "rows differ");
        for (id, document) in &third.documents {
            let tree = device.documents[id].tree().unwrap();
            assert_eq!(tree, document.tree().unwrap(), "{id}");
        }
    }
    third
}

/// Manager and director each write on what they both have.
fn at_once(ground: &Device, manager: Command, director: Command) -> Device {
    let mut one = Device::after(1, MANAGER, ground);
    let mut other = Device::after(2, DIRECTOR, ground);
    one.run(manager);
    other.run(director);
    together(ground, one, other)
}

fn day(day: i8) -> Day {
    NOW.day().with().day(day).build().unwrap()
}

fn terms(target: u32, parent: Option<GoalRef>) -> Terms {
    Terms {
        what: "跑遍老客户".to_owned(),
        target,
        deadline: day(30),
        parent,
        update_every: 7,
        alert_below: 80,
    }
}

fn goal(place: GoalPlace, target: u32, parent: Option<GoalRef>) -> Command {
    Command::Goal(GoalCommand::Propose(GoalDraft {
        place,
        metric: Metric::Visits,
        unit: String::new(),
        period: Period::of(Span::Month, NOW.day()),
        terms: terms(target, parent),
        reason: "旺季".to_owned(),
    }))
}

fn goals(device: &Device, place: GoalPlace) -> Vec<GoalRef> {
    let rows = device.rows();
    let rows = rows.get(&place.document()).into_iter();
    let all = rows.flat_map(|rows| &rows.goals);
    all.map(|row| GoalRef {
        place,
        goal: row.goal.id,
    })
    .collect()
}

/// Under one goal of the team's, each breaks down another part: the tree has both.
#[test]
fn of_a_goal_tree_that_two_break_down_at_once_both_branches_stand() {
    let team = GoalPlace::Team(EAST);
    let mut ground = Device::new(0, DIRECTOR);
    ground.run(goal(team, 40, None));
    let root = goals(&ground, team)[0];
    let hers = GoalPlace::Person(ALICE);
    let merged = at_once(
        &ground,
        goal(hers, 12, Some(root)),
        goal(hers, 9, Some(root)),
    );
    let rows = &merged.rows()[&hers.document()].goals;
    let mut targets: Vec<_> = rows
        .iter()
        .map(|row| {
            let current = row.goal.current();
            assert_eq!(current.terms.parent, Some(root));
            current.terms.target
        })
        .collect();
    targets.sort_unstable();
    assert_eq!(targets, [9, 12]);
}

/// Both change the same goal: neither overwrites the other, what was set before holds until somebody picks.
#[test]
fn of_one_goal_that_two_change_at_once_both_versions_are_kept() {
    let hers = GoalPlace::Person(ALICE);
    let mut ground = Device::new(0, DIRECTOR);
    ground.run(goal(hers, 12, None));
    let known = goals(&ground, hers)[0];
    let first = ground.rows()[&hers.document()].goals[0].goal.heads()[0].id;
    let change = |target| {
        Command::Goal(GoalCommand::Change(GoalChange {
            goal: known,
            after: [first].into(),
            terms: terms(target, None),
            reason: "客户少了".to_owned(),
            dropped: false,
        }))
    };
    let merged = at_once(&ground, change(6), change(15));
    let rows = &merged.rows()[&hers.document()].goals;
    let goal = &rows[0].goal;
    let mut heads: Vec<_> = goal.heads().iter().map(|it| it.terms.target).collect();
    heads.sort_unstable();
    assert_eq!((rows.len(), heads), (1, vec![6, 15]));
    assert_eq!(goal.agreement(), Agreed::Disputed);
}

fn hers() -> ReviewRef {
    ReviewRef {
        person: ALICE,
        period: Period::of(Span::Quarter, NOW.day()),
    }
}

fn review(level: u8, feedback: &str) -> ReviewDraft {
    ReviewDraft {
        review: hers(),
        ratings: vec![RatingDraft {
            measure: Measure::TeamWork,
            level: Some(level),
            evidence: format!("{feedback}，见周报"),
        }],
        feedback: feedback.to_owned(),
    }
}

fn says(device: &Device, text: &str) -> bool {
    let document = &device.documents[&DocumentId::reviews(ALICE)];
    format!("{:?}", document.tree().unwrap()).contains(text)
}

#[test]
fn of_one_review_that_two_write_at_once_both_have_their_say() {
    let ground = Device::new(0, ALICE);
    let save = |level, text| Command::Review(ReviewCommand::Save(review(level, text)));
    let merged = at_once(&ground, save(5, "带人很好"), save(2, "报告总是晚"));
    let rows = merged.rows();
    let written = &rows[&DocumentId::reviews(ALICE)].reviews;
    assert_eq!(written.len(), 1, "one review, whoever began it");
    let (ratings, feedback) = (&written[0].review.ratings, &written[0].review.feedback);
    assert_eq!((ratings.len(), feedback.len()), (2, 2));
    for text in ["带人很好，见周报", "报告总是晚，见周报"] {
        assert!(says(&merged, text), "{text}");
    }
}

/// The manager freezes and submits, while the director still writes: what was frozen stays as it was, and what came late
/// is kept beside it.
#[test]
fn what_is_written_while_a_review_is_frozen_is_kept_beside_it() {
    let ground = Device::new(0, ALICE);
    let submit = ReviewCommand::Submit {
        draft: review(4, "稳，客户都信任你"),
        figures: Vec::new(),
    };
    let mut alone = Device::after(1, MANAGER, &ground);
    alone.run(Command::Review(submit.clone()));
    let late = ReviewCommand::Save(review(1, "投诉两次"));
    let merged = at_once(&ground, Command::Review(submit), Command::Review(late));
    let frozen = |device: &Device| {
        let rows = device.rows();
        rows[&DocumentId::reviews(ALICE)].reviews[0]
            .review
            .frozen
            .clone()
    };
    assert_eq!(frozen(&merged), frozen(&alone), "as it was submitted");
    assert_eq!(frozen(&merged).len(), 1);
    let rows = merged.rows();
    let written = &rows[&DocumentId::reviews(ALICE)].reviews[0].review;
    assert_eq!(written.ratings.len(), 2);
    assert!(says(&merged, "投诉两次") && says(&merged, "稳，客户都信任你"));
}

#[test]
fn of_one_step_of_development_that_two_change_at_once_both_stand() {
    let mut ground = Device::new(0, ALICE);
    let step = |text: &str| ItemDraft {
        kind: ItemKind::Step,
        text: text.to_owned(),
        due: Some(day(20)),
        whose: Whose::Person,
        link: None,
    };
    let add = DevelopmentCommand::Add(ALICE, step("练习报价"));
    ground.run(Command::Development(add));
    let plan = |device: &Device| {
        let rows = device.rows();
        rows[&DocumentId::reviews(ALICE)].development[0]
            .plan
            .clone()
    };
    let item = plan(&ground).items[0].id;
    let change = |text: &str| {
        Command::Development(DevelopmentCommand::Change {
            person: ALICE,
            item,
            draft: step(text),
        })
    };
    let merged = at_once(&ground, change("跟师傅练报价"), change("每周练两次"));
    for text in ["练习报价", "跟师傅练报价", "每周练两次"] {
        assert!(says(&merged, text), "{text}");
    }
    assert_eq!(
        plan(&merged).items.len(),
        3,
        "the old one and both new ones"
    );
}

fn text(zh: &str) -> AgreementDraft {
    AgreementDraft {
        zh: Wording {
            title: "保密协议".to_owned(),
            text: zh.to_owned(),
        },
        ..AgreementDraft::default()
    }
}

/// HR is a director here, as in a small company: two who write at one text keep the letters of both.
#[test]
fn of_one_agreement_that_two_word_at_once_both_letters_stand() {
    let mut ground = Device::new(0, DIRECTOR);
    ground.run(Command::Agreement(AgreementCommand::Add(text("资料"))));
    let agreement = ground.rows()[&DocumentId::COMPANY].agreements[0].id;
    let change = |after: &str| {
        Command::Agreement(AgreementCommand::Change {
            agreement,
            before: text("资料"),
            after: text(after),
        })
    };
    let mut one = Device::after(1, DIRECTOR, &ground);
    let mut other = Device::after(2, DIRECTOR, &ground);
    one.run(change("客户资料"));
    other.run(change("资料归公司"));
    let merged = together(&ground, one, other);
    let tree = merged.documents[&DocumentId::COMPANY].tree().unwrap();
    let path = ["agreements", &agreement.to_string(), "draft", "zh_text"];
    assert_eq!(tree.string(&path), "客户资料归公司");
}

/// Each publishes the text as they have it: two versions, which nobody can take for each other, because what is signed
/// is their digest.
#[test]
fn of_one_agreement_that_two_publish_at_once_there_are_two_versions() {
    let mut ground = Device::new(0, DIRECTOR);
    ground.run(Command::Agreement(AgreementCommand::Add(text("资料"))));
    let agreement = ground.rows()[&DocumentId::COMPANY].agreements[0].id;
    let publish = || Command::Agreement(AgreementCommand::Publish { agreement });
    let mut one = Device::after(1, DIRECTOR, &ground);
    let mut other = Device::after(2, DIRECTOR, &ground);
    one.run(Command::Agreement(AgreementCommand::Change {
        agreement,
        before: text("资料"),
        after: text("客户资料"),
    }));
    one.run(publish());
    other.run(publish());
    let published = |device: &Device| {
        let rows = device.rows();
        let row = rows[&DocumentId::COMPANY].agreements[0].clone();
        let digests = row.versions.iter().map(|it| it.digest);
        digests.collect::<BTreeSet<_>>()
    };
    let either = &published(&one) | &published(&other);
    let merged = together(&ground, one, other);
    assert_eq!((either.len(), published(&merged)), (2, either));
}

/// The course's own fields are values, its questions stand each by itself.
#[test]
fn of_one_course_that_two_write_at_once_both_questions_are_there() {
    let mut ground = Device::new(0, DIRECTOR);
    let course = CourseDraft {
        title: "新人第一周".to_owned(),
        ..CourseDraft::default()
    };
    ground.run(Command::Training(TrainingCommand::AddCourse(course)));
    let course = ground.rows()[&DocumentId::COMPANY].courses[0].id;
    let ask = |text: &str| {
        let question = QuestionDraft {
            text: text.to_owned(),
            choices: vec!["是".to_owned(), "否".to_owned()],
            right: vec![0],
            ..QuestionDraft::default()
        };
        Command::Training(TrainingCommand::AddQuestion { course, question })
    };
    let mut one = Device::after(1, DIRECTOR, &ground);
    let mut other = Device::after(2, DIRECTOR, &ground);
    one.run(ask("先问需求吗？"));
    other.run(ask("当天写记录吗？"));
    let merged = together(&ground, one, other);
    let rows = merged.rows();
    assert_eq!(rows[&DocumentId::COMPANY].courses[0].questions, 2);
}

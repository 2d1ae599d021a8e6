//! Recognition: who posts about whom, whose applause is whose, and what is worth a post.

use caravan_domain::calendar::plus_days;
use caravan_domain::command::{Command, CommandError, Field as FormField, RecordRef};
use caravan_domain::development::record::LinkTo;
use caravan_domain::document::DocumentId;
use caravan_domain::edit::{Edit, path_of};
use caravan_domain::facts::{Fact, FactKey};
use caravan_domain::goals::command::{GoalCommand, GoalDraft};
use caravan_domain::goals::metric::Metric;
use caravan_domain::grades::ladder::Ladders;
use caravan_domain::grades::standing::{GradeStanding, Held};
use caravan_domain::id::{Id, PersonId, PromotionId};
use caravan_domain::policy::{is_place_of, may_claim, may_say};
use caravan_domain::query::{Answer, Query};
use caravan_domain::recognition::command::{PostDraft, RecognitionCommand, TEXT_MAX};
use caravan_domain::recognition::kind::PostKind;
use caravan_domain::recognition::list::{
    IdeaOf, PostLine, RecognitionForm, RecognitionList, RecognitionPage, RecognitionToday,
};
use caravan_domain::role::Role;
use caravan_domain::training::decision::Certificate;
use caravan_domain::value::Map;
use proptest::prelude::*;

use crate::field::{
    ALICE, BOB, CAROL, DIRECTOR, EAST, EAST_MANAGER, FINANCE, Field, MORNING, WEST_MANAGER, id,
    named, person, today,
};

const HR: PersonId = person(30);

fn draft(person: PersonId, kind: PostKind) -> PostDraft {
    PostDraft {
        person,
        kind,
        month: today(),
        words: " 一个月跑遍了老客户 ".to_owned(),
        about: None,
    }
}

/// One post of Alice's team with everything that stands beside one.
pub(crate) fn sample(field: &mut Field) {
    let post = field.post(EAST_MANAGER, draft(ALICE, PostKind::Best));
    field.applaud(BOB, post, true).unwrap();
    field
        .recognise(ALICE, RecognitionCommand::See(vec![(EAST, post)]))
        .unwrap();
    let other = field.post(BOB, draft(ALICE, PostKind::Thanks));
    field.withdraw(BOB, other).unwrap();
}

impl Field {
    fn recognise(
        &mut self,
        me: PersonId,
        command: RecognitionCommand,
    ) -> Result<Option<RecordRef>, CommandError> {
        self.run(me, Command::Recognition(command))
    }

    fn try_post(&mut self, me: PersonId, draft: PostDraft) -> Result<Id, CommandError> {
        match self.recognise(me, RecognitionCommand::Post(draft))? {
            Some(RecordRef::Post(_, post)) => Ok(post),
            other => panic!("{other:?}"),
        }
    }

    fn post(&mut self, me: PersonId, draft: PostDraft) -> Id {
        self.try_post(me, draft).unwrap()
    }

    fn applaud(&mut self, me: PersonId, post: Id, on: bool) -> Result<(), CommandError> {
        let team = EAST;
        let command = RecognitionCommand::Applaud { team, post, on };
        self.recognise(me, command).map(|_| ())
    }

    fn withdraw(&mut self, me: PersonId, post: Id) -> Result<(), CommandError> {
        let (team, reason) = (EAST, "写错了人".to_owned());
        let command = RecognitionCommand::Withdraw { team, post, reason };
        self.recognise(me, command).map(|_| ())
    }

    fn wall(&self, me: PersonId, person: Option<PersonId>) -> RecognitionPage {
        let asked = RecognitionList { person, limit: 100 };
        match self.ask(me, &Query::Recognition(asked)) {
            Answer::Recognition(page) => page,
            other => panic!("{other:?}"),
        }
    }

    fn seen_by(&self, me: PersonId, post: Id) -> PostLine {
        let lines = self.wall(me, None).lines;
        lines.into_iter().find(|line| line.post.id == post).unwrap()
    }

    fn form(&self, me: PersonId) -> RecognitionForm {
        match self.ask(me, &Query::RecognitionForm) {
            Answer::RecognitionForm(form) => form,
            other => panic!("{other:?}"),
        }
    }

    fn told(&self, me: PersonId) -> RecognitionToday {
        match self.ask(me, &Query::Today) {
            Answer::Today(view) => view.recognition,
            other => panic!("{other:?}"),
        }
    }
}

fn with_hr() -> Field {
    let mut field = Field::new();
    field.hire(HR, "人事", &[Role::Hr], None);
    field
}

#[test]
fn who_posts_about_whom() {
    for (author, about, thanks, anything) in [
        (EAST_MANAGER, ALICE, true, true),
        (DIRECTOR, ALICE, true, true),
        (HR, ALICE, true, true),
        (DIRECTOR, EAST_MANAGER, true, true),
        (BOB, ALICE, true, false),
        (BOB, EAST_MANAGER, true, false),
        // Nobody about themselves, whatever they are.
        (ALICE, ALICE, false, false),
        (EAST_MANAGER, EAST_MANAGER, false, false),
        // Not before another team.
        (WEST_MANAGER, ALICE, false, false),
        (CAROL, ALICE, false, false),
        (FINANCE, ALICE, false, false),
    ] {
        for kind in PostKind::ALL {
            let mut field = with_hr();
            let expected = if *kind == PostKind::Thanks {
                thanks
            } else {
                anything
            };
            let posted = field.try_post(author, draft(about, *kind));
            assert_eq!(posted.is_ok(), expected, "{author} about {about}: {kind:?}");
        }
    }
    // Whoever is in no team has nobody to be told.
    let mut field = with_hr();
    let posted = field.try_post(DIRECTOR, draft(FINANCE, PostKind::Other));
    assert_eq!(posted, Err(CommandError::NotFound));
}

#[test]
fn a_post_says_something() {
    let mut field = Field::new();
    let words = |words: String| PostDraft {
        words,
        ..draft(ALICE, PostKind::Help)
    };
    assert_eq!(
        field.try_post(EAST_MANAGER, words(" ".to_owned())),
        Err(CommandError::Blank(FormField::Reason))
    );
    assert!(
        field
            .try_post(EAST_MANAGER, words("好".repeat(TEXT_MAX + 1)))
            .is_err()
    );
    let post = field.post(EAST_MANAGER, words("好".repeat(TEXT_MAX)));
    let line = field.seen_by(BOB, post);
    assert_eq!(line.post.month, today().first_of_month());
    assert_eq!(
        (line.name.as_str(), line.by_name.as_str()),
        ("爱丽", "东主管")
    );
    // Another team does not hear of it.
    assert!(field.wall(CAROL, None).lines.is_empty());
}

#[test]
fn applause_is_one_each_and_can_be_taken_back() {
    let mut field = Field::new();
    let post = field.post(EAST_MANAGER, draft(ALICE, PostKind::Best));
    for _ in 0..2 {
        field.applaud(BOB, post, true).unwrap();
    }
    field.applaud(EAST_MANAGER, post, true).unwrap();
    assert_eq!(field.seen_by(BOB, post).applause, ["鲍勃", "东主管"]);
    assert!(field.seen_by(BOB, post).applauded);
    assert_eq!(
        field.applaud(ALICE, post, true),
        Err(CommandError::NotAllowed)
    );
    field.applaud(BOB, post, false).unwrap();
    assert_eq!(field.seen_by(BOB, post).applause, ["东主管"]);
    assert!(!field.seen_by(BOB, post).applauded);
    assert_eq!(
        field.applaud(BOB, id(99), true),
        Err(CommandError::NotFound)
    );
}

#[test]
fn what_is_withdrawn_stays_as_it_was_written() {
    let mut field = Field::new();
    let post = field.post(BOB, draft(ALICE, PostKind::Thanks));
    assert_eq!(field.withdraw(ALICE, post), Err(CommandError::NotAllowed));
    field.withdraw(EAST_MANAGER, post).unwrap();
    assert_eq!(field.withdraw(BOB, post), Err(CommandError::AlreadyDone));
    assert_eq!(
        field.applaud(DIRECTOR, post, true),
        Err(CommandError::NotAllowed)
    );
    // Its author and whoever leads the team still read it; the person it was about does not.
    let line = field.seen_by(BOB, post);
    assert_eq!(line.withdrawn_by.as_deref(), Some("东主管"));
    assert_eq!(line.post.words, "一个月跑遍了老客户");
    assert!(!line.may_withdraw);
    assert!(field.wall(ALICE, None).lines.is_empty());
    assert_eq!(field.told(ALICE), RecognitionToday::default());
}

#[test]
fn todays_card_is_there_until_the_person_has_read_it() {
    let mut field = Field::new();
    let post = field.post(EAST_MANAGER, draft(ALICE, PostKind::Praise));
    let told = field.told(ALICE);
    assert_eq!((told.about_me.len(), told.latest), (1, None));
    assert_eq!(field.told(BOB).latest.map(|line| line.post.id), Some(post));
    let see = RecognitionCommand::See(vec![(EAST, post)]);
    assert_eq!(
        field.recognise(BOB, see.clone()),
        Err(CommandError::NotAllowed)
    );
    field.recognise(ALICE, see.clone()).unwrap();
    assert!(field.told(ALICE).about_me.is_empty());
    // Read on another device too.
    assert!(field.recognise(ALICE, see).is_ok());
    // News do not stay.
    field.now = MORNING.plus_millis(8 * 24 * 60 * 60 * 1000);
    assert_eq!(field.told(BOB).latest, None);
}

#[test]
fn the_wall_is_read_by_person_and_the_latest_come_first() {
    let mut field = Field::new();
    let first = field.post(EAST_MANAGER, draft(ALICE, PostKind::Help));
    field.now = field.now.plus_millis(1);
    let second = field.post(EAST_MANAGER, draft(BOB, PostKind::Help));
    field.now = field.now.plus_millis(1);
    let third = field.post(BOB, draft(ALICE, PostKind::Thanks));
    let ids = |page: RecognitionPage| -> Vec<_> {
        page.lines.into_iter().map(|line| line.post.id).collect()
    };
    assert_eq!(ids(field.wall(ALICE, None)), [third, second, first]);
    let hers = field.wall(ALICE, Some(ALICE));
    assert_eq!(hers.total, 2);
    assert_eq!(
        hers.people.len(),
        2,
        "whoever is filtered out can still be picked"
    );
    assert_eq!(ids(hers), [third, first]);
}

/// A kind of a later version is read, and what older versions wrote is read as it was meant.
#[test]
fn kinds_are_open() {
    let mut field = Field::new();
    let post = field.post(EAST_MANAGER, draft(ALICE, PostKind::Best));
    let place = ["posts", &post.to_string(), "kind"];
    for (word, kind) in [
        ("best-of-month", PostKind::Best),
        ("fastest", PostKind::Other),
    ] {
        field.write(&Edit::put(EAST, &place, word));
        field.project(EAST.into());
        assert_eq!(field.seen_by(BOB, post).post.kind, kind);
    }
}

#[test]
fn what_is_worth_a_post_is_suggested_once() {
    let mut field = Field::new();
    let draft = GoalDraft {
        metric: Metric::NewClients,
        ..crate::goals::draft(crate::goals::HERS, 1)
    };
    let goal = field.propose_goal(EAST_MANAGER, draft);
    let version = crate::goals::read(&field, goal).heads().last().unwrap().id;
    let accept = GoalCommand::Accept { goal, version };
    field.run(ALICE, Command::Goal(accept)).unwrap();
    assert!(field.form(EAST_MANAGER).ideas.is_empty());
    field.create(ALICE, named("顺丰便利店"));
    let course = crate::training::add(&mut field);
    for who in [ALICE, CAROL] {
        field.know(
            FactKey::Certificate(who, course),
            Fact::Certificate(Certificate {
                passed_at: MORNING,
                right: 9,
                of: 10,
            }),
        );
    }
    let ladders = Ladders(vec![crate::grades::ladder()]);
    field.know(FactKey::Ladders, Fact::Ladders(ladders));
    let held = |promotion| Held {
        rung: crate::grades::SENIOR,
        ladder: 1,
        since: today(),
        promotion,
        by: DIRECTOR,
        at: MORNING,
        reason: String::new(),
    };
    for (who, promotion) in [(ALICE, Some(PromotionId(id(70)))), (BOB, None)] {
        let standing = GradeStanding {
            held: vec![held(promotion)],
            ..GradeStanding::default()
        };
        field.know(FactKey::Grade(who), Fact::Grade(standing));
    }
    let ideas = field.form(EAST_MANAGER).ideas;
    let what: Vec<_> = ideas.iter().map(|idea| (idea.person, idea.kind)).collect();
    assert_eq!(
        what,
        [
            (ALICE, PostKind::Grade),
            (ALICE, PostKind::Certificate),
            (ALICE, PostKind::Goal)
        ],
        "of her own team, and a grade that somebody only began with is none"
    );
    assert_eq!(ideas[1].what, IdeaOf::Course("飞单案例一".to_owned()));
    assert_eq!(ideas[2].about, Some(LinkTo::Goal(goal)));
    // Colleagues are shown nothing of it.
    assert!(field.form(BOB).ideas.is_empty());
    assert!(field.form(BOB).people.iter().all(|it| !it.any_kind));
    for idea in ideas {
        let draft = PostDraft {
            person: idea.person,
            kind: idea.kind,
            month: idea.on,
            words: "恭喜".to_owned(),
            about: idea.about,
        };
        field.post(EAST_MANAGER, draft);
    }
    assert!(field.form(EAST_MANAGER).ideas.is_empty());
    // Nor is what lies long ago.
    let mut later = field;
    later.now = caravan_domain::calendar::start_of(plus_days(today(), 90));
    assert!(later.form(DIRECTOR).ideas.is_empty());
}

/// What the relay asks of a change, whatever the device that wrote it let pass.
#[test]
fn whose_place_beside_a_post_is_whose() {
    let field = with_hr();
    let east = DocumentId::from(EAST);
    for place in ["applause", "seen", "withdrawn"] {
        let path = path_of(&["posts", &id(1).to_string(), place, &BOB.to_string()]);
        assert!(is_place_of(BOB, east, &path, &field.facts), "{place}");
        assert!(!is_place_of(ALICE, east, &path, &field.facts), "{place}");
    }
    let path = path_of(&["posts", &id(1).to_string()]);
    let entry = |by: PersonId, person: PersonId| {
        let mut entry = Map::new();
        entry.insert("by".to_owned(), by.to_string().into());
        entry.insert("person".to_owned(), person.to_string().into());
        entry.insert("kind".to_owned(), "thanks".into());
        entry
    };
    let claims = |entry: Map, author| may_claim(east.kind, &path, &entry.into(), author);
    assert!(claims(entry(BOB, ALICE), BOB));
    assert!(!claims(entry(BOB, ALICE), CAROL), "in another's name");
    assert!(!claims(entry(BOB, BOB), BOB), "about oneself");
    let mut applauded = entry(BOB, ALICE);
    applauded.insert("applause".to_owned(), Map::new().into());
    assert!(!claims(applauded, BOB), "with applause of its own");
    let applause = path_of(&["posts", &id(1).to_string(), "applause", &BOB.to_string()]);
    assert!(may_claim(east.kind, &applause, &true.into(), BOB));
    assert!(!may_claim(east.kind, &applause, &"三百次".into(), BOB));
}

#[test]
fn a_post_is_withdrawn_by_its_author_or_whoever_leads_the_team() {
    let mut field = with_hr();
    let post = field.post(BOB, draft(ALICE, PostKind::Thanks));
    for (who, may) in [
        (BOB, true),
        (EAST_MANAGER, true),
        (DIRECTOR, true),
        (HR, true),
        (ALICE, false),
        (WEST_MANAGER, false),
        (CAROL, false),
    ] {
        let path = ["posts", &post.to_string(), "withdrawn", &who.to_string()];
        let edit = Edit::put(EAST, &path, Map::new());
        let tree = &field.trees[&EAST.into()];
        assert_eq!(may_say(who, &edit, Some(tree), &field.facts), may, "{who}");
    }
}

proptest! {
    /// Whatever order applause is given and taken back in, each person counts as they last said.
    #[test]
    fn each_counts_as_they_last_said(steps in proptest::collection::vec((0usize..3, any::<bool>()), 0..12)) {
        let people = [BOB, EAST_MANAGER, DIRECTOR];
        let mut field = Field::new();
        let post = field.post(EAST_MANAGER, draft(ALICE, PostKind::Best));
        let mut last = [false; 3];
        for (who, on) in steps {
            field.applaud(people[who], post, on).unwrap();
            last[who] = on;
        }
        let applause = field.seen_by(DIRECTOR, post).post.applause;
        for (who, on) in people.iter().zip(last) {
            prop_assert_eq!(applause.contains(who), on);
        }
    }
}

//! What people would like to learn: rounds, answers, and how far apart lie what matters and what one is sure of.

use std::collections::{BTreeMap, BTreeSet};

use caravan_domain::calendar::plus_days;
use caravan_domain::command::{Command, CommandError, Field as FormField, Outcome, RecordRef};
use caravan_domain::decision::{Decision, Refusal};
use caravan_domain::document::DocumentId;
use caravan_domain::facts::{FactKey, PersonStatus};
use caravan_domain::id::{AnswerId, PersonId, RoundId, TeamId};
use caravan_domain::policy::{is_place_of, may_claim, may_know, may_put};
use caravan_domain::query::{Answer, Query};
use caravan_domain::role::Role;
use caravan_domain::training::command::TrainingCommand;
use caravan_domain::training::course::Topic;
use caravan_domain::training::decision::TrainingDecision;
use caravan_domain::training::fact::TrainingKey;
use caravan_domain::training::needs::command::{AnswerDraft, NeedsCommand, Said, WISH_MAX};
use caravan_domain::training::needs::gap::{Cell, Means, Step};
use caravan_domain::training::needs::record::{AnswerRow, Mark, standing};
use caravan_domain::training::needs::round::{
    ANSWERS_MAX, Answered, NeedTopic, NeedsDecision, RoundPlan, TOPICS_MAX,
};
use caravan_domain::training::needs::view::{
    Mine, NeedsCellFile, NeedsCellOf, NeedsOf, NeedsView, Quizzes, RoundFile,
};
use caravan_domain::value::{Map, Value};
use proptest::prelude::*;

use crate::field::{
    ADMIN, ALICE, BOB, CAROL, DIRECTOR, EAST, EAST_MANAGER, FINANCE, Field, MORNING, WEST,
    WEST_MANAGER, id, person, today,
};
use crate::training::DAY;

const HR: PersonId = person(30);
const DAVE: PersonId = person(31);

fn field() -> Field {
    let mut field = Field::new();
    field.hire(HR, "人事", &[Role::Hr], None);
    field
}

/// Of every account manager, for a week.
fn plan() -> RoundPlan {
    RoundPlan {
        title: " 秋季培训需求 ".to_owned(),
        topics: vec![
            NeedTopic::Of(Topic::Sales),
            NeedTopic::Of(Topic::Diversion),
            NeedTopic::Words("用 Excel 做报价".to_owned()),
        ],
        roles: [Role::AccountManager].into(),
        teams: BTreeSet::new(),
        until: plus_days(today(), 7),
    }
}

fn command(command: NeedsCommand) -> Command {
    Command::Training(TrainingCommand::Needs(command))
}

fn run(field: &mut Field, me: PersonId, asked: NeedsCommand) -> Result<(), CommandError> {
    field.run(me, command(asked)).map(drop)
}

fn refused(refusal: Refusal) -> Result<(), CommandError> {
    Err(CommandError::Refused(refusal))
}

fn open(field: &mut Field, me: PersonId, plan: RoundPlan) -> RoundId {
    match field.run(me, command(NeedsCommand::Open(plan))) {
        Ok(Some(RecordRef::Round(round))) => round,
        other => panic!("{other:?}"),
    }
}

/// How sure and how important, topic by topic.
fn draft(round: RoundId, marks: &[(u8, u8)], wish: &str) -> AnswerDraft {
    let said = marks.iter().map(|(sure, important)| Said {
        sure: Some(*sure),
        important: Some(*important),
    });
    AnswerDraft {
        round,
        said: (0..).zip(said).collect(),
        wish: wish.to_owned(),
    }
}

pub(crate) fn answer(field: &mut Field, me: PersonId, round: RoundId, marks: &[(u8, u8)]) {
    let answer = NeedsCommand::Answer(draft(round, marks, "多练几次"));
    run(field, me, answer).unwrap();
}

/// One answered round, for whoever wants one in a larger sample.
pub(crate) fn sample(field: &mut Field) {
    let round = open(field, DIRECTOR, plan());
    answer(field, ALICE, round, &[(2, 5), (4, 3)]);
}

fn opened(field: &Field, me: PersonId, round: RoundId) -> Option<RoundFile> {
    match field.ask(me, &Query::NeedsRound(round)) {
        Answer::NeedsRound(file) => file.map(|file| *file),
        other => panic!("{other:?}"),
    }
}

fn rounds(field: &Field, me: PersonId) -> NeedsView {
    match field.ask(me, &Query::Needs) {
        Answer::Needs(view) => view,
        other => panic!("{other:?}"),
    }
}

fn cell(
    field: &Field,
    me: PersonId,
    round: RoundId,
    place: u8,
    of: NeedsOf,
) -> Option<NeedsCellFile> {
    let asked = NeedsCellOf { round, place, of };
    match field.ask(me, &Query::NeedsCell(asked)) {
        Answer::NeedsCell(file) => file.map(|file| *file),
        other => panic!("{other:?}"),
    }
}

fn counted(field: &Field, me: PersonId, round: RoundId) -> AnswerRow {
    opened(field, me, round).unwrap().answer.unwrap()
}

// Who asks whom.

#[test]
fn who_opens_a_round() {
    let everybody = plan();
    let of = |team: TeamId| RoundPlan {
        teams: [team].into(),
        ..plan()
    };
    for (me, all, east) in [
        (DIRECTOR, true, true),
        (HR, true, true),
        (ADMIN, true, true),
        (EAST_MANAGER, false, true),
        (WEST_MANAGER, false, false),
        (FINANCE, false, false),
        (ALICE, false, false),
    ] {
        for (plan, may) in [(everybody.clone(), all), (of(EAST), east)] {
            let mut field = field();
            let opened = run(&mut field, me, NeedsCommand::Open(plan));
            let expected = match may {
                true => Ok(()),
                false => refused(Refusal::NotAllowed),
            };
            assert_eq!(opened, expected, "{me}");
        }
    }
    let both = RoundPlan {
        teams: [EAST, WEST].into(),
        ..plan()
    };
    let opened = run(&mut field(), EAST_MANAGER, NeedsCommand::Open(both));
    assert_eq!(opened, refused(Refusal::NotAllowed));
}

#[test]
fn a_round_says_what_it_asks_of_whom_and_until_when() {
    let words = |words: &str| NeedTopic::Words(words.to_owned());
    let with = |topics: Vec<NeedTopic>| RoundPlan { topics, ..plan() };
    let many = (0..=TOPICS_MAX).map(|n| words(&n.to_string()));
    let blank = CommandError::Blank;
    let malformed = CommandError::Malformed;
    let untitled = RoundPlan {
        title: "  ".to_owned(),
        ..plan()
    };
    let nobody = RoundPlan {
        roles: BTreeSet::new(),
        ..plan()
    };
    let gone = RoundPlan {
        until: plus_days(today(), -1),
        ..plan()
    };
    for (plan, error) in [
        (untitled, blank(FormField::Title)),
        (nobody, blank(FormField::People)),
        (gone, malformed(FormField::Due)),
        (with(Vec::new()), blank(FormField::Topics)),
        (with(vec![words(" ")]), malformed(FormField::Topics)),
        (
            with(vec![words("报价"), words(" 报价 ")]),
            malformed(FormField::Topics),
        ),
        (with(many.collect()), malformed(FormField::Topics)),
    ] {
        let mut field = field();
        let opened = run(&mut field, DIRECTOR, NeedsCommand::Open(plan.clone()));
        assert_eq!(opened, Err(error), "{plan:?}");
        // The relay takes no form's word for it.
        let decision = Decision::Training(TrainingDecision::Needs {
            round: RoundId(id(70)),
            decision: NeedsDecision::Open(plan),
        });
        assert!(field.decide(DIRECTOR, &decision).is_err());
    }
    let mut field = field();
    let round = open(&mut field, DIRECTOR, plan());
    assert_eq!(
        field.facts.training.rounds[&round].plan.title,
        "秋季培训需求"
    );
}

#[test]
fn roles_and_teams_together_say_who_is_asked() {
    let mut field = field();
    let asked = |field: &mut Field, roles: &[Role], teams: &[TeamId]| {
        let round = RoundPlan {
            roles: roles.iter().copied().collect(),
            teams: teams.iter().copied().collect(),
            ..plan()
        };
        let round = open(field, DIRECTOR, round);
        let round = &field.facts.training.rounds[&round];
        let people = field.facts.people.keys().copied();
        people
            .filter(|person| round.asks(*person, &field.facts))
            .collect::<Vec<_>>()
    };
    let sellers = [Role::AccountManager];
    assert_eq!(asked(&mut field, &sellers, &[]), [ALICE, BOB, CAROL]);
    assert_eq!(asked(&mut field, &sellers, &[EAST]), [ALICE, BOB]);
    assert_eq!(asked(&mut field, &[], &[EAST]), [EAST_MANAGER, ALICE, BOB]);
    field.set_status(BOB, PersonStatus::Suspended);
    assert_eq!(asked(&mut field, &sellers, &[EAST]), [ALICE]);
}

#[test]
fn it_is_closed_by_who_opened_it_or_runs_training_once() {
    for (me, may) in [
        (EAST_MANAGER, true),
        (HR, true),
        (WEST_MANAGER, false),
        (ALICE, false),
    ] {
        let mut field = field();
        let of_east = RoundPlan {
            teams: [EAST].into(),
            ..plan()
        };
        let round = open(&mut field, EAST_MANAGER, of_east);
        let closed = run(&mut field, me, NeedsCommand::Close(round));
        let expected = match may {
            true => Ok(()),
            false => refused(Refusal::NotAllowed),
        };
        assert_eq!(closed, expected, "{me}");
        if may {
            let again = run(&mut field, me, NeedsCommand::Close(round));
            assert_eq!(again, refused(Refusal::AlreadySettled));
            assert!(rounds(&field, me).open.is_empty());
            assert_eq!(rounds(&field, me).over.len(), 1);
        }
    }
}

// Answering.

#[test]
fn a_round_is_on_today_until_it_is_answered() {
    let mut field = field();
    let round = open(&mut field, DIRECTOR, plan());
    let today = |field: &Field, me| match field.ask(me, &Query::Today) {
        Answer::Today(today) => today.rounds.len(),
        other => panic!("{other:?}"),
    };
    assert_eq!(today(&field, ALICE), 1);
    assert_eq!(today(&field, FINANCE), 0, "they are not asked");
    answer(&mut field, ALICE, round, &[(2, 5)]);
    assert_eq!(today(&field, ALICE), 0);
    assert_eq!(rounds(&field, ALICE).open[0].mine, Mine::Answered);
    assert_eq!(today(&field, BOB), 1);
    field.now = MORNING.plus_millis(8 * DAY);
    assert_eq!(today(&field, BOB), 0, "it is over");
}

#[test]
fn an_answer_says_both_of_a_topic_or_neither() {
    let mut field = field();
    let round = open(&mut field, DIRECTOR, plan());
    let one = |sure, important| AnswerDraft {
        said: [(1, Said { sure, important })].into(),
        ..draft(round, &[], "")
    };
    let answers = FormField::Answers;
    let mut third = one(Some(2), Some(2));
    third.said = [(3, third.said[&1])].into();
    let mut long = one(Some(2), Some(2));
    long.wish = "长".repeat(WISH_MAX + 1);
    for (draft, error) in [
        (one(None, None), CommandError::Blank(answers)),
        (one(Some(3), None), CommandError::Blank(answers)),
        (one(Some(0), Some(3)), CommandError::Malformed(answers)),
        (one(Some(3), Some(6)), CommandError::Malformed(answers)),
        (third, CommandError::Malformed(answers)),
        (
            long,
            CommandError::TooLong {
                field: FormField::Note,
                max: 1_000,
            },
        ),
    ] {
        let said = run(&mut field, ALICE, NeedsCommand::Answer(draft));
        assert_eq!(said, Err(error));
    }
    let only = NeedsCommand::Answer(one(Some(1), Some(5)));
    run(&mut field, ALICE, only).unwrap();
    let mark = Mark {
        sure: 1,
        important: 5,
    };
    assert_eq!(
        counted(&field, ALICE, round).marks,
        BTreeMap::from([(1, mark)])
    );
}

#[test]
fn each_answers_for_themselves_and_only_what_they_are_asked() {
    let mut field = field();
    let of_east = RoundPlan {
        teams: [EAST].into(),
        ..plan()
    };
    let round = open(&mut field, DIRECTOR, of_east);
    let uninvited = NeedsCommand::Answer(draft(round, &[(2, 5)], ""));
    assert_eq!(
        run(&mut field, CAROL, uninvited),
        refused(Refusal::NotAllowed)
    );
    answer(&mut field, ALICE, round, &[(2, 5)]);

    let answer = counted(&field, ALICE, round).id;
    let path = |answer: AnswerId| vec!["ratings".to_owned(), answer.to_string()];
    let document = DocumentId::reviews(ALICE);
    let theirs = |me, answer| is_place_of(me, document, &path(answer), &field.facts);
    assert!(theirs(ALICE, answer));
    for me in [BOB, EAST_MANAGER, DIRECTOR, HR] {
        assert!(!theirs(me, answer), "{me}");
    }
    let unasked = AnswerId(id(71));
    assert!(!theirs(ALICE, unasked), "the relay knows nothing of it");
    let (kind, taken) = (document.kind, path(answer));
    assert!(!may_put(kind, &taken, true), "written once");
    let by = Map::from([("by".to_owned(), Value::from(BOB.to_string()))]);
    assert!(!may_claim(kind, &taken, &Value::Map(by), ALICE));
}

#[test]
fn a_change_of_mind_counts_and_does_not_go_on_for_ever() {
    let mut field = field();
    let round = open(&mut field, DIRECTOR, plan());
    for n in 0..ANSWERS_MAX {
        field.now = MORNING.plus_millis(i64::try_from(n).unwrap());
        let sure = u8::try_from(n % 5).unwrap() + 1;
        answer(&mut field, ALICE, round, &[(sure, 5)]);
        assert_eq!(counted(&field, ALICE, round).marks[&0].sure, sure);
    }
    let more = NeedsCommand::Answer(draft(round, &[(1, 5)], ""));
    assert_eq!(run(&mut field, ALICE, more), refused(Refusal::TooMany));
    assert_eq!(rounds(&field, DIRECTOR).open[0].answered, 1, "one person");
}

/// What a device wants, in what its relay takes of it.
fn arrive(field: &mut Field, me: PersonId, outcome: Outcome) -> Result<(), Refusal> {
    for decision in &outcome.first {
        field.decide(me, decision)?;
    }
    for edit in &outcome.edits {
        assert!(is_place_of(me, edit.document, &edit.path, &field.facts));
        field.write(edit);
        field.project(edit.document);
    }
    Ok(())
}

#[test]
fn of_two_offline_answers_the_one_written_last_counts_whichever_comes_first() {
    for phone_first in [true, false] {
        let mut field = field();
        let round = open(&mut field, DIRECTOR, plan());
        let mut said = |minutes: i64, sure| {
            field.now = MORNING.plus_millis(minutes * 60_000);
            let answer = NeedsCommand::Answer(draft(round, &[(sure, 5)], ""));
            field.propose(ALICE, command(answer)).unwrap()
        };
        let (phone, tablet) = (said(5, 2), said(9, 4));
        let both = match phone_first {
            true => [phone, tablet],
            false => [tablet, phone],
        };
        for outcome in both {
            arrive(&mut field, ALICE, outcome).unwrap();
        }
        assert_eq!(counted(&field, ALICE, round).marks[&0].sure, 4);
        let taken = &field.facts.training.answered[&(ALICE, round)];
        assert_eq!(taken.answers.len(), 2, "both stay, as they were written");
    }
}

#[test]
fn what_was_answered_offline_after_the_close_is_refused_with_its_words() {
    let mut field = field();
    let round = open(&mut field, DIRECTOR, plan());
    answer(&mut field, ALICE, round, &[(2, 5)]);
    let early = NeedsCommand::Answer(draft(round, &[(3, 3)], "想跟访一次"));
    let [alice, bob] = [ALICE, BOB].map(|me| field.propose(me, command(early.clone())).unwrap());
    run(&mut field, HR, NeedsCommand::Close(round)).unwrap();
    for (me, outcome) in [(ALICE, alice), (BOB, bob)] {
        let edit = outcome.edits[0].clone();
        assert_eq!(
            arrive(&mut field, me, outcome),
            Err(Refusal::RoundClosed),
            "{me}"
        );
        assert!(!is_place_of(me, edit.document, &edit.path, &field.facts));
    }
    // What came in time stands; a device that has heard of it does not even try.
    assert_eq!(counted(&field, ALICE, round).marks[&0].sure, 2);
    let late = run(&mut field, BOB, early);
    assert_eq!(late, refused(Refusal::RoundClosed));
}

#[test]
fn its_last_day_is_one_on_which_it_is_answered() {
    let mut field = field();
    let round = open(&mut field, DIRECTOR, plan());
    let said = |field: &mut Field, me, days| {
        field.now = MORNING.plus_millis(days * DAY);
        let answer = NeedsCommand::Answer(draft(round, &[(2, 5)], ""));
        run(field, me, answer)
    };
    assert_eq!(said(&mut field, ALICE, 7), Ok(()));
    assert_eq!(said(&mut field, BOB, 8), refused(Refusal::RoundClosed));
}

proptest! {
    /// Whatever the order in which devices find a signal and entries lie in a document, one answer counts, and it is one
    /// that the relay has taken.
    #[test]
    fn answers_agree_in_any_order(
        written in proptest::collection::vec((0_i64..5, any::<bool>()), 1..8),
        order in any::<prop::sample::Index>(),
    ) {
        let round = RoundId(id(70));
        let rows: Vec<_> = (0_u8..).zip(&written).map(|(n, (at, _))| AnswerRow {
            id: AnswerId(id(n)),
            round,
            at: MORNING.plus_millis(*at),
            marks: BTreeMap::new(),
            wish: String::new(),
        }).collect();
        let taken: Vec<_> = rows.iter().zip(&written).filter(|(_, it)| it.1).map(|(row, _)| row.id).collect();
        let mut turned = rows.clone();
        turned.rotate_left(order.index(rows.len()));
        let reversed = Answered { answers: taken.iter().rev().copied().collect() };
        let answered = Answered { answers: taken };
        let counts = standing(round, &answered, &rows);
        prop_assert_eq!(counts, standing(round, &reversed, &turned));
        prop_assert_eq!(counts.is_some(), !answered.answers.is_empty());
        let latest = rows.iter().filter(|row| answered.answers.contains(&row.id)).map(|row| row.at).max();
        prop_assert_eq!(counts.map(|row| row.at), latest);
        prop_assert_eq!(standing(RoundId(id(71)), &answered, &rows), None);
    }
}

// What comes of it.

/// East: 爱丽, 鲍勃 and 戴夫; West: 卡罗.
fn answered() -> (Field, RoundId) {
    let mut field = field();
    field.hire(DAVE, "戴夫", &[Role::AccountManager], Some(EAST));
    let round = open(&mut field, HR, plan());
    answer(&mut field, ALICE, round, &[(2, 5), (4, 3)]);
    answer(&mut field, BOB, round, &[(3, 4), (5, 3)]);
    answer(&mut field, CAROL, round, &[(1, 5), (3, 3), (1, 2)]);
    (field, round)
}

fn of(answers: u16, means: Option<(u16, u16)>) -> Cell {
    Cell {
        answers,
        means: means.map(|(sure, important)| Means { sure, important }),
    }
}

/// Sales: sure 2, 3, 1 = 6 ÷ 3 = 2.0; important 5, 4, 5 = 14 ÷ 3 = 4.7; 2.7 apart. Excel: Carol alone, 1 and 2; 1.0 apart.
/// Diversion: sure 4, 5, 3 = 12 ÷ 3 = 4.0; important 3; 1.0 less than nothing.
#[test]
fn the_map_worked_by_hand() {
    let (mut field, round) = answered();
    let file = opened(&field, HR, round).unwrap();
    let topics = [(0, Topic::Sales), (1, Topic::Diversion)]
        .map(|(place, topic)| (place, NeedTopic::Of(topic)));
    let [sales, diversion] = topics;
    let excel = (2, NeedTopic::Words("用 Excel 做报价".to_owned()));
    assert_eq!(file.map.topics, [sales, excel, diversion], "widest first");
    assert_eq!(
        file.map.all,
        [of(3, Some((20, 47))), of(1, None), of(3, Some((40, 30)))]
    );
    let gaps = file.map.all.iter().map(|cell| cell.gap());
    assert_eq!(gaps.collect::<Vec<_>>(), [Some(27), None, Some(-10)]);

    let teams: Vec<_> = file.map.teams.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(teams, ["华东", "西部"]);
    let east = &file.map.teams[0];
    assert_eq!((east.answered, east.asked), (2, 3));
    assert_eq!(
        east.cells,
        [of(2, None), of(0, None), of(2, None)],
        "too few to say something of a team"
    );
    answer(&mut field, DAVE, round, &[(2, 3)]);
    let file = opened(&field, HR, round).unwrap();
    // 2 + 3 + 2 = 7 ÷ 3 = 2.3; 5 + 4 + 3 = 12 ÷ 3 = 4.0.
    assert_eq!(file.map.teams[0].cells[0], of(3, Some((23, 40))));
    let means = file.map.teams[0].cells[0].means.unwrap();
    assert_eq!(means.step(), Step::Clear);

    let people = file.map.people.iter();
    let people: Vec<_> = people
        .map(|row| (row.name.as_str(), row.cells[0].gap()))
        .collect();
    assert_eq!(
        people,
        [
            ("卡罗", Some(40)),
            ("戴夫", Some(10)),
            ("爱丽", Some(30)),
            ("鲍勃", Some(10))
        ]
    );
}

#[test]
fn who_reads_the_answers() {
    let (field, round) = answered();
    let names = |me| {
        let file = opened(&field, me, round).unwrap();
        let people = file.map.people.into_iter().map(|row| row.of);
        let people: BTreeSet<_> = people.collect();
        assert_eq!(people.len(), file.wishes.len(), "everybody wished for more");
        people
    };
    let [alice, bob, carol] = [ALICE, BOB, CAROL].map(NeedsOf::Person);
    assert_eq!(names(EAST_MANAGER), [alice, bob].into());
    assert_eq!(names(WEST_MANAGER), [carol].into());
    for me in [HR, DIRECTOR] {
        assert_eq!(names(me), [alice, bob, carol].into(), "{me}");
    }
    for me in [ALICE, ADMIN] {
        assert!(names(me).is_empty(), "{me}");
        assert!(!opened(&field, me, round).unwrap().reads, "{me}");
    }
    assert_eq!(
        opened(&field, FINANCE, round),
        None,
        "not asked, reads nobody"
    );
    assert!(
        opened(&field, EAST_MANAGER, round)
            .unwrap()
            .map
            .teams
            .is_empty(),
        "one team is its people"
    );
    assert_eq!(opened(&field, ALICE, round).unwrap().readers, ["东主管"]);

    let knowing = |key| {
        let people = field.facts.people.keys().copied();
        let key = FactKey::Training(key);
        people
            .filter(|person| may_know(*person, key, &field.facts))
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(
        knowing(TrainingKey::Answered(ALICE, round)),
        [ALICE, EAST_MANAGER, DIRECTOR, HR].into()
    );
    assert_eq!(
        knowing(TrainingKey::Round(round)).len(),
        field.facts.people.len()
    );
    let with = field.facts.keys_of(DocumentId::reviews(ALICE));
    let key = FactKey::Training(TrainingKey::Answered(ALICE, round));
    assert!(with.into_iter().any(|it| it == key));
}

#[test]
fn who_has_not_answered_is_named() {
    let (mut field, round) = answered();
    let missing = |field: &Field, me| {
        let file = opened(field, me, round).unwrap();
        let line = (file.line.answered, file.line.asked);
        let names = file.missing.into_iter().map(|(_, name)| name);
        (line, names.collect::<Vec<_>>())
    };
    assert_eq!(
        missing(&field, EAST_MANAGER),
        ((2, 3), vec!["戴夫".to_owned()])
    );
    assert_eq!(missing(&field, HR).0, (3, 4));
    assert_eq!(missing(&field, WEST_MANAGER), ((1, 1), Vec::new()));
    // Who has answered and gone on to something else is not missed, and what they said stays.
    field.hire(CAROL, "卡罗", &[Role::OrderDesk], Some(WEST));
    assert_eq!(missing(&field, WEST_MANAGER), ((1, 1), Vec::new()));
}

#[test]
fn a_cell_tells_whose_answers_it_is_made_of_and_what_quizzes_say() {
    let (mut field, round) = answered();
    let course = crate::training::add(&mut field);
    crate::training::answer_right(&mut field, course);
    let of_alice = NeedsOf::Person(ALICE);
    let file = cell(&field, EAST_MANAGER, round, 1, of_alice).unwrap();
    assert_eq!(
        (file.name.as_str(), file.cell),
        ("爱丽", of(1, Some((40, 30))))
    );
    assert_eq!(file.topic, NeedTopic::Of(Topic::Diversion));
    assert_eq!(file.courses, [(course, "飞单案例一".to_owned())]);
    let quizzes = file.people[0].quizzes;
    let expected = Quizzes {
        right: 2,
        of: 2,
        passed: 1,
        courses: 1,
    };
    assert_eq!(quizzes, expected);

    let east = cell(&field, HR, round, 1, NeedsOf::Team(Some(EAST))).unwrap();
    assert_eq!((east.name.as_str(), east.cell), ("华东", of(2, None)));
    let people: Vec<_> = east.people.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(people, ["爱丽", "鲍勃"], "1 less and 2 less than nothing");
    let nothing = Quizzes {
        courses: 1,
        ..Quizzes::default()
    };
    assert_eq!(east.people[1].quizzes, nothing);

    let sales = cell(&field, HR, round, 0, of_alice).unwrap();
    assert!(sales.courses.is_empty(), "there is no course of sales");
    assert_eq!(cell(&field, WEST_MANAGER, round, 1, of_alice), None);
    assert_eq!(cell(&field, ALICE, round, 1, of_alice), None);
    assert_eq!(cell(&field, HR, round, 9, of_alice), None);
}

#[test]
fn what_a_round_can_ask_about_is_what_there_is_to_learn() {
    let mut field = field();
    assert!(rounds(&field, HR).topics.is_empty());
    crate::training::add(&mut field);
    crate::library::add(&mut field, "价格异议应对");
    let view = rounds(&field, HR);
    assert_eq!(view.topics, [Topic::Sales, Topic::Diversion]);
    assert!(view.may_open && view.may_ask_all);
    assert_eq!(view.teams.len(), 2);
    let of_east = rounds(&field, EAST_MANAGER);
    assert!(of_east.may_open && !of_east.may_ask_all);
    assert_eq!(of_east.teams, [(EAST, "华东".to_owned())]);
    assert!(!rounds(&field, ALICE).may_open);
}

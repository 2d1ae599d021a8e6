//! Surveys: who asks whom, that a link works once, who learns what of the answers, and what becomes of them in a review.

use caravan_domain::calendar::{Period, Span};
use caravan_domain::clients::command::ClientCommand;
use caravan_domain::clients::erasure::{EraseClient, ErasureReason};
use caravan_domain::clients::ownership::OwnershipDecision;
use caravan_domain::command::{Command, CommandError, RecordRef};
use caravan_domain::decision::{Decision, Refusal};
use caravan_domain::document::DocumentId;
use caravan_domain::facts::FactKey;
use caravan_domain::id::{ClientId, PersonId, ReplyId, SurveyId};
use caravan_domain::policy;
use caravan_domain::query::{Answer, Query};
use caravan_domain::reviews::command::ReviewRef;
use caravan_domain::reviews::measure::Measure;
use caravan_domain::reviews::score::{Figure, Says};
use caravan_domain::surveys::decision::{GOOD_DAYS, REST_DAYS, SurveyDecision};
use caravan_domain::surveys::list::{
    ClientSurveys, FeedbackFilter, FeedbackLine, FeedbackList, FeedbackPage, SurveyStage,
};
use caravan_domain::surveys::record::{Agreed, STEP, Satisfaction, SurveyDigest};
use caravan_domain::surveys::taking::{Closed, Given, asked, take};
use proptest::prelude::*;

use crate::field::{
    ALICE, BOB, CAROL, DIRECTOR, EAST_MANAGER, FINANCE, Field, MORNING, WEST_MANAGER, id, named,
    today,
};

fn review(person: PersonId) -> Query {
    Query::Review(ReviewRef {
        person,
        period: Period::of(Span::Month, today()),
    })
}

const DAY: i64 = 24 * 60 * 60 * 1000;

/// A secret's hash is told apart by one byte here.
const fn hash(n: u8) -> [u8; 32] {
    [n; 32]
}

fn issue(n: u8, client: ClientId, about: PersonId) -> SurveyDecision {
    SurveyDecision::Issue {
        survey: SurveyId(id(n)),
        client,
        about,
        secret_hash: hash(n),
    }
}

fn given(satisfaction: Satisfaction, words: &str) -> Given {
    Given {
        satisfaction,
        points: [Some(Agreed::Yes), None, Some(Agreed::No)],
        words: words.to_owned(),
    }
}

fn run(field: &mut Field, me: PersonId, decision: SurveyDecision) -> Result<(), Refusal> {
    match field.run(me, Command::Survey(decision)) {
        Ok(_) => Ok(()),
        Err(CommandError::Refused(refusal)) => Err(refusal),
        Err(other) => panic!("{other}"),
    }
}

/// As the relay does, from a browser that nobody is signed in to.
fn answer(field: &mut Field, n: u8, given: Given) -> Result<(), Closed> {
    answer_from(field, n, given, false)
}

fn answer_from(field: &mut Field, n: u8, given: Given, signed_in: bool) -> Result<(), Closed> {
    answer_as(field, ReplyId(id(n)), n, given, signed_in)
}

fn answer_as(
    field: &mut Field,
    reply: ReplyId,
    n: u8,
    given: Given,
    signed_in: bool,
) -> Result<(), Closed> {
    for change in take(&hash(n), given, reply, signed_in, field.now, &field.facts)? {
        field.facts.apply(change.clone());
        field.settled.apply(change);
    }
    Ok(())
}

/// Of a client of their own about Alice.
fn asked_and_answered(
    field: &mut Field,
    n: u8,
    satisfaction: Satisfaction,
    words: &str,
) -> ClientId {
    let client = field.create(ALICE, named(&format!("客户{n}")));
    run(field, ALICE, issue(n, client, ALICE)).unwrap();
    answer(field, n, given(satisfaction, words)).unwrap();
    client
}

fn surveys(field: &Field, me: PersonId, client: ClientId) -> ClientSurveys {
    match field.ask(me, &Query::Surveys(client)) {
        Answer::Surveys(view) => view,
        other => panic!("{other:?}"),
    }
}

fn feedback(field: &Field, me: PersonId, show: FeedbackFilter) -> Option<FeedbackPage> {
    let list = FeedbackList {
        about: ALICE,
        show,
        first: Some(ReplyId(id(2))),
        limit: 100,
    };
    match field.ask(me, &Query::Feedback(list)) {
        Answer::Feedback(page) => page.map(|page| *page),
        other => panic!("{other:?}"),
    }
}

fn low_ones(field: &Field, me: PersonId) -> Vec<FeedbackLine> {
    match field.ask(me, &Query::Today) {
        Answer::Today(today) => today.feedback,
        other => panic!("{other:?}"),
    }
}

#[test]
fn satisfied_is_just_what_is_asked_for() {
    let percents = Satisfaction::ALL.iter().map(|it| it.percent());
    assert_eq!(percents.collect::<Vec<_>>(), [20, 40, 60, 80, 100]);
    let low = Satisfaction::ALL.iter().filter(|it| it.is_low());
    assert_eq!(low.count(), 3);
}

#[test]
fn whoever_works_with_a_client_asks_about_whoever_looks_after_it() {
    let mut field = Field::new();
    let client = field.create(ALICE, named("龙井茶庄"));
    for (person, about, outcome) in [
        (BOB, ALICE, Err(Refusal::NotAllowed)),
        (WEST_MANAGER, ALICE, Err(Refusal::NotAllowed)),
        (FINANCE, ALICE, Err(Refusal::NotAllowed)),
        (ALICE, BOB, Err(Refusal::NotAllowed)),
        (EAST_MANAGER, ALICE, Ok(())),
    ] {
        let decided = run(&mut field, person, issue(1, client, about));
        assert_eq!(decided, outcome, "{person}");
    }
    let shared = OwnershipDecision::Share { client, with: BOB };
    field.decide(ALICE, &Decision::Ownership(shared)).unwrap();
    run(&mut field, BOB, issue(2, client, BOB)).unwrap();
    let about = surveys(&field, ALICE, client).about;
    let about: Vec<_> = about.into_iter().map(|(person, _)| person).collect();
    assert_eq!(about, [ALICE, BOB], "the owner first");
    assert_eq!(surveys(&field, WEST_MANAGER, client).about, []);
}

#[test]
fn nobody_asks_until_they_like_the_answer() {
    let mut field = Field::new();
    let client = field.create(ALICE, named("龙井茶庄"));
    run(&mut field, ALICE, issue(1, client, ALICE)).unwrap();
    let again = run(&mut field, ALICE, issue(2, client, ALICE));
    assert_eq!(again, Err(Refusal::SurveyOpen));
    let same = run(&mut field, ALICE, issue(1, client, ALICE));
    assert_eq!(same, Err(Refusal::AlreadySettled));

    answer(&mut field, 1, given(Satisfaction::Dissatisfied, "")).unwrap();
    let soon = run(&mut field, EAST_MANAGER, issue(2, client, ALICE));
    assert_eq!(soon, Err(Refusal::SurveyedLately));
    field.now = MORNING.plus_millis(REST_DAYS * DAY - 1);
    let soon = run(&mut field, ALICE, issue(2, client, ALICE));
    assert_eq!(soon, Err(Refusal::SurveyedLately));
    field.now = MORNING.plus_millis(REST_DAYS * DAY);
    run(&mut field, ALICE, issue(2, client, ALICE)).unwrap();
    // One that ran out stands in nobody's way.
    field.now = field.now.plus_millis(GOOD_DAYS * DAY);
    run(&mut field, ALICE, issue(3, client, ALICE)).unwrap();
}

#[test]
fn a_link_works_once_and_for_thirty_days() {
    let mut field = Field::new();
    let (now, client) = (field.now, field.create(ALICE, named("龙井茶庄")));
    assert_eq!(asked(&hash(1), now, &field.facts), Err(Closed::Unknown));
    run(&mut field, ALICE, issue(1, client, ALICE)).unwrap();
    let open = asked(&hash(1), now, &field.facts).unwrap();
    assert_eq!((&*open.workspace_name, &*open.name), ("驼铃贸易", "爱丽"));
    let last = now.plus_millis(GOOD_DAYS * DAY);
    assert_eq!(asked(&hash(1), last, &field.facts), Err(Closed::Expired));

    answer(&mut field, 1, given(Satisfaction::Satisfied, "  好  ")).unwrap();
    let stage = surveys(&field, ALICE, client).lines[0].stage;
    assert_eq!(stage, SurveyStage::Answered(now));
    let again = answer(&mut field, 1, given(Satisfaction::VerySatisfied, ""));
    assert_eq!(again, Err(Closed::Used));
    let page = feedback(&field, EAST_MANAGER, FeedbackFilter::All).unwrap();
    assert_eq!(page.lines.len(), 1);
    let line = &page.lines[0];
    assert_eq!(line.satisfaction, Satisfaction::Satisfied);
    assert_eq!((&*line.words, &*line.client_name), ("好", "龙井茶庄"));
    assert!(line.by_themself);
    assert_eq!(page.by_others, 0);
}

#[test]
fn what_was_withdrawn_asks_nobody() {
    let mut field = Field::new();
    let client = field.create(ALICE, named("龙井茶庄"));
    run(&mut field, EAST_MANAGER, issue(1, client, ALICE)).unwrap();
    let survey = SurveyId(id(1));
    let withdraw = SurveyDecision::Withdraw { client, survey };
    for person in [BOB, WEST_MANAGER] {
        let refused = run(&mut field, person, withdraw.clone());
        assert_eq!(refused, Err(Refusal::NotAllowed));
    }
    run(&mut field, ALICE, withdraw.clone()).unwrap();
    let taken = answer(&mut field, 1, given(Satisfaction::Satisfied, ""));
    assert_eq!(taken, Err(Closed::Withdrawn));
    let twice = run(&mut field, ALICE, withdraw);
    assert_eq!(twice, Err(Refusal::AlreadySettled));
    assert!(field.facts.survey_replies.is_empty());
}

#[test]
fn single_answers_are_for_those_who_answer_for_the_person() {
    let mut field = Field::new();
    asked_and_answered(&mut field, 1, Satisfaction::Dissatisfied, "说好的样品没来");
    let reply = ReplyId(id(1));
    let (_, client, _) = *field.facts.survey_words.keys().next().unwrap();
    let single = [
        FactKey::SurveyReply(ALICE, reply),
        FactKey::SurveyWords(ALICE, client, reply),
    ];
    for (person, knows) in [
        (ALICE, false),
        (BOB, false),
        (WEST_MANAGER, false),
        (FINANCE, false),
        (EAST_MANAGER, true),
        (DIRECTOR, true),
    ] {
        for key in single {
            let may = policy::may_know(person, key, &field.facts);
            assert_eq!(may, knows, "{person} {key:?}");
        }
    }
    // They come and go with her reviews, and the link with its client.
    let document = DocumentId::reviews(ALICE);
    let with: Vec<_> = field.facts.keys_of(document).collect();
    assert!(single.iter().all(|key| with.contains(key)));
    let with: Vec<_> = field.facts.keys_of(client.into()).collect();
    assert!(with.contains(&FactKey::Survey(client, SurveyId(id(1)))));

    assert_eq!(feedback(&field, BOB, FeedbackFilter::All), None);
    let hers = feedback(&field, ALICE, FeedbackFilter::All).unwrap();
    assert!(!hers.sees_replies);
    assert_eq!(hers.digest, SurveyDigest::default());
}

#[test]
fn the_person_is_told_in_steps() {
    let mut field = Field::new();
    let told = |field: &Field| field.facts.survey_digests.get(&ALICE).copied();
    for n in 1..5 {
        asked_and_answered(&mut field, n, Satisfaction::Satisfied, "");
        assert_eq!(told(&field), None, "{n}");
    }
    // What comes from a colleague's browser is kept, shown and not counted.
    let client = field.create(ALICE, named("自己填的"));
    run(&mut field, ALICE, issue(6, client, ALICE)).unwrap();
    let best = given(Satisfaction::VerySatisfied, "");
    answer_from(&mut field, 6, best, true).unwrap();
    assert_eq!(told(&field), None);

    asked_and_answered(&mut field, 5, Satisfaction::VeryDissatisfied, "");
    let digest = told(&field).unwrap();
    assert_eq!((digest.replies, digest.percent), (5, 4 * 80 + 20));
    assert_eq!(digest.points, [[5, 0, 0], [0, 0, 0], [0, 0, 5]]);
    let page = feedback(&field, EAST_MANAGER, FeedbackFilter::All).unwrap();
    assert_eq!((page.digest, page.total), (digest, 6));
    assert_eq!(page.lines[0].reply, ReplyId(id(2)), "the one that led here");
    let signed_in = page.lines.iter().filter(|line| line.signed_in);
    assert_eq!(signed_in.count(), 1);
}

#[test]
fn a_low_answer_is_on_the_managers_mind_until_somebody_has_seen_to_it() {
    let mut field = Field::new();
    asked_and_answered(&mut field, 1, Satisfaction::SoSo, "样品没来");
    asked_and_answered(&mut field, 2, Satisfaction::Satisfied, "");
    for person in [ALICE, BOB, WEST_MANAGER, FINANCE] {
        assert_eq!(low_ones(&field, person), [], "{person}");
    }
    for person in [EAST_MANAGER, DIRECTOR] {
        let low = low_ones(&field, person);
        let words: Vec<_> = low.iter().map(|line| &*line.words).collect();
        assert_eq!(words, ["样品没来"], "{person}");
    }
    let see_to = SurveyDecision::SeeTo {
        about: ALICE,
        reply: ReplyId(id(1)),
    };
    let herself = run(&mut field, ALICE, see_to.clone());
    assert_eq!(herself, Err(Refusal::NotAllowed));
    run(&mut field, EAST_MANAGER, see_to.clone()).unwrap();
    assert_eq!(low_ones(&field, DIRECTOR), []);
    let low = feedback(&field, DIRECTOR, FeedbackFilter::Low).unwrap();
    let noted = low.lines[0].noted.as_ref().map(|(name, _)| &**name);
    assert_eq!((low.total, noted), (1, Some("东主管")));
    let twice = run(&mut field, DIRECTOR, see_to);
    assert_eq!(twice, Err(Refusal::AlreadySettled));
}

#[test]
fn with_the_client_go_its_words_and_what_was_said_in_numbers_stays() {
    let mut field = Field::new();
    let gone = asked_and_answered(&mut field, 1, Satisfaction::SoSo, "别告诉别人");
    asked_and_answered(&mut field, 2, Satisfaction::Satisfied, "挺好");
    let open = field.create(ALICE, named("还没回答"));
    run(&mut field, ALICE, issue(3, open, ALICE)).unwrap();
    for client in [gone, open] {
        let reason = ErasureReason::Asked;
        let erase = ClientCommand::Erase(EraseClient { client, reason });
        field.run(DIRECTOR, Command::Client(erase)).unwrap();
    }
    let left: Vec<_> = field.facts.survey_words.values().collect();
    assert_eq!(left, ["挺好"]);
    assert_eq!(field.facts.survey_replies.len(), 2);
    let late = answer(&mut field, 3, given(Satisfaction::Satisfied, "晚了"));
    assert_eq!(late, Err(Closed::Withdrawn));
}

#[test]
fn five_answers_make_a_figure_and_nobody_is_found_out_by_it() {
    let mut field = Field::new();
    let says = |field: &Field| {
        let Answer::Review(Some(file)) = field.ask(EAST_MANAGER, &review(ALICE)) else {
            panic!("another answer");
        };
        let indicators = file.score.dimensions.iter().flat_map(|it| &it.indicators);
        let mut indicators = indicators.filter(|it| it.measure == Measure::Satisfaction);
        let says = indicators.next().unwrap().says;
        let figures = file.figures.into_iter();
        let found = figures.filter(|it| it.measure == Measure::Satisfaction);
        (says, found.flat_map(|it| it.pieces).collect::<Vec<_>>())
    };
    for n in 1..5 {
        asked_and_answered(&mut field, n, Satisfaction::Satisfied, "");
    }
    let figure = |value, sample| Figure { value, sample };
    assert_eq!(says(&field).0, Says::TooLittle(figure(8_000, 4)));
    field.now = MORNING.plus_millis(3 * DAY + 1_234);
    asked_and_answered(&mut field, 5, Satisfaction::VerySatisfied, "");
    let (says, pieces) = says(&field);
    assert_eq!(says, Says::This(figure(8_400, 5)));
    // A submitted review goes to her with these: no client, no hour.
    let month = Period::of(Span::Month, today()).instants().start;
    for piece in pieces {
        assert!(matches!(piece.record, RecordRef::Reply(ALICE, _)));
        assert_eq!((piece.of, piece.at), (100, month));
    }
}

#[test]
fn another_manager_neither_counts_nor_sees() {
    let mut field = Field::new();
    for n in 1..=5 {
        asked_and_answered(&mut field, n, Satisfaction::Satisfied, "");
    }
    let Answer::Review(Some(file)) = field.ask(WEST_MANAGER, &review(CAROL)) else {
        panic!("another answer");
    };
    let mut figures = file.figures.iter();
    assert!(figures.all(|it| it.measure != Measure::Satisfaction));
    assert_eq!(feedback(&field, WEST_MANAGER, FeedbackFilter::All), None);
}

proptest! {
    /// Whatever is answered in whatever order: what the person knows moves by whole steps, and is what the first so many
    /// answers come to.
    #[test]
    fn no_single_answer_can_be_told_from_what_the_person_knows(
        said in proptest::collection::vec((0usize..5, any::<bool>()), 0..24)
    ) {
        let mut field = Field::new();
        let (mut replies, mut sum) = (0u32, 0u32);
        let mut expected = None;
        for (n, (level, signed_in)) in (1u8..).zip(said) {
            let client = field.create(ALICE, named(&format!("客户{n}")));
            run(&mut field, ALICE, issue(n, client, ALICE)).unwrap();
            let satisfaction = Satisfaction::ALL[level];
            answer_from(&mut field, n, given(satisfaction, ""), signed_in).unwrap();
            if !signed_in {
                replies += 1;
                sum += u32::from(satisfaction.percent());
                if replies % STEP == 0 {
                    expected = Some((replies, sum));
                }
            }
            let known = field.facts.survey_digests.get(&ALICE);
            prop_assert_eq!(known.map(|it| (it.replies, it.percent)), expected);
        }
    }

    /// Of any number of tries with any secret one answer comes at the most.
    #[test]
    fn a_link_is_answered_once_at_the_most(tries in proptest::collection::vec(0u8..4, 0..12)) {
        let mut field = Field::new();
        for n in 1..3 {
            let client = field.create(ALICE, named(&format!("客户{n}")));
            run(&mut field, ALICE, issue(n, client, ALICE)).unwrap();
        }
        for (at, n) in (1u8..).zip(tries) {
            field.now = MORNING.plus_millis(i64::from(at));
            let said = given(Satisfaction::Satisfied, "x");
            let _ = answer_as(&mut field, ReplyId(id(100 + at)), n, said, false);
        }
        let mut replies: Vec<_> = field.facts.survey_replies.values().map(|it| it.survey).collect();
        replies.sort_unstable();
        let count = replies.len();
        replies.dedup();
        prop_assert_eq!(replies.len(), count);
        prop_assert!(count <= 2);
    }
}

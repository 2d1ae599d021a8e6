//! A review from the first rating to the plan for what comes next, and who may do what about it.

use caravan_domain::calendar::{Period, Span, plus_days};
use caravan_domain::command::{Command, CommandError, Field as FormField};
use caravan_domain::decision::{Decision, Refusal};
use caravan_domain::document::{DocumentId, DocumentKind};
use caravan_domain::edit::Edit;
use caravan_domain::facts::{Fact, FactKey};
use caravan_domain::id::{Id, PersonId};
use caravan_domain::money::{BasisPoints, Fen};
use caravan_domain::policy::{is_minted, is_place_of, may_claim, may_know, may_put, may_read};
use caravan_domain::query::{Answer, Query};
use caravan_domain::reviews::command::{
    ImprovementDraft, RatingDraft, ReviewCommand, ReviewDraft, ReviewRef,
};
use caravan_domain::reviews::decision::{
    ReviewDecision, ReviewState, ReviewStep, ReviewSubmission,
};
use caravan_domain::reviews::list::{
    ReminderOf, ReviewFile, ReviewHistory, ReviewList, ReviewPage, ReviewSpread, Stage,
};
use caravan_domain::reviews::measure::Measure;
use caravan_domain::reviews::plan::{ScorePlan, ScoreRole};
use caravan_domain::reviews::record::{Improved, Review};
use caravan_domain::role::Role;
use caravan_domain::tasks::kind::TaskKind;
use caravan_domain::tasks::record::TaskDraft;
use caravan_domain::value::{Map, Value};
use jiff::civil::date;
use proptest::prelude::*;

use crate::field::{
    ADMIN, ALICE, BOB, CAROL, DIRECTOR, EAST_MANAGER, FINANCE, Field, WEST_MANAGER, id, named,
    person, today,
};

pub(crate) fn quarter() -> Period {
    Period::of(Span::Quarter, today())
}

pub(crate) const fn of(person: PersonId, period: Period) -> ReviewRef {
    ReviewRef { person, period }
}

fn hers() -> ReviewRef {
    of(ALICE, quarter())
}

pub(crate) fn rating(measure: Measure, level: u8) -> RatingDraft {
    RatingDraft {
        measure,
        level: Some(level),
        evidence: "11月3日带新人跑客户".to_owned(),
    }
}

pub(crate) fn draft(review: ReviewRef, level: u8, feedback: &str) -> ReviewDraft {
    ReviewDraft {
        review,
        ratings: vec![rating(Measure::TeamWork, level)],
        feedback: feedback.to_owned(),
    }
}

fn run(field: &mut Field, me: PersonId, command: ReviewCommand) -> Result<(), CommandError> {
    field.run(me, Command::Review(command)).map(drop)
}

fn file(field: &Field, me: PersonId, review: ReviewRef) -> Option<Box<ReviewFile>> {
    match field.ask(me, &Query::Review(review)) {
        Answer::Review(file) => file,
        other => panic!("{other:?}"),
    }
}

fn page(field: &Field, me: PersonId) -> ReviewPage {
    let list = ReviewList {
        span: Span::Quarter,
        on: today(),
    };
    match field.ask(me, &Query::Reviews(list)) {
        Answer::Reviews(page) => page,
        other => panic!("{other:?}"),
    }
}

pub(crate) fn submit(
    field: &mut Field,
    me: PersonId,
    review: ReviewRef,
) -> Result<Id, CommandError> {
    let figures = file(field, me, review)
        .map(|it| it.figures)
        .unwrap_or_default();
    let draft = draft(review, 4, "稳，客户都信任你");
    run(field, me, ReviewCommand::Submit { draft, figures })?;
    let standing = &field.facts.reviews[&(review.person, review.period)];
    Ok(standing.submission.frozen)
}

fn state(field: &Field) -> ReviewState {
    field.facts.reviews[&(ALICE, quarter())].state
}

fn reminders(field: &Field, me: PersonId) -> Vec<ReminderOf> {
    match field.ask(me, &Query::Today) {
        Answer::Today(view) => view.reviews.iter().map(|it| it.what).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_review_is_written_submitted_and_acknowledged() {
    let mut field = Field::new();
    field.create(ALICE, named("顺丰便利店"));
    run(
        &mut field,
        EAST_MANAGER,
        ReviewCommand::Save(draft(hers(), 4, "稳")),
    )
    .unwrap();
    let lines = page(&field, EAST_MANAGER).lines;
    let line = lines.iter().find(|line| line.review == hers()).unwrap();
    assert_eq!(line.stage, Stage::UnderWay);
    // What is still being written is not for the person yet.
    let seen = file(&field, ALICE, hers()).unwrap();
    assert!(seen.ratings.is_empty() && seen.feedback.is_empty());
    assert_eq!(page(&field, ALICE).lines.len(), 1);

    let id = submit(&mut field, EAST_MANAGER, hers()).unwrap();
    let seen = file(&field, ALICE, hers()).unwrap();
    assert!(seen.is_frozen && seen.as_submitted);
    assert_eq!(seen.feedback[0].0.text, "稳，客户都信任你");
    assert_eq!(seen.ratings[0].0.level, Some(4));
    assert_eq!(&*seen.submitted_by_name, "东主管");
    assert!(seen.may.acknowledge && seen.may.dispute && !seen.may.write);
    assert_eq!(reminders(&field, ALICE), [ReminderOf::Read]);

    run(&mut field, ALICE, ReviewCommand::Acknowledge(hers(), id)).unwrap();
    assert_eq!(state(&field), ReviewState::Acknowledged);
    assert_eq!(reminders(&field, ALICE), []);
    let standing = &field.facts.reviews[&(ALICE, quarter())];
    assert_eq!(standing.payable(), Some(standing.submission.bonus));
    let reopen = ReviewCommand::Reopen(hers(), id, "错了".to_owned());
    assert_eq!(
        run(&mut field, EAST_MANAGER, reopen),
        Err(Refusal::AlreadySettled.into())
    );
}

#[test]
fn what_was_submitted_stays_whatever_becomes_of_its_records() {
    let mut field = Field::new();
    for name in ["一", "二", "三"] {
        field.create(ALICE, named(name));
    }
    submit(&mut field, EAST_MANAGER, hers()).unwrap();
    let before = file(&field, ALICE, hers()).unwrap();
    for name in ["四", "五"] {
        field.create(ALICE, named(name));
    }
    run(
        &mut field,
        DIRECTOR,
        ReviewCommand::Save(draft(hers(), 0, "不同意")),
    )
    .unwrap();
    let mut plan = ScorePlan::usual(ScoreRole::Sales);
    plan.in_force_from = date(2026, 11, 1);
    plan.grades.truncate(1);
    run(
        &mut field,
        DIRECTOR,
        ReviewCommand::ChangePlan(ScoreRole::Sales, plan),
    )
    .unwrap();
    let after = file(&field, ALICE, hers()).unwrap();
    assert_eq!(
        (&after.score, &after.figures),
        (&before.score, &before.figures)
    );
    assert_eq!(
        (&after.plan, &after.feedback),
        (&before.plan, &before.feedback)
    );
    let new = before
        .figures
        .iter()
        .find(|it| it.measure == Measure::NewClients);
    assert_eq!(new.unwrap().pieces.len(), 3, "down to the records");
    assert!(after.as_submitted);
}

#[test]
fn what_is_added_to_a_submission_is_seen() {
    let mut field = Field::new();
    let frozen = submit(&mut field, EAST_MANAGER, hers())
        .unwrap()
        .to_string();
    let document = DocumentId::reviews(ALICE);
    let period = quarter().to_string();
    let path = [
        "reviews", &period, "frozen", &frozen, "figures", "sales", "value",
    ];
    field.write(&Edit::put(document, &path, 99_999_999));
    field.project(document);
    assert!(!file(&field, ALICE, hers()).unwrap().as_submitted);
}

#[test]
fn nobody_submits_without_a_word_or_rates_without_evidence() {
    let mut field = Field::new();
    let wordless = ReviewCommand::Submit {
        draft: draft(hers(), 4, " "),
        figures: Vec::new(),
    };
    assert_eq!(
        run(&mut field, EAST_MANAGER, wordless),
        Err(CommandError::Blank(FormField::Feedback))
    );
    let mut bare = draft(hers(), 4, "好");
    bare.ratings[0].evidence = " ".to_owned();
    assert_eq!(
        run(&mut field, EAST_MANAGER, ReviewCommand::Save(bare)),
        Err(CommandError::Blank(FormField::Evidence))
    );
    let mut counted = draft(hers(), 4, "好");
    counted.ratings[0].measure = Measure::Sales;
    assert_eq!(
        run(&mut field, EAST_MANAGER, ReviewCommand::Save(counted)),
        Err(CommandError::Malformed(FormField::Level))
    );
    assert_eq!(
        run(
            &mut field,
            EAST_MANAGER,
            ReviewCommand::Save(draft(hers(), 6, "好"))
        ),
        Err(CommandError::Malformed(FormField::Level))
    );
}

#[test]
fn the_reviewer_is_the_teams_manager_or_a_director() {
    let hr = person(31);
    for (who, may) in [
        (EAST_MANAGER, true),
        (DIRECTOR, true),
        (WEST_MANAGER, false),
        (BOB, false),
        (ALICE, false),
        (CAROL, false),
        (FINANCE, false),
        (ADMIN, false),
        (hr, false),
    ] {
        let mut field = Field::new();
        field.hire(hr, "人事", &[Role::Hr], None);
        assert_eq!(submit(&mut field, who, hers()).is_ok(), may, "{who:?}");
    }
    // Nobody reviews themself, whoever they are.
    let mut field = Field::new();
    for me in [EAST_MANAGER, DIRECTOR] {
        let mine = of(me, quarter());
        assert_eq!(submit(&mut field, me, mine), Err(CommandError::NotAllowed));
    }
    assert!(submit(&mut field, DIRECTOR, of(EAST_MANAGER, quarter())).is_ok());
}

#[test]
fn a_person_reads_only_their_own() {
    let mut field = Field::new();
    submit(&mut field, EAST_MANAGER, hers()).unwrap();
    let key = FactKey::Review(ALICE, quarter());
    assert_eq!(key.document(), Some(DocumentId::reviews(ALICE)));
    let keys: Vec<_> = field.facts.keys_of(DocumentId::reviews(ALICE)).collect();
    assert_eq!(keys, [key]);
    assert!(field.facts.keys().any(|it| it == key));
    assert_eq!(
        field.facts.get(key),
        field
            .facts
            .reviews
            .get(&(ALICE, quarter()))
            .cloned()
            .map(Fact::Review)
    );
    for (who, may) in [
        (ALICE, true),
        (EAST_MANAGER, true),
        (DIRECTOR, true),
        (BOB, false),
        (CAROL, false),
        (WEST_MANAGER, false),
        (FINANCE, false),
        (ADMIN, false),
    ] {
        assert_eq!(may_read(who, DocumentId::reviews(ALICE), &field.facts), may);
        assert_eq!(may_know(who, key, &field.facts), may, "{who:?}");
        assert_eq!(file(&field, who, hers()).is_some(), may, "{who:?}");
        let history = field.ask(who, &Query::ReviewHistory(ALICE));
        assert_eq!(matches!(history, Answer::ReviewHistory(Some(_))), may);
    }
    let hers_alone = page(&field, BOB).lines;
    assert!(hers_alone.iter().all(|line| line.review.person == BOB));
}

#[test]
fn a_dispute_is_answered_in_words() {
    let mut field = Field::new();
    let id = submit(&mut field, EAST_MANAGER, hers()).unwrap();
    let dispute = |text: &str| ReviewCommand::Dispute(hers(), id, text.to_owned());
    assert_eq!(
        run(&mut field, ALICE, dispute(" ")),
        Err(CommandError::Blank(FormField::Reason))
    );
    assert_eq!(
        run(&mut field, BOB, dispute("不对")),
        Err(CommandError::NotAllowed)
    );
    run(&mut field, ALICE, dispute("十月的退货不是我的单")).unwrap();
    assert_eq!(state(&field), ReviewState::Disputed);
    assert_eq!(field.facts.reviews[&(ALICE, quarter())].payable(), None);
    assert_eq!(reminders(&field, EAST_MANAGER), [ReminderOf::Answer]);
    assert_eq!(
        reminders(&field, DIRECTOR),
        [],
        "she has a manager who answers"
    );
    let acknowledge = ReviewCommand::Acknowledge(hers(), id);
    assert_eq!(
        run(&mut field, ALICE, acknowledge.clone()),
        Err(Refusal::AlreadySettled.into())
    );

    let uphold = ReviewCommand::Uphold(hers(), id, "查过，是你的单".to_owned());
    run(&mut field, EAST_MANAGER, uphold).unwrap();
    assert_eq!(state(&field), ReviewState::Upheld);
    let seen = file(&field, ALICE, hers()).unwrap();
    let turns: Vec<_> = seen
        .exchange
        .iter()
        .map(|turn| (turn.objects, &*turn.said.text))
        .collect();
    assert_eq!(turns.len(), 2);
    assert!(
        turns.contains(&(true, "十月的退货不是我的单"))
            && turns.contains(&(false, "查过，是你的单"))
    );
    assert_eq!(
        run(&mut field, ALICE, dispute("还是不对")),
        Err(Refusal::AlreadySettled.into())
    );
    run(&mut field, ALICE, acknowledge).unwrap();
    assert_eq!(state(&field), ReviewState::Acknowledged);
}

#[test]
fn what_was_taken_back_is_submitted_anew() {
    let mut field = Field::new();
    let id = submit(&mut field, EAST_MANAGER, hers()).unwrap();
    let dispute = ReviewCommand::Dispute(hers(), id, "漏了三家".to_owned());
    run(&mut field, ALICE, dispute).unwrap();
    let reopen = ReviewCommand::Reopen(hers(), id, "你说得对".to_owned());
    run(&mut field, EAST_MANAGER, reopen).unwrap();
    assert_eq!(page(&field, ALICE).lines[0].stage, Stage::Reopened);
    field.create(ALICE, named("漏的一家"));
    let again = submit(&mut field, EAST_MANAGER, hers()).unwrap();
    assert_ne!(again, id);
    // Whoever still looks at the first says nothing to the second.
    let late = ReviewCommand::Acknowledge(hers(), id);
    assert_eq!(
        run(&mut field, ALICE, late),
        Err(Refusal::NotAsSubmitted.into())
    );
    run(&mut field, ALICE, ReviewCommand::Acknowledge(hers(), again)).unwrap();
}

#[test]
fn of_two_who_submit_at_once_the_first_counts() {
    let mut field = Field::new();
    let propose = |field: &mut Field, me, level, words: &str| {
        let draft = draft(hers(), level, words);
        let figures = Vec::new();
        let command = Command::Review(ReviewCommand::Submit { draft, figures });
        field.propose(me, command).unwrap()
    };
    let one = propose(&mut field, EAST_MANAGER, 4, "稳");
    let other = propose(&mut field, DIRECTOR, 1, "要快");
    for edit in one.edits.iter().chain(&other.edits) {
        field.write(edit);
    }
    field.project(DocumentId::reviews(ALICE));
    field.decide(DIRECTOR, &other.decisions[0]).unwrap();
    let late = field.decide(EAST_MANAGER, &one.decisions[0]);
    assert_eq!(late, Err(Refusal::AlreadySettled));
    let seen = file(&field, ALICE, hers()).unwrap();
    assert!(seen.as_submitted);
    assert_eq!(&*seen.submitted_by_name, "总监");
    assert_eq!(
        seen.feedback.len(),
        1,
        "the other's is not in what was submitted"
    );
    assert_eq!(
        seen.score.total,
        Some(BasisPoints(2_000)),
        "1 of 5 is all that is known"
    );
}

#[test]
fn an_answer_and_an_acknowledgement_at_once_are_settled_by_who_is_first() {
    let step = |step| {
        Decision::Review(ReviewDecision::Step {
            person: ALICE,
            period: quarter(),
            step,
        })
    };
    let submitted = || {
        let mut field = Field::new();
        let id = submit(&mut field, EAST_MANAGER, hers()).unwrap();
        (field, id)
    };
    let (mut field, id) = submitted();
    field.decide(ALICE, &step(ReviewStep::Dispute(id))).unwrap();
    // A second submission against the dispute, from somebody who has not heard of it.
    let mut another = field.facts.reviews[&(ALICE, quarter())].submission.clone();
    another.frozen = caravan_domain::id::Id::MAX;
    let late = field.decide(DIRECTOR, &step(ReviewStep::Submit(another)));
    assert_eq!(late, Err(Refusal::AlreadySettled));

    let (mut field, id) = submitted();
    field
        .decide(EAST_MANAGER, &step(ReviewStep::Reopen(id)))
        .unwrap();
    for late in [ReviewStep::Dispute(id), ReviewStep::Acknowledge(id)] {
        assert_eq!(
            field.decide(ALICE, &step(late)),
            Err(Refusal::AlreadySettled)
        );
    }
    let (mut field, id) = submitted();
    field
        .decide(ALICE, &step(ReviewStep::Acknowledge(id)))
        .unwrap();
    let late = field.decide(EAST_MANAGER, &step(ReviewStep::Reopen(id)));
    assert_eq!(late, Err(Refusal::AlreadySettled));
}

#[test]
fn the_relay_takes_no_total_that_the_plan_does_not_give_its_name() {
    let mut field = Field::new();
    submit(&mut field, EAST_MANAGER, hers()).unwrap();
    let honest = field.facts.reviews[&(ALICE, quarter())].submission.clone();
    let fresh = of(BOB, quarter());
    let take = |field: &mut Field, submission: ReviewSubmission| {
        field.decide(
            EAST_MANAGER,
            &Decision::Review(ReviewDecision::Step {
                person: fresh.person,
                period: fresh.period,
                step: ReviewStep::Submit(submission),
            }),
        )
    };
    for forged in [
        ReviewSubmission {
            bonus: Fen::yuan(9_999),
            ..honest.clone()
        },
        ReviewSubmission {
            grade: "A".to_owned(),
            ..honest.clone()
        },
        ReviewSubmission {
            total: Some(BasisPoints(10_001)),
            ..honest.clone()
        },
        ReviewSubmission {
            number: 1,
            ..honest.clone()
        },
        ReviewSubmission {
            role: ScoreRole::AfterSales,
            ..honest.clone()
        },
    ] {
        assert_eq!(take(&mut field, forged), Err(Refusal::NotAsSubmitted));
    }
    take(&mut field, honest.clone()).unwrap();
    let ahead = Decision::Review(ReviewDecision::Step {
        person: BOB,
        period: quarter().moved(1),
        step: ReviewStep::Submit(honest),
    });
    assert_eq!(field.decide(EAST_MANAGER, &ahead), Err(Refusal::OutOfRange));
}

#[test]
fn two_reviewers_who_write_offline_both_have_their_say() {
    let mut field = Field::new();
    let one = ReviewCommand::Save(draft(hers(), 5, "带人很好"));
    let other = ReviewCommand::Save(draft(hers(), 2, "报告总是晚"));
    let one = field.propose(EAST_MANAGER, Command::Review(one)).unwrap();
    let other = field.propose(DIRECTOR, Command::Review(other)).unwrap();
    for edit in other.edits.iter().chain(&one.edits) {
        field.write(edit);
    }
    field.project(DocumentId::reviews(ALICE));
    let seen = file(&field, EAST_MANAGER, hers()).unwrap();
    assert_eq!((seen.ratings.len(), seen.feedback.len()), (2, 2));
    let attitude = &seen.score.dimensions[2];
    // 3.50 of 5.
    assert_eq!(attitude.points, Some(BasisPoints(7_000)));
    // The same again is nothing new; another level is one entry more and leaves the other's alone.
    let again = ReviewCommand::Save(draft(hers(), 5, "带人很好"));
    let again = field.propose(EAST_MANAGER, Command::Review(again)).unwrap();
    assert_eq!(again.edits.len(), 0);
    field.now = field.now.plus_millis(1_000);
    run(
        &mut field,
        EAST_MANAGER,
        ReviewCommand::Save(draft(hers(), 4, "带人很好")),
    )
    .unwrap();
    let seen = file(&field, DIRECTOR, hers()).unwrap();
    assert_eq!(seen.score.dimensions[2].points, Some(BasisPoints(6_000)));
    field.now = field.now.plus_millis(1_000);
    let mut silent = draft(hers(), 4, "带人很好");
    silent.ratings[0].level = None;
    run(&mut field, EAST_MANAGER, ReviewCommand::Save(silent)).unwrap();
    let seen = file(&field, DIRECTOR, hers()).unwrap();
    assert_eq!(seen.ratings.len(), 1, "taken back");
    let spread = match field.ask(DIRECTOR, &Query::ReviewSpread(quarter())) {
        Answer::ReviewSpread(spread) => spread,
        other => panic!("{other:?}"),
    };
    let ReviewSpread { raters, all, .. } = spread;
    assert_eq!((raters.len(), all.count, all.mean), (1, 1, 200));
}

#[test]
fn raters_are_shown_beside_each_other() {
    let mut field = Field::new();
    for (rater, person, level) in [
        (EAST_MANAGER, ALICE, 5),
        (EAST_MANAGER, BOB, 4),
        (DIRECTOR, ALICE, 2),
        (WEST_MANAGER, CAROL, 1),
    ] {
        let draft = draft(of(person, quarter()), level, "说明");
        run(&mut field, rater, ReviewCommand::Save(draft)).unwrap();
    }
    submit(&mut field, EAST_MANAGER, of(BOB, quarter())).unwrap();
    let Answer::ReviewSpread(spread) = field.ask(DIRECTOR, &Query::ReviewSpread(quarter())) else {
        panic!("another answer");
    };
    let line = |rater| spread.raters.iter().find(|it| it.rater == rater).unwrap();
    let east = line(EAST_MANAGER);
    assert_eq!(
        (
            east.ratings.count,
            east.ratings.least,
            east.ratings.mean,
            east.ratings.most
        ),
        (2, 400, 450, 500)
    );
    assert_eq!((east.totals.count, line(DIRECTOR).totals.count), (1, 0));
    assert_eq!(spread.all.mean, 300);
    assert_eq!(spread.shared.len(), 1);
    let levels: Vec<_> = spread.shared[0]
        .levels
        .iter()
        .map(|(_, level)| *level)
        .collect();
    assert_eq!(levels.iter().max(), Some(&5));
    assert!(spread.coverage.is_whole());
    let Answer::ReviewSpread(seen) = field.ask(ALICE, &Query::ReviewSpread(quarter())) else {
        panic!("another answer");
    };
    assert!(
        seen.raters.is_empty(),
        "nobody learns who rated them in comparison with whom"
    );
}

#[test]
fn gaps_become_tasks_and_courses_that_are_looked_at_again() {
    let mut field = Field::new();
    let course = crate::training::add(&mut field);
    let recheck = plus_days(today(), 30);
    let task = TaskDraft {
        assignee: ALICE,
        title: "补齐客户档案".to_owned(),
        detail: String::new(),
        kind: TaskKind::Other,
        due: Some(recheck),
        client: None,
        difficulty: None,
        estimate: None,
    };
    let plan = ImprovementDraft {
        review: hers(),
        gaps: [Measure::Completeness].into(),
        text: "先把档案补齐".to_owned(),
        recheck,
        tasks: vec![task.clone()],
        courses: vec![course],
    };
    let late = ImprovementDraft {
        recheck: today(),
        ..plan.clone()
    };
    assert_eq!(
        run(&mut field, EAST_MANAGER, ReviewCommand::Improve(late)),
        Err(CommandError::Malformed(FormField::Date))
    );
    let another = ImprovementDraft {
        tasks: vec![TaskDraft {
            assignee: BOB,
            ..task
        }],
        ..plan.clone()
    };
    assert_eq!(
        run(&mut field, EAST_MANAGER, ReviewCommand::Improve(another)),
        Err(CommandError::NotAllowed)
    );
    run(&mut field, EAST_MANAGER, ReviewCommand::Improve(plan)).unwrap();
    let seen = file(&field, ALICE, hers()).unwrap();
    let line = &seen.plans[0];
    assert_eq!((line.tasks.len(), &*line.tasks[0].1), (1, "补齐客户档案"));
    assert!(!line.courses[0].2);
    crate::training::read_all(&mut field, course);
    crate::training::answer_right(&mut field, course);
    assert!(
        file(&field, ALICE, hers()).unwrap().plans[0].courses[0].2,
        "passed since"
    );
    assert_eq!(reminders(&field, EAST_MANAGER), []);

    field.now = caravan_domain::calendar::start_of(recheck);
    assert!(reminders(&field, EAST_MANAGER).contains(&ReminderOf::Recheck));
    assert!(reminders(&field, ALICE).contains(&ReminderOf::Recheck));
    let check = ReviewCommand::Check {
        review: hers(),
        plan: line.plan.id,
        improved: Improved::Partly,
        text: String::new(),
    };
    run(&mut field, EAST_MANAGER, check).unwrap();
    assert!(!reminders(&field, EAST_MANAGER).contains(&ReminderOf::Recheck));
    let seen = file(&field, ALICE, hers()).unwrap();
    assert_eq!(
        seen.plans[0].check.as_ref().map(|it| it.improved),
        Some(Improved::Partly)
    );
}

#[test]
fn reviews_come_to_mind_before_they_are_due() {
    let mut field = Field::new();
    assert_eq!(
        reminders(&field, EAST_MANAGER),
        [],
        "nobody was there last quarter"
    );
    // A week before the quarter ends.
    field.now = caravan_domain::calendar::start_of(date(2026, 12, 25));
    assert_eq!(
        reminders(&field, EAST_MANAGER),
        [ReminderOf::Write, ReminderOf::Write, ReminderOf::Coming]
    );
    assert_eq!(reminders(&field, ALICE), [ReminderOf::Coming]);
    assert_eq!(
        reminders(&field, DIRECTOR),
        [ReminderOf::Write, ReminderOf::Write],
        "of managers"
    );
    field.now = caravan_domain::calendar::start_of(date(2027, 1, 20));
    submit(&mut field, EAST_MANAGER, hers()).unwrap();
    assert_eq!(
        reminders(&field, EAST_MANAGER),
        [ReminderOf::Write, ReminderOf::Coming]
    );
}

#[test]
fn one_person_is_shown_over_time() {
    let mut field = Field::new();
    submit(&mut field, EAST_MANAGER, of(ALICE, quarter())).unwrap();
    submit(&mut field, EAST_MANAGER, of(ALICE, quarter().moved(-1))).unwrap();
    let Answer::ReviewHistory(Some(history)) =
        field.ask(EAST_MANAGER, &Query::ReviewHistory(ALICE))
    else {
        panic!("another answer");
    };
    let ReviewHistory {
        months, reviews, ..
    } = history;
    assert_eq!(
        (months.len(), months[0].period),
        (1, Period::of(Span::Month, today())),
        "since she came"
    );
    let periods: Vec<_> = reviews.iter().map(|it| it.period).collect();
    assert_eq!(periods, [quarter().moved(-1), quarter()]);
}

#[test]
fn every_place_is_written_once_by_its_own_side() {
    let field = Field::new();
    let steps = |path: &str| path.split('/').map(str::to_owned).collect::<Vec<_>>();
    let document = DocumentId::reviews(ALICE);
    let place_of = |who, path: &str| is_place_of(who, document, &steps(path), &field.facts);
    for place in [
        "ratings",
        "feedback",
        "interviews",
        "answers",
        "frozen",
        "plans",
        "checks",
    ] {
        let path = format!("reviews/2026-Q4/{place}/1");
        assert!(
            place_of(EAST_MANAGER, &path) && place_of(DIRECTOR, &path),
            "{path}"
        );
        assert!(!place_of(ALICE, &path) && !place_of(BOB, &path), "{path}");
        assert!(may_put(DocumentKind::Reviews, &steps(&path), false));
        assert!(!may_put(DocumentKind::Reviews, &steps(&path), true));
        assert!(is_minted(DocumentKind::Reviews, &steps(&path)));
    }
    assert!(place_of(ALICE, "reviews/2026-Q4/objections/1"));
    assert!(!place_of(EAST_MANAGER, "reviews/2026-Q4/objections/1"));
    for path in [
        "reviews/2026-Q4",
        "reviews/2026-Q4/ratings",
        "reviews/2026-Q4/ratings/1/level",
        "ratings/1/level",
    ] {
        assert!(
            !may_put(DocumentKind::Reviews, &steps(path), false),
            "{path}"
        );
    }
    let by = |who: PersonId| Map::from([("by".to_owned(), Value::from(who.to_string()))]);
    let claims = |path: &str, written: Map| {
        may_claim(
            DocumentKind::Reviews,
            &steps(path),
            &Value::Map(written),
            EAST_MANAGER,
        )
    };
    assert!(claims("reviews/2026-Q4/ratings/1", by(EAST_MANAGER)));
    assert!(!claims("reviews/2026-Q4/ratings/1", by(DIRECTOR)));
    assert!(!claims("reviews/2026-Q4/ratings/1", Map::new()));
    assert!(
        !claims("reviews/2026-Q4/frozen/1", by(EAST_MANAGER)),
        "without a word to the person"
    );
    let _ = id(1);
}

proptest! {
    #[test]
    fn entries_agree_in_any_order(levels in proptest::collection::vec((0u8..=5, any::<bool>()), 1..12), seed: u64) {
        let mut field = Field::new();
        let mut edits = Vec::new();
        for (turn, (level, by_director)) in levels.iter().enumerate() {
            let me = if *by_director { DIRECTOR } else { EAST_MANAGER };
            let command = ReviewCommand::Save(draft(hers(), *level, &format!("{turn}")));
            field.now = field.now.plus_millis(1_000);
            edits.extend(field.propose(me, Command::Review(command)).unwrap().edits);
        }
        let read = |edits: &[Edit]| {
            let mut field = Field::new();
            for edit in edits {
                field.write(edit);
            }
            let document = DocumentId::reviews(ALICE);
            field.project(document);
            let review = Review::read_all(ALICE, &field.trees[&document]);
            (review, file(&field, DIRECTOR, hers()))
        };
        let straight = read(&edits);
        let mut turned = edits.clone();
        let length = turned.len();
        turned.rotate_left(usize::try_from(seed % length as u64).unwrap());
        if seed.is_multiple_of(2) {
            turned.reverse();
        }
        prop_assert_eq!(straight, read(&turned));
    }
}

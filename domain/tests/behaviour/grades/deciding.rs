//! Who decides what about whom.

use caravan_domain::calendar::plus_days;
use caravan_domain::command::{Command, CommandError, Field as FormField};
use caravan_domain::decision::Refusal;
use caravan_domain::grades::command::{GradeCommand, ProposalDraft};
use caravan_domain::grades::criterion::Criterion;
use caravan_domain::grades::decision::{GradeStep, Proposal, Setting};
use caravan_domain::grades::list::GradeReminderOf;
use caravan_domain::grades::standing::{GradeStanding, PromotionState};
use caravan_domain::id::PromotionId;
use caravan_domain::role::Role;
use proptest::prelude::*;

use super::{
    BEGINNER, HR, LEAD, OTHER_DIRECTOR, SENIOR, accept, decline, office, proposal, set, setting,
};
use crate::field::{
    ADMIN, ALICE, BOB, DIRECTOR, EAST, EAST_MANAGER, FINANCE, WEST_MANAGER, id, today,
};

#[test]
fn directors_and_hr_set_grades_but_not_their_own() {
    let mut field = office();
    for actor in [ALICE, EAST_MANAGER, ADMIN, FINANCE] {
        let refused = field.take(actor, ALICE, set(BEGINNER, today()));
        assert_eq!(refused, Err(Refusal::NotAllowed));
    }
    field.take(HR, ALICE, set(BEGINNER, today())).unwrap();
    assert_eq!(
        field.take(DIRECTOR, DIRECTOR, set(LEAD, today())),
        Err(Refusal::NotAllowed)
    );
    let unsaid = GradeStep::Set(Setting {
        rung: SENIOR,
        reason: " ".to_owned(),
        ..setting()
    });
    assert_eq!(
        field.take(DIRECTOR, ALICE, unsaid),
        Err(Refusal::OutOfRange),
        "whoever has a grade is told why it becomes another"
    );
    let unknown = GradeStep::Set(Setting {
        ladder: 2,
        ..setting()
    });
    assert_eq!(field.take(DIRECTOR, ALICE, unknown), Err(Refusal::NotFound));
    let far = set(SENIOR, plus_days(today(), 400));
    assert_eq!(field.take(DIRECTOR, ALICE, far), Err(Refusal::OutOfRange));
    field
        .take(DIRECTOR, ALICE, set(SENIOR, plus_days(today(), 10)))
        .unwrap();
    assert_eq!(field.holds(ALICE, today()), Some(BEGINNER));
    assert_eq!(field.holds(ALICE, plus_days(today(), 10)), Some(SENIOR));
    let history = field.grade(ALICE, ALICE).unwrap().history;
    assert_eq!(history.len(), 2, "both stay");
}

#[test]
fn a_proposal_is_decided_by_another_director() {
    let mut field = office();
    field
        .take(HR, ALICE, set(BEGINNER, plus_days(today(), -40)))
        .unwrap();
    for actor in [ALICE, BOB, WEST_MANAGER, HR, ADMIN] {
        let refused = field.take(actor, ALICE, GradeStep::Propose(proposal()));
        assert_eq!(refused, Err(Refusal::NotAllowed));
    }
    field
        .take(DIRECTOR, ALICE, GradeStep::Propose(proposal()))
        .unwrap();
    assert_eq!(
        field.take(EAST_MANAGER, ALICE, GradeStep::Propose(proposal())),
        Err(Refusal::UnderWay)
    );
    assert_eq!(
        field.take(HR, ALICE, set(SENIOR, today())),
        Err(Refusal::UnderWay)
    );
    let since = plus_days(today(), 5);
    assert_eq!(
        field.take(DIRECTOR, ALICE, accept(since)),
        Err(Refusal::NotSeparate)
    );
    assert_eq!(
        field.take(EAST_MANAGER, ALICE, accept(since)),
        Err(Refusal::NotAllowed)
    );
    assert_eq!(
        field.take(HR, ALICE, accept(since)),
        Err(Refusal::NotAllowed)
    );
    assert_eq!(field.reminders(DIRECTOR), []);
    let asked = field.reminders(OTHER_DIRECTOR);
    assert!(matches!(&asked[..], [GradeReminderOf::Decide(id, _)] if *id == proposal().id));
    field.take(OTHER_DIRECTOR, ALICE, accept(since)).unwrap();
    assert_eq!(field.holds(ALICE, today()), Some(BEGINNER));
    assert_eq!(field.holds(ALICE, since), Some(SENIOR));
    assert_eq!(
        field.take(OTHER_DIRECTOR, ALICE, decline("晚了")),
        Err(Refusal::AlreadySettled)
    );
    let file = field.grade(ALICE, ALICE).unwrap();
    assert!(file.promotions[0].promotion.criteria == proposal().criteria);
    assert_eq!(file.promotions[0].answered_by, "副总");
}

#[test]
fn a_director_does_not_decide_about_themself() {
    let mut field = office();
    field.hire(
        OTHER_DIRECTOR,
        "副总",
        &[Role::Director, Role::AccountManager],
        Some(EAST),
    );
    field
        .take(EAST_MANAGER, OTHER_DIRECTOR, GradeStep::Propose(proposal()))
        .unwrap();
    assert_eq!(
        field.take(OTHER_DIRECTOR, OTHER_DIRECTOR, accept(today())),
        Err(Refusal::NotSeparate)
    );
    field
        .take(DIRECTOR, OTHER_DIRECTOR, accept(today()))
        .unwrap();
}

#[test]
fn what_is_declined_is_answered_and_can_be_proposed_again() {
    let mut field = office();
    field
        .take(EAST_MANAGER, ALICE, GradeStep::Propose(proposal()))
        .unwrap();
    assert_eq!(
        field.take(DIRECTOR, ALICE, decline(" ")),
        Err(Refusal::OutOfRange)
    );
    field
        .take(DIRECTOR, ALICE, decline("回访要再稳一稳"))
        .unwrap();
    assert_eq!(
        field.take(EAST_MANAGER, ALICE, GradeStep::Propose(proposal())),
        Err(Refusal::AlreadySettled),
        "one id is one proposal"
    );
    let again = Proposal {
        id: PromotionId(id(95)),
        ..proposal()
    };
    field
        .take(EAST_MANAGER, ALICE, GradeStep::Propose(again.clone()))
        .unwrap();
    assert_eq!(
        field.take(DIRECTOR, ALICE, GradeStep::Withdraw(again.id)),
        Err(Refusal::NotAllowed)
    );
    field
        .take(EAST_MANAGER, ALICE, GradeStep::Withdraw(again.id))
        .unwrap();
    let states: Vec<_> = field.facts.grades[&ALICE].promotions.iter().collect();
    assert!(matches!(states[0].state, PromotionState::Declined(_)));
    assert!(matches!(states[1].state, PromotionState::Withdrawn { .. }));
    assert_eq!(field.holds(ALICE, today()), None);
}

#[test]
fn a_proposal_answers_the_criteria_of_its_grade() {
    let mut field = office();
    let mut short = proposal();
    short.criteria.pop();
    let mut other = proposal();
    other.criteria[0].criterion = Criterion::Tenure { months: 1 };
    for wrong in [short, other] {
        assert_eq!(
            field.take(EAST_MANAGER, ALICE, GradeStep::Propose(wrong)),
            Err(Refusal::NotAsSubmitted)
        );
    }
}

#[test]
fn a_wish_is_the_persons_own_and_ends_with_a_proposal() {
    let mut field = office();
    let wish = || GradeStep::Wish("想带新人".to_owned());
    assert_eq!(
        field.take(EAST_MANAGER, ALICE, wish()),
        Err(Refusal::NotAllowed)
    );
    field.take(ALICE, ALICE, wish()).unwrap();
    assert_eq!(field.reminders(EAST_MANAGER), [GradeReminderOf::Wishes]);
    assert_eq!(field.reminders(WEST_MANAGER), []);
    field.take(ALICE, ALICE, GradeStep::Unwish).unwrap();
    assert_eq!(field.reminders(EAST_MANAGER), []);
    field.take(ALICE, ALICE, wish()).unwrap();
    field
        .take(EAST_MANAGER, ALICE, GradeStep::Propose(proposal()))
        .unwrap();
    assert_eq!(field.facts.grades[&ALICE].wish, None);
    assert_eq!(field.take(ALICE, ALICE, wish()), Err(Refusal::UnderWay));
    field.take(DIRECTOR, ALICE, accept(today())).unwrap();
    let news = field.reminders(ALICE);
    assert!(matches!(&news[..], [GradeReminderOf::Reached(name)] if name.zh == "资深"));
}

#[test]
fn what_was_on_the_screen_is_proposed() {
    let mut field = office();
    let file = field.grade(EAST_MANAGER, ALICE).unwrap();
    let draft = |reason: &str| {
        let criteria = file.rungs[1].criteria.iter().map(|it| it.judged);
        Command::Grade(GradeCommand::Propose(
            ALICE,
            ProposalDraft {
                ladder: 1,
                rung: SENIOR,
                since: today(),
                reason: reason.to_owned(),
                criteria: criteria.collect(),
            },
        ))
    };
    assert_eq!(
        field.run(EAST_MANAGER, draft("\u{3000}")),
        Err(CommandError::Blank(FormField::Reason))
    );
    field.run(EAST_MANAGER, draft("能带队")).unwrap();
    let file = field.grade(DIRECTOR, ALICE).unwrap();
    assert!(file.may.decide && !file.may.propose && !file.may.set);
    assert!(field.grade(EAST_MANAGER, ALICE).unwrap().may.withdraw);
    assert!(field.grades(DIRECTOR).lines.iter().any(|it| it.proposed));
}

proptest! {
    /// Whatever is decided and in whatever order: nobody holds what no director or HR has given them, and what was decided
    /// stays.
    #[test]
    fn history_only_grows(steps in proptest::collection::vec((0usize..5, 0usize..7, 0i64..20), 1..30)) {
        let mut field = office();
        let actors = [ALICE, EAST_MANAGER, DIRECTOR, OTHER_DIRECTOR, HR];
        let mut before = GradeStanding::default();
        for (number, (actor, kind, days)) in steps.into_iter().enumerate() {
            let since = plus_days(today(), days);
            let open = before.open().map_or(proposal().id, |it| it.id);
            let taken = match kind {
                0 => set(if days % 2 == 0 { BEGINNER } else { SENIOR }, since),
                1 => GradeStep::Propose(Proposal {
                    id: PromotionId(id(u8::try_from(100 + number).unwrap())),
                    ..proposal()
                }),
                2 => GradeStep::Withdraw(open),
                3 => GradeStep::Accept { promotion: open, since, reply: String::new() },
                4 => GradeStep::Decline { promotion: open, reply: "不".to_owned() },
                5 => GradeStep::Wish("愿意".to_owned()),
                _ => GradeStep::Unwish,
            };
            let by = actors[actor];
            if field.take(by, ALICE, taken).is_err() {
                continue;
            }
            let after = field.facts.grades[&ALICE].clone();
            prop_assert!(after.held.starts_with(&before.held));
            prop_assert!(after.promotions.len() >= before.promotions.len());
            for (one, other) in before.promotions.iter().zip(&after.promotions) {
                prop_assert!(one.state == PromotionState::Proposed || one == other);
            }
            prop_assert!(after.promotions.iter().filter(|it| it.state == PromotionState::Proposed).count() <= 1);
            if let Some(held) = after.held.get(before.held.len()) {
                prop_assert!([DIRECTOR, OTHER_DIRECTOR, HR].contains(&held.by));
                let proposed = held.promotion.and_then(|id| after.promotion(id));
                prop_assert!(proposed.is_none_or(|it| it.by != held.by));
            }
            before = after;
        }
    }
}

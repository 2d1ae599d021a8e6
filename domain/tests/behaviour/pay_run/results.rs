//! What the result of a review brings is paid once it stands (R17), and once.

use caravan_domain::calendar::{Period, Span};
use caravan_domain::reviews::decision::{
    ReviewDecision, ReviewState, ReviewStep, ReviewSubmission,
};
use caravan_domain::reviews::frozen::ReviewDigest;
use caravan_domain::reviews::plan::ScoreRole;

use super::*;

fn third_quarter() -> Period {
    Period::of(Span::Quarter, date(2026, 9, 1))
}

fn step(firm: &mut Firm, who: PersonId, step: ReviewStep) {
    let decision = ReviewDecision::Step {
        person: ALICE,
        period: third_quarter(),
        step,
    };
    firm.field.decide(who, &Decision::Review(decision)).unwrap();
}

/// By the usual plan: from 90 on it is an A with ¥2,000, from 75 on a B with ¥1,000.
fn submitted(firm: &mut Firm, n: u8, total: u32, grade: &str, yuan: i64) -> Id {
    let submission = ReviewSubmission {
        frozen: id(n),
        role: ScoreRole::Sales,
        number: 0,
        total: Some(BasisPoints(total)),
        grade: grade.to_owned(),
        bonus: Fen::yuan(yuan),
        digest: ReviewDigest([n; 32]),
    };
    step(firm, EAST_MANAGER, ReviewStep::Submit(submission));
    id(n)
}

fn of_alice(firm: &Firm, period: PayPeriod) -> Vec<String> {
    let hers = say(&firm.statement(ALICE, ALICE, period));
    assert_eq!(hers, say(&firm.statement(DIRECTOR, ALICE, period)));
    hers
}

#[test]
fn it_counts_in_the_month_of_its_submission_once_it_stands() {
    let mut firm = Firm::new();
    let result = submitted(&mut firm, 1, 9_300, "A", 2_000);
    assert_eq!(of_alice(&firm, november()), ["base = 2585"]);
    step(&mut firm, ALICE, ReviewStep::Dispute(result));
    assert_eq!(of_alice(&firm, november()), ["base = 2585"]);
    firm.on(date(2026, 12, 1));
    step(&mut firm, EAST_MANAGER, ReviewStep::Uphold(result));
    assert_eq!(
        of_alice(&firm, november()),
        ["base = 2585", "reviewed = 2000"]
    );
    firm.pay_out(ALICE, november());
    // That it is acknowledged later is nothing new to pay for.
    step(&mut firm, ALICE, ReviewStep::Acknowledge(result));
    assert_eq!(of_alice(&firm, december()), ["base = 2585"]);
    assert_eq!(
        of_alice(&firm, november()),
        ["base = 2585", "reviewed = 2000"]
    );
}

#[test]
fn what_comes_to_stand_after_the_lock_counts_in_the_next_month() {
    let mut firm = Firm::new();
    let result = submitted(&mut firm, 1, 7_600, "B", 1_000);
    firm.on(date(2026, 12, 1));
    firm.pay_out(ALICE, november());
    step(&mut firm, ALICE, ReviewStep::Acknowledge(result));
    assert_eq!(
        of_alice(&firm, december()),
        ["base = 2585", "reviewed = 1000"]
    );
}

#[test]
fn a_result_that_is_taken_back_after_the_lock_is_made_up_for_by_the_next() {
    let mut firm = Firm::new();
    let first = submitted(&mut firm, 1, 9_300, "A", 2_000);
    step(&mut firm, ALICE, ReviewStep::Dispute(first));
    step(&mut firm, EAST_MANAGER, ReviewStep::Uphold(first));
    firm.on(date(2026, 12, 1));
    firm.pay_out(ALICE, november());
    step(&mut firm, EAST_MANAGER, ReviewStep::Reopen(first));
    assert_eq!(of_alice(&firm, december()), ["base = 2585"]);
    let second = submitted(&mut firm, 2, 7_600, "B", 1_000);
    step(&mut firm, ALICE, ReviewStep::Acknowledge(second));
    assert_eq!(
        firm.field.facts.reviews[&(ALICE, third_quarter())].state,
        ReviewState::Acknowledged
    );
    assert_eq!(
        of_alice(&firm, december()),
        ["base = 2585", "reviewed = -1000"]
    );
}

//! What comes after the lock is a new line of the next open period.

use caravan_domain::recognition::command::{PostDraft, RecognitionCommand};
use caravan_domain::recognition::kind::PostKind;

use super::*;

#[test]
fn a_refund_of_a_locked_month_is_a_line_of_the_next() {
    let mut firm = Firm::new();
    let order = firm.sold(ALICE, "60000");
    firm.on(date(2026, 12, 1));
    firm.pay_out(ALICE, november());
    firm.pay_out(EAST_MANAGER, november());
    // Dated back into the locked month.
    firm.refund(order, date(2026, 11, 20), "30000");
    let file = firm.statement(DIRECTOR, ALICE, december());
    assert_eq!(say(&file), ["base = 2585", "back 顺丰便利店 at 400 = -960"]);
    let managers = firm.statement(DIRECTOR, EAST_MANAGER, december());
    assert_eq!(
        say(&managers),
        [
            "base = 2585",
            "back 顺丰便利店 at 400 for the manager = -240"
        ]
    );
    // The payee's own phone says the same.
    assert_eq!(say(&firm.statement(ALICE, ALICE, december())), say(&file));
    // And once that is locked too, it has been said.
    firm.pay_out(ALICE, december());
    firm.on(date(2027, 1, 5));
    let january = PayPeriod {
        from: date(2027, 1, 1),
        to: date(2027, 1, 31),
    };
    assert_eq!(
        say(&firm.statement(DIRECTOR, ALICE, january)),
        ["base = 2585"]
    );
}

#[test]
fn a_month_that_only_one_of_two_payees_has_locked_is_late_for_that_one() {
    let mut firm = Firm::new();
    let order = firm.sold(ALICE, "60000");
    firm.on(date(2026, 12, 1));
    firm.pay_out(EAST_MANAGER, november());
    firm.refund(order, date(2026, 11, 20), "30000");
    let hers = firm.statement(DIRECTOR, ALICE, november());
    assert!(
        say(&hers).iter().any(|line| line.starts_with("back")),
        "{:?}",
        say(&hers)
    );
    let managers = firm.statement(DIRECTOR, EAST_MANAGER, december());
    // At 4 %, as it was paid, although the month now only comes to 3 %.
    assert_eq!(
        say(&managers),
        [
            "base = 2585",
            "back 顺丰便利店 at 400 for the manager = -240"
        ]
    );
}

#[test]
fn what_is_sold_after_an_early_lock_counts_in_the_next_month() {
    let mut firm = Firm::new();
    firm.sold(ALICE, "60000");
    firm.pay_out(ALICE, november());
    // That nothing was late then is not remembered for longer than it is so.
    let file = firm.statement(DIRECTOR, ALICE, december());
    assert_eq!(say(&file), ["base = 2585"]);
    firm.on(date(2026, 11, 25));
    firm.sold(ALICE, "10000");
    firm.on(date(2026, 12, 2));
    let file = firm.statement(DIRECTOR, ALICE, december());
    assert_eq!(say(&file), ["base = 2585", "顺丰便利店 at 300 = 240"]);
    firm.sold(ALICE, "45000");
    let file = firm.statement(DIRECTOR, ALICE, december());
    assert_eq!(
        say(&file),
        [
            "base = 2585",
            "顺丰便利店 at 400 = 320",
            "顺丰便利店 at 400 = 1440"
        ]
    );
}

#[test]
fn the_second_half_makes_up_for_the_first() {
    let mut firm = Firm::new();
    let mut alice = firm.field.facts.people[&ALICE].clone();
    alice.employment = Employment::PartTime;
    firm.field.know(FactKey::Person(ALICE), Fact::Person(alice));
    firm.sold(ALICE, "40000");
    let [first, second] = PayPeriod::of(Employment::PartTime, date(2026, 11, 5))[..] else {
        panic!();
    };
    assert_eq!(
        say(&firm.statement(DIRECTOR, ALICE, first)),
        ["base = 646.25", "顺丰便利店 at 300 = 960"]
    );
    firm.pay_out(ALICE, first);
    firm.on(date(2026, 11, 20));
    firm.sold(ALICE, "20000");
    // The tier that is reached lifts the order of the first half.
    assert_eq!(
        say(&firm.statement(DIRECTOR, ALICE, second)),
        [
            "base = 646.25",
            "顺丰便利店 at 400 = 320",
            "顺丰便利店 at 400 = 640"
        ]
    );
    let whole = firm.drawing(DIRECTOR, ALICE, second);
    let PayCommand::DrawUp(mut drawing) = whole else {
        panic!()
    };
    drawing.period = november();
    assert_eq!(
        firm.run(DIRECTOR, PayCommand::DrawUp(drawing)).map(drop),
        refused(Refusal::AlreadySettled)
    );
    firm.pay_out(ALICE, second);
}

#[test]
fn an_award_with_vesting_is_paid_in_parts_until_it_is_forfeited() {
    let mut firm = Firm::new();
    let draft = AdjustmentDraft {
        vesting: Some(Vesting {
            first: date(2026, 11, 30),
            parts: 3,
            months: 1,
        }),
        ..adjust(AdjustmentSort::Deferred, "100", date(2026, 11, 5))
    };
    let award = firm.propose(EAST_MANAGER, draft).unwrap();
    assert_eq!(
        say(&firm.statement(ALICE, ALICE, november())),
        ["base = 2585"]
    );
    firm.approve_adjustment(FINANCE, award).unwrap();
    assert_eq!(
        say(&firm.statement(ALICE, ALICE, november())),
        ["base = 2585", "vested 少算了一笔 = 33.33"]
    );
    assert_eq!(
        say(&firm.statement(ALICE, ALICE, december())),
        ["base = 2585", "vested 少算了一笔 = 33.33"]
    );
    let forfeit = PayCommand::Decide(PayDecision::Adjustment {
        person: ALICE,
        id: award,
        step: AdjustmentStep::Forfeit(date(2026, 12, 15)),
    });
    assert_eq!(
        firm.run(EAST_MANAGER, forfeit.clone()).map(drop),
        refused(Refusal::NotSeparate)
    );
    firm.run(FINANCE, forfeit).unwrap();
    assert_eq!(
        say(&firm.statement(ALICE, ALICE, december())),
        ["base = 2585"]
    );
    assert_eq!(firm.statement(ALICE, ALICE, november()).lines.len(), 2);
}

#[test]
fn a_penalty_is_approved_and_stays_within_the_law() {
    let mut firm = Firm::new();
    firm.sold(ALICE, "10000");
    let draft = adjust(AdjustmentSort::PenaltyDamage, "1000", date(2026, 11, 6));
    let penalty = firm.propose(EAST_MANAGER, draft).unwrap();
    assert_eq!(
        firm.approve_adjustment(EAST_MANAGER, penalty),
        refused(Refusal::NotSeparate)
    );
    assert_eq!(
        firm.approve_adjustment(ALICE, penalty),
        refused(Refusal::NotSeparate)
    );
    firm.approve_adjustment(DIRECTOR, penalty).unwrap();
    // ¥2,585 have to be left of ¥2,825.
    assert_eq!(
        say(&firm.statement(ALICE, ALICE, november())),
        [
            "base = 2585",
            "顺丰便利店 at 300 = 240",
            "penalty 少算了一笔 = -240"
        ]
    );
    for sort in [AdjustmentSort::Award, AdjustmentSort::PenaltyRules] {
        let draft = AdjustmentDraft {
            amount: "0".to_owned(),
            ..adjust(sort, "0", date(2026, 11, 6))
        };
        assert!(firm.propose(EAST_MANAGER, draft).is_err(), "{sort:?}");
    }
    let own = PayCommand::Propose {
        person: ALICE,
        draft: adjust(AdjustmentSort::Award, "100", date(2026, 11, 6)),
    };
    assert_eq!(firm.run(ALICE, own), Err(CommandError::NotAllowed));
}

#[test]
fn the_best_of_a_month_that_is_over_is_congratulated_before_the_team() {
    let mut firm = Firm::new();
    firm.sold(ALICE, "60000");
    assert_eq!(firm.team(DIRECTOR, november().from).best, None);
    firm.on(date(2026, 12, 1));
    let file = firm.statement(DIRECTOR, ALICE, november());
    assert_eq!(
        say(&file),
        [
            "base = 2585",
            "顺丰便利店 at 400 = 1920",
            "ranked 1 = 800",
            "best = 1000"
        ]
    );
    // Her own phone does not know what the others have sold.
    assert_eq!(firm.statement(ALICE, ALICE, november()).lines.len(), 2);
    assert_eq!(firm.team(EAST_MANAGER, november().from).best, None);
    let best = firm.team(DIRECTOR, november().from).best.unwrap();
    assert_eq!(
        (best.person, best.net, best.award),
        (ALICE, Fen::yuan(60_000), Fen::yuan(1_000))
    );
    assert!(best.may_recognise && !best.recognised);
    let month = november().from;
    let post = Command::Recognition(RecognitionCommand::Post(PostDraft {
        person: ALICE,
        kind: PostKind::Best,
        month,
        words: "恭喜".to_owned(),
        about: None,
    }));
    firm.field.run(DIRECTOR, post).unwrap();
    assert!(firm.team(DIRECTOR, month).best.unwrap().recognised);
    // Once her statement is drawn up she reads it too.
    firm.draw_up(ALICE, november());
    assert_eq!(firm.statement(ALICE, ALICE, november()).lines.len(), 4);
}

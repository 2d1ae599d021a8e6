//! Two decide at once: the relay takes one after the other.

use super::*;

fn drawn(firm: &Firm) -> caravan_domain::pay::approval::DrawnUp {
    firm.field.facts.pay_statements[&(ALICE, november())]
        .drawn
        .clone()
}

fn step(step: StatementStep) -> Decision {
    Decision::Pay(PayDecision::Statement {
        person: ALICE,
        period: november(),
        step,
    })
}

#[test]
fn of_two_who_approve_or_lock_at_once_the_first_counts() {
    let mut firm = Firm::new();
    firm.field.hire(CAROL, "二号财务", &[Role::Finance], None);
    firm.draw_up(ALICE, november());
    let drawn = drawn(&firm);
    for (decision, state) in [
        (
            step(StatementStep::Approve(drawn.clone())),
            StatementState::Approved,
        ),
        (step(StatementStep::Lock(drawn)), StatementState::Locked),
    ] {
        firm.field.decide(FINANCE, &decision).unwrap();
        let second = firm.field.decide(CAROL, &decision);
        assert_eq!(second, Err(Refusal::AlreadySettled));
        let standing = &firm.field.facts.pay_statements[&(ALICE, november())];
        assert_eq!((standing.by, standing.state), (FINANCE, state));
        assert_eq!(standing.approved_by, Some(FINANCE));
    }
}

#[test]
fn what_was_drawn_up_anew_is_not_what_was_looked_at() {
    let mut firm = Firm::new();
    firm.draw_up(ALICE, november());
    let before = drawn(&firm);
    firm.sold(ALICE, "10000");
    firm.draw_up(ALICE, november());
    let approve = firm
        .field
        .decide(FINANCE, &step(StatementStep::Approve(before)));
    assert_eq!(approve, Err(Refusal::NotAsSubmitted));
    firm.approve(FINANCE, ALICE, november()).unwrap();
    // Drawing it up anew takes the approval away, and a lock on its way with it.
    let approved = drawn(&firm);
    firm.sold(ALICE, "10000");
    firm.draw_up(ALICE, november());
    let lock = firm
        .field
        .decide(FINANCE, &step(StatementStep::Lock(approved)));
    assert_eq!(lock, Err(Refusal::AlreadySettled));
    firm.field
        .decide(FINANCE, &step(StatementStep::SendBack))
        .unwrap();
    assert_eq!(
        firm.approve(FINANCE, ALICE, november()),
        refused(Refusal::AlreadySettled)
    );
}

#[test]
fn nothing_is_locked_while_an_adjustment_is_under_way() {
    let mut firm = Firm::new();
    firm.draw_up(ALICE, november());
    firm.approve(FINANCE, ALICE, november()).unwrap();
    let draft = adjust(AdjustmentSort::Correction, "12.34", date(2026, 11, 30));
    let adjustment = firm.propose(EAST_MANAGER, draft).unwrap();
    assert_eq!(
        firm.lock(FINANCE, ALICE, november()),
        refused(Refusal::UnderWay)
    );
    assert!(firm.statement(FINANCE, ALICE, november()).under_way);
    firm.approve_adjustment(DIRECTOR, adjustment).unwrap();
    // It is not in what was drawn up.
    assert_eq!(
        firm.lock(FINANCE, ALICE, november()),
        refused(Refusal::NotAsSubmitted)
    );
    let shown = firm.statement(FINANCE, ALICE, november());
    let now = shown.reckoned_now.unwrap();
    assert_eq!(now.total, shown.summary.total + Fen(1_234));
    firm.draw_up(ALICE, november());
    let drawn = firm.statement(ALICE, ALICE, november());
    assert_eq!(say(&drawn), ["base = 2585", "adjusted 少算了一笔 = 12.34"]);
    let shown = firm.statement(FINANCE, ALICE, november());
    assert_eq!(shown.reckoned_now, None);
    firm.pay_out(ALICE, november());
}

#[test]
fn an_adjustment_of_a_locked_month_is_a_line_of_the_next() {
    let mut firm = Firm::new();
    firm.pay_out(ALICE, november());
    let draft = AdjustmentDraft {
        takes_back: true,
        ..adjust(AdjustmentSort::Correction, "12.34", date(2026, 11, 7))
    };
    let adjustment = firm.propose(EAST_MANAGER, draft).unwrap();
    firm.approve_adjustment(FINANCE, adjustment).unwrap();
    firm.on(date(2026, 12, 3));
    let lines = ["base = 2585", "adjusted 少算了一笔 = -12.34"];
    assert_eq!(say(&firm.statement(DIRECTOR, ALICE, december())), lines);
    // A statement without it is refused by the relay.
    let PayCommand::DrawUp(drawing) = firm.drawing(DIRECTOR, ALICE, december()) else {
        panic!();
    };
    let without = Drawing {
        counted: [].into(),
        ..drawing
    };
    assert_eq!(
        firm.run(DIRECTOR, PayCommand::DrawUp(without)).map(drop),
        refused(Refusal::NotAsSubmitted)
    );
    firm.pay_out(ALICE, december());
    firm.on(date(2027, 1, 3));
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
fn an_adjustment_is_decided_once_and_as_it_was_proposed() {
    let mut firm = Firm::new();
    let draft = adjust(AdjustmentSort::Award, "500", date(2026, 11, 7));
    let id = firm.propose(EAST_MANAGER, draft).unwrap();
    let proposed = firm.field.facts.pay_adjustments[&(ALICE, id)].proposed;
    let more = caravan_domain::pay::adjustment::Proposed {
        amount: Fen::yuan(5_000),
        ..proposed
    };
    let decide = |step| {
        Decision::Pay(PayDecision::Adjustment {
            person: ALICE,
            id,
            step,
        })
    };
    let approve = decide(AdjustmentStep::Approve(more));
    assert_eq!(
        firm.field.decide(FINANCE, &approve),
        Err(Refusal::NotAsSubmitted)
    );
    let again = decide(AdjustmentStep::Propose(more));
    assert_eq!(
        firm.field.decide(EAST_MANAGER, &again),
        Err(Refusal::AlreadySettled)
    );
    let withdraw = decide(AdjustmentStep::Withdraw);
    assert_eq!(
        firm.field.decide(DIRECTOR, &withdraw),
        Err(Refusal::NotAllowed)
    );
    firm.field.decide(EAST_MANAGER, &withdraw).unwrap();
    let approve = decide(AdjustmentStep::Approve(proposed));
    assert_eq!(
        firm.field.decide(FINANCE, &approve),
        Err(Refusal::AlreadySettled)
    );
}

#[test]
fn a_directors_own_pay_is_drawn_up_by_finance_and_approved_by_neither() {
    let mut firm = Firm::new();
    let drawing = firm.drawing(FINANCE, DIRECTOR, november());
    assert_eq!(
        firm.run(DIRECTOR, drawing.clone()),
        Err(CommandError::NotAllowed)
    );
    firm.run(FINANCE, drawing).unwrap();
    for me in [DIRECTOR, FINANCE] {
        let approve = firm.approve(me, DIRECTOR, november());
        assert_eq!(approve, refused(Refusal::NotSeparate));
    }
    firm.field.hire(CAROL, "二号财务", &[Role::Finance], None);
    firm.approve(CAROL, DIRECTOR, november()).unwrap();
}

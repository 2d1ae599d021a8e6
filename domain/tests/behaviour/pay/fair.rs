//! What holds for any month.

use super::*;

fn any_day() -> impl Strategy<Value = Day> {
    (10i8..=12, 1i8..=30).prop_map(|(month, day)| date(2026, month, day))
}

fn anybody() -> impl Strategy<Value = PersonId> {
    prop_oneof![
        Just(ALICE),
        Just(BOB),
        Just(CAROL),
        Just(DAN),
        Just(MANAGER)
    ]
}

fn any_order() -> impl Strategy<Value = SoldOrder> {
    let refunds = proptest::collection::vec((any_day(), 0i64..4_000_000), 0..3);
    (
        any_day(),
        0i64..9_000_000,
        anybody(),
        any::<bool>(),
        refunds,
    )
        .prop_map(|(on, fen, representative, developed_by_manager, refunds)| {
            let refunds = refunds.into_iter().enumerate();
            SoldOrder {
                amount: Fen(fen),
                developed_by_manager,
                refunds: refunds
                    .map(|(n, (on, fen))| GivenBack {
                        on,
                        counted: on.into(),
                        id: id(u8::try_from(n).unwrap()),
                        amount: Fen(fen),
                    })
                    .collect(),
                ..sold(1, representative, on, "0")
            }
        })
}

fn any_events() -> impl Strategy<Value = PayEvents> {
    let orders = proptest::collection::vec(any_order(), 0..12);
    let penalties = proptest::collection::vec((anybody(), 0i64..5_000), 0..4);
    (orders, penalties).prop_map(|(mut orders, penalties)| {
        for (n, order) in orders.iter_mut().enumerate() {
            let n = u8::try_from(n + 1).unwrap();
            order.order = OrderId(id(n));
            for refund in &mut order.refunds {
                refund.id = id(100 + n * 3 + number(refund.id));
            }
        }
        let penalties = penalties.into_iter().enumerate();
        PayEvents {
            orders,
            adjustments: penalties
                .map(|(n, (who, yuan))| penalty(u8::try_from(60 + n).unwrap(), who, yuan))
                .collect(),
            ..events(PayPlan::usual(date(2026, 1, 1)))
        }
    })
}

fn month(events: &PayEvents) -> Vec<Statement> {
    let people = events.people.iter();
    people
        .flat_map(|payee| all(payee.person, november(1), events))
        .collect()
}

proptest! {
    #[test]
    fn the_order_of_events_does_not_matter(events in any_events(), turns in 0usize..12) {
        let mut turned = events.clone();
        turned.orders.reverse();
        let length = turned.orders.len().max(1);
        turned.orders.rotate_left(turns % length);
        turned.adjustments.reverse();
        turned.people.reverse();
        for order in &mut turned.orders {
            order.refunds.reverse();
        }
        turned.people.sort_by_key(|payee| {
            events.people.iter().position(|known| known == payee)
        });
        prop_assert_eq!(month(&events), month(&turned));
    }

    #[test]
    fn a_penalty_that_is_told_twice_counts_once(events in any_events()) {
        let mut twice = events.clone();
        let again = twice.adjustments.clone();
        twice.adjustments.extend(again);
        prop_assert_eq!(month(&events), month(&twice));
    }

    #[test]
    fn two_halves_are_a_month(events in any_events()) {
        let mut full_time = events.clone();
        for payee in &mut full_time.people {
            if payee.person == CAROL {
                payee.employment = Employment::FullTime;
            }
        }
        full_time.plans.0[0].base[0].1 = BasisPoints::percent(50);
        let total = |events: &PayEvents| all(CAROL, november(1), events).iter().map(Statement::total).sum::<Fen>();
        prop_assert_eq!(total(&events), total(&full_time));
    }

    #[test]
    fn what_is_split_is_what_there_was(events in any_events()) {
        let mut alone = events.clone();
        for order in &mut alone.orders {
            order.manager = None;
        }
        let sold = |events: &PayEvents| {
            let statements = month(events);
            let lines = statements.iter().flat_map(|statement| &statement.lines);
            let sold = lines.filter(|line| matches!(line.why, Why::Commission { .. } | Why::GivenBack { .. }));
            sold.map(PayLine::due).sum::<Fen>()
        };
        prop_assert_eq!(sold(&events), sold(&alone));
    }

    #[test]
    fn a_total_is_the_sum_of_its_lines_to_the_fen(events in any_events()) {
        for statement in month(&events) {
            let mut sum = 0;
            for line in &statement.lines {
                sum += line.amount.0 - line.paid_before.0;
            }
            prop_assert_eq!(statement.total().0, sum);
        }
    }

    #[test]
    fn penalties_stay_within_the_law(events in any_events()) {
        for payee in &events.people {
            let statements = all(payee.person, november(1), &events);
            let lines: Vec<_> = statements.iter().flat_map(|statement| &statement.lines).collect();
            let is_penalty = |line: &&&PayLine| matches!(line.why, Why::Penalty { .. });
            let taken: Fen = lines.iter().filter(is_penalty).map(|line| line.due()).sum();
            let gross: Fen = lines.iter().filter(|line| !is_penalty(line)).map(|line| line.due()).sum();
            prop_assert!(taken <= Fen::ZERO);
            prop_assert!(-taken.0 * 5 <= gross.0.max(0));
            if payee.employment != Employment::OutsideAgent && taken < Fen::ZERO {
                prop_assert!(gross + taken >= Fen::yuan(2585));
            }
        }
    }
}

//! Orders, tiers, splits, what is given back, and plans that change.

use super::*;

fn with_orders(orders: Vec<SoldOrder>) -> PayEvents {
    PayEvents {
        orders,
        ..events(bare(date(2026, 1, 1)))
    }
}

fn alone(mut order: SoldOrder) -> SoldOrder {
    order.manager = None;
    order
}

#[test]
fn a_month_without_sales() {
    check(ALICE, november(1), &with_orders(vec![]), &["total | 0"]);
}

#[test]
fn one_order_in_the_first_tier() {
    let events = with_orders(vec![alone(sold(1, ALICE, november(5), "1000"))]);
    check(
        ALICE,
        november(1),
        &events,
        &["order 1 1000 at 3% | 30", "total | 30"],
    );
}

#[test]
fn one_fen_below_a_tier() {
    let events = with_orders(vec![alone(sold(1, ALICE, november(5), "49999.99"))]);
    let table = ["order 1 49999.99 at 3% | 1500", "total | 1500"];
    check(ALICE, november(1), &events, &table);
}

#[test]
fn a_tier_just_reached_lifts_every_order_of_the_month() {
    let events = with_orders(vec![
        alone(sold(1, ALICE, november(5), "49999.99")),
        alone(sold(2, ALICE, november(30), "0.01")),
    ]);
    // 0.01 × 4 % is nothing, and nothing is no line.
    let table = ["order 1 49999.99 at 4% | 2000", "total | 2000"];
    check(ALICE, november(1), &events, &table);
}

#[test]
fn the_highest_tier() {
    let events = with_orders(vec![
        alone(sold(1, ALICE, november(2), "60000")),
        alone(sold(2, ALICE, november(3), "40000")),
    ]);
    let table = [
        "order 1 60000 at 5% | 3000",
        "order 2 40000 at 5% | 2000",
        "total | 5000",
    ];
    check(ALICE, november(1), &events, &table);
}

#[test]
fn half_a_fen_is_rounded_up() {
    // 16.50 × 3 % = 0.495; 16.83 × 3 % = 0.5049.
    let events = with_orders(vec![
        alone(sold(1, ALICE, november(2), "16.50")),
        alone(sold(2, ALICE, november(3), "16.83")),
    ]);
    let table = [
        "order 1 16.50 at 3% | 0.50",
        "order 2 16.83 at 3% | 0.50",
        "total | 1",
    ];
    check(ALICE, november(1), &events, &table);
}

#[test]
fn each_line_is_rounded_by_itself() {
    // 3 × 0.17 × 3 % would be 0.0153; each is 0.0051 and rounds to 0.01.
    let order = |n| alone(sold(n, ALICE, november(n.cast_signed()), "0.17"));
    let events = with_orders(vec![order(1), order(2), order(3)]);
    let table = [
        "order 1 0.17 at 3% | 0.01",
        "order 2 0.17 at 3% | 0.01",
        "order 3 0.17 at 3% | 0.01",
        "total | 0.03",
    ];
    check(ALICE, november(1), &events, &table);
}

#[test]
fn the_days_are_shanghais() {
    // 23:59:59 on 31 October and 00:00 on 1 November.
    let mut last = alone(sold(1, ALICE, november(1), "1000"));
    last.accepted_at = caravan_domain::calendar::start_of(november(1)).plus_millis(-1000);
    let mut first = alone(sold(2, ALICE, november(1), "2000"));
    first.accepted_at = caravan_domain::calendar::start_of(november(1));
    for order in [&mut last, &mut first] {
        order.counted = order.accepted_at.day().into();
    }
    let events = with_orders(vec![last, first]);
    check(
        ALICE,
        november(1),
        &events,
        &["order 2 2000 at 3% | 60", "total | 60"],
    );
    let table = ["order 1 1000 at 3% | 30", "total | 30"];
    check(ALICE, date(2026, 10, 1), &events, &table);
}

#[test]
fn a_fifth_goes_to_the_manager() {
    let events = with_orders(vec![sold(1, ALICE, november(5), "1000")]);
    check(
        ALICE,
        november(1),
        &events,
        &["order 1 1000 at 3% | 24", "total | 24"],
    );
    let table = ["order 1 1000 at 3% for the manager | 6", "total | 6"];
    check(MANAGER, november(1), &events, &table);
}

#[test]
fn what_cannot_be_split_is_the_representatives() {
    // 10.33 × 3 % = 0.3099 → 0.31; a fifth is 0.062 → 0.06.
    let events = with_orders(vec![sold(1, ALICE, november(5), "10.33")]);
    check(
        ALICE,
        november(1),
        &events,
        &["order 1 10.33 at 3% | 0.25", "total | 0.25"],
    );
    let table = ["order 1 10.33 at 3% for the manager | 0.06", "total | 0.06"];
    check(MANAGER, november(1), &events, &table);
}

#[test]
fn of_too_little_the_manager_has_nothing() {
    // 1.33 × 3 % → 0.04; a fifth is less than a fen.
    let events = with_orders(vec![sold(1, ALICE, november(5), "1.33")]);
    check(
        ALICE,
        november(1),
        &events,
        &["order 1 1.33 at 3% | 0.04", "total | 0.04"],
    );
    check(MANAGER, november(1), &events, &["total | 0"]);
}

#[test]
fn a_client_whom_the_manager_developed() {
    let mut order = sold(1, ALICE, november(5), "1000");
    order.developed_by_manager = true;
    let events = with_orders(vec![order]);
    check(ALICE, november(1), &events, &["total | 0"]);
    let table = ["order 1 1000 at 3% for the manager | 30", "total | 30"];
    check(MANAGER, november(1), &events, &table);
}

#[test]
fn a_rule_of_its_own_for_clients_whom_the_manager_developed() {
    let mut order = sold(1, ALICE, november(5), "1000");
    order.developed_by_manager = true;
    let mut events = with_orders(vec![order]);
    events.plans.0[0].manager_part_of_own = BasisPoints::percent(70);
    check(
        ALICE,
        november(1),
        &events,
        &["order 1 1000 at 3% | 9", "total | 9"],
    );
    let table = ["order 1 1000 at 3% for the manager | 21", "total | 21"];
    check(MANAGER, november(1), &events, &table);
}

#[test]
fn a_manager_who_sells_shares_with_nobody() {
    let mut order = sold(1, MANAGER, november(5), "1000");
    order.manager = Some(MANAGER);
    let table = ["order 1 1000 at 3% | 30", "total | 30"];
    check(MANAGER, november(1), &with_orders(vec![order]), &table);
}

#[test]
fn the_managers_part_is_at_the_representatives_rate() {
    let events = with_orders(vec![
        sold(1, ALICE, november(5), "60000"),
        sold(2, BOB, november(6), "1000"),
    ]);
    let table = [
        "order 1 60000 at 4% for the manager | 480",
        "order 2 1000 at 3% for the manager | 6",
        "total | 486",
    ];
    check(MANAGER, november(1), &events, &table);
}

#[test]
fn given_back_in_the_same_month() {
    let order = alone(sold(1, ALICE, november(5), "1000"));
    let events = with_orders(vec![back(order, 7, november(9), "250")]);
    let table = [
        "order 1 1000 at 3% | 30",
        "back of order 1 250 at 3% | -7.50",
        "total | 22.50",
    ];
    check(ALICE, november(1), &events, &table);
}

#[test]
fn given_back_in_the_next_month_as_a_negative_line() {
    let order = alone(sold(1, ALICE, date(2026, 10, 20), "1000"));
    let events = with_orders(vec![back(order, 7, november(9), "1000")]);
    let table = ["order 1 1000 at 3% | 30", "total | 30"];
    check(ALICE, date(2026, 10, 1), &events, &table);
    let table = ["back of order 1 1000 at 3% | -30", "total | -30"];
    check(ALICE, november(1), &events, &table);
}

#[test]
fn what_goes_back_goes_at_the_rate_at_which_it_came() {
    // October reached 4 %; November is in the first tier.
    let october = alone(sold(1, ALICE, date(2026, 10, 20), "60000"));
    let events = with_orders(vec![
        back(october, 7, november(9), "6000"),
        alone(sold(2, ALICE, november(10), "20000")),
    ]);
    let table = [
        "order 2 20000 at 3% | 600",
        "back of order 1 6000 at 4% | -240",
        "total | 360",
    ];
    check(ALICE, november(1), &events, &table);
}

#[test]
fn what_goes_back_later_leaves_the_tier_of_its_month_alone() {
    let october = alone(sold(1, ALICE, date(2026, 10, 20), "60000"));
    let events = with_orders(vec![back(october, 7, november(9), "59000")]);
    let table = ["order 1 60000 at 4% | 2400", "total | 2400"];
    check(ALICE, date(2026, 10, 1), &events, &table);
}

#[test]
fn what_goes_back_in_the_month_can_cost_the_tier() {
    let events = with_orders(vec![
        alone(sold(1, ALICE, november(5), "40000")),
        back(
            alone(sold(2, ALICE, november(6), "20000")),
            7,
            november(9),
            "15000",
        ),
    ]);
    // 45,000 net.
    let table = [
        "order 1 40000 at 3% | 1200",
        "order 2 20000 at 3% | 600",
        "back of order 2 15000 at 3% | -450",
        "total | 1350",
    ];
    check(ALICE, november(1), &events, &table);
}

#[test]
fn an_older_order_given_back_counts_in_the_tier_of_the_month_too() {
    let october = alone(sold(1, ALICE, date(2026, 10, 20), "1000"));
    let events = with_orders(vec![
        back(october, 7, november(2), "1000"),
        alone(sold(2, ALICE, november(6), "50000")),
    ]);
    // 49,000 net.
    let table = [
        "order 2 50000 at 3% | 1500",
        "back of order 1 1000 at 3% | -30",
        "total | 1470",
    ];
    check(ALICE, november(1), &events, &table);
}

#[test]
fn in_three_parts_exactly_what_came_goes_back() {
    // 0.50 of commission: 0.17, 0.16 and 0.17 of it.
    let order = alone(sold(1, ALICE, date(2026, 10, 20), "16.50"));
    let order = back(order, 7, november(2), "5.50");
    let order = back(order, 8, november(3), "5.50");
    let events = with_orders(vec![back(order, 9, november(4), "5.50")]);
    let table = [
        "back of order 1 5.50 at 3% | -0.17",
        "back of order 1 5.50 at 3% | -0.16",
        "back of order 1 5.50 at 3% | -0.17",
        "total | -0.50",
    ];
    check(ALICE, november(1), &events, &table);
}

#[test]
fn the_manager_gives_back_too() {
    let order = sold(1, ALICE, date(2026, 10, 20), "1000");
    let events = with_orders(vec![back(order, 7, november(9), "500")]);
    check(
        ALICE,
        november(1),
        &events,
        &["back of order 1 500 at 3% | -12", "total | -12"],
    );
    let table = [
        "back of order 1 500 at 3% for the manager | -3",
        "total | -3",
    ];
    check(MANAGER, november(1), &events, &table);
}

#[test]
fn no_more_commission_goes_back_than_came() {
    // Two people wrote down the same refund at once.
    let order = alone(sold(1, ALICE, november(5), "1000"));
    let order = back(order, 7, november(8), "800");
    let events = with_orders(vec![back(order, 8, november(9), "800")]);
    let table = [
        "order 1 1000 at 3% | 30",
        "back of order 1 800 at 3% | -24",
        "back of order 1 800 at 3% | -6",
        "total | 0",
    ];
    check(ALICE, november(1), &events, &table);
}

/// From 16 November everything is a third less, and the manager has half.
fn two_plans(orders: Vec<SoldOrder>) -> PayEvents {
    let mut events = with_orders(orders);
    let mut later = bare(november(16));
    for tier in &mut later.tiers {
        tier.rate = BasisPoints(tier.rate.0 - 100);
    }
    later.manager_part = BasisPoints::percent(50);
    events.plans.0.push(later);
    events
}

#[test]
fn a_plan_that_changes_in_mid_month() {
    let events = two_plans(vec![
        alone(sold(1, ALICE, november(15), "1000")),
        alone(sold(2, ALICE, november(16), "1000")),
    ]);
    let table = [
        "order 1 1000 at 3% | 30",
        "order 2 1000 at 2% | 20",
        "total | 50",
    ];
    check(ALICE, november(1), &events, &table);
    let lines = &all(ALICE, november(1), &events)[0].lines;
    let plans = lines.iter().map(|line| line.plan).collect::<Vec<_>>();
    assert_eq!(plans, [Some(date(2026, 1, 1)), Some(november(16))]);
}

#[test]
fn the_tier_is_of_the_whole_month_whatever_the_plan() {
    let events = two_plans(vec![
        alone(sold(1, ALICE, november(15), "30000")),
        alone(sold(2, ALICE, november(16), "30000")),
    ]);
    let table = [
        "order 1 30000 at 4% | 1200",
        "order 2 30000 at 3% | 900",
        "total | 2100",
    ];
    check(ALICE, november(1), &events, &table);
}

#[test]
fn the_split_is_of_the_plan_of_the_order() {
    let events = two_plans(vec![
        sold(1, ALICE, november(15), "1000"),
        sold(2, ALICE, november(16), "1000"),
    ]);
    let table = [
        "order 1 1000 at 3% for the manager | 6",
        "order 2 1000 at 2% for the manager | 10",
        "total | 16",
    ];
    check(MANAGER, november(1), &events, &table);
}

#[test]
fn what_goes_back_goes_by_the_plan_by_which_it_came() {
    let order = alone(sold(1, ALICE, november(10), "1000"));
    let events = two_plans(vec![back(order, 7, november(20), "1000")]);
    let table = [
        "order 1 1000 at 3% | 30",
        "back of order 1 1000 at 3% | -30",
        "total | 0",
    ];
    check(ALICE, november(1), &events, &table);
}

#[test]
fn before_there_was_a_plan_there_is_no_commission() {
    let order = alone(sold(1, ALICE, date(2025, 12, 31), "1000"));
    let events = with_orders(vec![order]);
    check(ALICE, date(2025, 12, 1), &events, &["total | 0"]);
}

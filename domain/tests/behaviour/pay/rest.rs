//! Base, tasks, bonuses, awards, penalties and the halves of a month.

use super::*;

fn usual() -> PayEvents {
    events(PayPlan::usual(date(2026, 1, 1)))
}

fn task(n: u8, person: PersonId, on: Day, difficulty: u8) -> FinishedTask {
    FinishedTask {
        task: TaskId(id(n)),
        person,
        on,
        counted_on: on,
        difficulty,
    }
}

fn no_bonus(mut events: PayEvents) -> PayEvents {
    events.plans.0[0].ranked.clear();
    events.plans.0[0].best = Fen::ZERO;
    events
}

#[test]
fn the_base_is_what_the_city_pays() {
    check(
        ALICE,
        november(1),
        &usual(),
        &["base 100% of 2585 | 2585", "total | 2585"],
    );
    let mut events = usual();
    let wages = vec![
        ("上海".to_owned(), Fen::yuan(2740)),
        ("杭州".to_owned(), Fen::yuan(2660)),
    ];
    events.plans.0[0].city_wages = wages;
    check(
        ALICE,
        november(1),
        &events,
        &["base 100% of 2660 | 2660", "total | 2660"],
    );
}

#[test]
fn an_agent_has_no_base() {
    check(DAN, november(1), &usual(), &["total | 0"]);
}

#[test]
fn tasks_pay_by_their_difficulty() {
    let mut events = events(bare(date(2026, 1, 1)));
    events.tasks = vec![
        task(3, ALICE, november(9), 5),
        task(1, ALICE, november(2), 1),
        task(2, ALICE, november(2), 3),
        task(4, ALICE, date(2026, 10, 31), 5),
        task(5, BOB, november(2), 5),
        task(6, ALICE, november(3), 9),
    ];
    let table = [
        "task of difficulty 1 | 5",
        "task of difficulty 3 | 20",
        "task of difficulty 5 | 80",
        "total | 105",
    ];
    check(ALICE, november(1), &events, &table);
}

fn race(orders: Vec<SoldOrder>) -> PayEvents {
    let mut events = usual();
    events.plans.0[0].base.clear();
    events.orders = orders
        .into_iter()
        .map(|mut order| {
            order.manager = None;
            order
        })
        .collect();
    events
}

#[test]
fn the_three_who_sold_most() {
    let events = race(vec![
        sold(1, ALICE, november(2), "30000"),
        sold(2, BOB, november(3), "20000"),
        sold(3, DAN, november(4), "10000"),
    ]);
    let table = [
        "order 1 30000 at 3% | 900",
        "place 1 with 30000 | 800",
        "best with 30000 | 1000",
        "total | 2700",
    ];
    check(ALICE, november(1), &events, &table);
    let table = [
        "order 2 20000 at 3% | 600",
        "place 2 with 20000 | 500",
        "total | 1100",
    ];
    check(BOB, november(1), &events, &table);
    let table = [
        "order 3 10000 at 3% | 300",
        "place 3 with 10000 | 300",
        "total | 600",
    ];
    check(DAN, november(1), &events, &table);
}

#[test]
fn who_sold_too_little_is_not_ranked() {
    let events = race(vec![sold(1, ALICE, november(2), "9999.99")]);
    let table = ["order 1 9999.99 at 3% | 300", "total | 300"];
    check(ALICE, november(1), &events, &table);
}

#[test]
fn ranked_by_what_is_left_after_refunds() {
    let events = race(vec![
        back(
            sold(1, ALICE, november(2), "30000"),
            7,
            november(28),
            "15000",
        ),
        sold(2, BOB, november(3), "20000"),
    ]);
    let table = [
        "order 2 20000 at 3% | 600",
        "place 1 with 20000 | 800",
        "best with 20000 | 1000",
        "total | 2400",
    ];
    check(BOB, november(1), &events, &table);
}

#[test]
fn a_tie_goes_to_more_orders() {
    let events = race(vec![
        sold(1, ALICE, november(2), "20000"),
        sold(2, BOB, november(3), "12000"),
        sold(3, BOB, november(29), "8000"),
    ]);
    let table = [
        "order 2 12000 at 3% | 360",
        "order 3 8000 at 3% | 240",
        "place 1 with 20000 | 800",
        "best with 20000 | 1000",
        "total | 2400",
    ];
    check(BOB, november(1), &events, &table);
}

#[test]
fn then_to_who_was_there_earlier() {
    let events = race(vec![
        sold(1, ALICE, november(3), "20000"),
        sold(2, BOB, november(2), "20000"),
    ]);
    let table = [
        "order 1 20000 at 3% | 600",
        "place 2 with 20000 | 500",
        "total | 1100",
    ];
    check(ALICE, november(1), &events, &table);
}

#[test]
fn then_to_who_has_been_here_longer() {
    let events = race(vec![
        sold(1, BOB, november(2), "20000"),
        sold(2, ALICE, november(2), "20000"),
    ]);
    let table = [
        "order 2 20000 at 3% | 600",
        "place 1 with 20000 | 800",
        "best with 20000 | 1000",
        "total | 2400",
    ];
    check(ALICE, november(1), &events, &table);
}

#[test]
fn part_time_people_are_paid_twice_a_month() {
    let table = [
        "base 50% of 2585 | 646.25",
        "total | 646.25",
        "base 50% of 2585, 646.25 paid before | 646.25",
        "total | 646.25",
    ];
    check(CAROL, november(1), &usual(), &table);
}

#[test]
fn a_base_that_cannot_be_halved() {
    // 12.93 in all: 6.47 and 6.46.
    let mut events = usual();
    events.plans.0[0].usual_wage = Fen(2585);
    let table = [
        "base 50% of 25.85 | 6.47",
        "total | 6.47",
        "base 50% of 25.85, 6.47 paid before | 6.46",
        "total | 6.46",
    ];
    check(CAROL, november(1), &events, &table);
}

#[test]
fn a_tier_reached_in_the_second_half_lifts_the_first() {
    let mut events = events(bare(date(2026, 1, 1)));
    events.orders = vec![
        sold(1, CAROL, november(15), "30000"),
        sold(2, CAROL, november(16), "30000"),
    ];
    let table = [
        "order 1 30000 at 3% | 900",
        "total | 900",
        "order 1 30000 at 4%, 900 paid before | 300",
        "order 2 30000 at 4% | 1200",
        "total | 1500",
    ];
    check(CAROL, november(1), &events, &table);
}

#[test]
fn a_tier_lost_in_the_second_half_takes_back() {
    let mut events = events(bare(date(2026, 1, 1)));
    let order = sold(1, CAROL, november(10), "60000");
    events.orders = vec![back(order, 7, november(20), "20000")];
    let table = [
        "order 1 60000 at 4% | 2400",
        "total | 2400",
        "order 1 60000 at 3%, 2400 paid before | -600",
        "back of order 1 20000 at 3% | -600",
        "total | -1200",
    ];
    check(CAROL, november(1), &events, &table);
}

#[test]
fn bonuses_come_with_the_end_of_the_month() {
    let events = race(vec![sold(1, CAROL, november(2), "20000")]);
    let table = [
        "order 1 20000 at 3% | 600",
        "total | 600",
        "place 1 with 20000 | 800",
        "best with 20000 | 1000",
        "total | 1800",
    ];
    check(CAROL, november(1), &events, &table);
}

#[test]
fn february_has_halves_too() {
    let mut events = events(bare(date(2026, 1, 1)));
    events.orders = vec![
        sold(1, CAROL, date(2026, 2, 15), "1000"),
        sold(2, CAROL, date(2026, 2, 28), "1000"),
    ];
    let table = [
        "order 1 1000 at 3% | 30",
        "total | 30",
        "order 2 1000 at 3% | 30",
        "total | 30",
    ];
    check(CAROL, date(2026, 2, 1), &events, &table);
}

#[test]
fn a_deferred_award_vests_in_parts_that_make_a_whole() {
    let mut events = events(bare(date(2026, 1, 1)));
    let third = BasisPoints(3_333);
    events.deferred = vec![DeferredAward {
        id: id(7),
        person: ALICE,
        late: Vec::new(),
        amount: Fen(10_000),
        vests: vec![
            (date(2026, 10, 31), third),
            (november(30), third),
            (date(2026, 12, 31), BasisPoints(3_334)),
        ],
        forfeited_on: None,
    }];
    for (month, amount) in [(10, "33.33"), (11, "33.33"), (12, "33.34")] {
        let statement = &all(ALICE, date(2026, month, 1), &events)[0];
        assert_eq!(statement.total().typed(), amount);
    }
    let table = ["vested 33.33% of 100 | 33.33", "total | 33.33"];
    check(ALICE, november(1), &events, &table);
}

#[test]
fn what_was_forfeited_does_not_vest() {
    let mut events = events(bare(date(2026, 1, 1)));
    let half = BasisPoints::percent(50);
    events.deferred = vec![DeferredAward {
        id: id(7),
        person: ALICE,
        late: Vec::new(),
        amount: Fen(10_000),
        vests: vec![(november(10), half), (november(20), half)],
        forfeited_on: Some(november(20)),
    }];
    let table = ["vested 50% of 100 | 50", "total | 50"];
    check(ALICE, november(1), &events, &table);
}

#[test]
fn adjustments_either_way_once_they_are_approved() {
    let mut events = events(bare(date(2026, 1, 1)));
    let mut unapproved = adjusted(9, ALICE, november(4), AdjustmentKind::Award, 99_999);
    unapproved.approved = false;
    events.adjustments = vec![
        adjusted(8, ALICE, november(3), AdjustmentKind::Correction, -1_234),
        adjusted(7, ALICE, november(2), AdjustmentKind::Award, 20_000),
        unapproved,
    ];
    let table = [
        "adjustment 7 | 200",
        "adjustment 8 | -12.34",
        "total | 187.66",
    ];
    check(ALICE, november(1), &events, &table);
}

/// The base and 5,000 besides: 7,585; a fifth of it is 1,517.
fn well_paid(penalties: Vec<Adjustment>) -> PayEvents {
    let mut events = no_bonus(usual());
    let award = AdjustmentKind::Award;
    events.adjustments = penalties;
    events
        .adjustments
        .push(adjusted(7, ALICE, november(2), award, 500_000));
    events
}

#[test]
fn a_penalty_within_the_law() {
    let table = [
        "base 100% of 2585 | 2585",
        "adjustment 7 | 5000",
        "penalty 8 of 1517 | -1517",
        "total | 6068",
    ];
    check(
        ALICE,
        november(1),
        &well_paid(vec![penalty(8, ALICE, 1517)]),
        &table,
    );
}

#[test]
fn a_fifth_of_the_months_pay_is_the_most() {
    let table = [
        "base 100% of 2585 | 2585",
        "adjustment 7 | 5000",
        "penalty 8 of 1000 | -1000",
        "penalty 9 of 1000 | -517",
        "penalty 10 of 1 | 0",
        "total | 6068",
    ];
    let penalties = vec![
        penalty(9, ALICE, 1000),
        penalty(8, ALICE, 1000),
        penalty(10, ALICE, 1),
    ];
    check(ALICE, november(1), &well_paid(penalties), &table);
}

#[test]
fn the_minimum_wage_is_left() {
    let mut events = no_bonus(usual());
    let award = AdjustmentKind::Award;
    events.adjustments = vec![
        adjusted(7, ALICE, november(2), award, 10_000),
        penalty(8, ALICE, 300),
    ];
    let table = [
        "base 100% of 2585 | 2585",
        "adjustment 7 | 100",
        "penalty 8 of 300 | -100",
        "total | 2585",
    ];
    check(ALICE, november(1), &events, &table);
}

#[test]
fn an_agents_penalty_is_a_fifth_at_most() {
    let mut events = events(bare(date(2026, 1, 1)));
    events.orders = vec![sold(1, DAN, november(2), "1000")];
    events.adjustments = vec![penalty(8, DAN, 300)];
    let table = [
        "order 1 1000 at 3% | 30",
        "penalty 8 of 300 | -6",
        "total | 24",
    ];
    check(DAN, november(1), &events, &table);
}

#[test]
fn the_limit_is_never_rounded_beyond_the_law() {
    let mut events = events(bare(date(2026, 1, 1)));
    events.adjustments = vec![
        adjusted(7, DAN, november(2), AdjustmentKind::Award, 3),
        penalty(8, DAN, 1),
    ];
    // A fifth of 0.03 is 0.006.
    let table = ["adjustment 7 | 0.03", "penalty 8 of 1 | 0", "total | 0.03"];
    check(DAN, november(1), &events, &table);
}

#[test]
fn without_a_closed_case_or_an_approval_there_is_no_penalty() {
    let no_case = AdjustmentKind::Penalty { case: None };
    let mut unapproved = penalty(9, ALICE, 100);
    unapproved.approved = false;
    let penalties = vec![adjusted(8, ALICE, november(3), no_case, 10_000), unapproved];
    let table = [
        "base 100% of 2585 | 2585",
        "adjustment 7 | 5000",
        "total | 7585",
    ];
    check(ALICE, november(1), &well_paid(penalties), &table);
}

//! Reviews worked out by hand, and what holds of all of them.

use caravan_domain::money::{BasisPoints, Fen};
use caravan_domain::reviews::measure::Measure as M;
use caravan_domain::reviews::plan::{Curve, Floor, Indicator, ScorePlan, ScoreRole, Step};
use caravan_domain::reviews::score::{Figure, Figures, Score, score};
use proptest::prelude::*;

const MONTH: u8 = 1;
const QUARTER: u8 = 3;
const YEAR: u8 = 12;

fn figures(known: &[(M, i64, u32)]) -> Figures {
    let known = known.iter().copied();
    known
        .map(|(measure, value, sample)| (measure, Figure { value, sample }))
        .collect()
}

fn sales() -> ScorePlan {
    ScorePlan::usual(ScoreRole::Sales)
}

fn after_sales() -> ScorePlan {
    ScorePlan::usual(ScoreRole::AfterSales)
}

fn with(mut plan: ScorePlan, measure: M, change: impl Fn(&mut Indicator)) -> ScorePlan {
    let indicators = plan.dimensions.iter_mut().flat_map(|it| &mut it.indicators);
    indicators
        .filter(|it| it.measure == measure)
        .for_each(change);
    plan
}

/// Yuan.
const fn yuan(yuan: i64) -> i64 {
    yuan * 100
}

struct Golden {
    name: &'static str,
    plan: ScorePlan,
    months: u8,
    figures: Figures,
    /// Results, quality, attitude.
    dimensions: [Option<u32>; 3],
    total: Option<u32>,
    grade: &'static str,
}

fn golden(
    name: &'static str,
    plan: ScorePlan,
    months: u8,
    known: &[(M, i64, u32)],
    dimensions: [Option<u32>; 3],
    total: impl Into<Option<u32>>,
    grade: &'static str,
) -> Golden {
    Golden {
        name,
        plan,
        months,
        figures: figures(known),
        dimensions,
        total: total.into(),
        grade,
    }
}

const GOOD: &[(M, i64, u32)] = &[(M::NewClients, 5, 5), (M::Sales, yuan(100_000), 3)];

/// The usual plan for sales. Results 60: new clients 40 (5 a month), sales 40 (¥100,000 a month), repurchase 20 (50 %, of
/// 5 clients at least). Quality 30: completeness 30 (95 %), accuracy 30 (95 %, of 10), satisfaction 40 (95 %, of 5, under
/// 80 % nothing). Attitude 10: attendance 30 (95 %, of 5), first response 20 (an hour, nothing at a day, of 5), team work
/// 20, communication, retention, market share 10 each (5.00).
fn by_the_usual_plan() -> Vec<Golden> {
    let all = &[
        (M::NewClients, 5, 5),
        (M::Sales, yuan(100_000), 9),
        (M::Repurchase, 5_000, 5),
        (M::Completeness, 9_500, 40),
        (M::Accuracy, 9_500, 10),
        (M::Satisfaction, 9_500, 5),
        (M::Attendance, 9_500, 5),
        (M::FirstResponse, 60, 5),
        (M::TeamWork, 500, 1),
        (M::Communication, 500, 1),
        (M::Retention, 500, 1),
        (M::MarketShare, 500, 1),
    ];
    let whole = Some(10_000);
    vec![
        golden(
            "all at target",
            sales(),
            MONTH,
            all,
            [whole; 3],
            10_000,
            "A",
        ),
        golden("nothing known", sales(), MONTH, &[], [None; 3], None, ""),
        // 40 × 8000 + 40 × 8000 over 80; the weight of repurchase is spread.
        golden(
            "four clients, ¥80,000",
            sales(),
            MONTH,
            &[(M::NewClients, 4, 4), (M::Sales, yuan(80_000), 2)],
            [Some(8_000), None, None],
            8_000,
            "B",
        ),
        golden(
            "nothing done",
            sales(),
            MONTH,
            &[(M::NewClients, 0, 0), (M::Sales, 0, 0)],
            [Some(0), None, None],
            0,
            "D",
        ),
        // 2000 and 3333 (of 3333.33): 2666.5, half up.
        golden(
            "half a point goes up",
            sales(),
            MONTH,
            &[(M::NewClients, 1, 1), (M::Sales, 3_333_333, 1)],
            [Some(2_667), None, None],
            2_667,
            "D",
        ),
        // More than the whole is the whole. 60 × 10000 + 30 × 5000 over 90 = 8333.33.
        golden(
            "twice the target, files half complete",
            sales(),
            MONTH,
            &[
                (M::NewClients, 10, 10),
                (M::Sales, yuan(200_000), 9),
                (M::Completeness, 4_750, 40),
            ],
            [whole, Some(5_000), None],
            8_333,
            "B",
        ),
        // 7999 is under the floor: quality gives nothing. 600000 over 90 = 6666.67.
        golden(
            "satisfaction a hundredth under 80 %",
            sales(),
            MONTH,
            &[
                (M::NewClients, 5, 5),
                (M::Sales, yuan(100_000), 3),
                (M::Satisfaction, 7_999, 5),
            ],
            [whole, Some(0), None],
            6_667,
            "C",
        ),
        // 8000 of 9500 = 8421.05. 600000 + 30 × 8421 over 90 = 9473.67.
        golden(
            "satisfaction of just 80 %",
            sales(),
            MONTH,
            &[
                (M::NewClients, 5, 5),
                (M::Sales, yuan(100_000), 3),
                (M::Satisfaction, 8_000, 5),
            ],
            [whole, Some(8_421), None],
            9_474,
            "A",
        ),
        golden(
            "four angry clients are too few",
            sales(),
            MONTH,
            &[
                (M::NewClients, 5, 5),
                (M::Sales, yuan(100_000), 3),
                (M::Satisfaction, 1_000, 4),
            ],
            [whole, None, None],
            10_000,
            "A",
        ),
        golden(
            "the floor outweighs good files",
            sales(),
            MONTH,
            &[
                (M::NewClients, 5, 5),
                (M::Sales, yuan(100_000), 3),
                (M::Completeness, 9_500, 40),
                (M::Accuracy, 9_500, 10),
                (M::Satisfaction, 5_000, 5),
            ],
            [whole, Some(0), None],
            6_667,
            "C",
        ),
        golden(
            "more given back than sold",
            sales(),
            MONTH,
            &[(M::NewClients, 5, 5), (M::Sales, yuan(-5_000), 2)],
            [Some(5_000), None, None],
            5_000,
            "D",
        ),
        golden(
            "nine callbacks are too few",
            sales(),
            MONTH,
            &[(M::Completeness, 9_500, 40), (M::Accuracy, 0, 9)],
            [None, whole, None],
            10_000,
            "A",
        ),
        // 30 × 10000 + 30 × 5000 over 60 = 7500. 600000 + 225000 over 90 = 9166.67.
        golden(
            "every second field wrong",
            sales(),
            MONTH,
            &[
                (M::NewClients, 5, 5),
                (M::Sales, yuan(100_000), 3),
                (M::Completeness, 9_500, 40),
                (M::Accuracy, 4_750, 10),
            ],
            [whole, Some(7_500), None],
            9_167,
            "A",
        ),
        // A quarter asks for 15 clients and ¥300,000.
        golden(
            "a quarter with half its sales",
            sales(),
            QUARTER,
            &[(M::NewClients, 15, 15), (M::Sales, yuan(150_000), 5)],
            [Some(7_500), None, None],
            7_500,
            "B",
        ),
        // 14 of 15 = 9333.33; with 10000: 9666.5.
        golden(
            "a quarter one client short",
            sales(),
            QUARTER,
            &[(M::NewClients, 14, 14), (M::Sales, yuan(300_000), 5)],
            [Some(9_667), None, None],
            9_667,
            "A",
        ),
        // 59 of 60 = 9833.33; with 10000: 9916.5.
        golden(
            "a year one client short",
            sales(),
            YEAR,
            &[(M::NewClients, 59, 59), (M::Sales, yuan(1_200_000), 50)],
            [Some(9_917), None, None],
            9_917,
            "A",
        ),
        // A share is no sum: 50 % is asked of a year as of a month.
        golden(
            "a share over a year",
            sales(),
            YEAR,
            &[(M::Repurchase, 5_000, 80)],
            [whole, None, None],
            10_000,
            "A",
        ),
        // 400000 + 400000 + 20 × 5000 over 100.
        golden(
            "a quarter of the clients came back",
            sales(),
            MONTH,
            &[
                (M::NewClients, 5, 5),
                (M::Sales, yuan(100_000), 3),
                (M::Repurchase, 2_500, 8),
            ],
            [Some(9_000), None, None],
            9_000,
            "A",
        ),
        // 800000 + 20 × 4994 over 100 = 8998.8: a hundredth of a point short of an A.
        golden(
            "just below a grade",
            sales(),
            MONTH,
            &[
                (M::NewClients, 5, 5),
                (M::Sales, yuan(100_000), 3),
                (M::Repurchase, 2_497, 8),
            ],
            [Some(8_999), None, None],
            8_999,
            "B",
        ),
        golden(
            "four buyers are too few",
            sales(),
            MONTH,
            &[
                (M::NewClients, 5, 5),
                (M::Sales, yuan(100_000), 3),
                (M::Repurchase, 0, 4),
            ],
            [whole, None, None],
            10_000,
            "A",
        ),
        golden(
            "one rating is all there is",
            sales(),
            MONTH,
            &[(M::TeamWork, 300, 1)],
            [None, None, Some(6_000)],
            6_000,
            "C",
        ),
        // 20 × 9000 + 10 × 5000 over 30 = 7666.67.
        golden(
            "two ratings by weight",
            sales(),
            MONTH,
            &[(M::TeamWork, 450, 2), (M::Communication, 250, 2)],
            [None, None, Some(7_667)],
            7_667,
            "B",
        ),
        // 3.33 of 5 = 6660.
        golden(
            "the mean of three raters",
            sales(),
            MONTH,
            &[(M::Retention, 333, 3)],
            [None, None, Some(6_660)],
            6_660,
            "C",
        ),
        golden(
            "answered within the hour",
            sales(),
            MONTH,
            &[(M::FirstResponse, 12, 5)],
            [None, None, whole],
            10_000,
            "A",
        ),
        // 1440 − 750 of 1440 − 60.
        golden(
            "answered in half a day",
            sales(),
            MONTH,
            &[(M::FirstResponse, 750, 5)],
            [None, None, Some(5_000)],
            5_000,
            "D",
        ),
        golden(
            "answered after two days",
            sales(),
            MONTH,
            &[(M::FirstResponse, 2_880, 5)],
            [None, None, Some(0)],
            0,
            "D",
        ),
        // 9025 of 9500 = 9500.
        golden(
            "one visit in ten not made",
            sales(),
            MONTH,
            &[(M::Attendance, 9_025, 20)],
            [None, None, Some(9_500)],
            9_500,
            "A",
        ),
        // 60 × 8000 + 30 × 5000 + 10 × 6000 over 100.
        golden(
            "a bit of everything",
            sales(),
            MONTH,
            &[
                (M::NewClients, 4, 4),
                (M::Sales, yuan(80_000), 2),
                (M::Completeness, 4_750, 40),
                (M::TeamWork, 300, 1),
            ],
            [Some(8_000), Some(5_000), Some(6_000)],
            6_900,
            "C",
        ),
    ]
}

/// After-sales: results 60 of questions resolved 70 (20 a month) and tasks on time 30 (95 %, of 5); quality 30 of accuracy
/// 30 and satisfaction 70.
fn by_other_plans() -> Vec<Golden> {
    let mut balanced = sales();
    for (dimension, weight) in balanced.dimensions.iter_mut().zip([50, 30, 20]) {
        dimension.weight = weight;
    }
    let all_or_nothing = with(sales(), M::NewClients, |it| it.curve = Curve::Threshold);
    let in_steps = with(sales(), M::Sales, |it| {
        let step = |yuan, percent| Step {
            from: Fen::yuan(yuan).0,
            points: BasisPoints::percent(percent),
        };
        it.curve = Curve::Steps(vec![step(50_000, 50), step(100_000, 100)]);
    });
    let gentle = with(sales(), M::Satisfaction, |it| {
        it.floor = Some(Floor {
            below: 8_000,
            at_most: BasisPoints(4_000),
        });
    });
    let whole = Some(10_000);
    vec![
        // Whatever they sell does not count (R43).
        golden(
            "after-sales at target without a sale",
            after_sales(),
            MONTH,
            &[
                (M::Resolved, 20, 22),
                (M::TasksOnTime, 9_500, 5),
                (M::Sales, 0, 0),
                (M::NewClients, 0, 0),
            ],
            [whole, None, None],
            10_000,
            "A",
        ),
        // 70 × 3500 + 30 × 5000 over 100 = 3950. 237000 + 300000 over 90 = 5966.67.
        golden(
            "seven questions of twenty",
            after_sales(),
            MONTH,
            &[
                (M::Resolved, 7, 9),
                (M::TasksOnTime, 4_750, 6),
                (M::Satisfaction, 9_500, 5),
            ],
            [Some(3_950), whole, None],
            5_967,
            "D",
        ),
        golden(
            "after-sales below the floor",
            after_sales(),
            MONTH,
            &[(M::Resolved, 20, 20), (M::Satisfaction, 7_900, 12)],
            [whole, Some(0), None],
            6_667,
            "C",
        ),
        golden(
            "after-sales in a quarter",
            after_sales(),
            QUARTER,
            &[(M::Resolved, 45, 50)],
            [Some(7_500), None, None],
            7_500,
            "B",
        ),
        // The same figures by a version that weighs otherwise: 400000 + 150000 + 120000 over 100.
        golden(
            "another version, another total",
            balanced,
            MONTH,
            &[
                (M::NewClients, 4, 4),
                (M::Sales, yuan(80_000), 2),
                (M::Completeness, 4_750, 40),
                (M::TeamWork, 300, 1),
            ],
            [Some(8_000), Some(5_000), Some(6_000)],
            6_700,
            "C",
        ),
        golden(
            "all or nothing, one short",
            all_or_nothing.clone(),
            MONTH,
            &[(M::NewClients, 4, 4), (M::Sales, yuan(100_000), 2)],
            [Some(5_000), None, None],
            5_000,
            "D",
        ),
        golden(
            "all or nothing, reached",
            all_or_nothing,
            MONTH,
            GOOD,
            [whole, None, None],
            10_000,
            "A",
        ),
        // A fen short of the second step: 40 × 10000 + 40 × 5000 over 80.
        golden(
            "a fen short of a step",
            in_steps.clone(),
            MONTH,
            &[(M::NewClients, 5, 5), (M::Sales, yuan(100_000) - 1, 2)],
            [Some(7_500), None, None],
            7_500,
            "B",
        ),
        golden(
            "below every step",
            in_steps.clone(),
            MONTH,
            &[(M::Sales, yuan(49_999), 2)],
            [Some(0), None, None],
            0,
            "D",
        ),
        // Steps of a quarter are three times as high.
        golden(
            "a step in a quarter",
            in_steps,
            QUARTER,
            &[(M::Sales, yuan(150_000), 2)],
            [Some(5_000), None, None],
            5_000,
            "D",
        ),
        // 7000 of 9500 = 7368, but no more than 4000. 600000 + 120000 over 90.
        golden(
            "a gentler floor",
            gentle.clone(),
            MONTH,
            &[
                (M::NewClients, 5, 5),
                (M::Sales, yuan(100_000), 3),
                (M::Satisfaction, 7_000, 5),
            ],
            [whole, Some(4_000), None],
            8_000,
            "B",
        ),
        // 3000 of 9500 = 3157.89 is less than the floor leaves. 600000 + 94740 over 90 = 7719.33.
        golden(
            "a floor never lifts",
            gentle,
            MONTH,
            &[
                (M::NewClients, 5, 5),
                (M::Sales, yuan(100_000), 3),
                (M::Satisfaction, 3_000, 5),
            ],
            [whole, Some(3_158), None],
            7_719,
            "B",
        ),
    ]
}

#[test]
fn reviews_come_out_as_worked_by_hand() {
    let cases = by_the_usual_plan().into_iter().chain(by_other_plans());
    let mut count = 0;
    for case in cases {
        let scored = score(&case.plan, case.months, &case.figures);
        let dimensions = scored.dimensions.iter();
        let dimensions: Vec<_> = dimensions.map(|it| it.points.map(|it| it.0)).collect();
        assert_eq!(dimensions, case.dimensions, "{}", case.name);
        assert_eq!(scored.total.map(|it| it.0), case.total, "{}", case.name);
        assert_eq!(scored.grade, case.grade, "{}", case.name);
        count += 1;
    }
    assert!(count >= 40, "{count}");
}

#[test]
fn a_grade_brings_what_the_plan_says() {
    let scored = score(&sales(), MONTH, &figures(GOOD));
    assert_eq!((&*scored.grade, scored.bonus), ("A", Fen::yuan(2_000)));
    let nothing = score(&sales(), MONTH, &Figures::new());
    assert_eq!((&*nothing.grade, nothing.bonus), ("", Fen::ZERO));
}

#[test]
fn what_says_nothing_leaves_its_weight_to_the_rest_of_its_dimension() {
    let known = figures(&[
        (M::NewClients, 5, 5),
        (M::Sales, 0, 0),
        (M::Repurchase, 5_000, 4),
        (M::TeamWork, 500, 1),
    ]);
    let scored = score(&sales(), MONTH, &known);
    let counts = |measure| {
        let all = scored.dimensions.iter().flat_map(|it| &it.indicators);
        let found = all.into_iter().find(|it| it.measure == measure).unwrap();
        found.counts.0
    };
    // Results and attitude are 60 and 10 of 70; in results 40 and 40 of 80.
    assert_eq!(counts(M::NewClients) + counts(M::Sales), 8_572);
    assert_eq!(counts(M::TeamWork), 1_428);
    assert_eq!((counts(M::Repurchase), counts(M::Completeness)), (0, 0));
}

fn any_measure() -> impl Strategy<Value = M> {
    (0..M::ALL.len()).prop_map(|place| M::ALL[place])
}

fn any_figures() -> impl Strategy<Value = Figures> {
    let figure =
        (-10_000i64..20_000_000, 0u32..20).prop_map(|(value, sample)| Figure { value, sample });
    proptest::collection::btree_map(any_measure(), figure, 0..14)
}

fn any_role() -> impl Strategy<Value = ScoreRole> {
    (0..ScoreRole::ALL.len()).prop_map(|place| ScoreRole::ALL[place])
}

fn all_points(score: &Score) -> Vec<BasisPoints> {
    let dimensions = score.dimensions.iter();
    let points = dimensions.flat_map(|it| {
        let indicators = it.indicators.iter().filter_map(|it| it.points);
        indicators.chain(it.points).collect::<Vec<_>>()
    });
    points.chain(score.total).collect()
}

proptest! {
    #[test]
    fn weights_conserve(role in any_role(), months in 1u8..=12, known in any_figures()) {
        let scored = score(&ScorePlan::usual(role), months, &known);
        let counts = scored.dimensions.iter().flat_map(|it| &it.indicators);
        let sum: u32 = counts.map(|it| it.counts.0).sum();
        prop_assert_eq!(sum, if scored.total.is_some() { 10_000 } else { 0 });
        for points in all_points(&scored) {
            prop_assert!(points.is_a_part());
        }
    }

    #[test]
    fn a_total_lies_between_its_dimensions(role in any_role(), known in any_figures()) {
        let scored = score(&ScorePlan::usual(role), 3, &known);
        let points: Vec<_> = scored.dimensions.iter().filter_map(|it| it.points).collect();
        prop_assert_eq!(scored.total.is_some(), !points.is_empty());
        if let Some(total) = scored.total {
            prop_assert!(points.iter().min() <= Some(&total) && Some(&total) <= points.iter().max());
        }
    }

    #[test]
    fn more_is_never_less(role in any_role(), mut known in any_figures(), measure in any_measure(), more in 0i64..100_000) {
        let plan = ScorePlan::usual(role);
        let before = score(&plan, 1, &known).total;
        if let Some(figure) = known.get_mut(&measure) {
            match measure {
                M::FirstResponse => figure.value -= more,
                _ => figure.value += more,
            }
            prop_assert!(score(&plan, 1, &known).total >= before);
        }
    }

    #[test]
    fn no_numbers_panic(target: i64, value: i64, sample: u32, from: i64, none_at: i64) {
        let steps = Curve::Steps(vec![Step { from, points: BasisPoints(u32::MAX) }]);
        for curve in [Curve::Share, Curve::Threshold, Curve::Down { none_at }, steps] {
            let plan = with(sales(), M::Sales, |it| {
                it.target = target;
                it.curve = curve.clone();
            });
            let _ = score(&plan, 12, &Figures::from([(M::Sales, Figure { value, sample })]));
        }
    }
}

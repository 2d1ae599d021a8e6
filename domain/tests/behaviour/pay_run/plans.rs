//! The plan as data: versions that hold from a day to come, and what another would have made.

use caravan_domain::pay::draft::{PlanDraft, PlanField};

use super::*;

fn set(plan: PayPlan) -> PayCommand {
    PayCommand::Decide(PayDecision::SetPlan(plan))
}

fn versions(firm: &Firm, me: PersonId) -> PlanVersions {
    match firm.field.ask(me, &Query::PayPlans) {
        Answer::PayPlans(versions) => versions,
        other => panic!("{other:?}"),
    }
}

fn double(from: Day) -> PayPlan {
    let mut plan = PayPlan::usual(from);
    for tier in &mut plan.tiers {
        tier.rate = BasisPoints(tier.rate.0 * 2);
    }
    plan
}

#[test]
fn a_version_holds_from_a_day_to_come_and_stays_as_it_is_once_that_has_begun() {
    let mut firm = Firm::new();
    let tomorrow = date(2026, 11, 6);
    let today = set(double(date(2026, 11, 5)));
    assert_eq!(
        firm.run(DIRECTOR, today).map(drop),
        refused(Refusal::HasBegun)
    );
    for me in [ALICE, EAST_MANAGER, DESK] {
        let refusal = refused(Refusal::NotAllowed);
        assert_eq!(firm.run(me, set(double(tomorrow))).map(drop), refusal);
    }
    for me in [DIRECTOR, ADMIN, FINANCE] {
        firm.run(me, set(double(tomorrow))).unwrap();
    }
    firm.sold(ALICE, "10000");
    firm.on(tomorrow);
    firm.sold(ALICE, "10000");
    let file = firm.statement(ALICE, ALICE, november());
    assert_eq!(
        say(&file),
        [
            "base = 2585",
            "顺丰便利店 at 300 = 240",
            "顺丰便利店 at 600 = 480"
        ]
    );
    assert_eq!(file.lines[2].line.plan, Some(tomorrow));
    let again = set(PayPlan::usual(tomorrow));
    assert_eq!(
        firm.run(DIRECTOR, again).map(drop),
        refused(Refusal::HasBegun)
    );
    let drop_it = PayCommand::Decide(PayDecision::DropPlan(tomorrow));
    assert_eq!(
        firm.run(DIRECTOR, drop_it).map(drop),
        refused(Refusal::HasBegun)
    );
    // One that is to come can be taken back.
    firm.run(FINANCE, set(double(date(2026, 12, 1)))).unwrap();
    let states: Vec<_> = versions(&firm, ALICE)
        .versions
        .iter()
        .map(|it| it.state)
        .collect();
    assert_eq!(
        states,
        [
            VersionState::ToCome,
            VersionState::InForce,
            VersionState::Past
        ]
    );
    let drop_it = PayCommand::Decide(PayDecision::DropPlan(date(2026, 12, 1)));
    firm.run(DIRECTOR, drop_it).unwrap();
    assert_eq!(versions(&firm, ALICE).versions.len(), 2);
    assert!(!versions(&firm, ALICE).may_plan && versions(&firm, FINANCE).may_plan);
}

#[test]
fn numbers_that_nobody_can_be_paid_by_are_refused() {
    let mut firm = Firm::new();
    let day = date(2026, 12, 1);
    let usual = || PayPlan::usual(day);
    for (what, plan) in [
        (
            "more than all",
            PayPlan {
                manager_part: BasisPoints(10_001),
                ..usual()
            },
        ),
        (
            "a penalty beyond the law",
            PayPlan {
                penalty_part: BasisPoints(2_001),
                ..usual()
            },
        ),
        (
            "less than nothing",
            PayPlan {
                usual_wage: Fen(-1),
                ..usual()
            },
        ),
        (
            "twice the same city",
            PayPlan {
                city_wages: vec![("杭州".to_owned(), Fen(1)), (" 杭州".to_owned(), Fen(2))],
                ..usual()
            },
        ),
        (
            "a city without a name",
            PayPlan {
                city_wages: vec![(" ".to_owned(), Fen(1))],
                ..usual()
            },
        ),
        (
            "a difficulty that is none",
            PayPlan {
                task_rates: vec![(6, Fen(1))],
                ..usual()
            },
        ),
        (
            "twice the same tier",
            PayPlan {
                tiers: vec![usual().tiers[0], usual().tiers[0]],
                ..usual()
            },
        ),
        (
            "too long",
            PayPlan {
                ranked: vec![Fen(1); 101],
                ..usual()
            },
        ),
    ] {
        let refusal = refused(Refusal::OutOfRange);
        assert_eq!(firm.run(DIRECTOR, set(plan)).map(drop), refusal, "{what}");
    }
    firm.run(DIRECTOR, set(usual())).unwrap();
}

#[test]
fn base_refers_to_the_wage_of_the_city() {
    let mut firm = Firm::new();
    let plan = PayPlan {
        city_wages: vec![("杭州".to_owned(), Fen::yuan(2_490))],
        ..PayPlan::usual(date(2026, 11, 6))
    };
    firm.run(DIRECTOR, set(plan)).unwrap();
    let city = |person| {
        let city = " 杭州".to_owned();
        PayCommand::Decide(PayDecision::SetCity { person, city })
    };
    for me in [ALICE, EAST_MANAGER, BOB] {
        assert_eq!(
            firm.run(me, city(ALICE)).map(drop),
            refused(Refusal::NotAllowed)
        );
    }
    firm.run(FINANCE, city(ALICE)).unwrap();
    assert_eq!(
        say(&firm.statement(ALICE, ALICE, november())),
        ["base = 2490"]
    );
    assert_eq!(say(&firm.statement(BOB, BOB, november())), ["base = 2585"]);
    assert_eq!(firm.file(ALICE, ALICE).unwrap().city, "杭州");
}

#[test]
fn what_another_plan_would_have_made() {
    let mut firm = Firm::new();
    firm.sold(ALICE, "10000");
    firm.on(date(2026, 12, 5));
    firm.sold(ALICE, "20000");
    firm.pay_out(ALICE, november());
    let asked = |plan, months| WhatIf {
        plan,
        until: date(2026, 12, 1),
        months,
    };
    let compare =
        |me, plan, months| match firm.field.ask(me, &Query::PayWhatIf(asked(plan, months))) {
            Answer::PayWhatIf(view) => view,
            other => panic!("{other:?}"),
        };
    let view: WhatIfView = compare(DIRECTOR, double(Day::MIN), 2);
    let alice = view.people.iter().find(|it| it.person == ALICE).unwrap();
    // 3 % of 30,000 less the manager's fifth comes twice; 20,000 are not over yet and rank nobody.
    assert_eq!(alice.after - alice.before, Fen::yuan(720));
    let manager = view
        .people
        .iter()
        .find(|it| it.person == EAST_MANAGER)
        .unwrap();
    assert_eq!(manager.after - manager.before, Fen::yuan(180));
    assert_eq!(view.after - view.before, Fen::yuan(900));
    assert_eq!(view.people[0].person, ALICE);
    assert_eq!(
        compare(DIRECTOR, double(Day::MIN), 1).after
            - compare(DIRECTOR, double(Day::MIN), 1).before,
        Fen::yuan(600)
    );
    // Nobody learns what others earn by it.
    let hers = compare(ALICE, double(Day::MIN), 2);
    assert_eq!(
        hers.people.iter().map(|it| it.person).collect::<Vec<_>>(),
        [ALICE]
    );
    let unsound = PayPlan {
        manager_part: BasisPoints(20_000),
        ..double(Day::MIN)
    };
    assert!(!compare(DIRECTOR, unsound, 2).sound);
}

#[test]
fn what_the_manager_developed_has_a_rule_of_its_own() {
    let mut firm = Firm::new();
    let client = firm.field.create(EAST_MANAGER, named("经理的客户"));
    let assign = caravan_domain::clients::ownership::OwnershipDecision::Assign {
        clients: vec![client],
        owner: ALICE,
    };
    firm.field
        .decide(EAST_MANAGER, &Decision::Ownership(assign))
        .unwrap();
    firm.client = client;
    firm.sold(ALICE, "10000");
    assert_eq!(
        say(&firm.statement(ALICE, ALICE, november())),
        ["base = 2585"]
    );
    assert_eq!(
        say(&firm.statement(EAST_MANAGER, EAST_MANAGER, november())),
        ["base = 2585", "经理的客户 at 300 for the manager = 300"]
    );
}

#[test]
fn a_plan_is_read_back_from_its_form() {
    let plan = PayPlan {
        city_wages: vec![("杭州".to_owned(), Fen(249_001))],
        ..PayPlan::usual(date(2026, 12, 1))
    };
    let draft = PlanDraft::of(&plan);
    assert_eq!(draft.read(), Ok(plan));
    let with = |change: fn(&mut PlanDraft)| {
        let mut changed = draft.clone();
        change(&mut changed);
        changed.read()
    };
    use PlanField as F;
    for (read, field) in [
        (with(|it| it.in_force_from.clear()), F::InForceFrom),
        (with(|it| it.tiers[0].1 = "abc".to_owned()), F::Tiers),
        (with(|it| it.city_wages[0].1.clear()), F::CityWages),
        (
            with(|it| it.manager_part = "100.01".to_owned()),
            F::ManagerPart,
        ),
        (with(|it| it.penalty_part = "21%".to_owned()), F::Whole),
        (with(|it| it.base_part_time = "-1".to_owned()), F::Base),
    ] {
        assert_eq!(read, Err(field));
    }
    let more = with(|it| {
        it.tiers.push((String::new(), "  ".to_owned()));
        it.tiers[0].1 = " 2.5 %".replace(' ', "");
    });
    assert_eq!(more.unwrap().tiers[0].rate, BasisPoints(250));
}

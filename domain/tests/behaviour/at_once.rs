//! Two who decide at once, neither knowing of the other: the relay takes them one after the other, whichever comes first.
//! Each case is played in both orders.

use std::collections::BTreeMap;

use caravan_domain::agreements::decision::{AgreementDecision, Terms, Waits, signed};
use caravan_domain::agreements::text::VersionDigest;
use caravan_domain::calendar::{Period, Span, plus_days};
use caravan_domain::decision::{Decision, Refusal, decide};
use caravan_domain::facts::Facts;
use caravan_domain::grades::decision::{GradeDecision, GradeStep, Proposal};
use caravan_domain::grades::standing::PromotionState;
use caravan_domain::id::{
    AgreementId, ClassId, CourseId, DeviceId, LessonId, PersonId, PromotionId,
};
use caravan_domain::money::Fen;
use caravan_domain::pay::decision::PayDecision;
use caravan_domain::pay::plan::PayPlan;
use caravan_domain::reviews::decision::ReviewDecision;
use caravan_domain::reviews::plan::{ScorePlan, ScoreRole};
use caravan_domain::role::Role;
use caravan_domain::training::classes::decision::{Attendance, ClassDecision, ClassPlan};
use caravan_domain::training::decision::TrainingDecision;

use crate::field::{ALICE, BOB, DIRECTOR, EAST_MANAGER, FINANCE, Field, id, person, today};
use crate::grades::{SENIOR, ladder, proposal, setting};

const HR: PersonId = person(30);
const OTHER_DIRECTOR: PersonId = person(31);
const AGREEMENT: AgreementId = AgreementId(id(40));
const TEXT: VersionDigest = VersionDigest([1; 32]);
const CLASS: ClassId = ClassId(id(41));

type Act = (PersonId, Decision);

/// What became of the one that came second, and what every device knows then.
struct Ended {
    second: Result<(), Refusal>,
    facts: Facts,
}

fn office() -> Field {
    let mut field = Field::new();
    field.hire(HR, "人事", &[Role::Hr], None);
    field.hire(OTHER_DIRECTOR, "副总", &[Role::Director], None);
    field
}

/// `one` first, and `other` first. What comes first is always taken, and devices that hear only what has changed know
/// what the relay knows.
fn both_ways(before: &[Act], one: &Act, other: &Act) -> [Ended; 2] {
    [[one, other], [other, one]].map(|[first, second]| {
        let mut field = office();
        for (who, decision) in before {
            field.decide(*who, decision).unwrap();
        }
        let mut device = field.facts.clone();
        let (who, decision) = first;
        let at = field.now.plus_millis(1);
        for change in decide(decision, *who, at, &field.facts).unwrap() {
            device.apply(change.clone());
            field.facts.apply(change);
        }
        let (who, decision) = second;
        let changes = decide(decision, *who, at.plus_millis(1), &field.facts);
        for change in changes.iter().flatten() {
            device.apply(change.clone());
            field.facts.apply(change.clone());
        }
        assert_eq!(device, field.facts);
        Ended {
            second: changes.map(drop),
            facts: field.facts,
        }
    })
}

fn grade(person: PersonId, step: GradeStep) -> Decision {
    Decision::Grade(GradeDecision::Step { person, step })
}

fn accept() -> GradeStep {
    GradeStep::Accept {
        promotion: proposal().id,
        since: today(),
        reply: String::new(),
    }
}

fn proposed() -> Vec<Act> {
    vec![
        (DIRECTOR, Decision::Grade(GradeDecision::Publish(ladder()))),
        (EAST_MANAGER, grade(ALICE, GradeStep::Propose(proposal()))),
    ]
}

#[test]
fn a_proposal_that_two_settle_is_settled_as_the_first_says() {
    let accepts = (DIRECTOR, grade(ALICE, accept()));
    let promotion = proposal().id;
    let reply = "再等一季".to_owned();
    let declines = (
        OTHER_DIRECTOR,
        grade(ALICE, GradeStep::Decline { promotion, reply }),
    );
    let withdraws = (EAST_MANAGER, grade(ALICE, GradeStep::Withdraw(promotion)));
    let again = (OTHER_DIRECTOR, grade(ALICE, accept()));
    for (other, ends) in [(&declines, 0), (&withdraws, 0), (&again, 1)] {
        let [accepted, settled] = both_ways(&proposed(), &accepts, other);
        for ended in [&accepted, &settled] {
            assert_eq!(ended.second, Err(Refusal::AlreadySettled));
            assert_eq!(ended.facts.grades[&ALICE].promotions.len(), 1);
        }
        let held = |ended: &Ended| ended.facts.grades[&ALICE].held.clone();
        assert_eq!(held(&accepted).len(), 1);
        assert_eq!(held(&accepted)[0].by, DIRECTOR);
        assert_eq!(held(&settled).len(), ends);
        let state = &settled.facts.grades[&ALICE].promotions[0].state;
        match state {
            PromotionState::Declined(answered) => assert_eq!(answered.reply, "再等一季"),
            PromotionState::Withdrawn { .. } | PromotionState::Accepted(_) => {}
            PromotionState::Proposed => panic!("it waits no more"),
        }
    }
}

#[test]
fn of_two_proposals_about_one_person_the_first_waits() {
    let other = Proposal {
        id: PromotionId(id(95)),
        reason: "业绩第一".to_owned(),
        ..proposal()
    };
    let ground = &proposed()[..1];
    let hers = (EAST_MANAGER, grade(ALICE, GradeStep::Propose(proposal())));
    let his = (DIRECTOR, grade(ALICE, GradeStep::Propose(other)));
    let set = (HR, grade(ALICE, GradeStep::Set(setting())));
    for ended in both_ways(ground, &hers, &his) {
        assert_eq!(ended.second, Err(Refusal::UnderWay));
        assert_eq!(ended.facts.grades[&ALICE].promotions.len(), 1);
    }
    let [waits, then] = both_ways(ground, &hers, &set);
    assert_eq!(waits.second, Err(Refusal::UnderWay), "set while one waits");
    assert_eq!(waits.facts.grades[&ALICE].held.len(), 0);
    assert_eq!(then.second, Ok(()), "proposed to somebody who has a grade");
    let standing = &then.facts.grades[&ALICE];
    assert_eq!((standing.held.len(), standing.promotions.len()), (1, 1));
    assert_eq!(standing.open().map(|it| it.rung), Some(SENIOR));
}

fn agree(decision: AgreementDecision) -> Decision {
    Decision::Agreement(decision)
}

fn require(number: u32, text: VersionDigest, within_days: u32) -> Decision {
    agree(AgreementDecision::Require {
        agreement: AGREEMENT,
        version: text,
        number,
        terms: Terms {
            required_of: [Role::AccountManager].into(),
            within_days,
            waits: Waits::Everybody,
        },
    })
}

fn sign(device: DeviceId, name: &str) -> Decision {
    agree(AgreementDecision::Sign {
        agreement: AGREEMENT,
        version: TEXT,
        name: name.to_owned(),
        signed_at: crate::field::MORNING,
        device,
    })
}

fn countersign(name: &str) -> Decision {
    agree(AgreementDecision::Countersign {
        agreement: AGREEMENT,
        person: ALICE,
        version: TEXT,
        name: name.to_owned(),
    })
}

#[test]
fn what_two_sign_for_the_company_is_signed_once_by_the_first() {
    let phone = DeviceId(id(90));
    let mut field = office();
    field.give_device(ALICE, phone);
    for (who, decision) in [
        (DIRECTOR, require(1, TEXT, 7)),
        (ALICE, sign(phone, "爱丽")),
    ] {
        field.decide(who, &decision).unwrap();
    }
    for order in [
        [(DIRECTOR, "总监"), (HR, "人事")],
        [(HR, "人事"), (DIRECTOR, "总监")],
    ] {
        let mut facts = field.facts.clone();
        let [first, second] = order.map(|(who, name)| {
            let changes = decide(&countersign(name), who, field.now, &facts);
            for change in changes.iter().flatten() {
                facts.apply(change.clone());
            }
            changes.map(drop)
        });
        assert_eq!((first, second), (Ok(()), Err(Refusal::AlreadySettled)));
        let company = signed(ALICE, AGREEMENT, &facts)[0].countersigned.clone();
        let company = company.unwrap();
        assert_eq!((company.by, &*company.name), order[0]);
    }
}

#[test]
fn what_one_signs_on_two_phones_is_signed_once() {
    let phones = [DeviceId(id(90)), DeviceId(id(91))];
    for order in [[0, 1], [1, 0]] {
        let mut field = office();
        for phone in phones {
            field.give_device(ALICE, phone);
        }
        field.decide(DIRECTOR, &require(1, TEXT, 7)).unwrap();
        let verdicts = order.map(|it| field.decide(ALICE, &sign(phones[it], "爱丽")));
        assert_eq!(verdicts, [Ok(()), Err(Refusal::AlreadySettled)]);
        let signatures = signed(ALICE, AGREEMENT, &field.facts);
        let devices: Vec<_> = signatures.iter().map(|it| it.device).collect();
        assert_eq!(devices, [phones[order[0]]]);
    }
}

/// Whoever signs the one, offline, has signed.
#[test]
fn of_two_versions_required_at_once_both_may_be_signed_and_the_later_is_asked_for() {
    let other = VersionDigest([2; 32]);
    let one = (DIRECTOR, require(1, TEXT, 7));
    let two = (HR, require(1, other, 30));
    let [ends_with_other, ends_with_one] = both_ways(&[], &one, &two);
    for (ended, asked, days) in [(ends_with_other, other, 30), (ends_with_one, TEXT, 7)] {
        assert_eq!(ended.second, Ok(()));
        let requirement = &ended.facts.requirements[&AGREEMENT];
        assert_eq!(requirement.current().map(|it| it.digest), Some(asked));
        assert_eq!(requirement.terms.within_days, days);
        assert_eq!(requirement.versions.len(), 2, "none is forgotten");
    }
}

fn class(decision: ClassDecision) -> Decision {
    let class = CLASS;
    Decision::Training(TrainingDecision::Class { class, decision })
}

fn held(room: u16) -> Vec<Act> {
    let plan = ClassPlan {
        course: CourseId(id(42)),
        lesson: LessonId(id(43)),
        title: "陈列".to_owned(),
        on: today(),
        starts: 540,
        minutes: 90,
        place: "杭州".to_owned(),
        trainer: EAST_MANAGER,
        room,
        invited: [ALICE, BOB].into(),
    };
    vec![(DIRECTOR, class(ClassDecision::Hold(plan)))]
}

fn mark(marks: &[(PersonId, Attendance)]) -> Decision {
    let marks: BTreeMap<_, _> = marks.iter().copied().collect();
    class(ClassDecision::Mark(marks))
}

#[test]
fn attendance_that_two_mark_is_kept_person_by_person() {
    use Attendance::{Absent, Late, Present};
    let trainer = (EAST_MANAGER, mark(&[(ALICE, Present), (BOB, Absent)]));
    let director = (DIRECTOR, mark(&[(ALICE, Late)]));
    let [ends_with_director, ends_with_trainer] = both_ways(&held(2), &trainer, &director);
    for (ended, alice, by) in [
        (ends_with_director, Late, DIRECTOR),
        (ends_with_trainer, Present, EAST_MANAGER),
    ] {
        assert_eq!(ended.second, Ok(()));
        let seats = &ended.facts.training.seats;
        let marked = |person| seats[&(person, CLASS)].marked.unwrap();
        assert_eq!((marked(ALICE).attendance, marked(ALICE).by), (alice, by));
        let bob = (marked(BOB).attendance, marked(BOB).by);
        assert_eq!(bob, (Absent, EAST_MANAGER), "whom only one has marked");
        let register = &ended.facts.training.registers[&(EAST_MANAGER, CLASS)];
        assert!(
            [ALICE, BOB]
                .into_iter()
                .all(|it| register[&it] == seats[&(it, CLASS)])
        );
    }
}

#[test]
fn the_last_seat_goes_to_whoever_asks_first() {
    let alice = (ALICE, class(ClassDecision::Come(true)));
    let bob = (BOB, class(ClassDecision::Come(true)));
    let [hers, his] = both_ways(&held(1), &alice, &bob);
    for (ended, has, has_not) in [(hers, ALICE, BOB), (his, BOB, ALICE)] {
        assert_eq!(ended.second, Err(Refusal::ClassFull));
        let seats = &ended.facts.training.seats;
        assert_eq!(seats[&(has, CLASS)].coming, Some(true));
        assert_eq!(seats[&(has_not, CLASS)].coming, None);
        assert_eq!(ended.facts.training.classes[&CLASS].coming, 1);
    }
}

#[test]
fn of_two_commission_plans_from_one_day_the_later_holds_and_of_two_days_both() {
    let plan = |days, yuan| {
        let plan = PayPlan {
            best: Fen::yuan(yuan),
            ..PayPlan::usual(plus_days(today(), days))
        };
        Decision::Pay(PayDecision::SetPlan(plan))
    };
    let bests = |ended: &Ended| {
        let plans = ended.facts.pay_plans.values();
        plans.map(|plan| plan.best).collect::<Vec<_>>()
    };
    let one = (DIRECTOR, plan(3, 100));
    let [last, first] = both_ways(&[], &one, &(FINANCE, plan(3, 200)));
    assert_eq!((last.second, first.second), (Ok(()), Ok(())));
    assert_eq!(bests(&last), [Fen::yuan(200)]);
    assert_eq!(bests(&first), [Fen::yuan(100)]);
    for ended in both_ways(&[], &one, &(FINANCE, plan(9, 200))) {
        assert_eq!(ended.second, Ok(()));
        assert_eq!(bests(&ended), [Fen::yuan(100), Fen::yuan(200)]);
    }
}

#[test]
fn of_two_score_plans_from_one_day_both_are_kept_and_the_later_holds() {
    let month = Period::of(Span::Month, plus_days(today(), 40));
    let plan = |remind_days| {
        let plan = ScorePlan {
            in_force_from: month.first(),
            remind_days,
            ..ScorePlan::usual(ScoreRole::Sales)
        };
        Decision::Review(ReviewDecision::ChangePlan {
            role: ScoreRole::Sales,
            plan,
        })
    };
    let [last, first] = both_ways(&[], &(DIRECTOR, plan(3)), &(HR, plan(5)));
    for (ended, days) in [(last, 5), (first, 3)] {
        assert_eq!(ended.second, Ok(()));
        let plans = &ended.facts.score_plans[&ScoreRole::Sales];
        assert_eq!(plans.0.len(), 2);
        assert_eq!(plans.plan_for(ScoreRole::Sales, month).remind_days, days);
    }
}

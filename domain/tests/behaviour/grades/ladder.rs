//! The ladder itself: what can be published, and which version holds.

use caravan_domain::calendar::plus_days;
use caravan_domain::command::{Command, CommandError, Field as FormField};
use caravan_domain::decision::Refusal;
use caravan_domain::grades::command::{GradeCommand, LadderDraft, RungDraft};
use caravan_domain::grades::criterion::Criterion;
use caravan_domain::grades::ladder::{Ladder, Ladders, RungName};
use caravan_domain::money::BasisPoints;
use caravan_domain::reviews::measure::Measure;
use proptest::prelude::*;

use super::{BEGINNER, SENIOR, ladder, publish};
use crate::field::{ADMIN, ALICE, DIRECTOR, EAST_MANAGER, FINANCE, Field, today};

#[test]
fn nothing_is_asked_before_a_director_has_published() {
    let mut field = Field::new();
    let file = field.grade(ALICE, ALICE).unwrap();
    assert_eq!((file.ladder, file.next, file.may.wish), (None, None, false));
    assert!(!field.grades(DIRECTOR).has_ladder);
    for actor in [ADMIN, EAST_MANAGER, ALICE, FINANCE] {
        let refused = field.decide(actor, &publish(ladder()));
        assert_eq!(refused, Err(Refusal::NotAllowed));
    }
    let early = Ladder {
        in_force_from: plus_days(today(), -32),
        ..ladder()
    };
    assert_eq!(
        field.decide(DIRECTOR, &publish(early)),
        Err(Refusal::OutOfRange)
    );
    let later = Ladder {
        in_force_from: plus_days(today(), 1),
        ..ladder()
    };
    field.decide(DIRECTOR, &publish(later)).unwrap();
    assert_eq!(field.grade(ALICE, ALICE).unwrap().ladder, None);
    field.decide(DIRECTOR, &publish(ladder())).unwrap();
    let file = field.grade(ALICE, ALICE).unwrap();
    assert_eq!((file.ladder, file.next), (Some(2), Some(BEGINNER)));
}

#[test]
fn a_ladder_is_checked() {
    let with = |change: &dyn Fn(&mut Ladder)| {
        let mut changed = ladder();
        change(&mut changed);
        changed.check()
    };
    assert_eq!(with(&|_| {}), Ok(()));
    assert_eq!(
        with(&|it| it.rungs.clear()),
        Err(Refusal::OutOfRange),
        "a ladder without grades"
    );
    assert_eq!(
        with(&|it| it.rungs[0].id = SENIOR),
        Err(Refusal::OutOfRange)
    );
    assert_eq!(
        with(&|it| it.rungs[0].name.zh = "\u{200b}".to_owned()),
        Err(Refusal::BadName)
    );
    assert_eq!(
        with(&|it| it.rungs[0].name.zh = " 资深 ".to_owned()),
        Err(Refusal::BadName)
    );
    assert_eq!(
        with(&|it| it.rungs[1].criteria.push(Criterion::Tenure { months: 1 })),
        Err(Refusal::Unbalanced)
    );
    for wrong in [
        Criterion::Tenure { months: 0 },
        Criterion::Leads { people: 0 },
        Criterion::Score {
            reviews: 1,
            target: BasisPoints(10_001),
        },
        Criterion::Figure {
            measure: Measure::TeamWork,
            months: 1,
            target: 1,
            minimum: 0,
        },
        Criterion::Figure {
            measure: Measure::Attendance,
            months: 1,
            target: 10_001,
            minimum: 0,
        },
    ] {
        assert_eq!(
            with(&|it| it.rungs[0].criteria = vec![wrong]),
            Err(Refusal::OutOfRange),
            "{wrong:?}"
        );
    }
}

#[test]
fn a_form_becomes_a_ladder() {
    let mut field = Field::new();
    let draft = |zh: &str| {
        Command::Grade(GradeCommand::Publish(LadderDraft {
            from: today(),
            rungs: vec![RungDraft {
                id: None,
                name: RungName {
                    zh: zh.to_owned(),
                    en: "Intern".to_owned(),
                },
                may: String::new(),
                criteria: vec![],
            }],
        }))
    };
    field.run(DIRECTOR, draft(" 实习 ")).unwrap();
    let known = field.facts.ladders.clone().unwrap();
    let name = &known.version(1).unwrap().rungs[0].name;
    assert_eq!((name.shown(true), name.shown(false)), ("实习", "Intern"));
    assert_eq!(
        field.run(DIRECTOR, draft(&"长".repeat(41))),
        Err(CommandError::TooLong {
            field: FormField::Name,
            max: 40
        })
    );
    assert_eq!(
        field.run(ALICE, draft("甲")),
        Err(Refusal::NotAllowed.into())
    );
}

proptest! {
    #[test]
    fn the_ladder_in_force_is_the_last_that_has_begun(days in proptest::collection::vec(0i64..40, 0..8), on in 0i64..40) {
        let ladders = Ladders(days.iter().map(|day| Ladder {
            in_force_from: plus_days(today(), *day),
            ..ladder()
        }).collect());
        let wanted = days.iter().rposition(|day| *day <= on).map(|place| u32::try_from(place + 1).unwrap());
        prop_assert_eq!(ladders.number_on(plus_days(today(), on)), wanted);
    }
}

//! What criteria come to, and who sees it.

use caravan_domain::calendar::plus_days;
use caravan_domain::facts::{Fact, FactKey};
use caravan_domain::grades::criterion::Known;
use caravan_domain::grades::list::{Counted, GradeRecordPage, GradeRecords};
use caravan_domain::policy::may_know;
use caravan_domain::query::{Answer, Query};
use caravan_domain::reviews::measure::Measure;
use caravan_domain::reviews::score::Figure;
use caravan_domain::training::decision::Certificate;

use super::{BEGINNER, COURSE, HR, office, set, this};
use crate::field::{
    ADMIN, ALICE, BOB, CAROL, DIRECTOR, EAST_MANAGER, FINANCE, WEST_MANAGER, named, today,
};

#[test]
fn criteria_are_counted_from_records() {
    let mut field = office();
    field
        .take(HR, ALICE, set(BEGINNER, plus_days(today(), -100)))
        .unwrap();
    field.create(ALICE, named("龙井茶行"));
    field.create(ALICE, named("碧螺春"));
    field.know(
        FactKey::Certificate(ALICE, COURSE),
        Fact::Certificate(Certificate {
            passed_at: field.now,
            right: 9,
            of: 10,
        }),
    );
    let two = Figure {
        value: 2,
        sample: 2,
    };
    let nothing = Figure {
        value: 0,
        sample: 0,
    };
    let by_manager = [
        this(3),
        Known::This(two),
        Known::Nothing,
        Known::This(nothing),
        Known::Nothing,
        this(1),
        this(0),
    ];
    assert_eq!(field.said(EAST_MANAGER, ALICE), by_manager);
    assert_eq!(field.said(DIRECTOR, ALICE), by_manager);
    let mine = field.said(ALICE, ALICE);
    assert_eq!(mine[1], Known::This(two));
    assert_eq!(
        mine[2],
        Known::NotHere,
        "what clients say of her is not here"
    );
    let of_hr = field.said(HR, ALICE);
    assert_eq!(of_hr[0], this(3));
    assert_eq!(of_hr[1], Known::NotHere, "HR has no clients");
    assert_eq!(of_hr[3], Known::NotHere);
    let file = field.grade(EAST_MANAGER, ALICE).unwrap();
    let senior = &file.rungs[1];
    let met = senior.criteria.iter().map(|it| it.judged.is_met());
    let met: Vec<_> = met.collect();
    assert_eq!(met, [true, true, false, false, false, true, false]);
    let asked = GradeRecords {
        person: ALICE,
        of: Counted::Figure(Measure::NewClients),
        months: 2,
        offset: 0,
        limit: 1,
    };
    match field.ask(EAST_MANAGER, &Query::GradeRecords(asked)) {
        Answer::GradeRecords(Some(GradeRecordPage {
            total,
            figure,
            lines,
            ..
        })) => {
            assert_eq!((total, figure, lines.len()), (2, Some(two), 1));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_figure_says_when_clients_have_gone_where_it_cannot_see() {
    let mut field = office();
    field.take(HR, ALICE, set(BEGINNER, today())).unwrap();
    let client = field.create(ALICE, named("龙井茶行"));
    field.create(ALICE, named("碧螺春"));
    crate::handovers::give(&mut field, client, BOB);
    assert!(matches!(field.said(EAST_MANAGER, ALICE)[1], Known::This(_)));
    let mine = field.said(ALICE, ALICE)[1];
    assert!(matches!(mine, Known::Partly(_)), "{mine:?}");
}

#[test]
fn who_sees_whose_grade() {
    let mut field = office();
    field.take(HR, ALICE, set(BEGINNER, today())).unwrap();
    let key = FactKey::Grade(ALICE);
    for (reader, sees) in [
        (ALICE, true),
        (EAST_MANAGER, true),
        (DIRECTOR, true),
        (HR, true),
        (BOB, false),
        (CAROL, false),
        (WEST_MANAGER, false),
        (FINANCE, false),
        (ADMIN, false),
    ] {
        assert_eq!(may_know(reader, key, &field.facts), sees, "{reader}");
        assert_eq!(field.grade(reader, ALICE).is_some(), sees, "{reader}");
        let listed = field.grades(reader).lines;
        assert_eq!(listed.iter().any(|it| it.person == ALICE), sees);
        assert!(may_know(reader, FactKey::Ladders, &field.facts));
    }
    let lines = field.grades(EAST_MANAGER).lines;
    let of = |person| lines.iter().find(|it| it.person == person).unwrap();
    assert!(of(ALICE).next.is_some());
    assert!(!of(BOB).is_ready(), "a first grade is set");
    let names: Vec<_> = field
        .grades(EAST_MANAGER)
        .lines
        .iter()
        .map(|it| it.person)
        .collect();
    assert!(names.contains(&BOB) && !names.contains(&CAROL));
}

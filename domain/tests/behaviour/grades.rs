//! Grades: what they ask for, who stands where, and how people come up (R45).

use caravan_domain::calendar::plus_days;
use caravan_domain::command::{Command, CommandError, Field as FormField};
use caravan_domain::decision::{Decision, Refusal};
use caravan_domain::facts::{Fact, FactKey};
use caravan_domain::grades::command::{GradeCommand, LadderDraft, ProposalDraft, RungDraft};
use caravan_domain::grades::criterion::{Criterion, Judged, Known};
use caravan_domain::grades::decision::{GradeDecision, GradeStep, Proposal, Setting};
use caravan_domain::grades::ladder::{Ladder, Ladders, Rung, RungName};
use caravan_domain::grades::list::{
    Counted, GradeFile, GradePage, GradeRecordPage, GradeRecords, GradeReminderOf,
};
use caravan_domain::grades::standing::{GradeStanding, PromotionState};
use caravan_domain::id::{CourseId, PersonId, PromotionId, RungId};
use caravan_domain::money::BasisPoints;
use caravan_domain::policy::may_know;
use caravan_domain::query::{Answer, Query};
use caravan_domain::reviews::measure::Measure;
use caravan_domain::reviews::score::Figure;
use caravan_domain::role::Role;
use caravan_domain::time::Day;
use caravan_domain::training::decision::Certificate;
use proptest::prelude::*;

use crate::field::{
    ADMIN, ALICE, BOB, CAROL, DIRECTOR, EAST, EAST_MANAGER, FINANCE, Field, WEST_MANAGER, id,
    named, person, today,
};

const BEGINNER: RungId = RungId(id(90));
pub(crate) const SENIOR: RungId = RungId(id(91));
const LEAD: RungId = RungId(id(92));
const HR: PersonId = person(30);
const OTHER_DIRECTOR: PersonId = person(31);
const COURSE: CourseId = CourseId(id(93));

fn rung(id: RungId, zh: &str, criteria: Vec<Criterion>) -> Rung {
    Rung {
        id,
        name: RungName {
            zh: zh.to_owned(),
            en: String::new(),
        },
        may: "独立拜访".to_owned(),
        criteria,
    }
}

/// One of every kind of criterion.
pub(crate) fn ladder() -> Ladder {
    Ladder {
        in_force_from: today(),
        rungs: vec![
            rung(BEGINNER, "实习", vec![]),
            rung(
                SENIOR,
                "资深",
                vec![
                    Criterion::Tenure { months: 3 },
                    Criterion::Figure {
                        measure: Measure::NewClients,
                        months: 2,
                        target: 1,
                        minimum: 0,
                    },
                    Criterion::Figure {
                        measure: Measure::Satisfaction,
                        months: 3,
                        target: 8_000,
                        minimum: 1,
                    },
                    Criterion::Visits {
                        months: 1,
                        target: 2,
                    },
                    Criterion::Score {
                        reviews: 1,
                        target: BasisPoints(7_500),
                    },
                    Criterion::Certificate(COURSE),
                    Criterion::Leads { people: 1 },
                ],
            ),
            rung(LEAD, "主管", vec![Criterion::Leads { people: 2 }]),
        ],
    }
}

pub(crate) fn setting() -> Setting {
    Setting {
        ladder: 1,
        rung: BEGINNER,
        since: plus_days(today(), -40),
        reason: "补录".to_owned(),
    }
}

pub(crate) fn proposal() -> Proposal {
    let criteria = ladder().rungs.remove(1).criteria.into_iter();
    Proposal {
        id: PromotionId(id(94)),
        ladder: 1,
        rung: SENIOR,
        since: today(),
        reason: "带新人带得好".to_owned(),
        criteria: criteria
            .map(|criterion| Judged {
                criterion,
                known: Known::TooLittle(Figure {
                    value: 1,
                    sample: 2,
                }),
            })
            .collect(),
    }
}

fn office() -> Field {
    let mut field = Field::new();
    field.hire(HR, "人事", &[Role::Hr], None);
    field.hire(OTHER_DIRECTOR, "副总", &[Role::Director], None);
    field.decide(DIRECTOR, &publish(ladder())).unwrap();
    field
}

fn publish(ladder: Ladder) -> Decision {
    Decision::Grade(GradeDecision::Publish(ladder))
}

fn step(person: PersonId, step: GradeStep) -> Decision {
    Decision::Grade(GradeDecision::Step { person, step })
}

fn set(rung: RungId, since: Day) -> GradeStep {
    GradeStep::Set(Setting {
        rung,
        since,
        ..setting()
    })
}

fn accept(since: Day) -> GradeStep {
    GradeStep::Accept {
        promotion: proposal().id,
        since,
        reply: String::new(),
    }
}

fn decline(reply: &str) -> GradeStep {
    GradeStep::Decline {
        promotion: proposal().id,
        reply: reply.to_owned(),
    }
}

impl Field {
    fn take(&mut self, actor: PersonId, about: PersonId, taken: GradeStep) -> Result<(), Refusal> {
        self.decide(actor, &step(about, taken))
    }

    fn grade(&self, me: PersonId, person: PersonId) -> Option<GradeFile> {
        match self.ask(me, &Query::Grade(person)) {
            Answer::Grade(file) => file.map(|file| *file),
            other => panic!("{other:?}"),
        }
    }

    fn grades(&self, me: PersonId) -> GradePage {
        match self.ask(me, &Query::Grades) {
            Answer::Grades(page) => page,
            other => panic!("{other:?}"),
        }
    }

    fn said(&self, me: PersonId, person: PersonId) -> Vec<Known> {
        let file = self.grade(me, person).unwrap();
        let next = file.next.unwrap();
        let rung = file.rungs.iter().find(|it| it.id == next).unwrap();
        rung.criteria.iter().map(|it| it.judged.known).collect()
    }

    fn reminders(&self, me: PersonId) -> Vec<GradeReminderOf> {
        match self.ask(me, &Query::Today) {
            Answer::Today(view) => view.grades.into_iter().map(|it| it.what).collect(),
            other => panic!("{other:?}"),
        }
    }

    fn holds(&self, person: PersonId, day: Day) -> Option<RungId> {
        let standing = self.facts.grades.get(&person)?;
        standing.on(day).map(|held| held.rung)
    }
}

fn this(value: i64) -> Known {
    Known::This(Figure { value, sample: 0 })
}

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
        in_force_from: plus_days(today(), -1),
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

#[test]
fn directors_and_hr_set_grades_but_not_their_own() {
    let mut field = office();
    for actor in [ALICE, EAST_MANAGER, ADMIN, FINANCE] {
        let refused = field.take(actor, ALICE, set(BEGINNER, today()));
        assert_eq!(refused, Err(Refusal::NotAllowed));
    }
    field.take(HR, ALICE, set(BEGINNER, today())).unwrap();
    assert_eq!(
        field.take(DIRECTOR, DIRECTOR, set(LEAD, today())),
        Err(Refusal::NotAllowed)
    );
    let unsaid = GradeStep::Set(Setting {
        rung: SENIOR,
        reason: " ".to_owned(),
        ..setting()
    });
    assert_eq!(
        field.take(DIRECTOR, ALICE, unsaid),
        Err(Refusal::OutOfRange),
        "whoever has a grade is told why it becomes another"
    );
    let unknown = GradeStep::Set(Setting {
        ladder: 2,
        ..setting()
    });
    assert_eq!(field.take(DIRECTOR, ALICE, unknown), Err(Refusal::NotFound));
    let far = set(SENIOR, plus_days(today(), 400));
    assert_eq!(field.take(DIRECTOR, ALICE, far), Err(Refusal::OutOfRange));
    field
        .take(DIRECTOR, ALICE, set(SENIOR, plus_days(today(), 10)))
        .unwrap();
    assert_eq!(field.holds(ALICE, today()), Some(BEGINNER));
    assert_eq!(field.holds(ALICE, plus_days(today(), 10)), Some(SENIOR));
    let history = field.grade(ALICE, ALICE).unwrap().history;
    assert_eq!(history.len(), 2, "both stay");
}

#[test]
fn a_proposal_is_decided_by_another_director() {
    let mut field = office();
    field
        .take(HR, ALICE, set(BEGINNER, plus_days(today(), -40)))
        .unwrap();
    for actor in [ALICE, BOB, WEST_MANAGER, HR, ADMIN] {
        let refused = field.take(actor, ALICE, GradeStep::Propose(proposal()));
        assert_eq!(refused, Err(Refusal::NotAllowed));
    }
    field
        .take(DIRECTOR, ALICE, GradeStep::Propose(proposal()))
        .unwrap();
    assert_eq!(
        field.take(EAST_MANAGER, ALICE, GradeStep::Propose(proposal())),
        Err(Refusal::UnderWay)
    );
    assert_eq!(
        field.take(HR, ALICE, set(SENIOR, today())),
        Err(Refusal::UnderWay)
    );
    let since = plus_days(today(), 5);
    assert_eq!(
        field.take(DIRECTOR, ALICE, accept(since)),
        Err(Refusal::NotSeparate)
    );
    assert_eq!(
        field.take(EAST_MANAGER, ALICE, accept(since)),
        Err(Refusal::NotAllowed)
    );
    assert_eq!(
        field.take(HR, ALICE, accept(since)),
        Err(Refusal::NotAllowed)
    );
    assert_eq!(field.reminders(DIRECTOR), []);
    let asked = field.reminders(OTHER_DIRECTOR);
    assert!(matches!(&asked[..], [GradeReminderOf::Decide(id, _)] if *id == proposal().id));
    field.take(OTHER_DIRECTOR, ALICE, accept(since)).unwrap();
    assert_eq!(field.holds(ALICE, today()), Some(BEGINNER));
    assert_eq!(field.holds(ALICE, since), Some(SENIOR));
    assert_eq!(
        field.take(OTHER_DIRECTOR, ALICE, decline("晚了")),
        Err(Refusal::AlreadySettled)
    );
    let file = field.grade(ALICE, ALICE).unwrap();
    assert!(file.promotions[0].promotion.criteria == proposal().criteria);
    assert_eq!(file.promotions[0].answered_by, "副总");
}

#[test]
fn a_director_does_not_decide_about_themself() {
    let mut field = office();
    field.hire(
        OTHER_DIRECTOR,
        "副总",
        &[Role::Director, Role::AccountManager],
        Some(EAST),
    );
    field
        .take(EAST_MANAGER, OTHER_DIRECTOR, GradeStep::Propose(proposal()))
        .unwrap();
    assert_eq!(
        field.take(OTHER_DIRECTOR, OTHER_DIRECTOR, accept(today())),
        Err(Refusal::NotSeparate)
    );
    field
        .take(DIRECTOR, OTHER_DIRECTOR, accept(today()))
        .unwrap();
}

#[test]
fn what_is_declined_is_answered_and_can_be_proposed_again() {
    let mut field = office();
    field
        .take(EAST_MANAGER, ALICE, GradeStep::Propose(proposal()))
        .unwrap();
    assert_eq!(
        field.take(DIRECTOR, ALICE, decline(" ")),
        Err(Refusal::OutOfRange)
    );
    field
        .take(DIRECTOR, ALICE, decline("回访要再稳一稳"))
        .unwrap();
    assert_eq!(
        field.take(EAST_MANAGER, ALICE, GradeStep::Propose(proposal())),
        Err(Refusal::AlreadySettled),
        "one id is one proposal"
    );
    let again = Proposal {
        id: PromotionId(id(95)),
        ..proposal()
    };
    field
        .take(EAST_MANAGER, ALICE, GradeStep::Propose(again.clone()))
        .unwrap();
    assert_eq!(
        field.take(DIRECTOR, ALICE, GradeStep::Withdraw(again.id)),
        Err(Refusal::NotAllowed)
    );
    field
        .take(EAST_MANAGER, ALICE, GradeStep::Withdraw(again.id))
        .unwrap();
    let states: Vec<_> = field.facts.grades[&ALICE].promotions.iter().collect();
    assert!(matches!(states[0].state, PromotionState::Declined(_)));
    assert!(matches!(states[1].state, PromotionState::Withdrawn { .. }));
    assert_eq!(field.holds(ALICE, today()), None);
}

#[test]
fn a_proposal_answers_the_criteria_of_its_grade() {
    let mut field = office();
    let mut short = proposal();
    short.criteria.pop();
    let mut other = proposal();
    other.criteria[0].criterion = Criterion::Tenure { months: 1 };
    for wrong in [short, other] {
        assert_eq!(
            field.take(EAST_MANAGER, ALICE, GradeStep::Propose(wrong)),
            Err(Refusal::NotAsSubmitted)
        );
    }
}

#[test]
fn a_wish_is_the_persons_own_and_ends_with_a_proposal() {
    let mut field = office();
    let wish = || GradeStep::Wish("想带新人".to_owned());
    assert_eq!(
        field.take(EAST_MANAGER, ALICE, wish()),
        Err(Refusal::NotAllowed)
    );
    field.take(ALICE, ALICE, wish()).unwrap();
    assert_eq!(field.reminders(EAST_MANAGER), [GradeReminderOf::Wishes]);
    assert_eq!(field.reminders(WEST_MANAGER), []);
    field.take(ALICE, ALICE, GradeStep::Unwish).unwrap();
    assert_eq!(field.reminders(EAST_MANAGER), []);
    field.take(ALICE, ALICE, wish()).unwrap();
    field
        .take(EAST_MANAGER, ALICE, GradeStep::Propose(proposal()))
        .unwrap();
    assert_eq!(field.facts.grades[&ALICE].wish, None);
    assert_eq!(field.take(ALICE, ALICE, wish()), Err(Refusal::UnderWay));
    field.take(DIRECTOR, ALICE, accept(today())).unwrap();
    let news = field.reminders(ALICE);
    assert!(matches!(&news[..], [GradeReminderOf::Reached(name)] if name.zh == "资深"));
}

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
    let names: Vec<_> = field
        .grades(EAST_MANAGER)
        .lines
        .iter()
        .map(|it| it.person)
        .collect();
    assert!(names.contains(&BOB) && !names.contains(&CAROL));
}

#[test]
fn what_was_on_the_screen_is_proposed() {
    let mut field = office();
    let file = field.grade(EAST_MANAGER, ALICE).unwrap();
    let draft = |reason: &str| {
        let criteria = file.rungs[1].criteria.iter().map(|it| it.judged);
        Command::Grade(GradeCommand::Propose(
            ALICE,
            ProposalDraft {
                ladder: 1,
                rung: SENIOR,
                since: today(),
                reason: reason.to_owned(),
                criteria: criteria.collect(),
            },
        ))
    };
    assert_eq!(
        field.run(EAST_MANAGER, draft("\u{3000}")),
        Err(CommandError::Blank(FormField::Reason))
    );
    field.run(EAST_MANAGER, draft("能带队")).unwrap();
    let file = field.grade(DIRECTOR, ALICE).unwrap();
    assert!(file.may.decide && !file.may.propose && !file.may.set);
    assert!(field.grade(EAST_MANAGER, ALICE).unwrap().may.withdraw);
    assert!(field.grades(DIRECTOR).lines.iter().any(|it| it.proposed));
}

proptest! {
    /// Whatever is decided and in whatever order: nobody holds what no director or HR has given them, and what was decided
    /// stays.
    #[test]
    fn history_only_grows(steps in proptest::collection::vec((0usize..5, 0usize..7, 0i64..20), 1..30)) {
        let mut field = office();
        let actors = [ALICE, EAST_MANAGER, DIRECTOR, OTHER_DIRECTOR, HR];
        let mut before = GradeStanding::default();
        for (number, (actor, kind, days)) in steps.into_iter().enumerate() {
            let since = plus_days(today(), days);
            let open = before.open().map_or(proposal().id, |it| it.id);
            let taken = match kind {
                0 => set(if days % 2 == 0 { BEGINNER } else { SENIOR }, since),
                1 => GradeStep::Propose(Proposal {
                    id: PromotionId(id(u8::try_from(100 + number).unwrap())),
                    ..proposal()
                }),
                2 => GradeStep::Withdraw(open),
                3 => GradeStep::Accept { promotion: open, since, reply: String::new() },
                4 => GradeStep::Decline { promotion: open, reply: "不".to_owned() },
                5 => GradeStep::Wish("愿意".to_owned()),
                _ => GradeStep::Unwish,
            };
            let by = actors[actor];
            if field.take(by, ALICE, taken).is_err() {
                continue;
            }
            let after = field.facts.grades[&ALICE].clone();
            prop_assert!(after.held.starts_with(&before.held));
            prop_assert!(after.promotions.len() >= before.promotions.len());
            for (one, other) in before.promotions.iter().zip(&after.promotions) {
                prop_assert!(one.state == PromotionState::Proposed || one == other);
            }
            prop_assert!(after.promotions.iter().filter(|it| it.state == PromotionState::Proposed).count() <= 1);
            if let Some(held) = after.held.get(before.held.len()) {
                prop_assert!([DIRECTOR, OTHER_DIRECTOR, HR].contains(&held.by));
                let proposed = held.promotion.and_then(|id| after.promotion(id));
                prop_assert!(proposed.is_none_or(|it| it.by != held.by));
            }
            before = after;
        }
    }

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

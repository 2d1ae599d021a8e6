//! What is asked of one person, classes and who was there, role plays that are scored, and paths.

use std::collections::BTreeSet;

use caravan_domain::calendar::{Period, Span, plus_days};
use caravan_domain::command::{Command, CommandError, Field as FormField, RecordRef};
use caravan_domain::decision::{Decision, Refusal};
use caravan_domain::document::DocumentId;
use caravan_domain::facts::FactKey;
use caravan_domain::id::{ClassId, CourseId, LessonId, PathId, PersonId, ScoreId};
use caravan_domain::policy::{is_place_of, may_claim, may_know, may_put};
use caravan_domain::query::{Answer, Query};
use caravan_domain::reviews::command::{ImprovementDraft, ReviewCommand, ReviewRef};
use caravan_domain::reviews::figures::{Subject, figures};
use caravan_domain::reviews::measure::Measure;
use caravan_domain::reviews::plan::{ScorePlan, ScoreRole};
use caravan_domain::reviews::reported::Reported;
use caravan_domain::role::Role;
use caravan_domain::training::classes::decision::{Attendance, ClassDecision, ClassPlan, ROOM_MAX};
use caravan_domain::training::classes::view::{ClassFile, ClassesView};
use caravan_domain::training::command::TrainingCommand;
use caravan_domain::training::course::{CourseDraft, LessonDraft, Mode};
use caravan_domain::training::decision::TrainingDecision;
use caravan_domain::training::fact::TrainingKey;
use caravan_domain::training::paths::decision::{Path, PathKind};
use caravan_domain::training::paths::view::PathsView;
use caravan_domain::training::sheets::command::ScoreDraft;
use caravan_domain::training::sheets::decision::{Criterion, Performance, Sheet};
use caravan_domain::training::standing::Standing;
use caravan_domain::training::view::PersonTrainingFile;
use caravan_domain::value::{Map, Value};
use jiff::civil::date;
use proptest::prelude::*;

use crate::field::{
    ADMIN, ALICE, BOB, CAROL, DIRECTOR, EAST_MANAGER, Field, MORNING, WEST_MANAGER, id, person,
    today,
};
use crate::training::{DAY, add, answer_right, course, read, require, rule, stands, view};

const HR: PersonId = person(30);

fn run(field: &mut Field, me: PersonId, command: TrainingCommand) -> Result<(), CommandError> {
    field.run(me, Command::Training(command)).map(drop)
}

fn refused(refusal: Refusal) -> Result<(), CommandError> {
    Err(CommandError::Refused(refusal))
}

fn ask_of(
    field: &mut Field,
    me: PersonId,
    person: PersonId,
    course: CourseId,
) -> Result<(), CommandError> {
    let due = date(2026, 11, 20);
    let command = TrainingCommand::Require {
        person,
        course,
        due,
    };
    run(field, me, command)
}

fn later(field: &mut Field, days: i64) {
    field.now = MORNING.plus_millis(days * DAY);
}

#[test]
fn who_requires_a_course_of_one_person() {
    for (me, may) in [
        (EAST_MANAGER, true),
        (DIRECTOR, true),
        (HR, true),
        (WEST_MANAGER, false),
        (ADMIN, false),
        (BOB, false),
        (ALICE, false),
    ] {
        let mut field = Field::new();
        field.hire(HR, "人事", &[Role::Hr], None);
        let course = add(&mut field);
        let asked = ask_of(&mut field, me, ALICE, course);
        let expected = if may {
            Ok(())
        } else {
            refused(Refusal::NotAllowed)
        };
        assert_eq!(asked, expected, "{me}");
        let released = run(
            &mut field,
            me,
            TrainingCommand::Release {
                person: ALICE,
                course,
            },
        );
        assert_eq!(released, expected, "{me}");
    }
}

#[test]
fn what_is_required_of_one_person_is_due_late_and_done() {
    let mut field = Field::new();
    let course = add(&mut field);
    assert_eq!(stands(&field, ALICE, course), Standing::Open);
    ask_of(&mut field, EAST_MANAGER, ALICE, course).unwrap();
    assert_eq!(
        stands(&field, ALICE, course),
        Standing::Due(date(2026, 11, 20))
    );
    assert_eq!(stands(&field, BOB, course), Standing::Open);
    let Answer::Today(today) = field.ask(ALICE, &Query::Today) else {
        panic!();
    };
    assert_eq!(today.courses.len(), 1);
    assert_eq!(view(&field, EAST_MANAGER).people[0].required, 1);
    later(&mut field, 16);
    assert_eq!(
        stands(&field, ALICE, course),
        Standing::Overdue(date(2026, 11, 20))
    );
    answer_right(&mut field, course);
    assert!(matches!(
        stands(&field, ALICE, course),
        Standing::Passed { .. }
    ));

    // Asked once more, she passes once more.
    later(&mut field, 20);
    let command = TrainingCommand::Require {
        person: ALICE,
        course,
        due: date(2026, 12, 1),
    };
    run(&mut field, DIRECTOR, command).unwrap();
    assert_eq!(
        stands(&field, ALICE, course),
        Standing::Due(date(2026, 12, 1))
    );
    later(&mut field, 21);
    answer_right(&mut field, course);
    assert!(matches!(
        stands(&field, ALICE, course),
        Standing::Passed { .. }
    ));
}

#[test]
fn the_earlier_day_of_two_holds_and_a_withdrawal_leaves_the_other() {
    let mut field = Field::new();
    let course = add(&mut field);
    require(&mut field, course, rule());
    assert_eq!(
        stands(&field, ALICE, course),
        Standing::Due(date(2026, 11, 15))
    );
    let command = TrainingCommand::Require {
        person: ALICE,
        course,
        due: date(2026, 11, 8),
    };
    run(&mut field, EAST_MANAGER, command).unwrap();
    assert_eq!(
        stands(&field, ALICE, course),
        Standing::Due(date(2026, 11, 8))
    );
    let release = TrainingCommand::Release {
        person: ALICE,
        course,
    };
    run(&mut field, EAST_MANAGER, release.clone()).unwrap();
    assert_eq!(
        stands(&field, ALICE, course),
        Standing::Due(date(2026, 11, 15))
    );
    assert_eq!(
        run(&mut field, EAST_MANAGER, release),
        refused(Refusal::NotFound)
    );
    let gone = TrainingCommand::Require {
        person: ALICE,
        course,
        due: date(2026, 11, 4),
    };
    assert_eq!(
        run(&mut field, EAST_MANAGER, gone),
        refused(Refusal::OutOfRange)
    );
}

#[test]
fn a_course_in_an_improvement_plan_is_required_until_the_day_of_the_check() {
    let mut field = Field::new();
    let course = add(&mut field);
    let review = ReviewRef {
        person: ALICE,
        period: Period::of(Span::Quarter, today()),
    };
    crate::reviews::submit(&mut field, review);
    let improve = ReviewCommand::Improve(ImprovementDraft {
        review,
        gaps: BTreeSet::new(),
        text: "先把价格谈判补上".to_owned(),
        recheck: date(2026, 12, 1),
        tasks: Vec::new(),
        courses: vec![course],
    });
    field.run(EAST_MANAGER, Command::Review(improve)).unwrap();
    assert_eq!(
        stands(&field, ALICE, course),
        Standing::Due(date(2026, 12, 1))
    );
    let (required, by) = of_alice(&field, ALICE).unwrap().courses[0]
        .required
        .clone()
        .unwrap();
    assert_eq!((required.by, by.as_str()), (EAST_MANAGER, "东主管"));
}

// Classes.

fn plan(course: CourseId, invited: &[PersonId]) -> ClassPlan {
    ClassPlan {
        course,
        lesson: LessonId(id(50)),
        title: "谈判课堂".to_owned(),
        on: plus_days(today(), 1),
        starts: 9 * 60 + 30,
        minutes: 90,
        place: "三楼会议室".to_owned(),
        trainer: BOB,
        room: 2,
        invited: invited.iter().copied().collect(),
    }
}

fn hold(field: &mut Field, me: PersonId, plan: ClassPlan) -> ClassId {
    match field.run(me, Command::Training(TrainingCommand::HoldClass(plan))) {
        Ok(Some(RecordRef::Class(class))) => class,
        other => panic!("{other:?}"),
    }
}

fn decide(
    field: &mut Field,
    me: PersonId,
    class: ClassId,
    decision: ClassDecision,
) -> Result<(), CommandError> {
    run(field, me, TrainingCommand::Class { class, decision })
}

fn mark(
    field: &mut Field,
    me: PersonId,
    class: ClassId,
    marks: &[(PersonId, Attendance)],
) -> Result<(), CommandError> {
    let marks = marks.iter().copied().collect();
    decide(field, me, class, ClassDecision::Mark(marks))
}

fn opened(field: &Field, me: PersonId, class: ClassId) -> ClassFile {
    match field.ask(me, &Query::Class(class)) {
        Answer::Class(Some(file)) => *file,
        other => panic!("{other:?}"),
    }
}

#[test]
fn who_calls_a_class_and_whom_they_invite() {
    let mut field = Field::new();
    let course = add(&mut field);
    let call = |field: &mut Field, me, invited: &[PersonId]| {
        run(field, me, TrainingCommand::HoldClass(plan(course, invited)))
    };
    assert_eq!(call(&mut field, EAST_MANAGER, &[ALICE]), Ok(()));
    assert_eq!(call(&mut field, DIRECTOR, &[ALICE, CAROL]), Ok(()));
    for (me, invited) in [
        (EAST_MANAGER, vec![ALICE, CAROL]),
        (WEST_MANAGER, vec![ALICE]),
        (ADMIN, vec![ALICE]),
        (ALICE, vec![ALICE]),
    ] {
        assert_eq!(
            call(&mut field, me, &invited),
            refused(Refusal::NotAllowed),
            "{me}"
        );
    }
    assert_eq!(
        call(&mut field, DIRECTOR, &[BOB]),
        refused(Refusal::NotSeparate)
    );
    assert_eq!(
        call(&mut field, DIRECTOR, &[]),
        Err(CommandError::Blank(FormField::People))
    );
    for broken in [
        ClassPlan {
            room: ROOM_MAX + 1,
            ..plan(course, &[ALICE])
        },
        ClassPlan {
            starts: 24 * 60,
            ..plan(course, &[ALICE])
        },
        ClassPlan {
            minutes: 0,
            ..plan(course, &[ALICE])
        },
    ] {
        let command = TrainingCommand::HoldClass(broken);
        assert_eq!(
            run(&mut field, DIRECTOR, command),
            refused(Refusal::OutOfRange)
        );
    }
}

#[test]
fn the_last_seat_is_given_once_and_comes_free_again() {
    let mut field = Field::new();
    let course = add(&mut field);
    let class = hold(
        &mut field,
        DIRECTOR,
        plan(course, &[ALICE, CAROL, EAST_MANAGER]),
    );
    for me in [ALICE, CAROL] {
        decide(&mut field, me, class, ClassDecision::Come(true)).unwrap();
        // Saying it twice takes one seat.
        decide(&mut field, me, class, ClassDecision::Come(true)).unwrap();
    }
    let third = decide(&mut field, EAST_MANAGER, class, ClassDecision::Come(true));
    assert_eq!(third, refused(Refusal::ClassFull));
    decide(&mut field, CAROL, class, ClassDecision::Come(false)).unwrap();
    decide(&mut field, EAST_MANAGER, class, ClassDecision::Come(true)).unwrap();
    assert_eq!(field.facts.training.classes[&class].coming, 2);
    // Who is not invited, or comes after the day, takes none.
    let uninvited = decide(&mut field, WEST_MANAGER, class, ClassDecision::Come(true));
    assert_eq!(uninvited, refused(Refusal::NotFound));
    later(&mut field, 2);
    let late = decide(&mut field, CAROL, class, ClassDecision::Come(true));
    assert_eq!(late, refused(Refusal::AlreadySettled));
}

#[test]
fn nobody_marks_themselves_nor_a_class_that_has_not_begun() {
    let mut field = Field::new();
    let course = add(&mut field);
    let class = hold(&mut field, DIRECTOR, plan(course, &[ALICE, CAROL]));
    let present = [(ALICE, Attendance::Present)];
    assert_eq!(
        mark(&mut field, BOB, class, &present),
        refused(Refusal::NotYet)
    );
    later(&mut field, 1);
    for (me, may) in [
        (BOB, true),
        (EAST_MANAGER, true),
        (DIRECTOR, true),
        (ALICE, false),
        (CAROL, false),
        (WEST_MANAGER, false),
    ] {
        let expected = if may {
            Ok(())
        } else {
            refused(Refusal::NotAllowed)
        };
        assert_eq!(mark(&mut field, me, class, &present), expected, "{me}");
    }
    // One who may not be marked spoils the lot; somebody who was not invited too.
    let both = [(ALICE, Attendance::Late), (CAROL, Attendance::Late)];
    assert_eq!(
        mark(&mut field, EAST_MANAGER, class, &both),
        refused(Refusal::NotAllowed)
    );
    let other = [(WEST_MANAGER, Attendance::Present)];
    assert_eq!(
        mark(&mut field, BOB, class, &other),
        refused(Refusal::NotFound)
    );
    decide(&mut field, DIRECTOR, class, ClassDecision::CallOff).unwrap();
    assert_eq!(
        mark(&mut field, BOB, class, &both),
        refused(Refusal::AlreadySettled)
    );
}

#[test]
fn who_hears_of_a_seat() {
    let mut field = Field::new();
    field.hire(HR, "人事", &[Role::Hr], None);
    let course = add(&mut field);
    let class = hold(&mut field, DIRECTOR, plan(course, &[ALICE, CAROL]));
    let know = |me, key| may_know(me, FactKey::Training(key), &field.facts);
    let knowing = |key| {
        let all = [ALICE, BOB, CAROL, EAST_MANAGER, WEST_MANAGER, DIRECTOR, HR];
        all.into_iter()
            .filter(|me| know(*me, key))
            .collect::<Vec<_>>()
    };
    assert_eq!(knowing(TrainingKey::Class(class)).len(), 7);
    assert_eq!(
        knowing(TrainingKey::Seat(ALICE, class)),
        [ALICE, EAST_MANAGER, DIRECTOR, HR]
    );
    assert_eq!(
        knowing(TrainingKey::Register(BOB, class)),
        [BOB, EAST_MANAGER, DIRECTOR, HR]
    );
    // With the reviews they come and go with.
    let reviews = DocumentId::reviews(ALICE);
    let with: Vec<_> = field.facts.keys_of(reviews).collect();
    assert_eq!(with, [FactKey::Training(TrainingKey::Seat(ALICE, class))]);
}

fn taught(field: &mut Field) -> (CourseId, LessonId, LessonId) {
    let lesson = |title: &str, mode| LessonDraft {
        title: title.to_owned(),
        mode,
        ..LessonDraft::default()
    };
    let draft = CourseDraft {
        title: "谈判".to_owned(),
        lessons: vec![lesson("课堂", Mode::Class), lesson("演练", Mode::RolePlay)],
        ..CourseDraft::default()
    };
    let command = Command::Training(TrainingCommand::AddCourse(draft));
    let Ok(Some(RecordRef::Course(id))) = field.run(DIRECTOR, command) else {
        panic!();
    };
    let lessons = course(field, id).lessons;
    (id, lessons[0].0, lessons[1].0)
}

fn sheet(needed: bool) -> Sheet {
    let criterion = |name: &str, points| Criterion {
        name: name.to_owned(),
        points,
    };
    Sheet {
        title: "演练".to_owned(),
        criteria: vec![criterion("开场", 10), criterion("挖需求", 20)],
        pass_percent: 70,
        needed,
    }
}

fn set_sheet(field: &mut Field, course: CourseId, lesson: LessonId, needed: bool) {
    let sheet = Some(sheet(needed));
    let command = TrainingCommand::SetSheet {
        course,
        lesson,
        sheet,
    };
    run(field, DIRECTOR, command).unwrap();
}

fn scored(course: CourseId, lesson: LessonId, points: &[u8]) -> ScoreDraft {
    ScoreDraft {
        person: ALICE,
        course,
        lesson,
        points: points.to_vec(),
        remarks: vec!["自然".to_owned(), String::new()],
        overall: "听得仔细".to_owned(),
    }
}

/// For the samples of stored rows: a role play of Alice's with its remarks.
pub(crate) fn score(field: &mut Field, id: CourseId) {
    let lesson = course(field, id).lessons[0].0;
    set_sheet(field, id, lesson, false);
    let draft = scored(id, lesson, &[9, 15]);
    run(field, EAST_MANAGER, TrainingCommand::Score(draft)).unwrap();
}

fn of_alice(field: &Field, me: PersonId) -> Option<PersonTrainingFile> {
    match field.ask(me, &Query::PersonTraining(ALICE)) {
        Answer::PersonTraining(file) => file.map(|file| *file),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_class_counts_as_the_lesson_and_in_the_figures_of_a_review() {
    let mut field = Field::new();
    let (course, lesson, drill) = taught(&mut field);
    let itself = TrainingCommand::ReadLesson { course, lesson };
    assert_eq!(
        run(&mut field, ALICE, itself),
        Err(CommandError::NotAllowed)
    );
    let class = hold(
        &mut field,
        DIRECTOR,
        ClassPlan {
            lesson,
            ..plan(course, &[ALICE, CAROL])
        },
    );
    assert_eq!(
        opened(&field, BOB, class).people.len(),
        2,
        "whoever holds it knows who is invited"
    );
    later(&mut field, 1);
    let marks = [(ALICE, Attendance::Late), (CAROL, Attendance::Absent)];
    mark(&mut field, BOB, class, &marks).unwrap();
    let lines = view(&field, ALICE).courses;
    assert_eq!((lines[0].lessons_read, lines[0].lessons), (1, 2));
    assert_eq!(view(&field, CAROL).courses[0].lessons_read, 0);
    assert_eq!(opened(&field, BOB, class).people.len(), 2);
    assert_eq!(
        opened(&field, EAST_MANAGER, class).people.len(),
        2,
        "she reads what Bob holds"
    );
    assert_eq!(opened(&field, ALICE, class).people.len(), 1, "herself");
    // The rest of it, and the certificate is hers to take.
    assert_eq!(
        run(&mut field, ALICE, TrainingCommand::Finish(course)),
        Err(CommandError::NotAllowed)
    );
    read(&mut field, ALICE, course, drill);
    assert!(matches!(
        stands(&field, ALICE, course),
        Standing::Passed { .. }
    ));
    let file = of_alice(&field, EAST_MANAGER).unwrap();
    assert_eq!(file.classes.len(), 1);

    // One class of one; whoever is excused is asked for none.
    let attendance = |field: &Field, person| {
        let subject = Subject {
            people: [person].into(),
            period: Period::of(Span::Month, today()),
            plan: ScorePlan::usual(ScoreRole::Sales),
        };
        let none = Reported::default();
        let found = field.with_sources(DIRECTOR, |from| figures(&[subject], &none, from));
        let known = found[0].get(&Measure::Attendance).copied();
        known.map(|figure| (figure.value, figure.sample))
    };
    assert_eq!(attendance(&field, ALICE), Some((10_000, 1)));
    assert_eq!(attendance(&field, CAROL), Some((0, 1)));
    mark(&mut field, BOB, class, &[(CAROL, Attendance::Excused)]).unwrap();
    assert_eq!(attendance(&field, CAROL), None);
    assert_eq!(of_alice(&field, CAROL), None);
}

#[test]
fn what_concerns_one_today() {
    let mut field = Field::new();
    let course = add(&mut field);
    let class = hold(&mut field, DIRECTOR, plan(course, &[ALICE]));
    let far = ClassPlan {
        on: plus_days(today(), 30),
        ..plan(course, &[ALICE])
    };
    hold(&mut field, DIRECTOR, far);
    let shown = |field: &Field, me| match field.ask(me, &Query::Today) {
        Answer::Today(today) => today
            .classes
            .iter()
            .map(|it| (it.id, it.to_mark))
            .collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(shown(&field, ALICE), [(class, 0)]);
    assert_eq!(shown(&field, BOB), [(class, 0)]);
    assert_eq!(shown(&field, CAROL), []);
    assert_eq!(shown(&field, DIRECTOR), []);
    later(&mut field, 2);
    assert_eq!(shown(&field, ALICE), []);
    assert_eq!(shown(&field, BOB), [(class, 1)], "nobody was marked yet");
    mark(&mut field, BOB, class, &[(ALICE, Attendance::Excused)]).unwrap();
    assert_eq!(shown(&field, BOB), []);
    let Answer::Classes(ClassesView { ahead, over, .. }) = field.ask(BOB, &Query::Classes) else {
        panic!();
    };
    assert_eq!((ahead.len(), over.len()), (1, 1));
}

// Role plays.

#[test]
fn who_scores_whom() {
    for (me, may) in [
        (EAST_MANAGER, true),
        (DIRECTOR, true),
        (HR, true),
        (WEST_MANAGER, false),
        (BOB, false),
        (ALICE, false),
    ] {
        let mut field = Field::new();
        field.hire(HR, "人事", &[Role::Hr], None);
        let (course, _, lesson) = taught(&mut field);
        set_sheet(&mut field, course, lesson, false);
        let draft = scored(course, lesson, &[9, 15]);
        let done = run(&mut field, me, TrainingCommand::Score(draft));
        let expected = if may {
            Ok(())
        } else {
            refused(Refusal::NotAllowed)
        };
        assert_eq!(done, expected, "{me}");
    }
}

#[test]
fn a_sitting_counts_once_and_fits_its_sheet() {
    let mut field = Field::new();
    let (course, _, lesson) = taught(&mut field);
    let of = Performance {
        id: ScoreId(id(51)),
        person: ALICE,
        course,
        lesson,
    };
    let score = |points: &[u8]| {
        Decision::Training(TrainingDecision::Score {
            of,
            points: points.to_vec(),
        })
    };
    assert_eq!(
        field.decide(EAST_MANAGER, &score(&[9, 15])),
        Err(Refusal::NotFound)
    );
    set_sheet(&mut field, course, lesson, false);
    for points in [&[9][..], &[11, 5], &[9, 15, 1]] {
        assert_eq!(
            field.decide(EAST_MANAGER, &score(points)),
            Err(Refusal::OutOfRange)
        );
    }
    assert_eq!(field.decide(EAST_MANAGER, &score(&[9, 15])), Ok(()));
    assert_eq!(
        field.decide(EAST_MANAGER, &score(&[9, 15])),
        Err(Refusal::AlreadySettled)
    );
    let wrong = scored(course, lesson, &[11, 15]);
    assert_eq!(
        run(&mut field, EAST_MANAGER, TrainingCommand::Score(wrong)),
        refused(Refusal::OutOfRange)
    );
    let missing = scored(course, lesson, &[9]);
    assert_eq!(
        run(&mut field, EAST_MANAGER, TrainingCommand::Score(missing)),
        Err(CommandError::Blank(FormField::Points))
    );
}

#[test]
fn remarks_lie_with_the_reviews_and_rest_on_the_score() {
    let mut field = Field::new();
    let (course, _, lesson) = taught(&mut field);
    set_sheet(&mut field, course, lesson, false);
    let draft = scored(course, lesson, &[9, 15]);
    run(&mut field, EAST_MANAGER, TrainingCommand::Score(draft)).unwrap();
    let line = &of_alice(&field, ALICE).unwrap().scores[0];
    assert_eq!((line.reached, line.of, line.passed), (24, 30, true));
    assert_eq!(line.parts[0].remark, "自然");
    assert_eq!(line.overall, "听得仔细");

    let (document, score) = (DocumentId::reviews(ALICE), line.id);
    let path = |id: ScoreId| vec!["ratings".to_owned(), id.to_string()];
    let theirs = |me| is_place_of(me, document, &path(score), &field.facts);
    assert!(theirs(EAST_MANAGER));
    assert!(!theirs(DIRECTOR) && !theirs(ALICE), "not their score");
    let unscored = path(ScoreId(id(52)));
    assert!(!is_place_of(
        EAST_MANAGER,
        document,
        &unscored,
        &field.facts
    ));
    assert!(!may_put(document.kind, &path(score), true), "written once");
    let by = Map::from([("by".to_owned(), Value::from(EAST_MANAGER.to_string()))]);
    assert!(!may_claim(
        document.kind,
        &path(score),
        &Value::Map(by),
        DIRECTOR
    ));
}

#[test]
fn the_certificate_waits_for_the_role_play_when_the_sheet_says_so() {
    let mut field = Field::new();
    let id = add(&mut field);
    let lesson = course(&field, id).lessons[0].0;
    set_sheet(&mut field, id, lesson, true);
    answer_right(&mut field, id);
    assert_eq!(stands(&field, ALICE, id), Standing::Open);
    let pass = Decision::Training(TrainingDecision::Pass {
        course: id,
        right: 2,
        of: 2,
    });
    assert_eq!(field.decide(ALICE, &pass), Err(Refusal::NotScored));
    let failed = scored(id, lesson, &[5, 5]);
    run(&mut field, EAST_MANAGER, TrainingCommand::Score(failed)).unwrap();
    assert_eq!(field.decide(ALICE, &pass), Err(Refusal::NotScored));
    let finish = TrainingCommand::Finish(id);
    assert_eq!(
        run(&mut field, ALICE, finish.clone()),
        Err(CommandError::NotAllowed)
    );
    later(&mut field, 1);
    let enough = scored(id, lesson, &[9, 15]);
    run(&mut field, EAST_MANAGER, TrainingCommand::Score(enough)).unwrap();
    assert_eq!(
        of_alice(&field, ALICE).unwrap().scores.len(),
        2,
        "the first one stays"
    );
    run(&mut field, ALICE, finish).unwrap();
    let Standing::Passed { .. } = stands(&field, ALICE, id) else {
        panic!();
    };
    assert_eq!(field.facts.certificates[&(ALICE, id)].right, 2);

    // Nearly a year later she passes again, and the role play of then is no answer any more.
    require(&mut field, id, rule());
    later(&mut field, 350);
    assert_eq!(field.decide(ALICE, &pass), Err(Refusal::NotScored));
    let again = scored(id, lesson, &[9, 15]);
    run(&mut field, EAST_MANAGER, TrainingCommand::Score(again)).unwrap();
    assert_eq!(field.decide(ALICE, &pass), Ok(()));
}

#[test]
fn what_was_learned_before_is_opened_for_what_counts_on_it() {
    let course = CourseId(id(53));
    let lesson = LessonId(id(54));
    for command in [
        TrainingCommand::ReadLesson { course, lesson },
        TrainingCommand::Finish(course),
    ] {
        let reads = Command::Training(command).reads(ALICE);
        assert_eq!(reads, [DocumentId::COMPANY, ALICE.into()]);
    }
}

// Paths.

fn lay(field: &mut Field, path: Path) -> PathId {
    let before: BTreeSet<_> = field.facts.training.paths.keys().copied().collect();
    let command = TrainingCommand::SetPath {
        path: None,
        plan: Some(path),
    };
    run(field, DIRECTOR, command).unwrap();
    let mut paths = field.facts.training.paths.keys().copied();
    paths.find(|id| !before.contains(id)).unwrap()
}

fn path(courses: &[CourseId]) -> Path {
    Path {
        title: "新人之路".to_owned(),
        kind: PathKind::Initial,
        courses: courses.to_vec(),
        roles: [Role::AccountManager].into(),
        required: true,
        within_days: 7,
        since: MORNING,
    }
}

#[test]
fn a_required_path_asks_for_one_course_after_the_other() {
    let mut field = Field::new();
    let courses = [add(&mut field), add(&mut field)];
    lay(&mut field, path(&courses));
    let both = |field: &Field| courses.map(|course| stands(field, ALICE, course));
    assert_eq!(
        both(&field),
        [Standing::Due(date(2026, 11, 12)), Standing::Open]
    );
    assert_eq!(
        stands(&field, EAST_MANAGER, courses[0]),
        Standing::Open,
        "not for her role"
    );
    later(&mut field, 3);
    answer_right(&mut field, courses[0]);
    assert!(
        matches!(both(&field), [Standing::Passed { .. }, Standing::Due(due)] if due == date(2026, 11, 15))
    );
    let Answer::Paths(PathsView { paths, .. }) = field.ask(EAST_MANAGER, &Query::Paths) else {
        panic!();
    };
    assert_eq!(paths[0].mine, None);
    let names: Vec<_> = paths[0]
        .people
        .iter()
        .map(|it| (it.person, it.progress.passed))
        .collect();
    assert_eq!(names, [(BOB, 0), (ALICE, 1)], "whoever is least far first");
    let mine = &view(&field, ALICE).paths[0];
    assert_eq!(
        mine.1.next.as_ref().map(|step| step.course),
        Some(courses[1])
    );
}

#[test]
fn a_path_that_is_recommended_asks_for_nothing() {
    let mut field = Field::new();
    let course = add(&mut field);
    let id = lay(
        &mut field,
        Path {
            required: false,
            ..path(&[course])
        },
    );
    assert_eq!(stands(&field, ALICE, course), Standing::Open);
    // Required from now on, whatever the form says of when.
    later(&mut field, 10);
    let plan = Some(path(&[course]));
    run(
        &mut field,
        DIRECTOR,
        TrainingCommand::SetPath {
            path: Some(id),
            plan,
        },
    )
    .unwrap();
    assert_eq!(
        stands(&field, ALICE, course),
        Standing::Due(date(2026, 11, 22))
    );
    // Called otherwise later, it gives nobody more time.
    later(&mut field, 13);
    let plan = Some(Path {
        title: "第一周".to_owned(),
        ..path(&[course])
    });
    run(
        &mut field,
        DIRECTOR,
        TrainingCommand::SetPath {
            path: Some(id),
            plan,
        },
    )
    .unwrap();
    assert_eq!(
        stands(&field, ALICE, course),
        Standing::Due(date(2026, 11, 22))
    );
    run(
        &mut field,
        DIRECTOR,
        TrainingCommand::SetPath {
            path: Some(id),
            plan: None,
        },
    )
    .unwrap();
    assert_eq!(stands(&field, ALICE, course), Standing::Open);
}

#[test]
fn who_lays_paths_and_what_is_none() {
    let mut field = Field::new();
    let course = add(&mut field);
    let set = |field: &mut Field, me, path| {
        run(
            field,
            me,
            TrainingCommand::SetPath {
                path: None,
                plan: Some(path),
            },
        )
    };
    assert_eq!(
        set(&mut field, EAST_MANAGER, path(&[course])),
        refused(Refusal::NotAllowed)
    );
    assert_eq!(
        set(&mut field, DIRECTOR, path(&[])),
        Err(CommandError::Blank(FormField::Courses))
    );
    assert_eq!(
        set(&mut field, DIRECTOR, path(&[course, course])),
        refused(Refusal::OutOfRange)
    );
}

proptest! {
    /// However people answer, the seats given never exceed the room, and the number on the board is theirs.
    #[test]
    fn seats_are_never_given_twice(answers in prop::collection::vec((0_usize..4, any::<bool>()), 0..40)) {
        let mut field = Field::new();
        let course = add(&mut field);
        let people = [ALICE, CAROL, EAST_MANAGER, WEST_MANAGER];
        let class = hold(&mut field, DIRECTOR, plan(course, &people));
        for (who, coming) in answers {
            // Whoever finds it full stays out.
            let _ = decide(&mut field, people[who], class, ClassDecision::Come(coming));
            let known = &field.facts.training;
            let seats = people.iter().filter(|who| known.seats[&(**who, class)].coming == Some(true));
            let seats = u16::try_from(seats.count()).unwrap();
            let board = &known.classes[&class];
            prop_assert_eq!(board.coming, seats);
            prop_assert!(seats <= board.room);
            prop_assert_eq!(known.registers[&(BOB, class)].values().filter(|it| it.coming == Some(true)).count(), usize::from(seats));
        }
    }
}

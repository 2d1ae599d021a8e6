//! Courses: written, learned, required, passed.

use std::collections::BTreeSet;

use caravan_domain::clients::ownership::OwnershipDecision;
use caravan_domain::command::{Command, CommandError, Field as FormField, RecordRef};
use caravan_domain::decision::{Decision, Refusal};
use caravan_domain::document::DocumentId;
use caravan_domain::edit::Edit;
use caravan_domain::facts::FactKey;
use caravan_domain::id::{ClientId, CourseId, LessonId, PersonId};
use caravan_domain::query::{Answer, Query};
use caravan_domain::role::Role;
use caravan_domain::training::command::TrainingCommand;
use caravan_domain::training::course::{
    Course, CourseDraft, LessonDraft, Mode, QuestionDraft, Topic,
};
use caravan_domain::training::decision::{CourseRule, TrainingDecision};
use caravan_domain::training::learned::{Answers, Learned, grade, latest_answers};
use caravan_domain::training::standing::{Standing, is_held_back, standing};
use caravan_domain::training::view::TrainingView;
use jiff::civil::date;
use proptest::prelude::*;

use crate::field::{
    ADMIN, ALICE, BOB, CAROL, DIRECTOR, EAST, EAST_MANAGER, Field, MORNING, id, named, person,
};

pub(crate) const DAY: i64 = 24 * 60 * 60 * 1000;

fn question(text: &str, right: &[u8]) -> QuestionDraft {
    QuestionDraft {
        text: text.to_owned(),
        choices: ["报告主管", "自己收下", "  ", "一起分"]
            .map(str::to_owned)
            .to_vec(),
        right: right.to_vec(),
        why: "飞单损害所有人".to_owned(),
    }
}

fn draft() -> CourseDraft {
    let lesson = |title: &str| LessonDraft {
        title: title.to_owned(),
        mode: Mode::Case,
        text: "客户要求把订单转给另一家公司。".to_owned(),
        link: String::new(),
    };
    CourseDraft {
        title: " 飞单案例一 ".to_owned(),
        topic: Topic::Diversion,
        about: "十分钟".to_owned(),
        lessons: vec![lesson("案情"), lesson("后果")],
        questions: vec![
            question("客户要付现金，你怎么办？", &[0]),
            question("哪些是飞单？", &[1, 3]),
        ],
    }
}

pub(crate) fn add(field: &mut Field) -> CourseId {
    let command = TrainingCommand::AddCourse(draft());
    match field.run(DIRECTOR, Command::Training(command)) {
        Ok(Some(RecordRef::Course(course))) => course,
        other => panic!("{other:?}"),
    }
}

pub(crate) fn course(field: &Field, course: CourseId) -> Course {
    Course::find(course, &field.trees[&DocumentId::COMPANY]).unwrap()
}

pub(crate) fn read(field: &mut Field, me: PersonId, course: CourseId, lesson: LessonId) {
    let command = TrainingCommand::ReadLesson { course, lesson };
    field.run(me, Command::Training(command)).unwrap();
}

pub(crate) fn read_all(field: &mut Field, id: CourseId) {
    for (lesson, _) in course(field, id).lessons {
        read(field, ALICE, id, lesson);
    }
}

fn right_answers(course: &Course) -> Answers {
    let questions = course.questions.iter();
    questions
        .map(|(id, question)| (*id, question.right.clone()))
        .collect()
}

fn answer(
    field: &mut Field,
    me: PersonId,
    course: CourseId,
    answers: Answers,
) -> Result<(), CommandError> {
    let command = TrainingCommand::AnswerQuiz { course, answers };
    field.run(me, Command::Training(command)).map(drop)
}

pub(crate) fn answer_right(field: &mut Field, id: CourseId) {
    let answers = right_answers(&course(field, id));
    answer(field, ALICE, id, answers).unwrap();
}

/// Of account managers, within ten days, good for a year.
pub(crate) fn rule() -> CourseRule {
    CourseRule {
        pass_percent: 80,
        valid_days: Some(365),
        required_of: [Role::AccountManager].into(),
        within_days: 10,
        blocks: true,
        since: MORNING,
    }
}

pub(crate) fn require(field: &mut Field, course: CourseId, rule: CourseRule) {
    let command = TrainingCommand::SetRule { course, rule };
    field.run(DIRECTOR, Command::Training(command)).unwrap();
}

pub(crate) fn stands(field: &Field, person: PersonId, course: CourseId) -> Standing {
    standing(person, course, &field.facts, field.now)
}

pub(crate) fn view(field: &Field, me: PersonId) -> TrainingView {
    match field.ask(me, &Query::Training) {
        Answer::Training(view) => view,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_course_is_read_back_as_it_was_written() {
    let mut field = Field::new();
    let id = add(&mut field);
    let known = course(&field, id);
    assert_eq!(known.title, "飞单案例一");
    assert_eq!(known.created_by, DIRECTOR);
    let titles: Vec<_> = known
        .lessons
        .iter()
        .map(|(_, it)| it.title.as_str())
        .collect();
    assert_eq!(
        titles,
        ["案情", "后果"],
        "in the order in which they were written"
    );
    // The blank choice is gone, and what was right moved with the others.
    let (_, both) = &known.questions[1];
    assert_eq!(both.choices, ["报告主管", "自己收下", "一起分"]);
    assert_eq!(both.right, [1, 2]);
}

#[test]
fn who_writes_courses() {
    for (person, may) in [
        (DIRECTOR, true),
        (ADMIN, true),
        (EAST_MANAGER, false),
        (ALICE, false),
    ] {
        let command = TrainingCommand::AddCourse(draft());
        let added = Field::new().run(person, Command::Training(command));
        assert_eq!(added.is_ok(), may, "{person}");
        let mut field = Field::new();
        let course = add(&mut field);
        let rule = TrainingCommand::SetRule {
            course,
            rule: rule(),
        };
        let ruled = field.run(person, Command::Training(rule));
        assert_eq!(ruled.is_ok(), may, "{person}");
    }
}

#[test]
fn what_cannot_be_taught_is_refused_with_its_field() {
    let blank = CommandError::Blank;
    let change = |change: fn(&mut CourseDraft)| {
        let mut draft = draft();
        change(&mut draft);
        let command = TrainingCommand::AddCourse(draft);
        Field::new()
            .run(DIRECTOR, Command::Training(command))
            .unwrap_err()
    };
    assert_eq!(change(|it| it.title.clear()), blank(FormField::Title));
    assert_eq!(
        change(|it| it.lessons[1].title.clear()),
        blank(FormField::Title)
    );
    assert_eq!(
        change(|it| it.lessons[0].link = "javascript:alert(1)".to_owned()),
        CommandError::Malformed(FormField::Link)
    );
    assert_eq!(
        change(|it| it.questions[0].choices.truncate(1)),
        blank(FormField::Choices)
    );
    assert_eq!(
        change(|it| it.questions[0].right.clear()),
        blank(FormField::Answers)
    );
    // Only the blank choice is ticked as right.
    assert_eq!(
        change(|it| it.questions[0].right = vec![2]),
        blank(FormField::Answers)
    );
    assert_eq!(
        change(|it| it.lessons = vec![it.lessons[0].clone(); 201]),
        CommandError::TooMany
    );
}

#[test]
fn changes_touch_what_differs_and_nothing_else() {
    let mut field = Field::new();
    let id = add(&mut field);
    let mut after = draft();
    after.title = "飞单案例二".to_owned();
    let command = TrainingCommand::ChangeCourse {
        course: id,
        before: draft(),
        after,
    };
    let outcome = field.propose(DIRECTOR, Command::Training(command)).unwrap();
    let paths: Vec<_> = outcome
        .edits
        .iter()
        .map(|edit| edit.path.join("/"))
        .collect();
    assert_eq!(paths, [format!("courses/{id}/title")]);

    let (lesson, before) = course(&field, id).lessons[0].clone();
    let after = LessonDraft {
        link: "https://example.com/video".to_owned(),
        ..before.clone()
    };
    let change = TrainingCommand::ChangeLesson {
        course: id,
        lesson,
        before,
        after,
    };
    field.run(DIRECTOR, Command::Training(change)).unwrap();
    assert_eq!(
        course(&field, id).lessons[0].1.link,
        "https://example.com/video"
    );
    let remove = TrainingCommand::RemoveLesson { course: id, lesson };
    field
        .run(DIRECTOR, Command::Training(remove.clone()))
        .unwrap();
    assert_eq!(course(&field, id).lessons.len(), 1);
    let again = field.run(DIRECTOR, Command::Training(remove));
    assert_eq!(again, Err(CommandError::NotFound));
    let add = TrainingCommand::AddLesson {
        course: id,
        lesson: draft().lessons.remove(0),
    };
    field.run(DIRECTOR, Command::Training(add)).unwrap();
    assert_eq!(course(&field, id).lessons.len(), 2);
}

#[test]
fn a_quiz_counts_once_it_is_passed_and_every_try_stays() {
    let mut field = Field::new();
    let id = add(&mut field);
    require(&mut field, id, rule());
    let right = right_answers(&course(&field, id));
    let mut half = right.clone();
    *half.values_mut().next().unwrap() = vec![1];
    answer(&mut field, ALICE, id, half).unwrap();
    assert_eq!(stands(&field, ALICE, id), Standing::Due(date(2026, 11, 15)));
    answer(&mut field, ALICE, id, right.clone()).unwrap();
    let passed = Standing::Passed {
        on: date(2026, 11, 5),
        until: Some(date(2027, 11, 5)),
    };
    assert_eq!(stands(&field, ALICE, id), passed);
    // A third try is kept and decides nothing any more.
    field.now = MORNING.plus_millis(DAY);
    answer(&mut field, ALICE, id, right.clone()).unwrap();
    assert_eq!(stands(&field, ALICE, id), passed);
    let tree = &field.trees[&ALICE.into()];
    assert_eq!(Learned::read_all(tree).len(), 3);
    assert_eq!(latest_answers(id, tree), right);
    assert_eq!(stands(&field, BOB, id), Standing::Due(date(2026, 11, 15)));
}

#[test]
fn a_question_left_open_is_asked_again_and_nothing_is_written() {
    let mut field = Field::new();
    let id = add(&mut field);
    let blank = Err(CommandError::Blank(FormField::Answers));
    let mut answers = right_answers(&course(&field, id));
    let first = *answers.keys().next().unwrap();
    answers.insert(first, vec![7]);
    assert_eq!(answer(&mut field, ALICE, id, answers.clone()), blank);
    answers.remove(&first);
    assert_eq!(answer(&mut field, ALICE, id, answers), blank);
    assert_eq!(answer(&mut field, ALICE, id, Answers::new()), blank);
    assert!(!field.trees.contains_key(&DocumentId::from(ALICE)));
}

#[test]
fn a_course_without_questions_is_passed_by_its_last_lesson() {
    let mut field = Field::new();
    let draft = CourseDraft {
        questions: Vec::new(),
        ..draft()
    };
    let command = Command::Training(TrainingCommand::AddCourse(draft));
    let Ok(Some(RecordRef::Course(id))) = field.run(DIRECTOR, command) else {
        panic!("no course");
    };
    let lessons: Vec<_> = course(&field, id)
        .lessons
        .iter()
        .map(|(id, _)| *id)
        .collect();
    read(&mut field, ALICE, id, lessons[0]);
    read(&mut field, ALICE, id, lessons[0]);
    assert_eq!(Learned::read_all(&field.trees[&ALICE.into()]).len(), 1);
    assert_eq!(stands(&field, ALICE, id), Standing::Open);
    read(&mut field, ALICE, id, lessons[1]);
    assert!(matches!(
        stands(&field, ALICE, id),
        Standing::Passed { until: None, .. }
    ));
}

#[test]
fn nobody_learns_for_another_and_nobody_passes_with_too_little() {
    let mut field = Field::new();
    let id = add(&mut field);
    require(&mut field, id, rule());
    let edit = Edit::put(ALICE, &["training", &id.to_string()], "x");
    for (author, theirs) in [(ALICE, true), (EAST_MANAGER, false), (DIRECTOR, false)] {
        let place =
            caravan_domain::policy::is_place_of(author, ALICE.into(), &edit.path, &field.facts);
        assert_eq!(place, theirs, "{author}");
    }
    for (right, of) in [(7, 10), (11, 10)] {
        let pass = Decision::Training(TrainingDecision::Pass {
            course: id,
            right,
            of,
        });
        assert_eq!(field.decide(ALICE, &pass), Err(Refusal::NotAllowed));
    }
}

#[test]
fn whoever_is_behind_is_given_no_new_clients() {
    let mut field = Field::new();
    let id = add(&mut field);
    require(&mut field, id, rule());
    let client = field.create(BOB, named("西湖茶叶行"));
    let assign = |clients: Vec<ClientId>, owner| {
        Decision::Ownership(OwnershipDecision::Assign { clients, owner })
    };
    field.now = MORNING.plus_millis(10 * DAY);
    assert!(
        !is_held_back(ALICE, &field.facts, field.now),
        "the last day counts"
    );
    field.now = MORNING.plus_millis(11 * DAY);
    assert!(is_held_back(ALICE, &field.facts, field.now));
    let refused = field.decide(EAST_MANAGER, &assign(vec![client], ALICE));
    assert_eq!(refused, Err(Refusal::TrainingOverdue));
    // What one has is not taken away, and what one writes down oneself is one's own.
    field
        .decide(EAST_MANAGER, &assign(vec![client], BOB))
        .unwrap();
    field.create(ALICE, named("断桥文具店"));
    answer_right(&mut field, id);
    field
        .decide(EAST_MANAGER, &assign(vec![client], ALICE))
        .unwrap();

    let mut lenient = rule();
    lenient.blocks = false;
    require(&mut field, id, lenient);
    field
        .decide(EAST_MANAGER, &assign(vec![client], BOB))
        .unwrap();
}

#[test]
fn what_was_passed_expires_and_may_be_passed_again_a_month_before() {
    let mut field = Field::new();
    let id = add(&mut field);
    require(&mut field, id, rule());
    answer_right(&mut field, id);
    let pass = Decision::Training(TrainingDecision::Pass {
        course: id,
        right: 2,
        of: 2,
    });
    field.now = MORNING.plus_millis(334 * DAY);
    assert_eq!(field.decide(ALICE, &pass), Err(Refusal::AlreadySettled));
    field.now = MORNING.plus_millis(365 * DAY);
    assert!(matches!(stands(&field, ALICE, id), Standing::Passed { .. }));
    field.now = MORNING.plus_millis(366 * DAY);
    assert_eq!(
        stands(&field, ALICE, id),
        Standing::Overdue(date(2027, 11, 5))
    );
    field.now = MORNING.plus_millis(335 * DAY);
    answer_right(&mut field, id);
    let until = Some(date(2028, 10, 5));
    assert!(
        matches!(stands(&field, ALICE, id), Standing::Passed { until: found, .. } if found == until)
    );
}

#[test]
fn a_rule_gives_no_more_time_by_being_changed() {
    let mut field = Field::new();
    let id = add(&mut field);
    require(&mut field, id, rule());
    field.now = MORNING.plus_millis(5 * DAY);
    require(
        &mut field,
        id,
        CourseRule {
            pass_percent: 60,
            ..rule()
        },
    );
    assert_eq!(field.facts.course_rules[&id].since, MORNING);
    let roles = [Role::AccountManager, Role::TeamManager].into();
    require(
        &mut field,
        id,
        CourseRule {
            required_of: roles,
            ..rule()
        },
    );
    assert_eq!(field.facts.course_rules[&id].since, field.now);
    for bad in [
        CourseRule {
            pass_percent: 101,
            ..rule()
        },
        CourseRule {
            valid_days: Some(0),
            ..rule()
        },
        CourseRule {
            within_days: 4_000,
            ..rule()
        },
    ] {
        let decision = Decision::Training(TrainingDecision::Rule {
            course: id,
            rule: bad,
        });
        assert_eq!(field.decide(DIRECTOR, &decision), Err(Refusal::TooMany));
    }
}

#[test]
fn the_list_begins_with_what_is_most_urgent() {
    let mut field = Field::new();
    let (open, due, overdue, passed) = (
        add(&mut field),
        add(&mut field),
        add(&mut field),
        add(&mut field),
    );
    require(
        &mut field,
        due,
        CourseRule {
            within_days: 30,
            ..rule()
        },
    );
    require(
        &mut field,
        overdue,
        CourseRule {
            within_days: 1,
            ..rule()
        },
    );
    answer_right(&mut field, passed);
    field.now = MORNING.plus_millis(5 * DAY);
    let mine = view(&field, ALICE);
    let order: Vec<_> = mine.courses.iter().map(|line| line.id).collect();
    assert_eq!(order, [overdue, due, open, passed]);
    assert!(mine.held_back && !mine.may_run && mine.people.is_empty());
    let Answer::Today(today) = field.ask(ALICE, &Query::Today) else {
        panic!("no day");
    };
    let asked: Vec<_> = today.courses.iter().map(|line| line.id).collect();
    assert_eq!(asked, [overdue, due]);

    // The manager sees the team, whoever is most behind first; the director everybody.
    read_all(&mut field, overdue);
    answer_right(&mut field, overdue);
    let team = view(&field, EAST_MANAGER).people;
    let found: Vec<_> = team
        .iter()
        .filter(|it| it.required > 0)
        .map(|it| (it.person, it.overdue, it.passed))
        .collect();
    assert_eq!(found, [(BOB, 1, 0), (ALICE, 0, 1)]);
    let all: BTreeSet<_> = view(&field, DIRECTOR)
        .people
        .iter()
        .filter(|it| it.required > 0)
        .map(|it| it.person)
        .collect();
    assert_eq!(all, BTreeSet::from([ALICE, BOB, CAROL]));

    let archive = TrainingCommand::SetArchived {
        course: open,
        archived: true,
    };
    field.run(DIRECTOR, Command::Training(archive)).unwrap();
    let mine = view(&field, ALICE);
    assert_eq!(
        mine.archived.iter().map(|it| it.id).collect::<Vec<_>>(),
        [open]
    );
}

#[test]
fn a_certificate_is_known_to_whoever_reads_the_persons_reviews() {
    let mut field = Field::new();
    field.hire(person(30), "新主管", &[Role::TeamManager], None);
    let key = FactKey::Certificate(ALICE, CourseId(id(60)));
    assert_eq!(key.document(), Some(DocumentId::reviews(ALICE)));
    let knows = |field: &Field| caravan_domain::policy::may_know(person(30), key, &field.facts);
    assert!(!knows(&field));
    field.hire(person(30), "新主管", &[Role::TeamManager], Some(EAST));
    assert!(knows(&field));
}

proptest! {
    /// Whoever ticks everything gets nothing for it, and what is right does not depend on the order of ticking.
    #[test]
    fn only_what_is_right_and_nothing_else_is_right(ticked in proptest::collection::vec(0u8..4, 0..8)) {
        let mut field = Field::new();
        let id = add(&mut field);
        let course = course(&field, id);
        let (question, known) = &course.questions[1];
        let answers = Answers::from([(*question, ticked.clone())]);
        let set: BTreeSet<_> = ticked.into_iter().collect();
        let right: BTreeSet<_> = known.right.iter().copied().collect();
        prop_assert_eq!(grade(&course, &answers), u16::from(set == right));
    }
}

const STARTERS: [&str; 2] = [
    include_str!("../../../public/courses/zh.txt"),
    include_str!("../../../public/courses/en.txt"),
];

#[test]
fn the_starter_set_can_be_added_in_both_languages_and_says_the_same() {
    let shapes = STARTERS.map(|text| {
        let mut field = Field::new();
        let courses = caravan_domain::training::written::read(text);
        for course in &courses {
            let command = TrainingCommand::AddCourse(course.clone());
            let added = field.run(DIRECTOR, Command::Training(command));
            assert!(added.is_ok(), "{}: {added:?}", course.title);
            assert!(course.questions.len() >= 2, "{}", course.title);
            assert!(course.lessons.iter().all(|lesson| !lesson.text.is_empty()));
        }
        assert_eq!(view(&field, DIRECTOR).courses.len(), courses.len());
        let shape = |course: &CourseDraft| {
            let modes: Vec<_> = course.lessons.iter().map(|lesson| lesson.mode).collect();
            let right: Vec<_> = course.questions.iter().map(|it| it.right.clone()).collect();
            (course.topic, modes, right)
        };
        courses.iter().map(shape).collect::<Vec<_>>()
    });
    assert_eq!(shapes[0], shapes[1]);
    let topics: BTreeSet<_> = shapes[0].iter().map(|(topic, ..)| *topic).collect();
    assert_eq!(topics.len(), Topic::ALL.len() - 1, "all but the other one");
    let cases = shapes[0]
        .iter()
        .filter(|(topic, ..)| *topic == Topic::Diversion);
    assert_eq!(cases.count(), 5);
}

#[test]
fn what_is_written_as_text_is_read_as_a_course() {
    let text = "nothing\n# ethics 一\n\n说明\n第二行\n## 课\nhttps://a.example/v\n\n正文\n? 问\n- 错\n* 对\n= 因为\n# 二";
    let courses = caravan_domain::training::written::read(text);
    assert_eq!(courses[0].topic, Topic::Ethics);
    assert_eq!(courses[0].about, "说明\n第二行");
    let lesson = &courses[0].lessons[0];
    assert_eq!((lesson.title.as_str(), lesson.mode), ("课", Mode::Reading));
    assert_eq!(
        (lesson.link.as_str(), lesson.text.as_str()),
        ("https://a.example/v", "正文")
    );
    let question = &courses[0].questions[0];
    assert_eq!(
        (question.right.as_slice(), question.why.as_str()),
        (&[1][..], "因为")
    );
    assert_eq!(courses[1].title, "二");
}

proptest! {
    #[test]
    fn any_text_is_read_as_something(text in ".{0,400}") {
        let _ = caravan_domain::training::written::read(&text);
    }
}

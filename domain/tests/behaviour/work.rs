//! Work by skill and load: kinds, skills, hours, load, suggestion, spread.

use caravan_domain::command::{Command, CommandError, Field as FormField};
use caravan_domain::decision::{Decision, Refusal};
use caravan_domain::document::DocumentKind;
use caravan_domain::facts::{Employment, Fact, FactKey};
use caravan_domain::id::{ClientId, PersonId, TaskId, TaskKindId, VisitId};
use caravan_domain::policy::{is_minted, may_claim};
use caravan_domain::query::{Answer, Query};
use caravan_domain::tasks::command::TaskCommand;
use caravan_domain::tasks::kind::TaskKind;
use caravan_domain::tasks::record::{Task, TaskDraft, TaskStatus};
use caravan_domain::value::{Map, Value, map_of};
use caravan_domain::visits::command::VisitCommand;
use caravan_domain::visits::record::PositionReading;
use caravan_domain::work::command::WorkCommand;
use caravan_domain::work::decision::WorkDecision;
use caravan_domain::work::hours::{Hours, HoursOf};
use caravan_domain::work::kind::{Difficulty, KindRule, rule};
use caravan_domain::work::limits::WorkLimits;
use caravan_domain::work::query::{
    Candidate, LoadView, SpreadOf, SpreadOver, SpreadView, Suggestion, Wanted, WorkFile, WorkRules,
};
use caravan_domain::work::skill::{History, Known, Skill};
use jiff::civil::date;

use crate::field::{
    ADMIN, ALICE, BOB, CAROL, DIRECTOR, EAST_MANAGER, FINANCE, Field, WEST_MANAGER, id, named,
    today, visit_to, written,
};
use crate::task_commands::draft;

const FAIR: TaskKind = TaskKind::Custom(TaskKindId(id(70)));

fn fair() -> KindRule {
    KindRule {
        name: " 展会 ".to_owned(),
        difficulty: Difficulty::HARD,
        estimate: 240,
        skill: "日语".to_owned(),
        closed: false,
    }
}

fn define(kind: TaskKind, rule: KindRule) -> Decision {
    Decision::Work(WorkDecision::DefineKind { kind, rule })
}

fn with(change: impl FnOnce(&mut KindRule)) -> KindRule {
    let mut rule = fair();
    change(&mut rule);
    rule
}

fn rate(person: PersonId, skill: Skill, level: u8) -> Command {
    Command::Work(WorkCommand::Rate {
        person,
        skill,
        level,
        evidence: String::new(),
    })
}

fn set_hours(person: PersonId, of: HoursOf, hours: Hours) -> Command {
    Command::Work(WorkCommand::SetHours { person, of, hours })
}

fn hours(texts: &[&str]) -> Hours {
    Hours::During(texts.iter().map(|text| text.parse().unwrap()).collect())
}

fn wanted(kind: TaskKind) -> Wanted {
    Wanted {
        kind,
        difficulty: None,
        estimate: None,
        due: None,
        except: None,
    }
}

impl Field {
    fn work_file(&self, me: PersonId, person: PersonId) -> Option<WorkFile> {
        match self.ask(me, &Query::WorkFile(person)) {
            Answer::WorkFile(file) => file.map(|file| *file),
            other => panic!("{other:?}"),
        }
    }

    fn suggest(&self, me: PersonId, wanted: Wanted) -> Suggestion {
        match self.ask(me, &Query::Suggest(wanted)) {
            Answer::Suggest(suggestion) => suggestion,
            other => panic!("{other:?}"),
        }
    }

    fn candidate(&self, person: PersonId, wanted: Wanted) -> Candidate {
        let mut candidates = self.suggest(DIRECTOR, wanted).candidates.into_iter();
        candidates.find(|it| it.person == person).unwrap()
    }

    fn load(&self, me: PersonId) -> LoadView {
        match self.ask(me, &Query::Load) {
            Answer::Load(view) => view,
            other => panic!("{other:?}"),
        }
    }

    fn spread(&self, me: PersonId, over: SpreadOver) -> SpreadView {
        match self.ask(me, &Query::Spread(over)) {
            Answer::Spread(view) => view,
            other => panic!("{other:?}"),
        }
    }

    fn work_rules(&self, me: PersonId) -> WorkRules {
        match self.ask(me, &Query::WorkRules) {
            Answer::WorkRules(rules) => rules,
            other => panic!("{other:?}"),
        }
    }

    fn employ(&mut self, person: PersonId, employment: Employment) {
        let mut known = self.facts.people[&person].clone();
        known.employment = employment;
        self.know(FactKey::Person(person), Fact::Person(known));
    }

    fn check_in_and_out(&mut self, client: ClientId, visit: VisitId) {
        let reading = PositionReading::Refused;
        let check_in = VisitCommand::CheckIn {
            client,
            visit,
            reading: reading.clone(),
        };
        let check_out = VisitCommand::CheckOut {
            client,
            visit,
            reading,
        };
        for command in [check_in, check_out] {
            self.run(ALICE, Command::Visit(command)).unwrap();
        }
    }

    fn finish(&mut self, task: TaskId) {
        let status = TaskStatus::Done;
        let assignee = ALICE;
        let command = TaskCommand::SetStatus {
            assignee,
            task,
            status,
        };
        self.run(ALICE, Command::Task(command)).unwrap();
    }
}

#[test]
fn who_decides_about_kinds_and_limits() {
    for (person, expected) in [
        (DIRECTOR, Ok(())),
        (ADMIN, Ok(())),
        (EAST_MANAGER, Err(Refusal::NotAllowed)),
        (ALICE, Err(Refusal::NotAllowed)),
    ] {
        let mut field = Field::new();
        assert_eq!(field.decide(person, &define(FAIR, fair())), expected);
        let limits = Decision::Work(WorkDecision::ChangeLimits(WorkLimits::default()));
        assert_eq!(field.decide(person, &limits), expected, "{person}");
        assert_eq!(field.work_rules(person).may_decide, expected.is_ok());
    }
}

#[test]
fn a_rule_has_a_name_and_numbers_that_can_be() {
    let mut field = Field::new();
    let tenths = |tenths| postcard::from_bytes::<Difficulty>(&[tenths]).unwrap();
    for (rule, expected) in [
        (with(|it| it.name = " ".to_owned()), Refusal::BadName),
        (with(|it| it.name = "长".repeat(41)), Refusal::BadName),
        (with(|it| it.skill = "长".repeat(41)), Refusal::BadName),
        (with(|it| it.estimate = 0), Refusal::OutOfRange),
        (with(|it| it.estimate = 12_001), Refusal::OutOfRange),
        (with(|it| it.difficulty = tenths(4)), Refusal::OutOfRange),
        (with(|it| it.difficulty = tenths(51)), Refusal::OutOfRange),
    ] {
        assert_eq!(field.decide(DIRECTOR, &define(FAIR, rule)), Err(expected));
    }
    for limits in [
        WorkLimits {
            part_time_day: 0,
            ..WorkLimits::default()
        },
        WorkLimits {
            part_time_week: 7 * 24 * 60 + 1,
            ..WorkLimits::default()
        },
    ] {
        let change = Decision::Work(WorkDecision::ChangeLimits(limits));
        assert_eq!(field.decide(DIRECTOR, &change), Err(Refusal::OutOfRange));
    }
    for number in 0..=100 {
        let kind = TaskKind::Custom(TaskKindId(id(number)));
        let expected = match number {
            100 => Err(Refusal::TooMany),
            _ => Ok(()),
        };
        assert_eq!(field.decide(DIRECTOR, &define(kind, fair())), expected);
    }
}

#[test]
fn four_kinds_stay_and_others_come_after_them() {
    let mut field = Field::new();
    field.decide(ADMIN, &define(FAIR, fair())).unwrap();
    let harder = with(|it| it.name.clear());
    field
        .decide(ADMIN, &define(TaskKind::Other, harder))
        .unwrap();
    let rules = field.work_rules(ALICE);
    let kinds: Vec<_> = rules.kinds.iter().map(|line| line.kind).collect();
    assert_eq!(kinds[..4], TaskKind::BUILT_IN);
    assert_eq!(kinds[4..], [FAIR]);
    assert_eq!(rules.kinds[4].rule.name, "展会", "trimmed");
    assert_eq!(rule(TaskKind::Other, &field.facts).estimate, 240);
    assert!(rules.kinds.iter().all(|line| !line.provisional));
    field.facts.task_kinds.remove(&FAIR);
    field
        .facts
        .task_kinds
        .insert(FAIR, with(|it| it.closed = true));
    assert!(field.work_rules(ALICE).kinds[4].provisional);
}

#[test]
fn a_task_begins_with_its_kinds_numbers_and_keeps_them() {
    let mut field = Field::new();
    let plain = field.create_task(ALICE, draft(ALICE));
    let mut hard = draft(ALICE);
    hard.difficulty = Some(Difficulty::HARD);
    hard.estimate = Some(600);
    let hard = field.create_task(ALICE, hard);
    let longer = with(|it| it.estimate = 300);
    field
        .decide(DIRECTOR, &define(TaskKind::FollowUp, longer))
        .unwrap();
    for (task, difficulty, estimate) in [
        (plain, Difficulty::ORDINARY, 45),
        (hard, Difficulty::HARD, 600),
    ] {
        let Answer::Task(Some(line)) = field.ask(ALICE, &Query::Task(ALICE, task)) else {
            panic!("{task}");
        };
        assert_eq!((line.difficulty, line.estimate), (difficulty, estimate));
    }
    let mut endless = draft(ALICE);
    endless.estimate = Some(0);
    assert_eq!(
        field.run(ALICE, Command::Task(TaskCommand::Create(endless))),
        Err(CommandError::Malformed(FormField::Estimate))
    );
}

/// As tasks were written before kinds had numbers.
#[test]
fn a_task_of_before_is_read_and_is_worth_what_its_kind_is() {
    let mut field = Field::new();
    let entry = map_of([
        ("title", Some("旧任务".into())),
        ("kind", Some("research".into())),
        ("status", Some("under-way".into())),
        ("created_by", Some(ALICE.to_string().into())),
        ("created_at", Some(Value::Int(1_790_000_000_000))),
    ]);
    let task = TaskId(id(71));
    let tasks = Map::from([(task.to_string(), Value::Map(entry))]);
    let tree = Value::Map(Map::from([("tasks".to_owned(), Value::Map(tasks))]));
    field.trees.insert(ALICE.into(), tree.clone());
    field.project(ALICE.into());
    let [read] = &Task::read_all(ALICE, &tree)[..] else {
        panic!("{tree:?}");
    };
    assert_eq!(
        (read.draft.estimate, read.logged, &read.help),
        (None, 0, &None)
    );
    assert_eq!(read.events.len(), 1, "that it was made");
    let line = &field.load(DIRECTOR).lines[0];
    assert_eq!((line.person, line.load), (ALICE, 180), "1.5 × 120 minutes");
    assert_eq!(line.tally.hard, 0);
}

#[test]
fn a_level_that_is_set_a_claim_and_what_work_shows_all_stand() {
    let mut field = Field::new();
    let skill = Skill::Kind(TaskKind::FollowUp);
    field.run(ALICE, rate(ALICE, skill.clone(), 5)).unwrap();
    field
        .run(EAST_MANAGER, rate(ALICE, skill.clone(), 2))
        .unwrap();
    field.now = field.now.plus_millis(1);
    field
        .run(EAST_MANAGER, rate(ALICE, skill.clone(), 4))
        .unwrap();
    for due in [today(), date(2026, 11, 4)] {
        let mut done = draft(ALICE);
        done.due = Some(due);
        let task = field.create_task(ALICE, done);
        field.finish(task);
    }
    let client = field.create(ALICE, named("张三商贸"));
    let visit = field.plan_visit(ALICE, visit_to(client, ALICE, today()));
    field.check_in_and_out(client, visit);

    let file = field.work_file(EAST_MANAGER, ALICE).unwrap();
    let line = file.skills.iter().find(|line| line.skill == skill).unwrap();
    let history = History {
        done: 3,
        on_time: 2,
    };
    let expected = Known {
        set: Some(4),
        claimed: Some(5),
        history,
    };
    assert_eq!(line.known, expected, "the visit counts as following up");
    let said: Vec<_> = line
        .ratings
        .iter()
        .map(|it| (it.rating.level, it.claim))
        .collect();
    assert_eq!(said[0], (4, false), "the latest first");
    assert_eq!(said.len(), 3, "each is kept");
    assert_eq!(line.level_tenths, 38);
    assert!(file.may_edit && !file.is_me);
    assert_eq!(field.work_file(BOB, ALICE), None);
    assert!(field.work_file(ALICE, ALICE).unwrap().is_me);
}

#[test]
fn who_says_what_of_whom() {
    let skill = || Skill::Named("日语".to_owned());
    for (from, of, expected) in [
        (ALICE, ALICE, true),
        (EAST_MANAGER, ALICE, true),
        (DIRECTOR, ALICE, true),
        (BOB, ALICE, false),
        (WEST_MANAGER, ALICE, false),
        (FINANCE, ALICE, false),
    ] {
        let rated = Field::new().run(from, rate(of, skill(), 3));
        assert_eq!(rated.is_ok(), expected, "{from} rates {of}");
        let off = set_hours(of, HoursOf::Weekday(0), Hours::Off);
        assert_eq!(Field::new().run(from, off).is_ok(), expected, "{from} {of}");
    }
    let mut field = Field::new();
    for (command, expected) in [
        (
            rate(ALICE, skill(), 6),
            CommandError::Malformed(FormField::Level),
        ),
        (
            rate(ALICE, Skill::Named(" ".to_owned()), 1),
            CommandError::Blank(FormField::Name),
        ),
        (
            set_hours(ALICE, HoursOf::Weekday(0), Hours::During(Vec::new())),
            CommandError::Malformed(FormField::Hours),
        ),
        (rate(PersonId(id(99)), skill(), 1), CommandError::NotFound),
    ] {
        assert_eq!(field.run(ALICE, command), Err(expected));
    }
}

#[test]
fn nobody_rates_or_logs_in_anothers_name() {
    for place in [
        "skills/x/1",
        "tasks/1/time/2",
        "tasks/1/help/2",
        "tasks/1/handed/2",
    ] {
        let path: Vec<_> = place.split('/').map(str::to_owned).collect();
        let by = |person: PersonId| Value::Map(map_of([("by", Some(person.to_string().into()))]));
        let claims = |person| may_claim(DocumentKind::Person, &path, &by(person), ALICE);
        assert!(claims(ALICE) && !claims(BOB), "{place}");
        assert!(is_minted(DocumentKind::Person, &path), "{place}");
    }
}

#[test]
fn hours_are_marks_of_which_only_those_that_differ_are_written() {
    let mut field = Field::new();
    let monday = HoursOf::Weekday(0);
    let set = |hours| set_hours(ALICE, monday, hours);
    field
        .run(ALICE, set(hours(&["09:00-12:00", "14:00-17:00"])))
        .unwrap();
    let later = field.propose(ALICE, set(hours(&["09:00-12:00", "15:00-17:00"])));
    assert_eq!(
        written(&later.unwrap()),
        [
            "calendar/mon/14:00-17:00 removed",
            "calendar/mon/15:00-17:00 = Bool(true)"
        ]
    );
    field.run(ALICE, set(Hours::Off)).unwrap();
    let file = field.work_file(ALICE, ALICE).unwrap();
    assert_eq!(file.weekdays[0], Hours::Off);
    field.run(ALICE, set(Hours::Usual)).unwrap();
    let file = field.work_file(ALICE, ALICE).unwrap();
    assert_eq!(file.weekdays, vec![Hours::Usual; 7]);
}

#[test]
fn time_comes_from_the_contract_until_somebody_says_when_they_work() {
    let mut field = Field::new();
    let available = |field: &Field| field.work_file(ALICE, ALICE).unwrap().load.available;
    assert_eq!(available(&field), 40 * 60);
    field.employ(ALICE, Employment::PartTime);
    assert_eq!(available(&field), 24 * 60);
    for day in [0, 2] {
        let of = HoursOf::Weekday(day);
        field
            .run(ALICE, set_hours(ALICE, of, hours(&["09:00-12:00"])))
            .unwrap();
    }
    assert_eq!(available(&field), 6 * 60);
    // Today is a Thursday: the week goes to Wednesday.
    for (day, hours) in [
        (date(2026, 11, 9), Hours::Off),
        (date(2026, 11, 7), hours(&["10:00-11:00"])),
        (date(2026, 11, 12), hours(&["10:00-11:00"])),
        (date(2026, 11, 4), hours(&["10:00-11:00"])),
    ] {
        field
            .run(ALICE, set_hours(ALICE, HoursOf::Date(day), hours))
            .unwrap();
    }
    assert_eq!(available(&field), 4 * 60);
    let days: Vec<_> = field
        .work_file(ALICE, ALICE)
        .unwrap()
        .dates
        .iter()
        .map(|it| it.day)
        .collect();
    assert_eq!(
        days,
        [date(2026, 11, 7), date(2026, 11, 9), date(2026, 11, 12)]
    );
}

#[test]
fn load_is_difficulty_times_estimate_of_what_has_to_be_done_this_week() {
    let mut field = Field::new();
    let task = |due, difficulty, estimate| TaskDraft {
        due,
        difficulty: Some(difficulty),
        estimate: Some(estimate),
        ..draft(ALICE)
    };
    let hard = Difficulty::HARD;
    for due in [None, Some(date(2026, 11, 1)), Some(date(2026, 11, 11))] {
        field.create_task(ALICE, task(due, hard, 60));
    }
    field.create_task(ALICE, task(Some(date(2026, 11, 12)), hard, 60));
    let done = field.create_task(ALICE, task(None, Difficulty::ORDINARY, 60));
    field.finish(done);
    field.create_task(ALICE, task(None, Difficulty::ORDINARY, 30));
    let line = field.work_file(ALICE, ALICE).unwrap().load;
    assert_eq!(line.load, 3 * 120 + 30);
    let tally = line.tally;
    assert_eq!(
        (tally.open, tally.hard, tally.overdue, tally.minutes),
        (4, 3, 1, 210)
    );

    let seen = |me| {
        let lines = field.load(me).lines.into_iter();
        lines.map(|line| line.person).collect::<Vec<_>>()
    };
    assert_eq!(seen(ALICE), [ALICE]);
    assert_eq!(
        seen(EAST_MANAGER),
        [ALICE, EAST_MANAGER, BOB],
        "the fullest first"
    );
    assert_eq!(seen(DIRECTOR).len(), 6, "whoever works with clients");
}

#[test]
fn the_suggestion_is_skill_times_free_time_and_says_why() {
    let mut field = Field::new();
    let skill = Skill::Kind(TaskKind::Research);
    for (person, level) in [(ALICE, 5), (BOB, 4), (CAROL, 1)] {
        field
            .run(DIRECTOR, rate(person, skill.clone(), level))
            .unwrap();
    }
    let mut long = draft(ALICE);
    long.estimate = Some(30 * 60);
    field.create_task(ALICE, long);
    let suggestion = field.suggest(EAST_MANAGER, wanted(TaskKind::Research));
    let people: Vec<_> = suggestion.candidates.iter().map(|it| it.person).collect();
    assert_eq!(people, [BOB, EAST_MANAGER, ALICE], "Carol is another's");
    let [bob, _, alice] = &suggestion.candidates[..] else {
        panic!("{suggestion:?}");
    };
    assert_eq!((bob.level_tenths, bob.free, bob.score), (40, 2400, 96_000));
    assert_eq!(
        (alice.level_tenths, alice.free, alice.tally.open),
        (50, 600, 1)
    );
    let without = Wanted {
        except: Some(BOB),
        ..wanted(TaskKind::Research)
    };
    let first = &field.suggest(EAST_MANAGER, without).candidates[0];
    assert_eq!(first.person, EAST_MANAGER);
    // A fortnight on, Alice's long task is done with.
    let later = Wanted {
        due: Some(date(2026, 11, 20)),
        ..wanted(TaskKind::Research)
    };
    assert_eq!(
        field.suggest(EAST_MANAGER, later).candidates[0].person,
        ALICE
    );
}

#[test]
fn kinds_that_want_the_same_skill_share_what_is_known_of_it() {
    let mut field = Field::new();
    field.decide(ADMIN, &define(FAIR, fair())).unwrap();
    let other = with(|it| it.name.clear());
    field
        .decide(ADMIN, &define(TaskKind::Other, other))
        .unwrap();
    let mut task = draft(ALICE);
    task.kind = FAIR;
    let task = field.create_task(ALICE, task);
    field.finish(task);
    let candidate = field.candidate(ALICE, wanted(TaskKind::Other));
    assert_eq!(candidate.known.history.done, 1);
    assert_eq!(field.suggest(DIRECTOR, wanted(FAIR)).skill_name, "日语");
}

#[test]
fn part_time_limits_warn_before_they_are_passed() {
    let mut field = Field::new();
    field.employ(ALICE, Employment::PartTime);
    let ask = |estimate| Wanted {
        estimate: Some(estimate),
        ..wanted(TaskKind::Other)
    };
    let over = |field: &Field, estimate| field.candidate(ALICE, ask(estimate)).over_limit;
    assert_eq!(over(&field, 24 * 60), None);
    let passed = over(&field, 24 * 60 + 1).unwrap();
    assert_eq!(
        (passed.week, passed.week_limit, passed.day),
        (1441, 1440, 241)
    );
    // Three hours on one day are her week: eight hours in it are too many.
    let monday = set_hours(ALICE, HoursOf::Weekday(0), hours(&["09:00-12:00"]));
    field.run(ALICE, monday).unwrap();
    let passed = over(&field, 8 * 60).unwrap();
    assert_eq!((passed.week, passed.day, passed.day_limit), (480, 480, 240));
    field.employ(ALICE, Employment::FullTime);
    assert_eq!(over(&field, 100 * 60), None);
    let mut given = draft(ALICE);
    given.estimate = Some(100 * 60);
    field.employ(ALICE, Employment::PartTime);
    assert!(
        field
            .run(EAST_MANAGER, Command::Task(TaskCommand::Create(given)))
            .is_ok(),
        "a limit warns, it forbids nothing"
    );
}

#[test]
fn several_tasks_of_somebody_are_spread_over_the_team() {
    let mut field = Field::new();
    let tasks: Vec<_> = (0..6)
        .map(|_| {
            let mut task = draft(ALICE);
            task.estimate = Some(120);
            (ALICE, field.create_task(ALICE, task))
        })
        .collect();
    let client = field.create(ALICE, named("张三商贸"));
    let over = SpreadOver {
        tasks,
        clients: vec![client],
        wanted: Wanted {
            estimate: Some(120),
            ..wanted(TaskKind::FollowUp)
        },
    };
    let view = field.spread(EAST_MANAGER, over.clone());
    let count = |person| {
        view.pieces
            .iter()
            .filter(|piece| piece.to == person)
            .count()
    };
    let mut counts = [ALICE, BOB, EAST_MANAGER].map(count);
    counts.sort_unstable();
    assert_eq!(counts, [2, 2, 3]);
    assert_eq!(view.pieces[6].of, SpreadOf::Client(client));
    assert!(
        view.takers.iter().all(|taker| taker.before == 0),
        "{view:?}"
    );
    field.employ(BOB, Employment::PartTime);
    let takers = field.spread(EAST_MANAGER, over.clone()).takers;
    let limit = |person| {
        let taker = takers.iter().find(|taker| taker.person == person).unwrap();
        (taker.planned, taker.limit)
    };
    assert_eq!(limit(ALICE), (0, None), "her own tasks are spread");
    let (planned, allowed) = limit(BOB);
    assert_eq!(allowed.unwrap().over(planned + 24 * 60), None);
    assert!(allowed.unwrap().over(planned + 24 * 60 + 1).is_some());
    let without_alice = SpreadOver {
        wanted: Wanted {
            except: Some(ALICE),
            ..over.wanted.clone()
        },
        ..over
    };
    let view = field.spread(EAST_MANAGER, without_alice);
    assert!(view.pieces.iter().all(|piece| piece.to != ALICE));
}

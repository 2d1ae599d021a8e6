//! Lists: search, filter, sort, window, and what lines say.

use std::collections::BTreeSet;

use caravan_domain::clients::command::ClientCommand;
use caravan_domain::clients::list::{
    ClientFilter, ClientList, ClientPage, ClientSort, SimilarReason, SimilarTo,
};
use caravan_domain::clients::record::{ClientDraft, Grade, InteractionDraft, InteractionKind};
use caravan_domain::command::{Command, RecordRef};
use caravan_domain::facts::{FactKey, PersonStatus};
use caravan_domain::id::{ClientId, DeviceId, PersonId};
use caravan_domain::mark::Mark;
use caravan_domain::query::{Answer, Query};
use caravan_domain::role::Role;
use caravan_domain::tasks::command::TaskCommand;
use caravan_domain::tasks::kind::TaskKind;
use caravan_domain::tasks::list::{TaskFilter, TaskList};
use caravan_domain::tasks::record::{TaskDraft, TaskStatus};
use caravan_domain::time::Day;
use caravan_domain::visits::command::VisitCommand;
use caravan_domain::visits::list::VisitList;
use caravan_domain::visits::record::PositionReading;
use jiff::civil::date;

use crate::field::{
    ADMIN, ALICE, BOB, CAROL, DIRECTOR, EAST_MANAGER, Field, MORNING, contact, id, named, person,
    today, visit_to,
};

const DAY_MILLIS: i64 = 86_400_000;

fn page(field: &Field, list: ClientList) -> ClientPage {
    match field.ask(DIRECTOR, &Query::Clients(list)) {
        Answer::Clients(page) => page,
        other => panic!("{other:?}"),
    }
}

fn names(field: &Field, list: ClientList) -> Vec<String> {
    page(field, list)
        .lines
        .into_iter()
        .map(|line| line.name)
        .collect()
}

fn sorted(sort: ClientSort) -> ClientList {
    ClientList {
        sort,
        limit: 100,
        ..ClientList::default()
    }
}

fn filtered(filter: ClientFilter) -> ClientList {
    ClientList {
        filter,
        limit: 100,
        ..ClientList::default()
    }
}

fn searched(search: &str) -> ClientList {
    filtered(ClientFilter {
        search: search.to_owned(),
        ..ClientFilter::default()
    })
}

fn graded(name: &str, grade: Grade, tags: &[&str]) -> ClientDraft {
    ClientDraft {
        grade,
        tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        ..named(name)
    }
}

fn talk(field: &mut Field, client: ClientId) {
    let draft = InteractionDraft {
        kind: InteractionKind::Call,
        text: "通话".to_owned(),
        happened_at: None,
        corrects: None,
    };
    let command = Command::Client(ClientCommand::LogInteraction { client, draft });
    field.run(DIRECTOR, command).unwrap();
}

/// Four clients, written down a day apart: 张三 (A, Alice), Beta (B, Bob), 李四 (C, Alice),
/// 阿姨 (D, Carol). Only Beta and 李四 have been talked to, Beta later.
fn four() -> Field {
    let mut field = Field::new();
    let start = MORNING.plus_millis(-40 * DAY_MILLIS);
    let mut made = Vec::new();
    for (day, (owner, draft)) in [
        (ALICE, graded("张三商贸", Grade::A, &["VIP", "老客户"])),
        (BOB, graded("Beta Foods", Grade::B, &["VIP"])),
        (ALICE, graded("李四超市", Grade::C, &[])),
        (CAROL, graded("阿姨奶茶", Grade::D, &["VIP"])),
    ]
    .into_iter()
    .enumerate()
    {
        field.now = start.plus_millis(day as i64 * DAY_MILLIS);
        made.push(field.create(owner, draft));
    }
    field.now = MORNING.plus_millis(-20 * DAY_MILLIS);
    talk(&mut field, made[2]);
    field.now = MORNING.plus_millis(-DAY_MILLIS);
    talk(&mut field, made[1]);
    field.now = MORNING;
    field
}

#[test]
fn names_sort_as_people_look_them_up() {
    assert_eq!(
        names(&four(), sorted(ClientSort::Name)),
        ["阿姨奶茶", "Beta Foods", "李四超市", "张三商贸"]
    );
}

#[test]
fn people_are_listed_by_the_sound_of_their_names() {
    let mut field = Field::new();
    for (known, name) in [(ALICE, "严丽华"), (BOB, "丁慧敏"), (CAROL, "何淑芬")] {
        if let Some(person) = field.facts.people.get_mut(&known) {
            person.name = name.to_owned();
        }
    }
    let Answer::People(view) = field.ask(DIRECTOR, &Query::People) else {
        panic!("people");
    };
    let names: Vec<_> = view
        .people
        .iter()
        .map(|line| line.person.name.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "财务",
            "丁慧敏",
            "东主管",
            "管理员",
            "何淑芬",
            "西主管",
            "严丽华",
            "总监"
        ]
    );
}

#[test]
fn every_order_both_ways() {
    let (zhang, beta, li, ayi) = ("张三商贸", "Beta Foods", "李四超市", "阿姨奶茶");
    for (sort, ascending, descending) in [
        (
            ClientSort::Name,
            [ayi, beta, li, zhang],
            [zhang, li, beta, ayi],
        ),
        (
            ClientSort::Grade,
            [zhang, beta, li, ayi],
            [ayi, li, beta, zhang],
        ),
        (
            ClientSort::Neglected,
            [ayi, zhang, li, beta],
            [beta, li, ayi, zhang],
        ),
        (
            ClientSort::Due,
            [zhang, li, beta, ayi],
            [ayi, beta, li, zhang],
        ),
        (
            ClientSort::Newest,
            [ayi, li, beta, zhang],
            [zhang, beta, li, ayi],
        ),
    ] {
        let list = sorted(sort);
        assert_eq!(names(&four(), list.clone()), ascending, "{sort:?}");
        let list = ClientList {
            descending: true,
            ..list
        };
        assert_eq!(names(&four(), list), descending, "{sort:?}");
    }
}

#[test]
fn filters_narrow_and_totals_tell() {
    let field = four();
    let none = ClientFilter::default;
    for (filter, expected) in [
        (
            ClientFilter {
                grades: [Grade::A, Grade::D].into(),
                ..none()
            },
            &["阿姨奶茶", "张三商贸"][..],
        ),
        (
            ClientFilter {
                tags: ["老客户".to_owned()].into(),
                ..none()
            },
            &["张三商贸"],
        ),
        (
            ClientFilter {
                owners: [BOB, CAROL].into(),
                ..none()
            },
            &["阿姨奶茶", "Beta Foods"],
        ),
        (
            ClientFilter {
                owners: [ALICE].into(),
                grades: [Grade::C].into(),
                ..none()
            },
            &["李四超市"],
        ),
        (
            ClientFilter {
                stages: [caravan_domain::clients::record::Stage::Lost].into(),
                ..none()
            },
            &[],
        ),
        (
            ClientFilter {
                due_only: true,
                ..none()
            },
            &["张三商贸"],
        ),
        (
            ClientFilter {
                archived: true,
                ..none()
            },
            &[],
        ),
        (
            ClientFilter {
                batch: Some(caravan_domain::id::BatchId(id(1))),
                ..none()
            },
            &[],
        ),
    ] {
        let page = page(&field, filtered(filter.clone()));
        let found: Vec<_> = page.lines.iter().map(|line| line.name.as_str()).collect();
        assert_eq!(found, expected, "{filter:?}");
        assert_eq!(page.total as usize, expected.len());
        assert_eq!(page.unfiltered, if filter.archived { 0 } else { 4 });
        assert_eq!(page.tags, [("VIP".to_owned(), 3), ("老客户".to_owned(), 1)]);
    }
}

#[test]
fn a_window_is_cut_after_sorting() {
    let field = four();
    let list = |offset, limit| ClientList {
        offset,
        limit,
        ..ClientList::default()
    };
    assert_eq!(names(&field, list(1, 2)), ["Beta Foods", "李四超市"]);
    assert_eq!(names(&field, list(3, 5)), ["张三商贸"]);
    assert_eq!(names(&field, list(9, 5)), [""; 0]);
    assert_eq!(page(&field, list(3, 5)).total, 4);
}

#[test]
fn the_best_match_comes_first() {
    let mut field = four();
    field.create(
        ALICE,
        ClientDraft {
            contacts: vec![contact("张伟", &["13900139000"])],
            ..named("八方物流")
        },
    );
    assert_eq!(names(&field, searched("zhang")), ["张三商贸", "八方物流"]);
    assert_eq!(names(&field, searched("zs")), ["张三商贸"]);
    assert_eq!(names(&field, searched("李四")), ["李四超市"]);
    assert_eq!(names(&field, searched("0139")), ["八方物流"]);
    assert_eq!(names(&field, searched("vip ayi")), ["阿姨奶茶"]);
    assert_eq!(names(&field, searched("nobody")), [""; 0]);
}

/// Each page is also asked for without what the one before left in memory, and must be the same.
#[test]
fn typing_on_finds_what_typing_at_once_finds() {
    let mut field = four();
    field.create(ALICE, named("张三分店"));
    assert_eq!(names(&field, searched("z")), ["张三分店", "张三商贸"]);
    assert_eq!(names(&field, searched("zs")), ["张三分店", "张三商贸"]);
    field.create(ALICE, named("张三新店"));
    assert_eq!(names(&field, searched("zsx")), ["张三新店"]);
    assert_eq!(names(&field, searched("zs")).len(), 3);
    let vip = |search: &str| {
        filtered(ClientFilter {
            tags: ["VIP".to_owned()].into(),
            ..searched(search).filter
        })
    };
    assert_eq!(names(&field, vip("zs")), ["张三商贸"]);
    assert_eq!(names(&field, searched("zs")).len(), 3);
}

#[test]
fn archived_clients_are_kept_apart() {
    let mut field = four();
    let zhang = page(&field, searched("张三")).lines[0].id;
    field
        .run(ALICE, Command::Client(ClientCommand::Archive(zhang)))
        .unwrap();
    assert_eq!(names(&field, searched("zhang")), [""; 0]);
    let all = page(&field, sorted(ClientSort::Name));
    assert_eq!((all.total, all.unfiltered), (3, 3));
    assert_eq!(all.tags, [("VIP".to_owned(), 2)]);
    let put_away = page(
        &field,
        filtered(ClientFilter {
            archived: true,
            ..ClientFilter::default()
        }),
    );
    assert_eq!(put_away.lines[0].name, "张三商贸");
    assert_eq!(put_away.lines[0].due_on, None);
}

#[test]
fn a_line_says_owner_mark_and_day_due() {
    let mut field = four();
    let beta = page(&field, searched("beta")).lines[0].id;
    field.marks.insert(RecordRef::Client(beta), Mark::Saved);
    let line = page(&field, searched("beta")).lines.remove(0);
    assert_eq!((line.owner, &*line.owner_name), (Some(BOB), "鲍勃"));
    assert_eq!(line.mark, Mark::Saved);
    // Talked to yesterday, grade B: every fourteen days.
    assert_eq!(line.due_on, Some(date(2026, 11, 18)));
}

/// One visit checked in and out yesterday, which agreed on `next`.
fn visited(next: Option<Day>) -> (Field, ClientId) {
    let mut field = Field::new();
    field.now = MORNING.plus_millis(-DAY_MILLIS);
    let client = field.create(ALICE, graded("甲", Grade::A, &[]));
    let visit = field.plan_visit(ALICE, visit_to(client, ALICE, field.now.day()));
    let reading = PositionReading::Unavailable;
    for step in [
        VisitCommand::CheckIn {
            client,
            visit,
            reading: reading.clone(),
        },
        VisitCommand::SetNext {
            client,
            visit,
            step: "送样品".to_owned(),
            on: next,
        },
        VisitCommand::CheckOut {
            client,
            visit,
            reading,
        },
    ] {
        field.run(ALICE, Command::Visit(step)).unwrap();
    }
    field.now = MORNING;
    (field, client)
}

#[test]
fn an_agreed_next_step_goes_before_the_cadence() {
    let due = |field: &Field| page(field, sorted(ClientSort::Name)).lines[0].due_on;
    let (field, _) = visited(None);
    assert_eq!(due(&field), Some(date(2026, 11, 11)));
    let (mut field, client) = visited(Some(date(2026, 11, 20)));
    assert_eq!(due(&field), Some(date(2026, 11, 20)));
    // A call before the day leaves the agreement standing; one on the day settles it.
    talk(&mut field, client);
    assert_eq!(due(&field), Some(date(2026, 11, 20)));
    field.now = MORNING.plus_millis(15 * DAY_MILLIS);
    talk(&mut field, client);
    assert_eq!(due(&field), Some(date(2026, 11, 27)));
}

fn similar(field: &Field, to: SimilarTo) -> Vec<(String, SimilarReason)> {
    match field.ask(ALICE, &Query::Similar(to)) {
        Answer::Similar(found) => found
            .into_iter()
            .map(|found| (found.name, found.reason))
            .collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn duplicates_by_phone_code_and_sound() {
    let mut field = Field::new();
    let by_phone = field.create(
        BOB,
        ClientDraft {
            contacts: vec![contact("王五", &["13812345678"])],
            ..named("王五五金")
        },
    );
    field.create(
        BOB,
        ClientDraft {
            code: "9144030071526726XG".to_owned(),
            ..named("深圳某公司")
        },
    );
    field.create(CAROL, named("北京创汇网络科技有限公司"));
    let to = SimilarTo {
        name: "上海窗惠网络有限公司".to_owned(),
        code: "9144 0300 7152 6726 xg".to_owned(),
        phones: vec!["+86 138-1234-5678".to_owned(), "junk".to_owned()],
        except: None,
    };
    use SimilarReason::{SameCode, SamePhone, SimilarName};
    assert_eq!(
        similar(&field, to.clone()),
        [
            ("王五五金".to_owned(), SamePhone),
            ("深圳某公司".to_owned(), SameCode),
            ("北京创汇网络科技有限公司".to_owned(), SimilarName),
        ]
    );
    let except = Some(by_phone);
    assert_eq!(
        similar(
            &field,
            SimilarTo {
                except,
                ..to.clone()
            }
        )
        .len(),
        2
    );
    assert_eq!(similar(&field, SimilarTo::default()), []);
    field
        .run(BOB, Command::Client(ClientCommand::Archive(by_phone)))
        .unwrap();
    assert_eq!(similar(&field, to).len(), 2);
}

#[test]
fn visits_between_two_days() {
    let mut field = Field::new();
    let one = field.create(ALICE, named("甲"));
    let other = field.create(ALICE, named("乙"));
    let day = |n| date(2026, 11, n);
    let mut morning = visit_to(one, ALICE, day(6));
    morning.planned_at = "09:00".to_owned();
    field.plan_visit(ALICE, visit_to(other, ALICE, day(6)));
    field.plan_visit(ALICE, morning);
    field.plan_visit(EAST_MANAGER, visit_to(one, EAST_MANAGER, day(4)));
    let mut along = visit_to(other, ALICE, day(9));
    along.with = BTreeSet::from([BOB]);
    let late = field.plan_visit(ALICE, along);
    let list = |from, to, by, client| VisitList {
        from: day(from),
        to: day(to),
        by,
        client,
        offset: 0,
        limit: 10,
    };
    let found = |field: &Field, list: VisitList| match field.ask(ALICE, &Query::Visits(list)) {
        Answer::Visits(page) => {
            let lines = page.lines.into_iter();
            lines
                .map(|line| {
                    (
                        line.client_name,
                        line.row.planned_on.day(),
                        line.row.planned_at,
                    )
                })
                .collect::<Vec<_>>()
        }
        other => panic!("{other:?}"),
    };
    let line = |name: &str, day, at: &str| (name.to_owned(), day, at.to_owned());
    assert_eq!(
        found(&field, list(1, 30, None, None)),
        [
            line("甲", 4, ""),
            line("甲", 6, "09:00"),
            line("乙", 6, ""),
            line("乙", 9, "")
        ]
    );
    assert_eq!(
        found(&field, list(1, 30, Some(BOB), None)),
        [line("乙", 9, "")]
    );
    assert_eq!(
        found(&field, list(1, 30, None, Some(one))),
        [line("甲", 4, ""), line("甲", 6, "09:00")]
    );
    assert_eq!(found(&field, list(7, 8, None, None)), []);
    // Made on another day than planned: found on both.
    field.now = MORNING.plus_millis(2 * DAY_MILLIS);
    field
        .run(
            ALICE,
            Command::Visit(VisitCommand::CheckIn {
                client: other,
                visit: late,
                reading: PositionReading::Refused,
            }),
        )
        .unwrap();
    assert_eq!(found(&field, list(7, 8, None, None)), [line("乙", 9, "")]);
}

fn task(assignee: PersonId, title: &str, due: Option<Day>) -> TaskDraft {
    TaskDraft {
        assignee,
        title: title.to_owned(),
        detail: String::new(),
        kind: TaskKind::Other,
        due,
        client: None,
        difficulty: None,
        estimate: None,
    }
}

#[test]
fn tasks_by_urgency() {
    let mut field = Field::new();
    let client = field.create(ALICE, named("张三商贸"));
    let finished = field.create_task(ALICE, task(ALICE, "写报告", None));
    field.create_task(ALICE, task(ALICE, "整理名片", None));
    field.create_task(EAST_MANAGER, task(ALICE, "回访", Some(date(2026, 11, 3))));
    let mut about = task(ALICE, "送样", Some(today()));
    about.client = Some(client);
    field.create_task(ALICE, about);
    let done = Command::Task(TaskCommand::SetStatus {
        assignee: ALICE,
        task: finished,
        status: TaskStatus::Done,
    });
    field.run(ALICE, done).unwrap();
    let list = |show, search: &str| TaskList {
        assignee: None,
        client: None,
        show,
        search: search.to_owned(),
        offset: 0,
        limit: 10,
    };
    let found = |me, list: TaskList| match field.ask(me, &Query::Tasks(list)) {
        Answer::Tasks(page) => {
            let lines = page.lines.into_iter();
            lines
                .map(|line| (line.task.draft.title, line.overdue_days))
                .collect::<Vec<_>>()
        }
        other => panic!("{other:?}"),
    };
    let late = ("回访".to_owned(), Some(2));
    let now = ("送样".to_owned(), Some(0));
    let some_time = ("整理名片".to_owned(), None);
    let past = ("写报告".to_owned(), None);
    let open = vec![late.clone(), now.clone(), some_time.clone()];
    assert_eq!(found(ALICE, list(TaskFilter::Open, "")), open);
    assert_eq!(
        found(ALICE, list(TaskFilter::Overdue, "")),
        vec![late.clone()]
    );
    assert_eq!(
        found(ALICE, list(TaskFilter::Finished, "")),
        vec![past.clone()]
    );
    assert_eq!(
        found(ALICE, list(TaskFilter::All, "")),
        [late.clone(), now.clone(), some_time, past]
    );
    assert_eq!(
        found(EAST_MANAGER, list(TaskFilter::GivenByMe, "")),
        vec![late.clone()]
    );
    assert_eq!(found(ALICE, list(TaskFilter::GivenByMe, "")), []);
    // By title and by client, spelled.
    assert_eq!(found(ALICE, list(TaskFilter::Open, "huifang")), [late]);
    assert_eq!(
        found(ALICE, list(TaskFilter::Open, "zs")),
        vec![now.clone()]
    );
    let of_client = TaskList {
        client: Some(client),
        ..list(TaskFilter::All, "")
    };
    assert_eq!(found(ALICE, of_client), [now]);
    match field.ask(ALICE, &Query::Task(ALICE, finished)) {
        Answer::Task(Some(line)) => assert_eq!(line.assignee_name, "爱丽"),
        other => panic!("{other:?}"),
    }
    let unknown = Query::Task(BOB, finished);
    assert_eq!(field.ask(ALICE, &unknown), Answer::Task(None));
}

#[test]
fn everybody_the_asker_works_with() {
    let mut field = Field::new();
    field.create(ALICE, named("甲"));
    field.create(ALICE, named("乙"));
    let view = |field: &Field, me| match field.ask(me, &Query::People) {
        Answer::People(view) => view,
        other => panic!("{other:?}"),
    };
    let everybody = view(&field, EAST_MANAGER);
    assert_eq!(everybody.people.len(), 8);
    let alice = everybody
        .people
        .iter()
        .find(|line| line.id == ALICE)
        .unwrap();
    assert_eq!((alice.clients, &*alice.team_name), (2, "华东"));
    assert!(alice.code.starts_with("EM-"));
    assert!(!alice.provisional);
    for (me, may_invite, may_administer) in [
        (ADMIN, true, true),
        (DIRECTOR, true, true),
        (EAST_MANAGER, true, false),
        (ALICE, false, false),
    ] {
        let view = view(&field, me);
        assert_eq!(
            (view.may_invite, view.may_administer),
            (may_invite, may_administer)
        );
    }
    // Decided on this phone only.
    field.facts.people.get_mut(&ALICE).unwrap().status = PersonStatus::Suspended;
    let provisional: Vec<_> = view(&field, ADMIN)
        .people
        .into_iter()
        .filter(|line| line.provisional)
        .map(|line| line.id)
        .collect();
    assert_eq!(provisional, [ALICE]);
}

#[test]
fn devices_are_shown_to_their_person_and_to_those_who_run_the_workspace() {
    let mut field = Field::new();
    let this = DeviceId(id(90));
    field.give_device(ALICE, this);
    field.give_device(ALICE, DeviceId(id(91)));
    let file = |me, who| match field.ask(me, &Query::Person(who)) {
        Answer::Person(file) => file,
        other => panic!("{other:?}"),
    };
    let mine = file(ALICE, ALICE).unwrap();
    assert!(mine.is_me && !mine.may_administer && !mine.may_change_roles);
    assert_eq!(mine.devices.len(), 2);
    assert!(mine.devices[0].is_this_one && mine.devices[0].detail.is_some());
    assert_eq!(file(BOB, ALICE).unwrap().devices, []);
    assert_eq!(file(ADMIN, ALICE).unwrap().devices.len(), 2);
    assert!(file(DIRECTOR, ALICE).unwrap().may_change_roles);
    assert!(!file(DIRECTOR, ADMIN).unwrap().may_change_roles);
    assert_eq!(file(ADMIN, person(99)), None);
    assert!(field.facts.get(FactKey::Person(ADMIN)).is_some());
    assert!(field.facts.has_role(ADMIN, Role::Administrator));
}

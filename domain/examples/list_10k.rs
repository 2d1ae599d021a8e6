//! How long the client list takes to answer over ten thousand clients:
//! `cargo run --release -p caravan-domain --example list_10k`. The target is a frame on a phone;
//! 3 ms here.

use std::hint::black_box;
use std::time::Instant as Clock;

use caravan_domain::clients::list::{ClientFilter, ClientList, ClientSort, SimilarTo};
use caravan_domain::clients::record::Grade;
use caravan_domain::command::RecordRef;
use caravan_domain::document::DocumentId;
use caravan_domain::facts::{
    Employment, Fact, FactChange, FactKey, Facts, Grant, Person, PersonStatus,
};
use caravan_domain::id::{ClientId, DeviceId, Id, PersonId};
use caravan_domain::mark::Mark;
use caravan_domain::memory::Memory;
use caravan_domain::query::{Marks, Query, Sources, answer};
use caravan_domain::role::Role;
use caravan_domain::row::{Rows, project};
use caravan_domain::time::Instant;
use caravan_domain::value::{Map, Value, map_of};

const CLIENTS: u32 = 10_000;
const RUNS: u32 = 50;
const NOW: Instant = Instant::from_millis(1_793_844_000_000);
const ME: PersonId = PersonId(Id::MAX);

struct NoMarks;

impl Marks for NoMarks {
    fn mark(&self, _: RecordRef) -> Mark {
        Mark::default()
    }

    fn waiting(&self) -> u32 {
        0
    }

    fn needing_attention(&self) -> u32 {
        0
    }
}

fn main() {
    let (rows, facts) = ten_thousand();
    let from = Sources {
        me: ME,
        device: DeviceId(Id::ZERO),
        now: NOW,
        rows: &rows,
        facts: &facts,
        settled: &facts,
        marks: &NoMarks,
        memory: &Memory::default(),
    };
    let list = |search: &str, sort| {
        Query::Clients(ClientList {
            filter: ClientFilter {
                search: search.to_owned(),
                ..ClientFilter::default()
            },
            sort,
            descending: false,
            offset: 0,
            limit: 50,
        })
    };
    let due_of_one = Query::Clients(ClientList {
        filter: ClientFilter {
            owners: [ME].into(),
            due_only: true,
            ..ClientFilter::default()
        },
        sort: ClientSort::Due,
        limit: 50,
        ..ClientList::default()
    });
    for (name, query) in [
        ("by name", list("", ClientSort::Name)),
        ("by day due", list("", ClientSort::Due)),
        ("longest neglected", list("", ClientSort::Neglected)),
        ("mine that are due", due_of_one),
        ("search a syllable: hui", list("hui", ClientSort::Name)),
        ("search initials: zs", list("zs", ClientSort::Name)),
        ("search Chinese: 商贸", list("商贸", ClientSort::Name)),
        ("search a phone: 5678", list("5678", ClientSort::Name)),
        ("search nothing there", list("qqqq", ClientSort::Name)),
        ("similar to one", similar()),
        ("today", Query::Today),
    ] {
        let mut times: Vec<_> = (0..RUNS)
            .map(|_| {
                // What the run before has found would make this one a letter typed on.
                let memory = &Memory::default();
                let afresh = Sources { memory, ..from };
                let begun = Clock::now();
                black_box(answer(black_box(&query), &afresh));
                begun.elapsed()
            })
            .collect();
        times.sort_unstable();
        let [median, worst] = [times[times.len() / 2], times[times.len() - 1]];
        println!(
            "{name:<24} median {:>7.3} ms  worst {:>7.3} ms",
            median.as_secs_f64() * 1e3,
            worst.as_secs_f64() * 1e3
        );
    }
}

fn similar() -> Query {
    Query::Similar(SimilarTo {
        name: "张三商贸有限公司".to_owned(),
        code: "9144030071526726XG".to_owned(),
        phones: vec!["13812345678".to_owned()],
        except: None,
    })
}

fn ten_thousand() -> (Rows, Facts) {
    let mut rows = Rows::default();
    let mut facts = Facts::default();
    let person = Person {
        name: "主管".to_owned(),
        roles: [Role::Director].into(),
        team: None,
        status: PersonStatus::Active,
        employment: Employment::FullTime,
        phone: String::new(),
        joined_at: NOW,
    };
    facts.apply(FactChange {
        key: FactKey::Person(ME),
        fact: Some(Fact::Person(person)),
    });
    for n in 0..CLIENTS {
        let made = NOW.plus_millis(-i64::from(n) * 3_600_000);
        let client = ClientId(Id::mint(made, [7; 10]));
        let document = DocumentId::from(client);
        rows.replace(document, project(document, &tree(n), &[]));
        let grant = Grant {
            owner: ME,
            shared_with: Default::default(),
        };
        facts.apply(FactChange {
            key: FactKey::Grant(document),
            fact: Some(Fact::Grant(grant)),
        });
    }
    (rows, facts)
}

fn pick<'a>(of: &[&'a str], n: u32) -> &'a str {
    of[n as usize % of.len()]
}

fn tree(n: u32) -> Value {
    const SURNAMES: [&str; 12] = [
        "张", "王", "李", "赵", "刘", "陈", "杨", "黄", "周", "吴", "徐", "孙",
    ];
    const GIVEN: [&str; 9] = ["三", "伟", "芳", "秀英", "敏", "静", "丽", "强", "磊"];
    const PLACES: [&str; 7] = ["上海", "深圳", "重庆", "南京", "杭州", "成都", "武汉"];
    const TRADES: [&str; 8] = [
        "商贸", "信息", "网络", "食品", "传媒", "物流", "建材", "汇海",
    ];
    let person = format!("{}{}", pick(&SURNAMES, n), pick(&GIVEN, n / 12));
    let name = format!(
        "{}{}{}{}有限公司",
        pick(&PLACES, n / 5),
        person,
        n,
        pick(&TRADES, n / 3)
    );
    let birthday = if n.is_multiple_of(3) {
        format!("lunar:{:02}-{:02}", n % 12 + 1, n % 29 + 1)
    } else {
        format!(
            "solar:19{:02}-{:02}-{:02}",
            n % 90 + 10,
            n % 12 + 1,
            n % 28 + 1
        )
    };
    let phone = format!("138{:08}", u64::from(n) * 7919 % 100_000_000);
    let contact: Map = map_of([
        ("name", Some(person.into())),
        ("birthday", Some(birthday.into())),
        (
            "phones",
            Some(Map::from([("1".to_owned(), phone.into())]).into()),
        ),
    ]);
    let grade = Grade::ALL[n as usize % Grade::ALL.len()];
    let touched = NOW.plus_millis(-i64::from(n % 120) * 86_400_000);
    let profile = map_of([
        ("name", Some(name.into())),
        ("code", Some(format!("91440300{n:010}").into())),
        ("grade", Some(grade.word().into())),
        ("region", Some(pick(&PLACES, n / 5).into())),
        ("address", Some(format!("人民路 {n} 号").into())),
        ("followed_up_at", Some(touched.into())),
    ]);
    let tag = pick(&["VIP", "续约", "重点", "老客户"], n).to_owned();
    map_of([
        ("profile", Some(profile.into())),
        ("tags", Some(Map::from([(tag, true.into())]).into())),
        (
            "contacts",
            Some(Map::from([(Id::ZERO.to_string(), contact.into())]).into()),
        ),
    ])
    .into()
}

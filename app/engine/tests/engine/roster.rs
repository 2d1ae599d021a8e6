//! What the interface finds by itself is what the engine answers.

use caravan_domain::clients::command::ClientCommand;
use caravan_domain::clients::list::{ClientFilter, ClientList, ClientPage, ClientSort};
use caravan_domain::clients::record::{ClientDraft, ContactDraft, Grade};
use caravan_domain::command::Command;
use caravan_domain::query::{Answer, Query};
use caravan_port::ask::{Ask, Sent, Told};
use caravan_port::roster::Roster;
use futures_executor::block_on;

use crate::support::{Device, Relay, run};

const NAMES: [&str; 12] = [
    "杭州云栖茶业有限公司",
    "杭州西湖科技",
    "广州大学",
    "Hangzhou Tea",
    "航天科工",
    "浩瀚科技 138",
    "上海机床厂",
    "哈尔滨",
    "Anders & Søn",
    "重庆创汇网络",
    "北京 杭帮菜",
    "西安高新",
];
const PHONES: [&str; 4] = ["13868001234", "0571-8613860", "+8613900001386", ""];
const GRADES: [Grade; 3] = [Grade::A, Grade::B, Grade::C];
const SORTS: [ClientSort; 5] = [
    ClientSort::Name,
    ClientSort::Grade,
    ClientSort::Neglected,
    ClientSort::Due,
    ClientSort::Newest,
];
/// In the order in which somebody types, corrects and begins again.
const TYPED: [&str; 22] = [
    "",
    "h",
    "ha",
    "han",
    "hang",
    "hangz",
    "hang",
    "hang 1386",
    "hang 1386",
    "1",
    "13",
    "138",
    "1386",
    "1386-",
    "科",
    "科技",
    "科技",
    "z",
    "zz",
    "  ",
    "sø",
    "HZ",
];

fn device() -> Device {
    let ada = Relay::new().found();
    for (place, name) in NAMES.iter().cycle().take(30).enumerate() {
        let phone = PHONES[place % PHONES.len()];
        let contact = ContactDraft {
            name: "张三".to_owned(),
            phones: (!phone.is_empty())
                .then(|| phone.to_owned())
                .into_iter()
                .collect(),
            ..ContactDraft::default()
        };
        let draft = ClientDraft {
            name: format!("{name}{}", place / NAMES.len()),
            grade: GRADES[place % GRADES.len()],
            contacts: vec![contact],
            ..ClientDraft::default()
        };
        run(&ada, Command::Client(ClientCommand::Create(draft))).unwrap();
    }
    ada
}

fn roster(device: &Device, list: &ClientList) -> Roster {
    let told = block_on(device.answer(&Ask::Roster(list.clone()))).unwrap();
    assert!(matches!(told, Told::Roster(_)), "{told:?}");
    Sent::of(&told).unwrap().read().unwrap()
}

fn page(device: &Device, list: &ClientList) -> ClientPage {
    match device.query(&Query::Clients(list.clone())).unwrap() {
        Answer::Clients(page) => page,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_roster_says_what_the_engine_says() {
    let ada = device();
    let graded = ClientFilter {
        grades: [Grade::A].into(),
        ..ClientFilter::default()
    };
    for filter in [ClientFilter::default(), graded] {
        for (sort, descending) in SORTS
            .into_iter()
            .flat_map(|sort| [(sort, false), (sort, true)])
        {
            let of = |search: &str, offset| ClientList {
                filter: ClientFilter {
                    search: search.to_owned(),
                    ..filter.clone()
                },
                sort,
                descending,
                offset,
                limit: 7,
            };
            let roster = roster(&ada, &of("what was typed already", 3));
            let mut found = None;
            for typed in TYPED {
                for offset in [0, 5] {
                    let list = of(typed, offset);
                    assert_eq!(
                        roster.page(&list, &mut found),
                        Some(page(&ada, &list)),
                        "{list:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn another_list_is_asked_for() {
    let ada = device();
    let roster = roster(&ada, &ClientList::first_page());
    let archived = ClientList {
        filter: ClientFilter {
            archived: true,
            ..ClientFilter::default()
        },
        ..ClientList::first_page()
    };
    let newest = ClientList {
        sort: ClientSort::Newest,
        ..ClientList::first_page()
    };
    assert!(roster.page(&ClientList::first_page(), &mut None).is_some());
    assert_eq!(roster.page(&archived, &mut None), None);
    assert_eq!(roster.page(&newest, &mut None), None);
}

//! Search and name comparison over as many rows as a workspace is meant to hold.

use std::hint::black_box;
use std::time::{Duration, Instant};

use caravan_domain::search::{HaystackBuilder, Query, alike, similarity_key};

const ROWS: usize = 10_000;
const NAMES: [&str; 10] = [
    "昂歌信息",
    "海创传媒",
    "巨奥",
    "九方网络",
    "和泰信息",
    "国讯",
    "快讯",
    "群英",
    "网新恒天",
    "重庆银行",
];

/// An unoptimised build is held to the same order of magnitude only.
fn limit(millis: u64) -> Duration {
    Duration::from_millis(if cfg!(debug_assertions) {
        millis * 20
    } else {
        millis
    })
}

fn name(row: usize) -> String {
    format!(
        "{}{}科技有限公司",
        NAMES[row % NAMES.len()],
        row / NAMES.len()
    )
}

fn haystack(row: usize) -> String {
    let mut haystack = HaystackBuilder::new();
    haystack.name(&name(row));
    haystack.name("陈淑华");
    haystack.phone(&format!("138{:08}", row * 7_919));
    haystack.tag("重点");
    haystack.text("香港特别行政区涛市高坪区辛集路b座");
    haystack.finish()
}

/// The best of several runs: another process may take the core in any one of them.
fn fastest(mut run: impl FnMut()) -> Duration {
    (0..5)
        .map(|_| {
            let begun = Instant::now();
            run();
            begun.elapsed()
        })
        .min()
        .expect("there are five runs")
}

#[test]
fn ten_thousand_rows_are_searched_within_a_frame() {
    let rows: Vec<String> = (0..ROWS).map(haystack).collect();
    for (typed, found) in [
        ("chensh", ROWS),
        ("csh 重点", ROWS),
        ("网新恒天99", 11),
        ("zzz", 0),
    ] {
        let query = Query::parse(typed).unwrap();
        let took = fastest(|| {
            let count = rows.iter().filter_map(|row| query.rank(row)).count();
            assert_eq!(black_box(count), found, "{typed}");
        });
        assert!(took < limit(5), "{typed} took {took:?}");
    }
}

#[test]
fn ten_thousand_names_are_compared_within_a_frame() {
    let keys: Vec<String> = (0..ROWS).map(|row| similarity_key(&name(row))).collect();
    let typed = similarity_key("王新恒天77网络有限公司");
    let took = fastest(|| {
        let count = keys.iter().filter(|key| alike(key, &typed)).count();
        assert!(black_box(count) >= 1);
    });
    assert!(took < limit(20), "took {took:?}");
}

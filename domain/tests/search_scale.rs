//! Search and name comparison over as many rows as a workspace is meant to hold. How quick they are,
//! `cargo run --release -p caravan-domain --example list_10k` prints.

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

#[test]
fn every_row_that_matches_is_found_among_ten_thousand() {
    let rows: Vec<String> = (0..ROWS).map(haystack).collect();
    for (typed, found) in [
        ("chensh", ROWS),
        ("csh 重点", ROWS),
        ("网新恒天99", 11),
        ("zzz", 0),
    ] {
        let query = Query::parse(typed).unwrap();
        let count = rows.iter().filter_map(|row| query.rank(row)).count();
        assert_eq!(count, found, "{typed}");
    }
}

#[test]
fn a_similar_name_is_found_among_ten_thousand() {
    let keys: Vec<String> = (0..ROWS).map(|row| similarity_key(&name(row))).collect();
    let typed = similarity_key("王新恒天77网络有限公司");
    let found: Vec<usize> = (0..ROWS).filter(|row| alike(&keys[*row], &typed)).collect();
    assert!(found.contains(&778), "网新恒天77 sounds the same");
    assert!(found.iter().all(|row| row % NAMES.len() == 8), "{found:?}");
}

//! What people write, and ids as devices mint them: by chance, and the same every time. A firm whose records were all alike
//! would weigh nothing.

use caravan_domain::calendar::{plus_days, start_of};
use caravan_domain::id::Id;
use caravan_domain::time::{Day, Instant};

use crate::firm::NOW;

pub(crate) const PURPOSES: [&str; 10] = [
    "例行拜访",
    "送样品",
    "看货架陈列",
    "对账收款",
    "谈新品上架",
    "回访上次问题",
    "介绍促销活动",
    "了解库存",
    "签补充协议",
    "",
];
pub(crate) const NEXT_STEPS: [&str; 8] = [
    "下周带新品样品再来",
    "等老板定价格后回电话",
    "月底前确认订货数量",
    "寄一份报价单",
    "约采购经理见面",
    "",
    "",
    "",
];
pub(crate) const TITLES: [&str; 10] = [
    "跟进报价",
    "准备样品",
    "确认下月订货数量",
    "更新客户联系人",
    "催收货款",
    "整理陈列照片",
    "了解竞品价格",
    "安排培训时间",
    "补签合同",
    "回复质量问题",
];
pub(crate) const DETAILS: [&str; 6] = [
    "客户说上次的货有两箱包装破损，要先拍照再退",
    "老板这周出差，周五以后再打电话",
    "按新的价目表重新算一遍，量大可以再谈",
    "",
    "",
    "",
];
pub(crate) const PRODUCTS: [&str; 12] = [
    "明前龙井 250克",
    "安溪铁观音 500克",
    "云南普洱饼 357克",
    "茉莉花茶 100克",
    "正山小种 200克",
    "福鼎白茶 300克",
    "信阳毛尖 250克",
    "祁门红茶 150克",
    "武夷岩茶 125克",
    "菊花茶 80克",
    "大麦茶 400克",
    "君山银针 50克",
];
pub(crate) const PLACES: [&str; 8] = [
    "朝阳", "海淀", "徐汇", "天河", "武侯", "江汉", "鼓楼", "姑苏",
];
const SHOPS: [&str; 8] = [
    "顺丰便利店",
    "惠民超市",
    "老街茶庄",
    "百佳生活馆",
    "万客隆商行",
    "福满楼酒店",
    "家家乐超市",
    "清风茶社",
];

pub(crate) fn id(kind: u8, n: u32) -> Id {
    minted(kind, n, start_of(plus_days(NOW.day(), -1_200)))
}

/// As on a device: when it was made, then what nobody can guess and nothing can pack.
pub(crate) fn minted(kind: u8, n: u32, at: Instant) -> Id {
    let mut random = [0; 10];
    let (first, second) = (
        mixed(u64::from(kind) << 32 | u64::from(n)),
        mixed(u64::from(n)),
    );
    random[..8].copy_from_slice(&first.to_le_bytes());
    random[8..].copy_from_slice(&second.to_le_bytes()[..2]);
    Id::mint(at, random)
}

/// SplitMix64: as good as chance, and the same every time.
fn mixed(n: u64) -> u64 {
    let n = n.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    n ^ (n >> 31)
}

/// One of them, by chance.
pub(crate) fn one_of(words: &[&'static str], kind: u8, n: u32) -> &'static str {
    let chance = mixed(u64::from(kind) << 40 | u64::from(n));
    words[usize::try_from(chance % words.len() as u64).unwrap_or_default()]
}

/// Seconds of a day in which people work, by chance.
pub(crate) fn moment(day: Day, n: u32) -> Instant {
    let millis = 9 * 3_600_000 + mixed(u64::from(n)) % (9 * 3_600_000);
    start_of(day).plus_millis(i64::try_from(millis).unwrap_or_default())
}

pub(crate) fn client_name(n: u32) -> String {
    let (place, shop) = (one_of(&PLACES, 3, n), one_of(&SHOPS, 2, n));
    format!("{place}{shop}第{n}分店")
}

//! What is distinctive in a company's name: 北京市创汇网络科技有限公司 is 创汇. Each step is
//! undone when it would leave less than two characters, or only a trade.

const LEGAL_FORMS: [&str; 14] = [
    "有限责任公司",
    "股份有限公司",
    "有限公司",
    "总公司",
    "分公司",
    "公司",
    "集团",
    "控股",
    "股份",
    "经营部",
    "工作室",
    "事务所",
    "商行",
    "个体户",
];

/// Trades that tell companies apart less than their own names do.
const TRADES: [&str; 34] = [
    "信息技术",
    "网络科技",
    "科技",
    "技术",
    "信息",
    "网络",
    "传媒",
    "文化",
    "传播",
    "软件",
    "电子",
    "数码",
    "智能",
    "商贸",
    "贸易",
    "实业",
    "工业",
    "发展",
    "咨询",
    "服务",
    "管理",
    "投资",
    "广告",
    "工程",
    "建筑",
    "建材",
    "机械",
    "设备",
    "制造",
    "国际",
    "进出口",
    "物流",
    "供应链",
    "计算机",
];

const PROVINCES: [&str; 41] = [
    "北京",
    "天津",
    "上海",
    "重庆",
    "河北",
    "山西",
    "辽宁",
    "吉林",
    "黑龙江",
    "江苏",
    "浙江",
    "安徽",
    "福建",
    "江西",
    "山东",
    "河南",
    "湖北",
    "湖南",
    "广东",
    "海南",
    "四川",
    "贵州",
    "云南",
    "陕西",
    "甘肃",
    "青海",
    "台湾",
    "内蒙古",
    "广西",
    "西藏",
    "宁夏",
    "新疆",
    "香港",
    "澳门",
    "深圳",
    "广州",
    "杭州",
    "南京",
    "成都",
    "武汉",
    "苏州",
];

const REGION_KINDS: [&str; 9] = [
    "维吾尔自治区",
    "壮族自治区",
    "回族自治区",
    "特别行政区",
    "自治区",
    "自治州",
    "省",
    "市",
    "县",
];

/// Words that end like a place and are none.
const NOT_PLACES: [&str; 10] = [
    "超市", "城市", "都市", "夜市", "门市", "上市", "股市", "菜市", "集市", "花市",
];

/// `name` must be plain and lower-case; brackets and what they hold are dropped.
pub(super) fn core_name(name: &str) -> String {
    let name = without_brackets(name);
    let stem = strip_region(strip_endings(&name, &[]));
    strip_endings(stem, &TRADES).to_owned()
}

fn without_brackets(name: &str) -> String {
    let mut depth = 0usize;
    let kept: String = name
        .chars()
        .filter(|c| {
            match c {
                '(' | '【' | '[' | '〔' => depth += 1,
                ')' | '】' | ']' | '〕' => {
                    depth = depth.saturating_sub(1);
                    return false;
                }
                _ => {}
            }
            depth == 0 && c.is_alphanumeric()
        })
        .collect();
    if kept.is_empty() {
        name.chars().filter(|c| c.is_alphanumeric()).collect()
    } else {
        kept
    }
}

/// Legal forms and, when given, trades.
fn strip_endings<'a>(mut name: &'a str, trades: &[&str]) -> &'a str {
    while let Some(shorter) = LEGAL_FORMS
        .iter()
        .chain(trades)
        .find_map(|ending| name.strip_suffix(ending))
        .filter(|shorter| stands_alone(shorter) && !PROVINCES.contains(shorter))
    {
        name = shorter;
    }
    name
}

/// Province, then city or county: `广东省深圳市`, `北京`, `昆山市`.
fn strip_region(mut name: &str) -> &str {
    for _ in 0..3 {
        let shorter = PROVINCES
            .iter()
            .find_map(|place| name.strip_prefix(place))
            .map(|rest| {
                REGION_KINDS
                    .iter()
                    .find_map(|kind| rest.strip_prefix(kind))
                    .unwrap_or(rest)
            })
            .or_else(|| strip_place(name))
            .filter(|shorter| stands_alone(shorter) && !TRADES.contains(shorter));
        match shorter {
            Some(shorter) => name = shorter,
            None => break,
        }
    }
    name
}

/// Two or three characters and `市`, `县` or `省`.
fn strip_place(name: &str) -> Option<&str> {
    [2, 3].into_iter().find_map(|length| {
        let (at, kind) = name.char_indices().nth(length)?;
        let end = at + kind.len_utf8();
        let place = matches!(kind, '市' | '县' | '省')
            && !NOT_PLACES.iter().any(|word| name[..end].ends_with(word));
        place.then(|| &name[end..])
    })
}

fn stands_alone(name: &str) -> bool {
    name.chars().nth(1).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distinctive_part_remains() {
        for (name, core) in [
            ("创汇网络有限公司", "创汇"),
            ("北京市创汇网络科技有限公司", "创汇"),
            ("创汇（北京）信息技术股份有限公司", "创汇"),
            ("创汇(北京)信息技术股份有限公司", "创汇"),
            ("广东省深圳市创汇贸易有限责任公司", "创汇"),
            ("昆山市巨奥传媒有限公司", "巨奥"),
            ("广西壮族自治区巨奥传媒有限公司", "巨奥"),
            ("北京科技有限公司", "北京科技"),
            ("联华超市有限公司", "联华超市"),
            ("张三", "张三"),
            ("上海上海", "上海"),
            ("惠派国际公司信息有限公司", "惠派"),
            ("(集团)", "集团"),
        ] {
            let plain = crate::fold::plain(name).to_lowercase();
            assert_eq!(core_name(&plain), core, "{name}");
        }
    }
}

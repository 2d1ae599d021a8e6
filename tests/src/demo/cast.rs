//! The team: one director, three team managers and their account managers.

use caravan_domain::facts::Employment;

pub(super) const WORKSPACE: &str = "云程茶业（演示）";
pub(super) const DIRECTOR: &str = "沈立群";
pub(super) const TEAMS: [Team; 3] = [
    Team {
        name: "浙江团队",
        manager: "周雅琴",
        members: [
            "陈思远",
            "林晓燕",
            "徐海波",
            "方静怡",
            "俞国栋",
            "叶春梅",
            "王振宇",
            "孙玉兰",
        ],
    },
    Team {
        name: "苏南团队",
        manager: "陆建华",
        members: [
            "钱文涛",
            "顾秀珍",
            "朱明辉",
            "吴佩玲",
            "蒋志强",
            "严丽华",
            "潘永康",
            "丁慧敏",
        ],
    },
    Team {
        name: "上海团队",
        manager: "顾晓峰",
        members: [
            "张子豪",
            "李雪梅",
            "黄伟民",
            "赵婉清",
            "杨家骏",
            "何淑芬",
            "罗俊杰",
            "唐雨欣",
        ],
    },
];

pub(super) struct Team {
    pub(super) name: &'static str,
    pub(super) manager: &'static str,
    pub(super) members: [&'static str; 8],
}

/// Part-timers and outside agents are what the app is made for; most are employed.
pub(super) fn employment(member: usize) -> Employment {
    match member % 8 {
        2 | 5 => Employment::PartTime,
        6 => Employment::OutsideAgent,
        _ => Employment::FullTime,
    }
}

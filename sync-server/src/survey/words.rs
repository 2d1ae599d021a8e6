//! What stands on the page, in both languages. A field that one of them lacks does not compile.

use super::Language;

/// `{name}` stands for the person, `{company}` for the workspace.
pub(crate) struct Words {
    pub(crate) title: &'static str,
    pub(crate) question: &'static str,
    pub(crate) intro: &'static str,
    pub(crate) satisfaction: [&'static str; 5],
    pub(crate) points: [&'static str; 3],
    pub(crate) optional: &'static str,
    pub(crate) agreed: [&'static str; 3],
    pub(crate) words: &'static str,
    pub(crate) who_reads: &'static str,
    pub(crate) once: &'static str,
    pub(crate) send: &'static str,
    pub(crate) choose_one: &'static str,
    pub(crate) other_language: &'static str,
    pub(crate) thanks: [&'static str; 2],
    pub(crate) unknown: [&'static str; 2],
    pub(crate) used: [&'static str; 2],
    pub(crate) expired: [&'static str; 2],
    pub(crate) withdrawn: [&'static str; 2],
    pub(crate) too_many: [&'static str; 2],
    pub(crate) unavailable: [&'static str; 2],
    pub(crate) again: &'static str,
}

impl Words {
    pub(crate) const fn of(language: Language) -> &'static Self {
        match language {
            Language::Zh => &ZH,
            Language::En => &EN,
        }
    }
}

const ZH: Words = Words {
    title: "服务评价",
    question: "您对{name}的服务满意吗？",
    intro: "{company}想听听您的真实感受，一分钟就好。",
    satisfaction: ["很不满意", "不满意", "一般", "满意", "非常满意"],
    points: [
        "答应您的事，都做到了吗？",
        "对产品熟悉吗？",
        "约好的时间，准时吗？",
    ],
    optional: "选填",
    agreed: ["是", "部分", "否"],
    words: "还有什么想说的？",
    who_reads: "您的回答由{company}的主管、总监和人事查看，用来改进服务和考核。{name}本人看不到您这一份，只能看到每满 5 份后的汇总；但你们之间的合作往来，可能让人猜到是您。",
    once: "这个链接只能回答一次，提交后不能修改。",
    send: "提交",
    choose_one: "请先选择您的满意程度。",
    other_language: "English",
    thanks: ["谢谢您", "您的评价已经收到。"],
    unknown: [
        "这个链接暂时打不开",
        "可能是链接不完整，也可能是发链接的人还没有联网。请核对链接，过一会儿再试。",
    ],
    used: [
        "已经回答过了",
        "每个链接只能回答一次。如果不是您本人提交的，请告诉我们公司的主管。",
    ],
    expired: ["链接已经过期", "如果您仍想评价，请向我们要一个新链接。"],
    withdrawn: ["链接已经收回", "这次不需要回答了，谢谢您。"],
    too_many: ["请稍后再试", "打开得太频繁了，请过一分钟再打开。"],
    unavailable: [
        "暂时无法保存",
        "您的回答还没有提交。请返回上一页，过一会儿再提交。",
    ],
    again: "再试一次",
};

const EN: Words = Words {
    title: "Your feedback",
    question: "How satisfied are you with {name}?",
    intro: "{company} would like to know how you really feel. It takes a minute.",
    satisfaction: [
        "Very dissatisfied",
        "Dissatisfied",
        "So-so",
        "Satisfied",
        "Very satisfied",
    ],
    points: [
        "Were promises to you kept?",
        "Did they know the products?",
        "Were they on time?",
    ],
    optional: "optional",
    agreed: ["Yes", "Partly", "No"],
    words: "Anything else you want to say?",
    who_reads: "Your answer is read by managers, directors and HR of {company}, to improve the service and in reviews. {name} does not see it, only what every five answers come to; from your dealings with each other, though, somebody may guess that it was you.",
    once: "This link can be answered once. What was sent cannot be changed.",
    send: "Send",
    choose_one: "Please choose how satisfied you are first.",
    other_language: "中文",
    thanks: ["Thank you", "Your answer has been received."],
    unknown: [
        "This link does not open yet",
        "It may be incomplete, or whoever sent it has not been online since. Check the link, and try again in a while.",
    ],
    used: [
        "This was answered already",
        "Each link can be answered once. If it was not you, please tell one of our managers.",
    ],
    expired: [
        "This link has expired",
        "If you still want to answer, ask us for a new one.",
    ],
    withdrawn: [
        "This link was taken back",
        "There is nothing to answer any more. Thank you.",
    ],
    too_many: [
        "Please try again later",
        "This was opened too often. Please wait a minute.",
    ],
    unavailable: [
        "It could not be saved just now",
        "Your answer was not sent. Go back and send it again in a while.",
    ],
    again: "Try again",
};

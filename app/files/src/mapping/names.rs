//! The names that lists give their columns.

use caravan_domain::fold::plain;

use crate::field::Field;

/// How sure a guess is: the whole name, or a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    Part(usize),
    Whole,
}

pub(super) fn guess(name: &str) -> Option<(Field, Likeness)> {
    let name = letters(name);
    let whole = NAMES
        .iter()
        .find(|(_, names)| names.contains(&name.as_str()))
        .map(|(field, _)| (*field, Likeness::Whole));
    whole.or_else(|| {
        NAMES
            .iter()
            .flat_map(|(field, names)| names.iter().map(move |part| (*field, *part)))
            .filter(|(_, part)| part.chars().nth(1).is_some() && name.contains(part))
            .filter(|(_, part)| !part.is_ascii() || part.len() > 4)
            .map(|(field, part)| (field, Likeness::Part(part.chars().count())))
            .max_by_key(|(_, likeness)| *likeness)
    })
}

/// Lower case, without spaces, signs and what stands in brackets.
fn letters(name: &str) -> String {
    let name = plain(name).to_lowercase();
    let name = name.split(['(', '[', '【']).next().unwrap_or_default();
    name.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Fields in which an earlier row wins over a later one for names of the same length.
const NAMES: [(Field, &[&str]); 18] = [
    (
        Field::Name,
        &[
            "客户名称",
            "客户名",
            "客户",
            "公司名称",
            "公司",
            "企业名称",
            "企业",
            "单位名称",
            "单位",
            "名称",
            "客户全称",
            "公司全称",
            "client",
            "clientname",
            "customer",
            "customername",
            "company",
            "companyname",
            "account",
            "accountname",
            "organization",
            "name",
        ],
    ),
    (
        Field::Code,
        &[
            "统一社会信用代码",
            "社会信用代码",
            "信用代码",
            "统一信用代码",
            "税号",
            "纳税人识别号",
            "营业执照号",
            "creditcode",
            "unifiedsocialcreditcode",
            "uscc",
            "taxid",
            "taxnumber",
            "registrationnumber",
            "code",
        ],
    ),
    (
        Field::Contact,
        &[
            "联系人",
            "联系人姓名",
            "姓名",
            "主要联系人",
            "首要联系人",
            "对接人",
            "contact",
            "contactname",
            "contactperson",
            "person",
            "fullname",
        ],
    ),
    (
        Field::Title,
        &[
            "职务", "职位", "岗位", "称谓", "jobtitle", "title", "position",
        ],
    ),
    (
        Field::Mobile,
        &[
            "手机",
            "手机号",
            "手机号码",
            "移动电话",
            "联系电话",
            "联系方式",
            "电话",
            "电话号码",
            "mobile",
            "mobilephone",
            "cell",
            "cellphone",
            "phone",
            "phonenumber",
            "telephone",
        ],
    ),
    (
        Field::Landline,
        &[
            "座机",
            "固定电话",
            "固话",
            "办公电话",
            "公司电话",
            "单位电话",
            "landline",
            "officephone",
            "workphone",
            "tel",
        ],
    ),
    (
        Field::Email,
        &[
            "邮箱",
            "电子邮箱",
            "电子邮件",
            "邮件",
            "email",
            "mail",
            "emailaddress",
        ],
    ),
    (
        Field::Wechat,
        &["微信", "微信号", "wechat", "weixin", "wechatid"],
    ),
    (
        Field::Region,
        &[
            "省市区",
            "所在地区",
            "地区",
            "区域",
            "省份",
            "城市",
            "省市",
            "所在地",
            "region",
            "city",
            "province",
            "area",
        ],
    ),
    (
        Field::Address,
        &[
            "详细地址",
            "地址",
            "公司地址",
            "客户地址",
            "联系地址",
            "通讯地址",
            "address",
            "street",
            "streetaddress",
        ],
    ),
    (
        Field::Grade,
        &[
            "客户等级",
            "客户级别",
            "等级",
            "级别",
            "评级",
            "grade",
            "level",
            "rating",
            "clientgrade",
        ],
    ),
    (
        Field::Stage,
        &[
            "客户阶段",
            "阶段",
            "客户状态",
            "跟进状态",
            "stage",
            "status",
            "clientstage",
        ],
    ),
    (
        Field::Birthday,
        &[
            "联系人生日",
            "生日",
            "出生日期",
            "出生年月日",
            "birthday",
            "birthdate",
            "dateofbirth",
        ],
    ),
    (
        Field::Source,
        &[
            "来源",
            "客户来源",
            "线索来源",
            "渠道",
            "获客渠道",
            "source",
            "leadsource",
            "channel",
        ],
    ),
    (
        Field::Owner,
        &[
            "负责人",
            "客户经理",
            "归属人",
            "所属销售",
            "业务员",
            "销售",
            "跟进人",
            "所有人",
            "owner",
            "accountmanager",
            "salesperson",
            "assignedto",
            "responsible",
        ],
    ),
    (
        Field::Tags,
        &["标签", "客户标签", "tag", "tags", "label", "labels"],
    ),
    (
        Field::Note,
        &[
            "备注",
            "说明",
            "描述",
            "附注",
            "note",
            "notes",
            "remark",
            "remarks",
            "comment",
            "comments",
            "description",
        ],
    ),
    (
        Field::LastFollowUp,
        &[
            "最近跟进时间",
            "最后跟进时间",
            "上次跟进时间",
            "跟进时间",
            "最近跟进",
            "最近联系时间",
            "最后联系时间",
            "上次联系",
            "lastfollowup",
            "lastfollowedup",
            "lastcontact",
            "lastcontacted",
            "lastactivity",
            "lastfollowuptime",
        ],
    ),
];

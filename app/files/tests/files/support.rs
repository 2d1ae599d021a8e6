//! Lists and words that the tests share.

use std::path::PathBuf;

use caravan_domain::clients::record::{ClientDraft, ContactDraft, Grade, Stage};
use caravan_domain::id::{ClientId, Id, PersonId};
use caravan_domain::time::Instant;
use caravan_files::convert::{Conversion, convert};
use caravan_files::export::{ExportClient, ExportWords};
use caravan_files::field::Field;
use caravan_files::mapping::Mapping;
use caravan_files::parse;
use caravan_files::table::{FileError, Table};

/// 2026-11-22 09:00 in Asia/Shanghai.
pub(crate) const NOW: Instant = Instant::from_millis(1_795_309_200_000);

pub(crate) const IMPORTER: PersonId = PersonId(Id::from_bytes([7; 16]));

pub(crate) fn fixture(name: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data")
        .join(name);
    std::fs::read(path).unwrap()
}

pub(crate) fn table(bytes: &[u8]) -> Result<Table, FileError> {
    parse::read(bytes, &mut |_| {})
}

pub(crate) fn converted(bytes: &[u8]) -> Conversion {
    let table = table(bytes).unwrap();
    convert(
        &table,
        &Mapping::guess(&table.header),
        IMPORTER,
        &mut |_| {},
    )
}

pub(crate) fn words() -> ExportWords {
    let headings = [
        "客户名称",
        "统一社会信用代码",
        "联系人",
        "职务",
        "手机",
        "座机",
        "邮箱",
        "微信",
        "省市区",
        "详细地址",
        "客户等级",
        "客户阶段",
        "联系人生日",
        "来源",
        "负责人",
        "标签",
        "备注",
        "最近跟进时间",
    ];
    let stages = Stage::ALL
        .iter()
        .map(|stage| (*stage, stage.word().to_owned()));
    ExportWords {
        sheet: "客户".to_owned(),
        headings: Field::ALL
            .into_iter()
            .zip(headings.map(str::to_owned))
            .collect(),
        other_contacts: "更多人员".to_owned(),
        stages: stages.collect(),
        lunar: "农历".to_owned(),
    }
}

/// A client that uses every column.
pub(crate) fn client() -> ExportClient {
    ExportClient {
        client: ClientId(Id::MAX),
        draft: ClientDraft {
            name: "创汇，\"网络\"有限公司".to_owned(),
            code: "9144030071526726XG".to_owned(),
            grade: Grade::A,
            stage: Stage::Negotiating,
            region: "广东省深圳市南山区".to_owned(),
            address: "科技路 1 号; 3 楼".to_owned(),
            source: "展会".to_owned(),
            note: "=HYPERLINK(\"http://x\")\n第二行".to_owned(),
            tags: ["价格敏感，需回访", "重点"].map(str::to_owned).into(),
            contacts: vec![ContactDraft {
                name: "𠮷田".to_owned(),
                title: "采购".to_owned(),
                birthday: "lunar:L04-01".to_owned(),
                email: "y@example.com".to_owned(),
                wechat: "yoshida".to_owned(),
                phones: ["13812345678", "13912345678", "0755-73171691-867"]
                    .map(str::to_owned)
                    .into(),
                ..ContactDraft::default()
            }],
            position: String::new(),
        },
        owner: "武丹丹".to_owned(),
        followed_up_at: Some(Instant::from_millis(NOW.millis() - 86_400_000)),
    }
}

//! Which column is which field: guessed from the header, changed by the person.

mod names;

use serde::{Deserialize, Serialize};

use crate::field::Field;

/// 「价格敏感，需回访」 stays one tag: a comma is punctuation within a tag until the person says
/// otherwise.
pub const TAG_SEPARATORS: &str = ";；、|\n";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// One for each column of the header; `None` leaves the column out. Several columns can be
    /// phones, addresses, tags or notes, which are put together; of the others the first filled
    /// one counts.
    pub columns: Vec<Option<Field>>,
    /// Every character here parts two tags.
    pub tag_separators: String,
}

impl Mapping {
    /// By the names that Chinese and English lists use. Of two columns for a field that can have
    /// only one, the better named one gets it.
    #[must_use]
    pub fn guess(header: &[String]) -> Self {
        let guesses: Vec<_> = header.iter().map(|name| names::guess(name)).collect();
        let columns = guesses
            .iter()
            .enumerate()
            .map(|(at, guess)| {
                let (field, likeness) = (*guess)?;
                let better = guesses.iter().enumerate().any(|(other, rival)| {
                    rival.is_some_and(|(rival, its)| {
                        rival == field && (its > likeness || (its == likeness && other < at))
                    })
                });
                (!better || may_repeat(field)).then_some(field)
            })
            .collect();
        Self {
            columns,
            tag_separators: TAG_SEPARATORS.to_owned(),
        }
    }

    #[must_use]
    pub fn has(&self, field: Field) -> bool {
        self.columns.contains(&Some(field))
    }
}

fn may_repeat(field: Field) -> bool {
    matches!(
        field,
        Field::Mobile | Field::Landline | Field::Address | Field::Region | Field::Tags
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(header: &[&str]) -> Vec<Option<Field>> {
        let header: Vec<String> = header.iter().map(|name| (*name).to_owned()).collect();
        Mapping::guess(&header).columns
    }

    #[test]
    fn the_usual_chinese_header() {
        let header = [
            "客户名称",
            "统一社会信用代码",
            "联系人",
            "手机",
            "座机",
            "省市区",
            "详细地址",
            "客户等级",
            "联系人生日",
            "来源",
            "负责人",
            "标签",
            "备注",
            "最近跟进时间",
        ];
        assert_eq!(
            guessed(&header),
            [
                Field::Name,
                Field::Code,
                Field::Contact,
                Field::Mobile,
                Field::Landline,
                Field::Region,
                Field::Address,
                Field::Grade,
                Field::Birthday,
                Field::Source,
                Field::Owner,
                Field::Tags,
                Field::Note,
                Field::LastFollowUp,
            ]
            .map(Some)
        );
    }

    #[test]
    fn variants_and_english() {
        assert_eq!(
            guessed(&[
                "公司名称*",
                "联系人姓名",
                "联系电话",
                "手机号码（必填）",
                "备注1",
                "序号"
            ]),
            [
                Some(Field::Name),
                Some(Field::Contact),
                Some(Field::Mobile),
                Some(Field::Mobile),
                Some(Field::Note),
                None
            ]
        );
        assert_eq!(
            guessed(&[
                "Company Name",
                "Contact",
                "E-mail",
                "Phone",
                "Owner",
                "Last follow-up",
                "zip"
            ]),
            [
                Some(Field::Name),
                Some(Field::Contact),
                Some(Field::Email),
                Some(Field::Mobile),
                Some(Field::Owner),
                Some(Field::LastFollowUp),
                None
            ]
        );
    }

    #[test]
    fn a_single_field_goes_to_the_better_name() {
        assert_eq!(
            guessed(&["姓名", "客户名称", "名称"]),
            [Some(Field::Contact), Some(Field::Name), None]
        );
    }
}
